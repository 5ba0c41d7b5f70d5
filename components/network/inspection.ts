import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type HubVpcArgs, hubVpc } from "./egress-vpc";
import { requireRange } from "./route-domains";

export interface InspectionArgs extends HubVpcArgs {
  /** All ranges whose traffic is looked at: what comes from elsewhere matches no name and is dropped. */
  readonly ranges: readonly string[];
  /**
   * Names that may be called over TLS or HTTP: `api.example.com` itself, `.example.com` with all below it.
   */
  readonly allow: readonly string[];
  /** How many names there may ever be: 1 to 15,000; a change replaces the list. Default: 1,000. */
  readonly mostNames?: number;
  /** The key that the firewall, its policy and its list are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Where alerts and flows are written: in a bucket below the firewall's name. */
  readonly logs:
    | { readonly bucketName: pulumi.Input<string> }
    | { readonly logGroupName: pulumi.Input<string> };
  /** False for the one update that adds or removes a zone; default: true. */
  readonly subnetChangeProtection?: boolean;
}

/**
 * AWS Network Firewall on the way between the domains and egress: what is called by a name that is allowed
 * passes, all else is dropped and written down. Its VPC keeps a connection in one zone, there and back, or
 * the half of it that the firewall does not know would be dropped.
 *
 * The routes of the hub that lead here are `EgressVpc`'s, see its `inspection`. Let the domains that it
 * serves reach the domain `inspection`, so that answers find them.
 *
 * Refused, with an Error that holds the entry: what is no domain name in `allow`, an empty list, more names
 * than there may be, and fewer than two zones.
 *
 * Sources: AWS Network Firewall developer guide, "Stateful domain list rule groups", "Managing evaluation
 * order for Suricata compatible rules" and "Setting rule group capacity"; Amazon VPC Transit Gateways guide,
 * "Appliance in a shared services VPC"; FSBP controls NetworkFirewall.1, .2, .3, .4, .5, .9 and .10.
 */
