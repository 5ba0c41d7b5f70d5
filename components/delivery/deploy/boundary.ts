import type { Statement } from "../../identity/policy-document";
import { productBoundaryName, productRolePath } from "../../identity/product-role";
import { arn, iamArn } from "../../location";
import {
  buckets,
  type DeployRole,
  fromTemplates,
  newAndTagged,
  placeOf,
  privateZones,
  servicesWithRoles,
} from "./place";

const of = (service: string, ...actions: string[]) => actions.map(action => `${service}:${action}`);

/**
 * What the deploy role may come to at most, whatever is attached to it: the kinds of things that products are made of, in
 * its own account and region and at CloudFront's, and nothing that carries the platform's name. It is coarser than the
 * permissions and does not move with each of them; what is new to products as a kind must be let in here too. `*te*` is
 * what creates, updates and deletes; `*e*` is all that a service has; `*r*` all but what uses what is in it.
 *
 * At most 6,144 characters, as every policy. A service has no wildcard in an ARN and a statement no room for an ARN of
 * each, so that the account is said by a condition, as in AWS's own policies for VPC endpoints, where AWS gives the key
 * to all of these services. Sources: IAM user guide, "Permissions boundaries for IAM entities", "IAM JSON policy
 * elements: Resource", "AWS global condition context keys" (aws:ResourceAccount).
 */
