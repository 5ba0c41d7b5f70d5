import { type Cases, unknown } from "./example";
import { type Part, part } from "./small-network";

const vpc = (environment = "prod") => part("ec2/vpc:Vpc", "vpc", { tags: { environment } });
const inside = (role?: string) =>
  part("ec2/subnet:Subnet", "subnet", { vpcId: "@vpc", tags: role ? { "subnet-role": role } : {} });
const workloads = [vpc(), inside("outbound")];
const endpoint = (service: string, props: Readonly<Record<string, unknown>> = {}) =>
  part("ec2/vpcEndpoint:VpcEndpoint", `to-${service}`, {
    vpcId: "@vpc",
    serviceName: service === unknown ? unknown : `com.amazonaws.eu-central-1.${service}`,
    vpcEndpointType: "Interface",
    ...props,
  });

/** One service's; `because` stands for what calls it. */
const wanted = (
  rule: string,
  service: string,
  because: readonly Part[],
  others: readonly (readonly Part[])[],
) => ({
  rule,
  accepts: [
    [...workloads, ...because, endpoint(service)],
    [...workloads, ...because, endpoint(unknown), endpoint(service)],
    [vpc(), inside("transit"), ...because],
    ...others,
  ],
  refuses: [
    [...workloads, ...because],
    [vpc(), inside(), ...because],
    [...workloads, ...because, endpoint("kms"), endpoint(`${service}-other`)],
    [...workloads, ...because, { ...endpoint(service), madeFrom: { vpcId: ["other"] } }, vpcCalled("other")],
  ],
  unknown: [
    [...workloads, ...because, endpoint(unknown)],
    [...workloads, ...because, { ...endpoint(service), madeFrom: {} }],
  ],
});
const vpcCalled = (name: string) => part("ec2/vpc:Vpc", name, { tags: { environment: "prod" } });
const inDev = [[vpc("dev"), inside("outbound")]];
const machine = part("ec2/instance:Instance", "machine");

const statement = (props: object) =>
  JSON.stringify({
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...props },
  });
const organization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } } };
const owned = (values: unknown) => ({ Condition: { StringEquals: { "aws:ResourceOrgID": values } } });
const accepter = part("ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter", "accepted", {
  vpcEndpointId: "@to-s3",
});
const apart = (props: object) =>
  part("ec2/vpcEndpointPolicy:VpcEndpointPolicy", "apart", { vpcEndpointId: "@to-s3", ...props });
const partner = { serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0" };

const group = part("ec2/securityGroup:SecurityGroup", "group");
const letting = (props: object) =>
  part("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
    securityGroupId: "@group",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.16.0.0/16",
    ...props,
  });
const guarded = (props: Readonly<Record<string, unknown>> = {}) =>
  endpoint("s3", { securityGroupIds: ["@group"], ...props });

