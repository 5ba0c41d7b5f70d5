/** Which services have interface endpoints here, and what may pass through an endpoint. */
import { policyDocument, type Statement } from "../identity/policy-document";
import type { Location } from "../location";

interface Service {
  readonly purpose: string;
  /** Whether AWS takes a policy for the endpoint; where it does not, one is an error. */
  readonly policy: boolean;
  /** What comes before the Region in the name that callers use, where it is not the service's own. */
  readonly host?: string;
  /** Callers put a name of their own in front. */
  readonly wildcard?: boolean;
  /** Why the endpoint cannot stand in another VPC than its callers. */
  readonly localBecause?: string;
}

const ofAgents = "ECS itself tells an agent which name to call, as it finds the endpoint in the agent's VPC";

/**
 * Sources: AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink" (names and policies); Amazon ECR
 * user guide, "Amazon ECR interface VPC endpoints" (names of ECR). Of ECS's agents AWS's pages do not say whether
 * policies are taken, so that they get none.
 */
export const endpointServices = {
  "ecr.api": { purpose: "Signing in to ECR, and finding images", policy: true, host: "api.ecr" },
  "ecr.dkr": { purpose: "Pulling images from ECR", policy: true, host: "dkr.ecr", wildcard: true },
  logs: { purpose: "Writing to CloudWatch Logs", policy: true },
  kms: { purpose: "Encrypting and decrypting with keys of the company's", policy: true },
  ssm: { purpose: "Parameters, and Systems Manager's orders to instances", policy: true },
  ssmmessages: { purpose: "Sessions in instances and ECS Exec in tasks", policy: true },
  ec2messages: { purpose: "Orders to instances with older agents of Systems Manager", policy: true },
  secretsmanager: { purpose: "Secrets", policy: true },
  sts: { purpose: "Taking roles", policy: true },
  ecs: { purpose: "The API of ECS", policy: true },
  "ecs-agent": { purpose: "ECS's agent on instances; not Fargate", policy: false, localBecause: ofAgents },
  "ecs-telemetry": {
    purpose: "Measurements of ECS's agent on instances; not Fargate",
    policy: false,
    localBecause: ofAgents,
  },
  monitoring: { purpose: "Writing metrics to CloudWatch", policy: true },
  xray: { purpose: "Writing traces", policy: true },
  events: { purpose: "Sending events to EventBridge", policy: true },
  sqs: { purpose: "Queues", policy: true },
  sns: { purpose: "Topics", policy: true },
  elasticloadbalancing: { purpose: "The API of load balancers", policy: true },
  ec2: { purpose: "The API of EC2", policy: true },
  autoscaling: { purpose: "The API of EC2 Auto Scaling", policy: true },
  lambda: { purpose: "Calling functions", policy: true },
  states: { purpose: "Starting and answering state machines", policy: true },
  "kinesis-streams": { purpose: "Streams of Kinesis", policy: true, host: "kinesis" },
} as const satisfies Readonly<Record<string, Service>>;

/** As in the end of `com.amazonaws.<region>.<service>`. */
export type EndpointService = keyof typeof endpointServices;

const serviceOf = (service: EndpointService): Service => endpointServices[service];

/** The name that callers use: the zone that holds it, and the record within. */
export function callersName(service: EndpointService, region: string): { zone: string; record: string } {
  const { host = service, wildcard = false, localBecause } = serviceOf(service);
  if (localBecause !== undefined)
    throw new Error(`services holds ${service}, which cannot be shared: ${localBecause}`);
  const zone = `${host}.${region}.amazonaws.com`;
  return { zone, record: wildcard ? `*.${zone}` : zone };
}

/**
 * What passes through an endpoint: calls of the organization's principals to the organization's resources. Credentials
 * brought along from elsewhere work as little as buckets of somebody else's. An endpoint policy grants nothing.
 *
 * AWS services that call with a principal of their own are left out: what reaches a VPC of that kind are addresses that
 * CloudFormation and others have signed, which anyone's stack can make.
 *
 * Sources: AWS whitepaper "Building a Data Perimeter on AWS"; IAM user guide, "AWS global condition context keys".
 */