export const deployBoundary = (role: DeployRole): readonly Statement[] => {
  const { at, deployRoleName, alsoTakes = [], vpcAccountId, copyRegions = [] } = role;
  const { here, regions } = placeOf(role);
  const { accountId, region } = at;
  const productRoles = iamArn(accountId, `role${productRolePath}*`);
  const ofRegions = (service: string, resource: string) => arn(service, { ...at, region: "*" }, resource);
  return [
    {
      Effect: "Allow",
      Action: [
        "ec2:Describe*",
        ...of("iam", "GetRole*", "List*Role*"),
        ...of("kms", "Describe*", "GetKey*", "List*"),
        ...of("logs", "Describe*", "Get*Delivery*", "List*"),
        ...of("route53", "Get*", "List*"),
        "ecr:GetA*",
        "organizations:DescribeOrg*",
        ...of(
          "sso",
          "CreateManagedApplicationInstance",
          "DeleteManagedApplicationInstance",
          "Describe*",
          "Get*",
        ),
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: [
        "acm:*Certificate*",
        ...of("apigateway", "*Domain", "DELETE", "GET", "P*"),
        ...of("application-autoscaling", "*Sc*", "*Tag*"),
        ...of("appsync", "*Tag*", "*te*", "Get*", "S*"),
        ...of("aps", "*Logging*", "*Tag*", "*Workspace*"),
        "autoscaling:*e*",
        "cloudfront:*e*",
        ...of("cloudwatch", "*Alarm*", "*Dash*", "*Tag*"),
        ...of("cognito-idp", "*Brand*", "*ResourceS*", "*Tag*", "*UserPool*", "AddC*"),
        ...of("dynamodb", "*Table*", "*Tag*", "Describe*", "UpdateCont*", "UpdateTime*"),
        ...of("ecr", "*Lifecycle*", "*Repositor*", "*Tag*", "BatchG*", "GetD*", "PutImageS*"),
        ...(role.images === undefined
          ? []
          : of("ecr", "*LayerUpload", "BatchC*", "BatchI*", "PutImage", "UploadL*")),
        ...of("ecs", "*Capacity*", "*Cluster*", "*Service*", "*Tag*", "*TaskDef*"),
        "elasticache:*r*",
        // Systems and policies, targets and tags, and points; but not what a client does.
        ...of("elasticfilesystem", "*Point*", "*g*", "*y*"),
        ...of("elasticloadbalancing", "*d*", "*e*"),
        ...of("es", "*Domain*", "*Tags", "Get*"),
        ...of("events", "*Bus", "*r*"),
        ...of("grafana", "*Tag*", "*Workspace*"),
        ...of("kinesis", "*ing", "*Stream*", "*Tag*", "UpdateS*"),
        ...of("lambda", "*EventSource*", "*Function*", "*Permission", "*Policy", "*Tag*"),
        ...of("logs", "*LogDelivery", "*ResourcePolicy"),
        ...of("rds", "*DB*", "*Tags*", "Describe*"),
        "scheduler:*e*",
        ...of("secretsmanager", "*Policy", "*Secret", "*Tag*"),
        "servicediscovery:*e*",
        ...of("ses", "*ConfigurationS*", "*EmailI*", "*Tag*"),
        ...of("sns", "*Attributes", "*Tag*", "*Topic*", "*ubscri*"),
        ...of("sqs", "*Tag*", "*teQueue", "GetQ*", "SetQ*"),
        ...of("ssm", "*Parameter", "*Parameters", "*Tags*"),
        ...of("states", "*Machine*", "*Tag*"),
        ...of("wafv2", "*IPSet", "*Logging*", "*Tag*", "*WebACL*"),
      ],
      Resource: "*",
      Condition: {
        StringEquals: {
          "aws:ResourceAccount": accountId,
          "aws:RequestedRegion": [...new Set([...regions, ...copyRegions])],
        },
      },
    },
    {
      Effect: "Allow",
      Action: of("logs", "*Deliver*", "*KmsKey", "*LogGroup", "*RetentionPolicy", "*agResource"),
      Resource: [
        "log-group:/landing-zone/*",
        "log-group:/aws/*/*",
        "log-group:aws-waf-logs-*",
        "delivery*",
      ].map(name => ofRegions("logs", name)),
    },
    {
      Effect: "Allow",
      Action: [
        "route53:ChangeResourceRecordSets",
        ...of("s3", "*Bucket*", "*Configuration", "*Tag*"),
        // Of AWS's own.
        "ssm:GetParameters",
      ],
      Resource: [
        ...buckets(role),
        "arn:aws:route53:::hostedzone/*",
        "arn:aws:ssm:*::parameter/aws/service/*",
      ],
    },
    {
      Effect: "Allow",
      Action: "route53:CreateHostedZone",
      Resource: "*",
      Condition: privateZones,
    },
    { Effect: "Allow", Action: "kms:CreateKey", Resource: "*", Condition: newAndTagged },
    {
      Effect: "Allow",
      Action: of("kms", "*Alias", "*KeyDe*", "*KeyRo*", "*agResource", "PutKeyPolicy", "RetireGrant"),
      Resource: ofRegions("kms", "*"),
    },
    {
      Effect: "Allow",
      Action: of("kms", "*crypt*", "CreateGrant", "GenerateDataKey*"),
      Resource: ofRegions("kms", "key/*"),
      Condition: { StringLike: { "kms:ViaService": "*.amazonaws.com" } },
    },
    {
      Effect: "Allow",
      Action: of("ec2", "*LaunchT*", "*NetworkInterface", "*SecurityGroup*", "*Tags", "*VpcEndpoint*"),
      Resource: here("ec2", "*"),
    },
    {
      Effect: "Allow",
      Action: "ec2:RunInstances",
      Resource: [here("ec2", "*"), `arn:aws:ec2:${region}::image/*`],
      Condition: fromTemplates(role),
    },
    ...(vpcAccountId === undefined
      ? []
      : [
          {
            Effect: "Allow" as const,
            Action: inVpcs,
            Resource: arn("ec2", { region, accountId: vpcAccountId }, "*"),
          },
        ]),
    {
      Effect: "Allow",
      Action: of("iam", "AttachRolePolicy", "CreateRole", "PutRolePolicy"),
      Resource: productRoles,
      Condition: {
        StringEquals: { "iam:PermissionsBoundary": iamArn(accountId, `policy/${productBoundaryName}`) },
      },
    },
    {
      Effect: "Allow",
      Action: of("iam", "*InstanceProfile*", "*agRole", "De*RolePolicy", "DeleteRole", "Update*Role*"),
      Resource: [productRoles, iamArn(accountId, `instance-profile${productRolePath}*`)],
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: productRoles,
      Condition: { StringLike: { "iam:PassedToService": servicesWithRoles.map(shortened) } },
    },
    {
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(accountId, "role/aws-service-role/*"),
      Condition: { StringLike: { "iam:AWSServiceName": servicesWithOwnRoles } },
    },
    {
      Sid: "Itself",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: [iamArn(accountId, `role/${deployRoleName}`), ...new Set(alsoTakes.map(inAnyAccount))],
    },
    ...(copyRegions.length === 0
      ? []
      : [
          {
            Effect: "Allow" as const,
            Action: of("dynamodb", "*Item", "Query", "Scan"),
            Resource: ofRegions("dynamodb", "table/*"),
            Condition: { Bool: { "aws:ViaAWSService": "true" } },
          },
        ]),
    {
      Effect: "Deny",
      NotAction: [...inVpcs, "sts:AssumeRole"],
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/product": "landing-zone" } },
    },
    // Nor do buckets show their tags to policies, unless that is switched on for each.
    { Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::landing-zone-*" },
  ];
};

/** What is asked of a VPC and its subnets, which are the platform's, to have something in them. */
const inVpcs = of("ec2", "CreateNetworkInterf*", "CreateSec*", "CreateVpcEndpoint", "GetSec*", "RunI*");

/** The same role is taken in several accounts; in which, the permissions say. */
const inAnyAccount = (role: string): string => role.replace(/:\d{12}:/, ":*:");

const shortened = (service: string): string => service.replace(/amazonaws\.com$/, "*");

/** As the permissions' own list, in fewer words. */
const servicesWithOwnRoles = [
  "*autoscaling.*",
  "appsync.*",
  "ecs.*",
  "elasti*",
  "email.*",
  "grafana.*",
  "opensearch*",
  "ops.*",
  "rds.*",
  "replication.*",
  "vpcorigin.*",
];
