import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { EncryptionKey } from "../security/encryption-key";
import { checkRegions } from "./regions";

export interface SessionManagerArgs {
  /** Its region is the account's home. */
  readonly at: Location;
  /**
   * Where sessions are set up, the home among them; default the home alone. Every further region costs a key, a
   * dollar a month, and an account's instances are at home. Elsewhere sessions go unrecorded: a guardrail should
   * refuse `ssm:StartSession` there.
   */
  readonly regions?: readonly string[];
  /** One of the periods that CloudWatch Logs offers. */
  readonly logRetentionDays: number;
  /**
   * Keys to use instead of own ones, by region. Each must admit CloudWatch Logs of its region for
   * `/landing-zone/sessions`, and the statements given out here do not speak of them.
   */
  readonly keyArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Minutes without a key pressed after which a session ends: 1 to 60, default 20. */
  readonly idleMinutes?: number;
  /** Minutes after which a session ends anyhow: 1 to 1440, default 60. */
  readonly maxMinutes?: number;
}

const logGroupName = "/landing-zone/sessions";
const keyAlias = "landing-zone/sessions";

/** What Session Manager calls the document that it takes its preferences from. */
const preferences = "SSM-SessionManagerRunShell";

/**
 * How people get a shell on an instance: through Session Manager, and not with SSH. There is no port to open, no key
 * to hand out and no bastion; who may is said by IAM, and all that is typed and shown is recorded as it happens.
 * Sessions that forward a port or carry SSH inside are NOT recorded, because the agent cannot read them: let roles
 * start sessions with the document `SSM-SessionManagerRunShell` only.
 *
 * In each region a log group and the region's preferences; the key `landing-zone/sessions` encrypts both the record
 * and, beyond TLS, the session. An instance must have `forInstances` in its role, or it ends the session at once; a
 * person needs `forPeople`.
 *
 * Where somebody has saved preferences in the console the document exists: import it, or delete it, before this.
 * Refused are minutes that AWS does not take, regions without the home, and keys of regions that are not set up.
 *
 * Sources: Systems Manager user guide, "Session document schema", "Logging session data using Amazon CloudWatch Logs",
 * "Turn on KMS key encryption of session data" and "Create an IAM role with permissions for Session Manager".
 */
export class SessionManager extends pulumi.ComponentResource {
  readonly logGroupName = logGroupName;
  /** Lets instances record sessions and take part in the encryption. */
  readonly forInstances: readonly Statement[];
  /** Lets people take part in the encryption. To start a session is said elsewhere, by the instances' tags. */
  readonly forPeople: readonly Statement[];

  constructor(name: string, args: SessionManagerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:hardening:SessionManager", name, {}, opts);
    const { at, regions = [at.region], keyArns = {}, idleMinutes = 20, maxMinutes = 60 } = args;
    checkRegions(regions, at.region);
    checkMinutes("idleMinutes", idleMinutes, 60);
    checkMinutes("maxMinutes", maxMinutes, 1440);
    for (const region of Object.keys(keyArns))
      if (!regions.includes(region)) throw new Error(`keyArns has a key of ${region}, which is not set up`);

    for (const region of regions) {
      const each = `${name}-${region}`;
      const keyArn = keyArns[region] ?? this.key(each, { ...at, region });
      const group = new aws.cloudwatch.LogGroup(
        each,
        { name: logGroupName, retentionInDays: args.logRetentionDays, kmsKeyId: keyArn, region },
        { parent: this },
      );
      new aws.ssm.Document(
        each,
        {
          name: preferences,
          documentType: "Session",
          documentFormat: "JSON",
          content: content(keyArn, idleMinutes, maxMinutes),
          region,
        },
        // A session that finds no log group is not recorded.
        { parent: this, dependsOn: group },
      );
    }

    const everywhere = regions.map(region => ({ ...at, region }));
    const withOwnKey = everywhere.filter(({ region }) => keyArns[region] === undefined);
    this.forInstances = recordSessions(everywhere, withOwnKey);
    this.forPeople = useOfKeys("kms:GenerateDataKey", withOwnKey);
    this.registerOutputs({ logGroupName: this.logGroupName });
  }

  private key(name: string, at: Location): pulumi.Output<string> {
    return new EncryptionKey(
      name,
      {
        alias: keyAlias,
        description: "Sessions on instances and their record",
        at,
        logGroups: [logGroupName],
      },
      // Without the key no recorded session can be read again.
      { parent: this, protect: true },
    ).arn;
  }
}

/**
 * What an instance needs for its sessions to be recorded and encrypted where they are set up as here.
 *
 * @param withOwnKey places where the key is not a given one; default all.
 */
export const recordSessions = (
  everywhere: readonly Location[],
  withOwnKey: readonly Location[] = everywhere,
): Statement[] => [
  ...useOfKeys("kms:Decrypt", withOwnKey),
  {
    Sid: "RecordSessions",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
    Resource: everywhere.flatMap(where => [group(where), `${group(where)}:*`]),
  },
  {
    Sid: "FindTheGroup",
    Effect: "Allow",
    Action: "logs:DescribeLogGroups",
    Resource: everywhere.map(where => arn("logs", where, "log-group:*")),
  },
];

const group = (at: Location): string => arn("logs", at, `log-group:${logGroupName}`);

const content = (keyArn: pulumi.Input<string>, idleMinutes: number, maxMinutes: number) =>
  pulumi.jsonStringify({
    schemaVersion: "1.0",
    description: "Sessions are encrypted, recorded and end in time",
    sessionType: "Standard_Stream",
    inputs: {
      cloudWatchLogGroupName: logGroupName,
      cloudWatchEncryptionEnabled: true,
      cloudWatchStreamingEnabled: true,
      s3BucketName: "",
      s3KeyPrefix: "",
      s3EncryptionEnabled: true,
      kmsKeyId: keyArn,
      idleSessionTimeout: String(idleMinutes),
      maxSessionDuration: String(maxMinutes),
      runAsEnabled: false,
      runAsDefaultUser: "",
    },
  });

/** By the key's alias, because its number is not known in advance; none where every key is a given one. */
const useOfKeys = (action: string, places: readonly Location[]): Statement[] =>
  places.length === 0
    ? []
    : [
        {
          Sid: "EncryptSessions",
          Effect: "Allow",
          Action: action,
          Resource: places.map(at => arn("kms", at, "key/*")),
          Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${keyAlias}` } },
        },
      ];

function checkMinutes(name: string, minutes: number, most: number): void {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > most)
    throw new Error(`${name} is ${minutes}; Session Manager takes whole minutes from 1 to ${most}`);
}