export class Inspection extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly attachmentId: pulumi.Output<string>;
  readonly firewallArn: pulumi.Output<string>;

  constructor(name: string, args: InspectionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:Inspection", name, {}, opts);
    const { allow, ranges, zones, mostNames = 1_000 } = args;
    requireNames(allow, mostNames);
    if (ranges.length === 0) throw new Error("ranges is empty; say whose traffic is looked at");
    for (const range of ranges) requireRange("ranges", range);
    if (zones.length < 2)
      throw new Error(`zones holds ${zones.length}; a firewall that all depends on is in two or more`);
    const here = { parent: this };
    const net = hubVpc(name, { ...args, role: "firewall", applianceMode: true }, this);
    const encryptionConfiguration = { type: "CUSTOMER_KMS", keyId: args.keyArn };

    // No name is given to what may have to be replaced: the next one is made before this one is gone.
    const names = new aws.networkfirewall.RuleGroup(
      name,
      {
        type: "STATEFUL",
        // A name takes a rule for each protocol, and what is reserved can never be changed.
        capacity: mostNames * 2,
        description: "Names that may be called",
        encryptionConfiguration,
        ruleGroup: {
          statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
          // The list looks at what comes from the firewall's own VPC only, unless it is told otherwise.
          ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: [...ranges] } }] },
          rulesSource: {
            rulesSourceList: {
              generatedRulesType: "ALLOWLIST",
              targetTypes: ["TLS_SNI", "HTTP_HOST"],
              targets: [...allow],
            },
          },
        },
        tags: { Name: name },
      },
      here,
    );
    const policy = new aws.networkfirewall.FirewallPolicy(
      name,
      {
        description: "What is not allowed by name is dropped",
        encryptionConfiguration,
        firewallPolicy: {
          statelessDefaultActions: ["aws:forward_to_sfe"],
          statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
          statefulEngineOptions: { ruleOrder: "STRICT_ORDER" },
          // A connection must be there before it says whom it wants: what opens one passes, what follows does
          // not.
          statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
          statefulRuleGroupReferences: [{ priority: 1, resourceArn: names.arn }],
        },
        tags: { Name: name },
      },
      here,
    );
    const firewall = new aws.networkfirewall.Firewall(
      name,
      {
        name,
        description: "Between the domains and the internet",
        vpcId: net.id,
        subnetMappings: Object.values(net.subnets.firewall).map(subnet => ({ subnetId: subnet.id })),
        firewallPolicyArn: policy.arn,
        deleteProtection: true,
        subnetChangeProtection: args.subnetChangeProtection ?? true,
        encryptionConfiguration,
        tags: { Name: name },
      },
      here,
    );
    const destination: Destination =
      "bucketName" in args.logs
        ? { logDestinationType: "S3", logDestination: { bucketName: args.logs.bucketName, prefix: name } }
        : { logDestinationType: "CloudWatchLogs", logDestination: { logGroup: args.logs.logGroupName } };
    new aws.networkfirewall.LoggingConfiguration(
      name,
      {
        firewallArn: firewall.arn,
        loggingConfiguration: {
          logDestinationConfigs: ["ALERT", "FLOW"].map(logType => ({ logType, ...destination })),
        },
      },
      here,
    );

    const inspected = net.table(`${name}-firewall`, net.subnets.firewall);
    new aws.ec2.Route(
      `${name}-firewall`,
      {
        routeTableId: inspected.id,
        destinationCidrBlock: "0.0.0.0/0",
        transitGatewayId: args.transitGatewayId,
      },
      { ...here, dependsOn: [net.attachment] },
    );
    for (const [zone, transit] of Object.entries(net.subnets.transit)) {
      const subnet = net.subnets.firewall[zone];
      if (subnet === undefined) continue;
      const table = net.table(`${name}-transit-${zone}`, { [zone]: transit });
      new aws.ec2.Route(
        `${name}-transit-${zone}`,
        {
          routeTableId: table.id,
          destinationCidrBlock: "0.0.0.0/0",
          vpcEndpointId: pulumi
            .all([firewall.firewallStatuses, subnet.id])
            .apply(([statuses, subnetId]) => endpointIn(statuses, subnetId)),
        },
        here,
      );
    }
    this.vpcId = net.id;
    this.attachmentId = net.attachment.id;
    this.firewallArn = firewall.arn;
    this.registerOutputs({
      vpcId: this.vpcId,
      attachmentId: this.attachmentId,
      firewallArn: this.firewallArn,
    });
  }
}

interface Destination {
  readonly logDestinationType: string;
  readonly logDestination: Record<string, pulumi.Input<string>>;
}

interface FirewallStatus {
  readonly syncStates: readonly {
    readonly attachments: readonly { readonly endpointId: string; readonly subnetId: string }[];
  }[];
}

/**
 * By subnet and not by zone: the firewall calls a zone by the account's own letter, subnets here by its
 * identifier.
 */
export function endpointIn(statuses: readonly FirewallStatus[], subnetId: string): string {
  const endpoint = statuses
    .flatMap(({ syncStates }) => syncStates)
    .flatMap(({ attachments }) => attachments)
    .find(attachment => attachment.subnetId === subnetId);
  if (endpoint === undefined) throw new Error(`the firewall has no endpoint in the subnet ${subnetId}`);
  return endpoint.endpointId;
}

const domainName = /^\.?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

function requireNames(allow: readonly string[], mostNames: number): void {
  if (!Number.isInteger(mostNames) || mostNames < 1 || mostNames > 15_000)
    throw new Error(`mostNames is ${mostNames}; it must be a whole number from 1 to 15000`);
  if (allow.length === 0)
    throw new Error("allow is empty; where nothing may be called there need be no way out");
  if (allow.length > mostNames)
    throw new Error(`allow holds ${allow.length} names; mostNames is ${mostNames}`);
  allow.forEach((entry, index) => {
    if (entry.length > 253 || !domainName.test(entry))
      throw new Error(
        `allow holds ${JSON.stringify(entry)}, which is no domain name; write api.example.com for one name, ` +
          "in small letters, and .example.com for it and all below it",
      );
    if (allow.indexOf(entry) !== index) throw new Error(`allow holds ${entry} twice`);
  });
}