export default [
  wanted("ec2-vpce-ecr-api", "ecr.api", [], inDev),
  wanted("ec2-vpce-ecr-dkr", "ecr.dkr", [], inDev),
  wanted("ec2-vpce-ssm", "ssm", [], inDev),
  wanted("ec2-vpce-ec2", "ec2", [machine], [workloads]),
  wanted("ec2-vpce-ssm-contacts", "ssm-contacts", [part("ssmcontacts/contact:Contact", "duty")], [workloads]),
  wanted(
    "ec2-vpce-ssm-incidents",
    "ssm-incidents",
    [part("ssmincidents/responsePlan:ResponsePlan", "plan")],
    [workloads],
  ),
  {
    rule: "ec2-vpce-gateway-s3-ddb",
    accepts: [
      [...workloads, endpoint("s3"), endpoint("dynamodb")],
      [vpc(), inside("firewall")],
      [vpc(), inside("ingress")],
      [vpc("dev")],
    ],
    refuses: [
      [vpc("dev"), inside("data")],
      [...workloads, endpoint("s3")],
      [...workloads, endpoint("dynamodb")],
      [...workloads, endpoint("dynamodb"), endpoint("kms")],
    ],
    unknown: [[...workloads, endpoint("dynamodb"), endpoint(unknown)]],
  },
  {
    rule: "ec2-vpce-policy-scoped",
    accepts: [
      [endpoint("s3", { policy: statement(organization) })],
      [endpoint("s3", { policy: statement({ Resource: "arn:aws:s3:::packages/*" }) })],
      [endpoint("sts", { policy: statement(owned("o-exampleorgid")) })],
      [endpoint("s3", { policy: statement({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }) })],
      [endpoint("s3", { policy: statement({ Effect: "Deny" }) })],
      [endpoint("s3"), apart({ policy: statement(organization) })],
      [endpoint("ecs-agent")],
      [endpoint("ecs-telemetry")],
      [endpoint("s3", partner)],
      [endpoint("s3", { serviceName: unknown }), accepter],
      [endpoint("s3", { vpcEndpointType: "GatewayLoadBalancer" })],
    ],
    refuses: [
      [endpoint("s3")],
      [endpoint("s3", { vpcEndpointType: undefined })],
      [endpoint("s3"), apart({ policy: statement({}) })],
      [endpoint("s3"), apart({})],
      [endpoint("s3", { policy: statement({}) })],
      [endpoint("s3", { policy: statement({ Resource: "arn:aws:s3:::*" }) })],
      [endpoint("s3", { policy: statement({ Resource: undefined, NotResource: "arn:aws:s3:::secret" }) })],
      [endpoint("s3", { policy: statement({ Principal: undefined, NotPrincipal: { AWS: "*" } }) })],
      [endpoint("s3", { policy: statement(owned(["o-exampleorgid", "*"])) })],
      [
        endpoint("s3", {
          policy: statement({ Principal: { AWS: ["arn:aws:iam::111122223333:root", "*"] } }),
        }),
      ],
      [endpoint("s3", { policy: statement({ Resource: ["arn:aws:s3:::packages/*", "*"] }) })],
      [part("ec2/vpcEndpoint:VpcEndpoint", "of-nothing", {})],
    ],
    unknown: [
      [endpoint("s3", { policy: unknown })],
      [endpoint("s3", { serviceName: unknown })],
      [endpoint("s3", { vpcEndpointType: unknown })],
    ],
  },
  {
    rule: "ec2-vpce-private-dns",
    accepts: [
      [endpoint("kms", { privateDnsEnabled: true })],
      [endpoint("s3", { vpcEndpointType: "Gateway" })],
      [
        endpoint("kms"),
        part("vpc/endpointPrivateDns:EndpointPrivateDns", "later", { vpcEndpointId: "@to-kms" }),
      ],
      [endpoint("kms"), part("route53/record:Record", "record", { aliases: [{ name: "@to-kms" }] })],
    ],
    refuses: [
      [endpoint("kms")],
      [endpoint("kms", { privateDnsEnabled: false })],
      [endpoint("kms"), part("route53/record:Record", "record", { zoneId: "@to-kms" })],
    ],
    unknown: [[endpoint("kms", { privateDnsEnabled: unknown })]],
  },
  {
    rule: "ec2-vpce-sg-443-only",
    accepts: [
      [group, letting({}), guarded()],
      [endpoint(unknown)],
      [group, letting({ fromPort: 8443, toPort: 8443 })],
      [group, letting({ fromPort: 8443, toPort: 8443 }), guarded(partner)],
      [group, letting({ fromPort: 8443, toPort: 8443 }), guarded({ serviceName: unknown }), accepter],
    ],
    refuses: [
      [group, letting({ fromPort: 0, toPort: 443 }), guarded()],
      [group, letting({ fromPort: 8443, toPort: 8443 }), guarded()],
      [group, letting({ cidrIpv4: "0.0.0.0/0" }), guarded()],
    ],
    unknown: [
      [group, letting({ fromPort: unknown }), guarded()],
      [group, letting({}), guarded({ serviceName: unknown })],
    ],
  },
  {
    rule: "ec2-vpce-service-acceptance",
    accepts: [{ props: { acceptanceRequired: true } }],
    refuses: [{ props: { acceptanceRequired: false } }, {}],
    unknown: [{ props: { acceptanceRequired: unknown } }],
  },
] satisfies Cases[];
