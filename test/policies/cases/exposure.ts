import { unknown } from "../judge";
import type { Cases } from ".";

const reason = "The shop sells to the whole world";
const group = (props: object) => ({ type: "aws:ec2/securityGroup:SecurityGroup", name: "group", props });
const ingressRule = (props: object) => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "rule",
  props: { securityGroupId: unknown, ...props },
  madeFrom: { securityGroupId: ["group"] },
});
const olderRule = (props: object) => ({
  ...ingressRule(props),
  type: "aws:ec2/securityGroupRule:SecurityGroupRule",
});

const bucket = { type: "aws:s3/bucket:Bucket", name: "orders" };
const block = (props: object) => ({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  name: "orders-block",
  props: { bucket: unknown, ...props },
  madeFrom: { bucket: ["orders"] },
});
const allFour = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc" };
const defaultGroup = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  props: { vpcId: unknown },
  madeFrom: { vpcId: ["vpc"] },
};

const containers = (...definitions: unknown[]) => ({
  props: { containerDefinitions: JSON.stringify(definitions) },
});
const unknownContainers = [{ props: { containerDefinitions: unknown } }];

export default [
  {
    rule: "ec2-sg-not-open",
    accepts: [
      [group({ ingress: [{ cidrBlocks: ["10.0.0.0/8", "100.64.0.0/10"], ipv6CidrBlocks: ["fc00::/7"] }] })],
      [group({ ingress: [{ securityGroups: [unknown] }], egress: [{ cidrBlocks: ["0.0.0.0/0"] }] })],
      [group({ tags: { "allow-public": reason }, ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] })],
      [group({ tags: { "allow-public": reason } }), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
      [group({}), ingressRule({ referencedSecurityGroupId: unknown })],
      [olderRule({ type: "egress", cidrBlocks: ["0.0.0.0/0"] })],
    ],
    refuses: [
      [group({ ingress: [{ cidrBlocks: [unknown, "0.0.0.0/0"] }] })],
      [group({ ingress: [{ cidrBlocks: ["10.0.0.0/8"] }, { ipv6CidrBlocks: "::/0" }] })],
      [group({ tags: { "allow-public": "because" }, ingress: [{ cidrBlocks: ["0.0.0.0/1"] }] })],
      [group({}), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
      [group({}), ingressRule({ cidrIpv6: "::/0" })],
      [group({}), olderRule({ type: "ingress", cidrBlocks: ["0.0.0.0/0"] })],
    ],
    unknown: [
      [group({ ingress: unknown })],
      [group({ ingress: [{ cidrBlocks: [unknown] }] })],
      [group({ tags: unknown }), ingressRule({ cidrIpv4: "0.0.0.0/0" })],
    ],
  },
  {
    rule: "ec2-subnet-no-auto-public-ip",
    accepts: [{}, { props: { mapPublicIpOnLaunch: false } }],
    refuses: [{ props: { mapPublicIpOnLaunch: true } }],
    unknown: [{ props: { mapPublicIpOnLaunch: unknown } }],
  },
  {
    rule: "ecs-service-no-public-ip",
    accepts: [{}, { props: { networkConfiguration: { assignPublicIp: false, subnets: [unknown] } } }],
    refuses: [{ props: { networkConfiguration: { assignPublicIp: true } } }],
    unknown: [{ props: { networkConfiguration: unknown } }],
  },
  {
    rule: "lb-public-needs-approval",
    accepts: [
      { props: { internal: true } },
      { props: { loadBalancerType: "gateway" } },
      { type: "aws:alb/loadBalancer:LoadBalancer", props: { tags: { "allow-public": reason } } },
    ],
    refuses: [
      {},
      { props: { internal: false, tags: { "allow-public": "x" } } },
      { type: "aws:alb/loadBalancer:LoadBalancer" },
      { provider: { props: { defaultTags: { tags: { "allow-public": reason } } } } },
    ],
    unknown: [{ props: { internal: unknown } }, { props: { tags: unknown } }],
  },
  {
    rule: "lb-drop-invalid-headers",
    accepts: [{ props: { dropInvalidHeaderFields: true } }, { props: { loadBalancerType: "network" } }],
    refuses: [{}, { props: { loadBalancerType: "application", dropInvalidHeaderFields: false } }],
    unknown: [{ props: { dropInvalidHeaderFields: unknown } }],
  },
  {
    rule: "s3-bucket-has-public-access-block",
    accepts: [[bucket, block(allFour)]],
    refuses: [
      [bucket],
      [bucket, block({ ...allFour, blockPublicAcls: unknown, ignorePublicAcls: false })],
      [bucket, block({})],
    ],
    unknown: [
      [bucket, block({ ...allFour, blockPublicPolicy: unknown })],
      [bucket, { ...block(allFour), madeFrom: {} }],
    ],
  },
  {
    rule: "ec2-default-sg-empty",
    accepts: [{ props: { vpcId: unknown } }, { props: { ingress: [], egress: [] } }],
    refuses: [
      { props: { ingress: [{ protocol: "-1", self: true }] } },
      { props: { ingress: unknown, egress: [{}] } },
    ],
    unknown: [{ props: { ingress: unknown } }],
  },
  {
    rule: "ec2-vpc-default-sg-adopted",
    accepts: [[vpc, defaultGroup]],
    refuses: [[vpc], [vpc, { ...vpc, name: "other" }, defaultGroup]],
    unknown: [[vpc, { ...defaultGroup, madeFrom: {} }]],
  },
  {
    rule: "ecs-task-not-privileged",
    accepts: [containers({ name: "app" }, { name: "proxy", privileged: false })],
    refuses: [
      containers({ name: unknown }, { name: "app", privileged: true }),
      {},
      { props: { containerDefinitions: "{" } },
    ],
    unknown: [...unknownContainers, containers({ name: "app", privileged: unknown })],
  },
  {
    rule: "ecs-task-readonly-root",
    accepts: [containers({ name: "app", image: unknown, readonlyRootFilesystem: true })],
    refuses: [
      containers({ name: "app" }),
      containers("app"),
      { props: { containerDefinitions: '{"name":"app"}' } },
    ],
    unknown: [...unknownContainers, containers({ readonlyRootFilesystem: unknown })],
  },
  {
    rule: "ecs-task-non-root",
    accepts: [
      containers({ user: "1000:1000" }),
      containers({ user: "app" }),
      { props: { containerDefinitions: [{ user: "1" }] } },
    ],
    refuses: [
      containers({}),
      containers({ user: "root" }),
      containers({ user: "0:1000" }),
      containers({ user: "root:app" }),
    ],
    unknown: [...unknownContainers, containers({ user: unknown })],
  },
  {
    rule: "ecs-task-no-secrets-in-env",
    accepts: [
      containers({
        environment: [
          { name: "LOG_LEVEL", value: unknown },
          { name: "DB_SECRET_ARN", value: "arn" },
        ],
      }),
      containers({ secrets: [{ name: "DB_PASSWORD", valueFrom: unknown }] }),
    ],
    refuses: [
      containers({ environment: [{ name: unknown }, { name: "DB_PASSWORD", value: unknown }] }),
      containers({ environment: [{ name: "STRIPE_API_KEY" }] }),
      containers({ environment: [{ name: "githubToken" }] }),
    ],
    unknown: [...unknownContainers, containers({ environment: [{ name: unknown }] })],
  },
  {
    rule: "cf-waf",
    accepts: [{ props: { webAclId: unknown } }, { props: { webAclId: "arn:aws:wafv2:acl" } }],
    refuses: [{}, { props: { webAclId: "" } }],
  },
] satisfies Cases[];
