/** How one logs in to what is forwarded: lines to copy, by the kind of resource. */
import { type AwsCli, shown } from "./aws-cli";
import type { ForwardTarget } from "./forward-targets";

interface Tunnel {
  readonly target: ForwardTarget;
  readonly host: string;
  readonly localPort: number;
  readonly region: string;
}

/**
 * All of them speak TLS, with certificates for their own names and not for localhost.
 *
 * Sources: Amazon RDS user guide, "Connecting to your DB instance using IAM authentication from the command line";
 * ElastiCache user guide, "Authenticating with IAM"; curl's manual, `--connect-to`, `--aws-sigv4`.
 */
export function loginText(tunnel: Tunnel, aws: AwsCli): string[] {
  const { kind } = tunnel.target;
  if (kind === "cache") return cacheText(tunnel);
  if (kind === "search") return searchText(tunnel, aws);
  return databaseText(tunnel, aws);
}

function databaseText({ target, host, localPort }: Tunnel, aws: AwsCli): string[] {
  const { USER: user = "", NAME: database = "", ENGINE: engine } = target.settings;
  const token = aws.call([
    ...["rds", "generate-db-auth-token", "--hostname", host],
    ...["--port", `${target.port}`, "--username", user],
  ]);
  const client =
    engine === "postgresql"
      ? `PGPASSWORD="$TOKEN" psql "host=${host} hostaddr=127.0.0.1 port=${localPort} user=${user} dbname=${database} sslmode=require"`
      : shown([
          ...["mysql", "--host", "127.0.0.1", "--port", `${localPort}`, "--user", user],
          ...["--ssl-mode=REQUIRED", "--enable-cleartext-plugin"],
        ]).concat(` --password="$TOKEN" ${database}`);
  return [
    `Log in as ${user} by a token that is good for 15 minutes; it takes rds-db:connect as that user:`,
    `  TOKEN="$(${token})"`,
    `  ${client}`,
  ];
}

const cacheText = ({ target, host, localPort }: Tunnel): string[] => [
  `Log in as ${target.settings["USER"]} by a signed token, which a library for ElastiCache's IAM makes; the AWS CLI has none:`,
  `  ${shown(["valkey-cli", "--tls", "--sni", host, "-h", "127.0.0.1", "-p", `${localPort}`, "--user", target.settings["USER"] ?? "", "--askpass"])}`,
  ...(target.settings["CLUSTER_MODE"] === "enabled"
    ? ["It is serverless: a client that follows its redirections leaves the tunnel."]
    : []),
];

const searchText = ({ target, host, localPort, region }: Tunnel, aws: AwsCli): string[] => [
  "Requests are signed, and the domain must have mapped who signs them to a role of its own:",
  `  eval "$(${aws.call(["configure", "export-credentials", "--format", "env"])})"`,
  `  curl --connect-to ${host}:${target.port}:127.0.0.1:${localPort} --aws-sigv4 aws:amz:${region}:es --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN" https://${host}/_cluster/health`,
];
