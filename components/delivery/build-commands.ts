import { stringify } from "yaml";

export interface BuildCommands {
  /** What is run once the packages are installed, each in the same shell; the first that fails ends the build. */
  readonly commands: readonly string[];
  /** The role that all commands act with; absent: that of the build, which may do nothing. */
  readonly takesRoleArn?: string;
  /** By which CloudTrail knows who took that role; 2 to 64 letters, digits and `+=,.@-`. */
  readonly sessionName: string;
}

const profile = "landing-zone";

/**
 * The text of a buildspec. A role is taken by a profile, whose credentials every SDK renews by itself: a session of a role
 * that another role takes ends after an hour, and a deployment may not.
 *
 * Sources: CodeBuild user guide, "Build specification reference for CodeBuild"; AWS SDKs and tools reference guide,
 * "Assume role credential provider".
 */
export const buildSpecification = ({ commands, takesRoleArn, sessionName }: BuildCommands): string =>
  stringify(
    {
      version: 0.2,
      env: { shell: "bash", variables: { CI: "true", NO_COLOR: "1" } },
      phases: {
        install: {
          "on-failure": "ABORT",
          "runtime-versions": { nodejs: 22 },
          commands: ["npm ci"],
        },
        build: {
          "on-failure": "ABORT",
          commands: [...(takesRoleArn === undefined ? [] : take(takesRoleArn, sessionName)), ...commands],
        },
      },
    },
    { lineWidth: 0 },
  );

const take = (roleArn: string, sessionName: string): string[] => [
  "export AWS_CONFIG_FILE=/tmp/aws-config",
  [
    `cat > "$AWS_CONFIG_FILE" <<'END'`,
    `[profile ${profile}]`,
    `role_arn = ${roleArn}`,
    `role_session_name = ${sessionName}`,
    "credential_source = EcsContainer",
    "END",
    "",
  ].join("\n"),
  `export AWS_PROFILE=${profile}`,
];
