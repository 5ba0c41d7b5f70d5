import type { Statement } from "../../identity/policy-document";

const all = (service: string, ...verbs: string[]) => verbs.map(verb => `${service}:${verb}`);

/**
 * What the deploy role looks at: configuration of everything in the account, and no content. What gives away content or
 * secrets, such as ListUsers of Cognito or GetSampledRequests of AWS WAF, is not here.
 */
export const reading = (): Statement[] => [
  {
    Sid: "See",
    Effect: "Allow",
    Action: [
      ...[
        "acm",
        "application-autoscaling",
        "aps",
        "cloudwatch",
        "dynamodb",
        "ecs",
        "elasticache",
        "elasticfilesystem",
        "es",
        "events",
        "kinesis",
        "logs",
        "rds",
      ].flatMap(service => all(service, "Describe*", "List*")),
      ...all(
        "appsync",
        "GetApiAssociation",
        "GetDataSource",
        "GetDomainName",
        "GetFunction",
        "GetGraphqlApi",
        "GetIntrospectionSchema",
        "GetResolver",
        "GetSchemaCreationStatus",
        "ListTagsForResource",
      ),
      ...all("autoscaling", "Describe*"),
      ...all("cloudfront", "Get*", "List*"),
      ...all("cloudwatch", "GetDashboard"),
      ...all(
        "cognito-idp",
        "DescribeManagedLoginBranding*",
        "DescribeResourceServer",
        "DescribeUserPool",
        "DescribeUserPoolDomain",
        "GetUserPoolMfaConfig",
        "ListTagsForResource",
      ),
      // Elastic Load Balancing looks for the security groups on behalf of whoever makes a load balancer.
      ...all("ec2", "Describe*", "GetSecurityGroupsForVpc"),
      ...all("ecr", "Describe*", "GetLifecyclePolicy", "GetRepositoryPolicy", "List*"),
      ...all("elasticloadbalancing", "Describe*"),
      ...all("es", "GetCompatibleVersions", "GetUpgrade*"),
      ...all("grafana", "DescribeWorkspace*", "ListTagsForResource"),
      ...all(
        "iam",
        "GetInstanceProfile",
        "GetRole*",
        "ListAttachedRolePolicies",
        "ListInstanceProfile*",
        "ListRole*",
      ),
      ...all("kms", "Describe*", "GetKey*", "List*"),
      ...all("lambda", "GetEventSourceMapping", "List*"),
      ...all("logs", "GetDelivery*", "GetLogDelivery"),
      ...all("route53", "Get*", "List*"),
      ...all("scheduler", "Get*", "List*"),
      ...all("secretsmanager", "DescribeSecret", "GetResourcePolicy"),
      ...all("ses", "GetConfigurationSet*", "GetEmailIdentity", "ListTagsForResource"),
      ...all("servicediscovery", "GetNamespace", "GetService", "ListTagsForResource"),
      ...all("sns", "Get*", "List*"),
      ...all("sqs", "GetQueue*", "List*"),
      ...all("ssm", "DescribeParameters", "ListTagsForResource"),
      ...all(
        "states",
        "DescribeStateMachine",
        "ListStateMachineVersions",
        "ListTagsForResource",
        "ValidateStateMachineDefinition",
      ),
      ...all("wafv2", "GetIPSet", "GetLoggingConfiguration", "GetWebACL*", "List*"),
    ],
    Resource: "*",
  },
];
