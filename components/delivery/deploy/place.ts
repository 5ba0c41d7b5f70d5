/** What the themes of the deploy role's permissions have in common: where products' resources are. */
import type { Statement } from "../../identity/policy-document";
import { arn, type Location } from "../../location";

export interface DeployRole {
  readonly at: Location;
  readonly deployRoleName: string;
  /** ARNs of roles in other accounts that it may take; see NamesRole. */
  readonly alsoTakes?: readonly string[];
  /** Twelve digits: whose VPC the products live in, where it is shared with the account. */
  readonly vpcAccountId?: string;
  /** Other regions that products keep copies in. */
  readonly copyRegions?: readonly string[];
  /** Only where images of products are pushed first; elsewhere they come from there. */
  readonly images?: PushedImages;
}

export interface PushedImages {
  /** The products whose repositories, `<product>/...`, are pushed to. */
  readonly products: readonly string[];
  /** What their builds may begin with; see approved-bases.ts. */
  readonly approvedBases?: readonly string[];
}

/** Where all that belongs to CloudFront is. Source: CloudFront developer guide, "Quotas", "AWS Region for ACM". */
const edgeRegion = "us-east-1";

export interface Place {
  /** `here("ecs")`: all of a service in the account and region. */
  readonly here: (service: string, resource?: string) => string;
  /** The same in the region and in CloudFront's. */
  readonly orAtTheEdge: (service: string, resource?: string) => string[];
  /** The same in the region and in those of copies. */
  readonly andCopies: (service: string, resource?: string) => string[];
  /** The region and CloudFront's. */
  readonly regions: readonly string[];
}

export const placeOf = ({ at: { accountId, region }, copyRegions = [] }: DeployRole): Place => {
  const regions = [...new Set([region, edgeRegion])];
  const kept = [region, ...copyRegions];
  return {
    here: (service, resource = "*") => arn(service, { accountId, region }, resource),
    orAtTheEdge: (service, resource = "*") =>
      regions.map(where => arn(service, { accountId, region: where }, resource)),
    andCopies: (service, resource = "*") =>
      kept.map(where => arn(service, { accountId, region: where }, resource)),
    regions,
  };
};

type Conditions = NonNullable<Statement["Condition"]>;

/**
 * Instances are started from a launch template of the account only. Source: EC2 user guide, "Control access to launch
 * templates with IAM permissions".
 */
export const fromTemplates = ({ at }: DeployRole): Conditions => ({
  ArnLike: { "ec2:LaunchTemplate": arn("ec2", at, "launch-template/*") },
});

/** What whoever pulls an image asks a repository for. */
export const pulling: readonly string[] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** Source: ECR user guide, "IAM permissions for pushing an image to an Amazon ECR private repository". */
export const pushing: readonly string[] = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** The platform's own resources carry its name; what is not there yet carries none. */
export const notThePlatforms: Conditions = {
  StringNotEquals: { "aws:ResourceTag/product": "landing-zone" },
};

/** What has no name before it is there is asked for without one, but with its tags. */
export const newAndTagged: Conditions = { StringEquals: { "aws:RequestTag/managed-by": "pulumi" } };

/** For actions that AWS knows no resource for. */
export const inRegions = (regions: readonly string[]): Conditions => ({
  StringEquals: { "aws:RequestedRegion": regions },
});

/** Groups by name: the platform's convention, and those whose beginnings AWS's services give. */
export const logGroups: readonly string[] = [
  "/landing-zone/*",
  "/aws/appsync/apis/*",
  "/aws/rds/*",
  "/aws/vendedlogs/states/*",
  "aws-waf-logs-*",
];

/** Below these, API Gateway keeps its HTTP APIs. Source: Service authorization reference, "Amazon API Gateway Management V2". */
export const httpApis = (region: string): string[] =>
  ["apis", "domainnames", "tags", "vpclinks"].map(kind => `arn:aws:apigateway:${region}::/${kind}*`);

/** Of the account's buckets in regions: a bucket's ARN has neither, its name has both. */
export const buckets = ({ at: { accountId, region }, copyRegions = [] }: DeployRole): string[] =>
  [region, ...copyRegions].map(where => `arn:aws:s3:::*-${accountId}-${where}`);

/** Items, by DynamoDB on behalf of whoever makes a replica. */
export const fillingReplicas: readonly string[] = [
  "dynamodb:BatchWriteItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
];

/** A zone in a VPC, as Cloud Map makes it for a namespace; nobody outside asks it. */
export const privateZones: Conditions = { "ForAnyValue:StringLike": { "route53:VPCs": "VPCId=*" } };

/** AppSync's parts of an API, of which AWS knows no resource. */
export const partsOfGraphqlApis: readonly string[] = [
  ...["DataSource", "Function", "Resolver"].flatMap(part =>
    ["Create", "Delete", "Update"].map(verb => `appsync:${verb}${part}`),
  ),
  "appsync:SetWebACL",
  "appsync:StartSchemaCreation",
];

/**
 * API Gateway and AWS WAF let themselves write to a group on behalf of whoever names it. Sources: API Gateway developer
 * guide, "Configure logging for HTTP APIs"; AWS WAF developer guide, "CloudWatch Logs".
 */
export const letServicesLog: readonly string[] = [
  "logs:CreateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:DeleteResourcePolicy",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** Whose roles products have: a role is handed to one of these and to no other service. */
export const servicesWithRoles: readonly string[] = [
  "appsync.amazonaws.com",
  "ec2.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "ecs.amazonaws.com",
  "events.amazonaws.com",
  "grafana.amazonaws.com",
  "lambda.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "rds.amazonaws.com",
  "s3.amazonaws.com",
  "scheduler.amazonaws.com",
  "states.amazonaws.com",
];

/** Services that make a role of their own in the account when they are first used. */
export const servicesWithOwnRoles: readonly string[] = [
  "appsync",
  "autoscaling",
  "dynamodb.application-autoscaling",
  "ecs",
  "ecs.application-autoscaling",
  "elasticache",
  "elasticfilesystem",
  "elasticloadbalancing",
  "email.cognito-idp",
  "grafana",
  "opensearchservice",
  "ops.apigateway",
  "rds",
  "replication.dynamodb",
  "vpcorigin.cloudfront",
].map(service => `${service}.amazonaws.com`);

/** Services that take a key on behalf of whoever makes something that they encrypt. */
export const servicesWithKeys = (regions: readonly string[]): string[] =>
  [
    "aps",
    "dynamodb",
    "ecr",
    "elasticache",
    "elasticfilesystem",
    "es",
    "events",
    "grafana",
    "kinesis",
    "lambda",
    "rds",
    "scheduler",
    "secretsmanager",
  ].flatMap(service => regions.map(region => `${service}.${region}.amazonaws.com`));

/** That a workspace of Grafana is an application of IAM Identity Center, of which AWS knows no resources. */
export const signInToGrafana: readonly string[] = [
  "organizations:DescribeOrganization",
  "sso:CreateManagedApplicationInstance",
  "sso:DeleteManagedApplicationInstance",
  "sso:DescribeRegisteredRegions",
  "sso:GetManagedApplicationInstance",
  "sso:GetSharedSsoConfiguration",
];
