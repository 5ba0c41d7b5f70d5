import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const prod = { environment: "prod" };
const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
const runtime = (said: unknown) => ({ props: { runtime: said } });
const variables = (said: unknown, more: object = {}) => ({
  props: { environment: { variables: said }, ...more },
});

const resize = (props: Readonly<Record<string, unknown>> = {}) =>
  part("lambda/function:Function", "resize", props);
const inSubnets = (...subnetIds: readonly unknown[]) => resize({ vpcConfig: { subnetIds } });
const subnet = (name: string, availabilityZone: string) =>
  part("ec2/subnet:Subnet", name, { availabilityZone });

const failures = (functionName: unknown, destination: unknown) =>
  part("lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "failures", {
    functionName,
    destinationConfig: { onFailure: { destination } },
  });
const group = (name: unknown) => part("cloudwatch/logGroup:LogGroup", "group", { name });
const role = (name: string) => part("iam/role:Role", name);

export default [
  {
    rule: "lambda-runtime",
    accepts: [
      ...["nodejs24.x", "nodejs22.x", "nodejs26.x", "python3.14", "python3.11", "python4.0", "java8.al2"].map(
        runtime,
      ),
      ...["java11", "java25", "dotnet10", "ruby3.3", "ruby3.4", "ruby4.0", "provided.al2023"].map(runtime),
      { props: { packageType: "Image" } },
    ],
    refuses: [
      ...["nodejs20.x", "nodejs8.10", "nodejs", "python2.7", "python3.10", "python3.9", "java8"].map(runtime),
      ...["dotnet8", "dotnetcore3.1", "ruby2.7", "ruby3.2", "go1.x", "provided", "provided.al2"].map(runtime),
      runtime("constructor"),
    ],
    unknown: [runtime(unknown)],
  },
  {
    rule: "lambda-image-pinned",
    accepts: [{ props: { imageUri: `${registry}/orders/resize:1.4.2` } }, {}],
    refuses: [
      { props: { imageUri: `${registry}/orders/resize:latest` } },
      { props: { imageUri: `${registry}/orders/resize` } },
    ],
    unknown: [{ props: { imageUri: unknown } }],
  },
  {
    rule: "lambda-code-signing",
    accepts: [
      { props: { tags: prod, codeSigningConfigArn: unknown } },
      { props: { tags: prod, packageType: "Image" } },
      { props: { tags: { environment: "dev" } } },
    ],
    refuses: [{ props: { tags: prod } }, { props: { packageType: "Zip" } }],
    unknown: [{ props: { tags: prod, packageType: unknown } }],
  },
  {
    rule: "lambda-code-signing-enforced",
    accepts: [{ props: { policies: { untrustedArtifactOnDeployment: "Enforce" } } }],
    refuses: [{}, { props: { policies: { untrustedArtifactOnDeployment: "Warn" } } }],
    unknown: [{ props: { policies: { untrustedArtifactOnDeployment: unknown } } }],
  },
  {
    rule: "lambda-multi-az",
    accepts: [
      [inSubnets("@a", "@b"), subnet("a", "eu-central-1a"), subnet("b", "eu-central-1b")],
      [inSubnets("subnet-1", "subnet-2")],
      [inSubnets(unknown, unknown)],
      [resize()],
    ],
    refuses: [
      [inSubnets("@a", "@b"), subnet("a", "eu-central-1a"), subnet("b", "eu-central-1a")],
      [inSubnets("subnet-1")],
      [inSubnets()],
    ],
    unknown: [
      [resize({ vpcConfig: { subnetIds: unknown } })],
      [inSubnets("@a", "@b"), subnet("a", unknown), subnet("b", "eu-central-1a")],
    ],
  },
  {
    rule: "lambda-tracing",
    accepts: [{ props: { tracingConfig: { mode: "Active" } } }],
    refuses: [{}, { props: { tracingConfig: { mode: "PassThrough" } } }],
    unknown: [{ props: { tracingConfig: { mode: unknown } } }],
  },
  {
    rule: "lambda-dlq",
    accepts: [
      [resize(), failures("@resize", unknown)],
      [resize({ name: "resize" }), failures("resize", "arn:aws:sqs:eu-central-1:111122223333:failures")],
      [resize({ deadLetterConfig: { targetArn: unknown } })],
    ],
    refuses: [
      [resize()],
      [resize(), failures("@resize", undefined)],
      [resize({ name: "resize" }), failures("others", "arn:aws:sqs:eu-central-1:111122223333:failures")],
    ],
    unknown: [[resize(), failures(unknown, "arn:aws:sqs:eu-central-1:111122223333:failures")]],
  },
  {
    rule: "lambda-env-cmk",
    accepts: [variables({ LOG_LEVEL: "info" }, { kmsKeyArn: unknown }), variables({}), {}],
    refuses: [variables({ LOG_LEVEL: "info" })],
    unknown: [variables(unknown)],
  },
  {
    rule: "lambda-no-secrets-in-env",
    accepts: [variables({ LOG_LEVEL: "info", DB_SECRET_ARN: "arn:aws:secretsmanager:1" }), {}],
    refuses: [
      variables({ DB_PASSWORD: unknown }),
      variables({ HOST: unknown, DATABASE: "postgres://shop:hunter22@db.example.com/shop" }),
      variables({ IDENTITY: "AKIAIOSFODNN7EXAMPLE" }),
    ],
    unknown: [variables(unknown), variables({ DATABASE: unknown })],
  },
  {
    rule: "lambda-timeout-memory",
    accepts: [{ props: { timeout: 30, memorySize: 512 } }],
    refuses: [{}, { props: { timeout: 30 } }, { props: { memorySize: 512 } }],
  },
  {
    rule: "lambda-log-group",
    accepts: [
      [resize({ loggingConfig: { logFormat: "JSON", logGroup: unknown } })],
      [resize({ name: "resize" }), group("/aws/lambda/resize")],
      [resize({ name: "resize" }), group(unknown), { ...group("/aws/lambda/resize"), name: "second" }],
    ],
    refuses: [
      [resize({ name: "resize" })],
      [resize({ name: "resize" }), group("/aws/lambda/others")],
      [resize(), group("/aws/lambda/")],
    ],
    unknown: [
      [resize({ name: "resize" }), group(unknown)],
      [resize({ name: unknown }), group("/aws/lambda/resize")],
    ],
  },
  {
    rule: "lambda-own-role",
    accepts: [
      [resize({ role: "@resize-role" }), role("resize-role")],
      [
        resize({ role: "@resize-role" }),
        part("lambda/function:Function", "verify", { role: "@verify-role" }),
        role("resize-role"),
        role("verify-role"),
      ],
    ],
    refuses: [
      [
        resize({ role: "@shared" }),
        part("lambda/function:Function", "verify", { role: "@shared" }),
        role("shared"),
      ],
      [
        resize({ role: "@shared" }),
        part("ecs/taskDefinition:TaskDefinition", "api", { executionRoleArn: "@shared" }),
        role("shared"),
      ],
    ],
    unknown: [
      [
        resize({ role: "@resize-role" }),
        part("lambda/function:Function", "verify", { role: unknown }),
        role("resize-role"),
      ],
    ],
  },
] satisfies Cases[];