const withinOrganization = (organizationId: string): Statement => ({
  Sid: "WithinTheOrganization",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: {
    StringEquals: { "aws:PrincipalOrgID": organizationId, "aws:ResourceOrgID": organizationId },
  },
});

export const dynamodbPolicy = (organizationId: string): string =>
  policyDocument([withinOrganization(organizationId)]);

/**
 * Beside the organization's buckets some of AWS's own can be read, whoever asks: the requests are signed by ECR, or by
 * nobody.
 *
 * Sources: Amazon ECR user guide, "Minimum Amazon S3 bucket permissions for Amazon ECR"; AWS Systems Manager user
 * guide, "SSM Agent communications with AWS managed S3 buckets"; Amazon EC2 user guide, "Kernel Live Patching on
 * AL2", and Amazon Linux 2023 user guide, "Kernel Live Patching on AL2023", for the repositories; CloudWatch user
 * guide, "Download the CloudWatch agent package".
 */
export const s3Policy = (region: string, organizationId: string): string =>
  policyDocument([
    withinOrganization(organizationId),
    readable("ImageLayers", [`prod-${region}-starport-layer-bucket`]),
    readable("SystemsManager", [
      `aws-ssm-${region}`,
      `amazon-ssm-${region}`,
      `amazon-ssm-packages-${region}`,
      `${region}-birdwatcher-prod`,
      `aws-ssm-distributor-file-${region}`,
      `aws-ssm-document-attachments-${region}`,
      `patch-baseline-snapshot-${region}`,
      `amazoncloudwatch-agent-${region}`,
      "amazoncloudwatch-agent",
    ]),
    readable("AmazonLinux", [
      `amazonlinux.${region}.amazonaws.com`,
      `amazonlinux-2-repos-${region}`,
      `al2023-repos-${region}-de612dc2`,
      `al2023-${region}`,
    ]),
  ]);

const readable = (sid: string, buckets: readonly string[]): Statement => ({
  Sid: sid,
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: buckets.map(bucket => `arn:aws:s3:::${bucket}/*`),
});

/** The policy of an interface endpoint; none where the service takes none. */
export function interfacePolicy(
  service: EndpointService,
  { region }: Location,
  organizationId: string,
): string | undefined {
  if (!serviceOf(service).policy) return undefined;
  return policyDocument([
    withinOrganization(organizationId),
    ...(more[service]?.(region, organizationId) ?? []),
  ]);
}

/**
 * GuardDuty puts a container into Fargate tasks, whose image is in an account of AWS's that differs by Region: so it is
 * named by its repository, and can be pulled only. Source: Amazon GuardDuty user guide, "Hosting GuardDuty security
 * agent images in Amazon ECR".
 */
const runtimeMonitoring = (region: string, organizationId: string): Statement[] => [
  {
    Sid: "RuntimeMonitoring",
    Effect: "Allow",
    Principal: "*",
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: `arn:aws:ecr:${region}:*:repository/aws-guardduty-agent-fargate`,
    Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
  },
];

/** What a service needs beside the organization's own. */
const more: Partial<Record<EndpointService, (region: string, organizationId: string) => Statement[]>> = {
  "ecr.api": runtimeMonitoring,
  "ecr.dkr": runtimeMonitoring,
  // Source: AWS Systems Manager user guide, "Finding public parameters", "Amazon managed documents".
  ssm: (region, organizationId) => [
    {
      Sid: "PublicParametersAndDocuments",
      Effect: "Allow",
      Principal: "*",
      Action: [
        "ssm:Describe*",
        "ssm:Get*",
        "ssm:List*",
        "ssm:CreateAssociation",
        "ssm:SendCommand",
        "ssm:StartSession",
      ],
      Resource: [`arn:aws:ssm:${region}::parameter/aws/*`, `arn:aws:ssm:${region}::document/*`],
      Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
    },
  ],
  // Who has but a token is of no organization yet; the role is. Source: IAM user guide, "Actions, resources, and
  // condition keys for AWS Security Token Service".
  sts: (_, organizationId) => [
    {
      Sid: "SignInWithTokens",
      Effect: "Allow",
      Principal: "*",
      Action: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceOrgID": organizationId } },
    },
  ],
};
