import { type Cases, unknown } from "./example";

const source = (...locations: readonly unknown[]) => {
  const [first, ...others] = locations.map(location => ({ type: "GITHUB", location }));
  return { props: { source: first, secondarySources: others } };
};
const variable = (name: unknown, value: unknown, type?: unknown) => ({
  props: { environment: { environmentVariables: [{ name, value, ...(type !== undefined && { type }) }] } },
});
const image = (said: unknown) => ({ props: { environment: { image: said } } });
const logs = (logsConfig: unknown) => ({ props: { logsConfig } });
const hook = (...filterGroups: readonly unknown[]) => ({
  props: { filterGroups: filterGroups.map(filters => ({ filters })) },
});
const event = { type: "EVENT", pattern: "PUSH" };
const actor = (pattern: unknown, more: object = {}) => ({ type: "ACTOR_ACCOUNT_ID", pattern, ...more });

export default [
  {
    rule: "cb-source-no-credentials",
    accepts: [source("https://github.com/example/shop.git"), source(undefined)],
    refuses: [
      source("https://shop:hunter22@git.example.com/shop.git"),
      source("https://x-token@git.example.com/shop.git"),
      source("https://github.com/example/shop.git", "https://shop:hunter22@git.example.com/shop.git"),
    ],
    unknown: [source(unknown)],
  },
  {
    rule: "cb-env-no-credentials",
    accepts: [
      variable("STAGE", "dev"),
      variable("DB_PASSWORD", "/shop/password", "PARAMETER_STORE"),
      variable("NPM_TOKEN", unknown, "SECRETS_MANAGER"),
    ],
    refuses: [
      variable("AWS_SECRET_ACCESS_KEY", unknown),
      variable("AWS_ACCESS_KEY_ID", "x", "PLAINTEXT"),
      variable("IDENTITY", "AKIAIOSFODNN7EXAMPLE"),
    ],
    unknown: [variable("STAGE", unknown), variable("DB_PASSWORD", "x", unknown), variable(unknown, "x")],
  },
  {
    rule: "cb-s3-logs-encrypted",
    accepts: [logs({ s3Logs: { status: "ENABLED", location: unknown } }), {}],
    refuses: [logs({ s3Logs: { status: "ENABLED", encryptionDisabled: true } })],
    unknown: [logs({ s3Logs: { encryptionDisabled: unknown } })],
  },
  {
    rule: "cb-logging",
    accepts: [
      logs({ cloudwatchLogs: { groupName: "/shop/builds" } }),
      logs({ s3Logs: { status: "ENABLED", location: unknown } }),
      logs({ cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED" } }),
    ],
    refuses: [
      {},
      logs({ cloudwatchLogs: { status: "DISABLED" } }),
      logs({ s3Logs: { location: "builds" } }),
      logs({ cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "DISABLED" } }),
    ],
    unknown: [logs(unknown), logs({ cloudwatchLogs: { status: unknown } })],
  },
  {
    rule: "cb-not-privileged",
    accepts: [{ props: { environment: { privilegedMode: false } } }, {}],
    refuses: [{ props: { environment: { privilegedMode: true } } }],
    unknown: [{ props: { environment: { privilegedMode: unknown } } }],
  },
  {
    rule: "cb-cmk",
    accepts: [{ props: { encryptionKey: unknown } }],
    refuses: [{}],
  },
  {
    rule: "cb-artifacts-encrypted",
    accepts: [{ props: { artifacts: { type: "S3" }, secondaryArtifacts: [{ type: "S3" }] } }],
    refuses: [
      { props: { artifacts: { type: "S3", encryptionDisabled: true } } },
      { props: { artifacts: { type: "S3" }, secondaryArtifacts: [{}, { encryptionDisabled: true }] } },
    ],
    unknown: [{ props: { artifacts: { encryptionDisabled: unknown } } }],
  },
  {
    rule: "cb-managed-image",
    accepts: [
      image("aws/codebuild/amazonlinux2-aarch64-standard:3.0"),
      image("111122223333.dkr.ecr.eu-central-1.amazonaws.com/builds/node:1.4.2"),
    ],
    refuses: [
      image("node:24"),
      {},
      image("111122223333.dkr.ecr.eu-central-1.amazonaws.com/builds/node:latest"),
      image("docker.io/aws/codebuild/standard:7.0"),
    ],
    unknown: [image(unknown)],
  },
  {
    rule: "cb-report-group-encrypted",
    accepts: [{ props: { exportConfig: { type: "S3", s3Destination: { encryptionKey: unknown } } } }],
    refuses: [{ props: { exportConfig: { type: "S3", s3Destination: { encryptionDisabled: true } } } }],
    unknown: [{ props: { exportConfig: { s3Destination: { encryptionDisabled: unknown } } } }],
  },
  {
    rule: "cb-no-stored-git-token",
    accepts: [{ props: { authType: "CODECONNECTIONS" } }, { props: { authType: "SECRETS_MANAGER" } }],
    refuses: [{ props: { authType: "PERSONAL_ACCESS_TOKEN" } }, { props: { authType: "BASIC_AUTH" } }],
    unknown: [{ props: { authType: unknown } }],
  },
  {
    rule: "cb-project-private",
    accepts: [{ props: { projectVisibility: "PRIVATE" } }, {}],
    refuses: [{ props: { projectVisibility: "PUBLIC_READ" } }],
    unknown: [{ props: { projectVisibility: unknown } }],
  },
  {
    rule: "cb-source-tls",
    accepts: [
      { props: { source: { type: "GITHUB_ENTERPRISE" }, secondarySources: [{ insecureSsl: false }] } },
    ],
    refuses: [
      { props: { source: { type: "GITHUB_ENTERPRISE", insecureSsl: true } } },
      { props: { secondarySources: [{}, { insecureSsl: true }] } },
    ],
    unknown: [{ props: { source: { insecureSsl: unknown } } }],
  },
  {
    rule: "cb-webhook-filtered",
    accepts: [hook([event])],
    refuses: [{}, hook([]), hook([event], []), hook()],
    unknown: [{ props: { filterGroups: unknown } }],
  },
  {
    rule: "cb-webhook-actors-whole",
    accepts: [
      hook([event, actor("^123456$")]),
      hook([actor("^(123456|234567)$")]),
      hook([{ type: "HEAD_REF", pattern: "main" }]),
      hook([actor("123", { excludeMatchedPattern: true })]),
    ],
    refuses: [
      hook([event, actor("123456")]),
      hook([actor("^123456|234567$")]),
      hook([event], [event, actor("^123456")]),
      hook([actor("123456$")]),
    ],
    unknown: [hook([actor(unknown)]), hook([{ type: unknown, pattern: "123" }])],
  },
] satisfies Cases[];
