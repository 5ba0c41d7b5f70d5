/** What the doctor asks AWS; it changes nothing. A test gives another. */
import type { AwsCredentialIdentity } from "@aws-sdk/types";
import { type Caller, type ClientSettings, stateStack } from "../bootstrap/state-stack";
import { bootstrapStack } from "../bootstrap/template";

/** Whose credentials a question is asked with; absent: the caller's own. */
export interface Session {
  readonly credentials: AwsCredentialIdentity;
}

export interface FoundBucket {
  readonly versioned: boolean;
  /** For example `aws:kms`. */
  readonly encryption?: string | undefined;
}

export interface Aws {
  caller(): Promise<Caller>;
  /** Takes a role, for a quarter of an hour. */
  assume(roleArn: string): Promise<Session>;
  bucket(name: string, region: string): Promise<FoundBucket>;
  /** What the bootstrap has deployed; absent: nothing. */
  bootstrapped(): Promise<string | undefined>;
  /** What AWS allows; absent: it does not say. */
  quota(
    session: Session | undefined,
    region: string,
    service: string,
    code: string,
  ): Promise<number | undefined>;
}

/** Through the AWS SDK, which is loaded late. */
export function awsOf(settings: ClientSettings): Aws {
  const stack = stateStack(bootstrapStack, settings);
  const sts = require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
  const s3 = require("@aws-sdk/client-s3") as typeof import("@aws-sdk/client-s3");
  const limits = require("@aws-sdk/client-service-quotas") as typeof import("@aws-sdk/client-service-quotas");
  const tokens = new sts.STSClient(settings);
  const clients = new Map<string, InstanceType<typeof limits.ServiceQuotasClient>>();
  const quotasIn = (session: Session | undefined, region: string) => {
    const key = `${session?.credentials.accessKeyId ?? ""} ${region}`;
    const client =
      clients.get(key) ??
      // Service Quotas answers ten questions a second at most.
      new limits.ServiceQuotasClient({ ...settings, ...session, region, maxAttempts: 6 });
    clients.set(key, client);
    return client;
  };
  return {
    caller: () => stack.caller(),
    async assume(RoleArn) {
      const { Credentials } = await tokens.send(
        new sts.AssumeRoleCommand({ RoleArn, RoleSessionName: "landing-zone-doctor", DurationSeconds: 900 }),
      );
      return {
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? "",
          secretAccessKey: Credentials?.SecretAccessKey ?? "",
          ...(Credentials?.SessionToken === undefined ? {} : { sessionToken: Credentials.SessionToken }),
        },
      };
    },
    async bucket(Bucket, region) {
      const client = new s3.S3Client({
        ...settings,
        region,
        // A stand-in for S3 has no name for each bucket.
        ...(process.env["AWS_ENDPOINT_URL"] === undefined ? {} : { forcePathStyle: true }),
      });
      await client.send(new s3.HeadBucketCommand({ Bucket }));
      const { Status } = await client.send(new s3.GetBucketVersioningCommand({ Bucket }));
      const { ServerSideEncryptionConfiguration: encryption } = await client.send(
        new s3.GetBucketEncryptionCommand({ Bucket }),
      );
      return {
        versioned: Status === "Enabled",
        encryption: encryption?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      };
    },
    async bootstrapped() {
      return (await stack.state()) === undefined ? undefined : await stack.template();
    },
    async quota(session, region, ServiceCode, QuotaCode) {
      const client = quotasIn(session, region);
      const asked = { ServiceCode, QuotaCode };
      try {
        const { Quota } = await client.send(new limits.GetServiceQuotaCommand(asked));
        return Quota?.Value;
      } catch (error) {
        if (!(error instanceof limits.NoSuchResourceException)) throw error;
      }
      try {
        const { Quota } = await client.send(new limits.GetAWSDefaultServiceQuotaCommand(asked));
        return Quota?.Value;
      } catch (error) {
        if (error instanceof limits.NoSuchResourceException) return undefined;
        throw error;
      }
    },
  };
}
