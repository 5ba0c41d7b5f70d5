import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const address = (props: Readonly<Record<string, unknown>> = {}) => part("ec2/eip:Eip", "address", props);
const log = (logEnabled: unknown) => ({ cloudwatchLogOptions: { logEnabled, logGroupArn: unknown } });

const vpc = part("ec2/vpc:Vpc", "vpc", { cidrBlock: "10.16.0.0/16" });
const subnet = (name: string, zone: unknown) =>
  part("ec2/subnet:Subnet", name, { vpcId: "@vpc", availabilityZoneId: zone });
const network = [vpc, subnet("first", "euc1-az1"), subnet("second", "euc1-az2")];
const attachment = (subnetIds: unknown, vpcId: unknown = "@vpc") =>
  part("ec2transitgateway/vpcAttachment:VpcAttachment", "attachment", { vpcId, subnetIds });

export default [
  {
    rule: "ec2-eip-used",
    accepts: [
      [address(), part("ec2/natGateway:NatGateway", "nat", { allocationId: "@address" })],
      [
        address(),
        part("lb/loadBalancer:LoadBalancer", "balancer", { subnetMappings: [{ allocationId: "@address" }] }),
      ],
      [address({ instance: unknown })],
      [address({ networkInterface: unknown })],
    ],
    refuses: [[address()], [address(), part("ec2/natGateway:NatGateway", "nat", { allocationId: "@other" })]],
  },
  {
    rule: "vpn-logging",
    accepts: [{ props: { tunnel1LogOptions: log(true), tunnel2LogOptions: log(true) } }],
    refuses: [
      {},
      { props: { tunnel1LogOptions: log(true) } },
      { props: { tunnel1LogOptions: log(false), tunnel2LogOptions: log(true) } },
      { props: { tunnel1LogOptions: unknown, tunnel2LogOptions: log(false) } },
    ],
    unknown: [{ props: { tunnel1LogOptions: log(true), tunnel2LogOptions: unknown } }],
  },
  {
    rule: "ec2-client-vpn-logging",
    accepts: [{ props: { connectionLogOptions: { enabled: true } } }],
    refuses: [{}, { props: { connectionLogOptions: { enabled: false } } }],
    unknown: [{ props: { connectionLogOptions: { enabled: unknown } } }],
  },
  {
    rule: "tgw-no-auto-accept",
    accepts: [{ props: { autoAcceptSharedAttachments: "disable" } }, {}],
    refuses: [{ props: { autoAcceptSharedAttachments: "enable" } }],
    unknown: [{ props: { autoAcceptSharedAttachments: unknown } }],
  },
  {
    rule: "tgw-no-default-association",
    accepts: [
      { props: { defaultRouteTableAssociation: "disable", defaultRouteTablePropagation: "disable" } },
    ],
    refuses: [
      {},
      { props: { defaultRouteTableAssociation: "disable" } },
      { props: { defaultRouteTablePropagation: "disable" } },
      { props: { defaultRouteTableAssociation: unknown, defaultRouteTablePropagation: "enable" } },
    ],
    unknown: [{ props: { defaultRouteTableAssociation: unknown, defaultRouteTablePropagation: "disable" } }],
  },
  {
    rule: "tgw-attachment-multi-az",
    accepts: [
      [...network, attachment(["@first", "@second"])],
      [vpc, subnet("first", "euc1-az1"), attachment(["@first"])],
      [attachment([unknown, unknown], unknown)],
      [...network, attachment([unknown, unknown])],
    ],
    refuses: [
      [...network, attachment(["@first"])],
      [attachment([unknown], unknown)],
      [...network, attachment(["@first"], unknown)],
      [...network, attachment(["subnet-1"])],
    ],
    unknown: [
      [...network, subnet("third", unknown), attachment(["@first", "@second"])],
      [attachment(unknown, unknown)],
    ],
  },
] satisfies Cases[];
