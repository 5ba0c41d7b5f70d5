/** What the engine, the backend and AWS say where something is not as it must be, and what to do about it. */
import type { StackDefinition } from "../../stacks/names";

export interface Explained {
  readonly what: string;
  readonly next: string;
}

/** Of which stack, in which account; absent: it is about the backend. */
export interface Place {
  readonly stack?: StackDefinition;
  readonly accountId?: string | undefined;
  /** As the engine names the stack. */
  readonly engineName?: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly explain: (found: RegExpExecArray, place: Place, raw: string) => Explained;
}

const stackOf = ({ stack }: Place): string => stack?.name ?? "STACK";
const again = "and run the same again";

const cancelWarning = (place: Place): string =>
  `wait until it ends; only where it is certain that it does not run any more (its machine is gone, its job was killed): \`pulumi cancel -s ${place.engineName ?? stackOf(place)}\`, which takes its lock away. Two runs at once ruin the state`;

const accountText = ({ stack, accountId }: Place): string =>
  stack === undefined ? "the account" : `the account ${stack.account}${accountId ? ` (${accountId})` : ""}`;

const seconds = 1_000;

/** How long ago, as a person says it. */
export function ago(time: string, now = Date.now()): string {
  const past = (now - Date.parse(time)) / seconds;
  if (!Number.isFinite(past)) return "";
  const [amount, unit] =
    past < 120
      ? [past, "second"]
      : past < 7_200
        ? [past / 60, "minute"]
        : past < 172_800
          ? [past / 3_600, "hour"]
          : [past / 86_400, "day"];
  const whole = Math.max(0, Math.floor(amount));
  return `, ${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}

/** The first that fits explains; what is more special comes first. */
const rules: readonly Rule[] = [
  {
    pattern: /the stack is currently locked by \d+ lock/,
    explain: (_, place, raw) => {
      const holders = [...raw.matchAll(/created by (\S+) \(pid (\d+)\) at (\S+)/g)].map(
        ([, who, pid, time = ""]) => `${who} (process ${pid}) since ${time}${ago(time)}`,
      );
      return {
        what: `${stackOf(place)} is locked by ${holders.join(" and ") || "another run"}`,
        next: cancelWarning(place),
      };
    },
  },
  {
    pattern:
      /\[409\] Conflict: Another update is currently in progress|another update is currently in progress/i,
    explain: (_, place) => ({
      what: `another run works on ${stackOf(place)}; Pulumi Cloud shows whose, and since when`,
      next: cancelWarning(place),
    }),
  },
  {
    pattern: /AWS account ID not allowed: (\d{12})/i,
    explain: ([, other], place) => ({
      what: `the credentials lead to the account ${other}, and ${stackOf(place)} is of ${accountText(place)}`,
      next: `use credentials from which the role in ${accountText(place)} can be taken (\`aws sts get-caller-identity\` says whose they are now), ${again}`,
    }),
  },
  {
    pattern:
      /Cannot assume IAM Role|not authorized to perform: sts:AssumeRole|AssumeRole[\s\S]{0,200}AccessDenied/i,
    explain: (_, place, raw) => {
      const [role] = /arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(raw) ?? [];
      return {
        what: `${role ?? "the role of the stack's provider"} in ${accountText(place)} can not be taken with these credentials`,
        next: `\`lz doctor ${stackOf(place)}\` shows who may take it. A role that is not there yet is made by ${place.stack?.layer === "persistent" || place.stack?.layer === "service" ? `\`lz up delivery-${place.stack.account}\`` : "AWS Organizations together with the account"}`,
      };
    },
  },
  {
    pattern: /code=NotFound|NoSuchBucket/,
    explain: () => ({
      what: "the bucket of the state is not there",
      next: "`lz bootstrap` makes it, with credentials of the management account",
    }),
  },
  {
    pattern:
      /(ExpiredToken|token (included in the request )?(is|has) expired|RequestExpired|sso session.*(expired|invalid)|InvalidGrantException)/i,
    explain: () => ({
      what: "the session of the AWS credentials has expired",
      next: `\`aws sso login\`, ${again}`,
    }),
  },
  {
    pattern:
      /no valid credential sources|failed to refresh cached credentials|no EC2 IMDS role found|NoCredentialProviders|InvalidClientTokenId|UnrecognizedClientException|Invalid credentials configured/i,
    explain: () => ({
      what: "there are no credentials that AWS knows",
      next: `\`aws sso login --profile NAME\` and \`export AWS_PROFILE=NAME\`, ${again}; in a pipeline: the role of the job (docs/pipelines.md)`,
    }),
  },
  {
    pattern: /kms[\s\S]{0,300}AccessDenied|AccessDenied[\s\S]{0,300}kms:(Decrypt|Encrypt|GenerateDataKey)/i,
    explain: (_, place) => ({
      what: `the key of the state's secrets may not be used by these credentials${place.stack === undefined ? "" : ` for ${place.stack.environment ?? "shared"} stacks`}`,
      next: `take the role \`landing-zone-apply-${place.stack?.environment ?? "shared"}\` (\`landing-zone-plan\` for previews), or let \`lz bootstrap\` make both anew`,
    }),
  },
  {
    pattern: /code=PermissionDenied|(blob|bucket|S3)[\s\S]{0,300}AccessDenied/i,
    explain: () => ({
      what: "the state may not be read or written by these credentials",
      next: "take a role that may (`landing-zone-apply-<environment>`, or `landing-zone-plan` for previews) in the management account; `lz bootstrap` makes them with the bucket",
    }),
  },
  {
    pattern: /unable to open state directory "?([^":]*:\/\/[^"]*)"?/,
    explain: ([, url]) => ({
      what: `the state is not there: PULUMI_BACKEND_URL says ${url}`,
      next: "make that folder, or unset PULUMI_BACKEND_URL: then the description says where the state is",
    }),
  },
  {
    pattern: /PULUMI_ACCESS_TOKEN must be set|invalid access token|\[401\] Unauthorized/,
    explain: () => ({
      what: "Pulumi Cloud does not know who asks",
      next: `\`pulumi login\`, or set PULUMI_ACCESS_TOKEN in a pipeline, ${again}`,
    }),
  },
  {
    pattern: /passphrase must be set|PULUMI_CONFIG_PASSPHRASE/,
    explain: (_, __, raw) => ({
      what: /incorrect passphrase/.test(raw)
        ? "the passphrase is not the one that the state's secrets are encrypted with"
        : "the state's secrets are encrypted with a passphrase, and none is set",
      next: "set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that has it",
    }),
  },
  {
    pattern: /incorrect passphrase/,
    explain: () => ({
      what: "the passphrase is not the one that the state's secrets are encrypted with",
      next: "set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that has it",
    }),
  },
  {
    pattern:
      /no resource plugin '?([\w-]+)|no \w+ plugin '([\w-]+)' found|(?:could not|failed to) (?:automatically )?(?:download|install) plugin|[Ff]ailed to (?:load|install) (?:resource )?plugin/,
    explain: ([, one, other]) => ({
      what: `the engine has no plugin ${one ?? other ?? "for a provider"}, and could not fetch it`,
      next: `\`pulumi install\` in the project's folder fetches all of them; behind a proxy see docs/deploy.md. Then run the same again`,
    }),
  },
  {
    pattern:
      /(as it is currently marked for protection|is protected\. Remove protection|marked as protected)/i,
    explain: (_, place, raw) => {
      const urn = /resource "([^"]+)"/.exec(raw)?.[1];
      return {
        what: `${stackOf(place)} keeps what is protected${urn === undefined ? "" : `: ${urn.split("::").slice(2).join(" ")}`}; neither deleting nor replacing it is allowed`,
        next: `be certain that its data is backed up; then take the protection away, resource by resource: \`pulumi state unprotect '${urn ?? "URN"}' -s ${place.engineName ?? stackOf(place)}\`, ${again}`,
      };
    },
  },
  {
    pattern: /the stack "([^"]+)" has no outputs? (?:yet|"[^"]+")/,
    explain: ([, upstream = ""], place) => ({
      what: `${stackOf(place)} reads ${upstream}, which was never deployed in this state, or not since it hands over more`,
      next: `\`lz up ${upstream} ${stackOf(place)}\``,
    }),
  },
  {
    pattern: /no stack named '?([^' ]+)'? found/,
    explain: (_, place) => ({
      what: `${stackOf(place)} was never deployed`,
      next: `\`lz up ${stackOf(place)}\``,
    }),
  },
  {
    pattern: /(ServiceQuotaExceeded|[A-Za-z]*LimitExceeded(Exception)?|TooMany[A-Z]\w+)\b/,
    explain: ([, code], place) => ({
      what: `a quota of ${accountText(place)} is used up (${code})`,
      next: `\`lz doctor ${stackOf(place)}\` shows which, and how to ask for more; then run the same again`,
    }),
  },
  {
    pattern: /no such host|connection refused|i\/o timeout|network is unreachable|TLS handshake timeout/i,
    explain: ([found]) => ({
      what: `the network does not let the engine through (${found})`,
      next: `look at the connection and at HTTPS_PROXY, ${again}`,
    }),
  },
];

/** What is meant, where that is known. */
export function explained(raw: string, place: Place): Explained | undefined {
  for (const { pattern, explain } of rules) {
    const found = pattern.exec(raw);
    if (found !== null) return explain(found, place, raw);
  }
  return undefined;
}
