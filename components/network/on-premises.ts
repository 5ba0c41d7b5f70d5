import { isIPv4 } from "node:net";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { overlapCidr } from "cidr-tools";
import type { Location } from "../location";
import { LogGroup } from "../observability/log-group";
import { privateRanges } from "./egress-vpc";
import { requireRange } from "./route-domains";

export interface VpnConnection {
  readonly kind: "vpn";
  /** The public IPv4 address of the company's device. */
  readonly address: string;
  /** The company's number in BGP, 1 to 4294967295; another than the hub's. */
  readonly asn: number;
  /**
   * The key of the tunnels' logs. It must admit CloudWatch Logs for log groups below `/landing-zone/vpn/`.
   */
  readonly logKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
}

export interface DirectConnectConnection {
  readonly kind: "direct-connect";
  /** A Direct Connect gateway of the hub's account, whose number in BGP is another than the hub's. */
  readonly gatewayId: pulumi.Input<string>;
  /** What is announced to on-premises: 1 to 200 ranges. */
  readonly allowedPrefixes: readonly string[];
}

export interface OnPremisesArgs {
  readonly at: Location;
  readonly transitGatewayId: pulumi.Input<string>;
  /** The route table of the domain `on-premises`: where it may go. */
  readonly routeTableId: pulumi.Input<string>;
  /** The route tables of the domains that may reach it, by domain; see `domainPropagations`. */
  readonly propagatesTo: Readonly<Record<string, pulumi.Input<string>>>;
  readonly connection: VpnConnection | DirectConnectConnection;
}

/**
 * The company's own network, joined to the hub in the domain `on-premises`: over the internet through two
 * tunnels, or over Direct Connect. Either way BGP says what is where.
 *
 * The tunnels speak IKEv2 with what is not yet weak, their keys are in Secrets Manager and not in Pulumi's
 * state, and what they do is logged. The connection is protected: a new one has other addresses and keys, and
 * the company's device would have to be set anew.
 *
 * Refused: an address that is not public, a number that is none, and what is no range.
 *
 * Sources: AWS Site-to-Site VPN user guide, "Tunnel options for your AWS Site-to-Site VPN connection", "AWS
 * Site-to-Site VPN logs"; Direct Connect user guide, "Transit gateway associations", "Direct Connect quotas";
 * FSBP control EC2.171.
 */
export class OnPremises extends pulumi.ComponentResource {
  readonly attachmentId: pulumi.Output<string>;

  constructor(name: string, args: OnPremisesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:OnPremises", name, {}, opts);
    const { connection } = args;
    this.attachmentId =
      connection.kind === "vpn"
        ? vpn(name, args, connection, this)
        : directConnect(name, args, connection, this);
    const here = { parent: this };
    const transitGatewayAttachmentId = this.attachmentId;
    // AWS makes the attachment, without tags; one without is any environment's to accept, see HubRole.
    new aws.ec2.Tag(name, { resourceId: this.attachmentId, key: "route-domain", value: name }, here);
    new aws.ec2transitgateway.RouteTableAssociation(
      name,
      { transitGatewayAttachmentId, transitGatewayRouteTableId: args.routeTableId },
      here,
    );
    for (const [domain, transitGatewayRouteTableId] of Object.entries(args.propagatesTo))
      new aws.ec2transitgateway.RouteTablePropagation(
        `${name}-${domain}`,
        { transitGatewayAttachmentId, transitGatewayRouteTableId },
        here,
      );
    this.registerOutputs({ attachmentId: this.attachmentId });
  }
}

function vpn(
  name: string,
  { at, transitGatewayId }: OnPremisesArgs,
  { address, asn, logKeyArn, logRetentionDays }: VpnConnection,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (!isIPv4(address) || overlapCidr(address, [...privateRanges]))
    throw new Error(`connection.address is ${address}; it must be a public IPv4 address`);
  if (!Number.isInteger(asn) || asn < 1 || asn > 4_294_967_295)
    throw new Error(`connection.asn is ${asn}; it must be a whole number from 1 to 4294967295`);
  const device = new aws.ec2.CustomerGateway(
    name,
    {
      type: "ipsec.1",
      ipAddress: address,
      ...(asn > largestPlainAsn ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) }),
      tags: { Name: name },
    },
    { parent, protect: true },
  );
  const logs = new LogGroup(
    name,
    { name: `/landing-zone/vpn/${name}`, retentionDays: logRetentionDays, keyArn: logKeyArn, at },
    { parent },
  );
  const log = {
    cloudwatchLogOptions: {
      logEnabled: true,
      logGroupArn: logs.arn,
      logOutputFormat: "json",
      bgpLogEnabled: true,
      bgpLogGroupArn: logs.arn,
      bgpLogOutputFormat: "json",
    },
  };
  const { transitGatewayAttachmentId } = new aws.ec2.VpnConnection(
    name,
    {
      type: "ipsec.1",
      customerGatewayId: device.id,
      transitGatewayId,
      staticRoutesOnly: false,
      presharedKeyStorage: "SecretsManager",
      tunnel1IkeVersions: ["ikev2"],
      tunnel1Phase1EncryptionAlgorithms: encryption,
      tunnel1Phase1IntegrityAlgorithms: integrity,
      tunnel1Phase1DhGroupNumbers: groups,
      tunnel1Phase2EncryptionAlgorithms: encryption,
      tunnel1Phase2IntegrityAlgorithms: integrity,
      tunnel1Phase2DhGroupNumbers: groups,
      tunnel1DpdTimeoutAction: "restart",
      tunnel1LogOptions: log,
      tunnel2IkeVersions: ["ikev2"],
      tunnel2Phase1EncryptionAlgorithms: encryption,
      tunnel2Phase1IntegrityAlgorithms: integrity,
      tunnel2Phase1DhGroupNumbers: groups,
      tunnel2Phase2EncryptionAlgorithms: encryption,
      tunnel2Phase2IntegrityAlgorithms: integrity,
      tunnel2Phase2DhGroupNumbers: groups,
      tunnel2DpdTimeoutAction: "restart",
      tunnel2LogOptions: log,
      tags: { Name: name },
    },
    { parent, protect: true, dependsOn: [logs] },
  );
  return transitGatewayAttachmentId;
}

/** Beyond it AWS takes the number in another field. */
const largestPlainAsn = 2_147_483_647;
const encryption = ["AES256-GCM-16"];
const integrity = ["SHA2-256", "SHA2-384", "SHA2-512"];
const groups = [19, 20, 21];

function directConnect(
  name: string,
  { transitGatewayId }: OnPremisesArgs,
  { gatewayId, allowedPrefixes }: DirectConnectConnection,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (allowedPrefixes.length < 1 || allowedPrefixes.length > 200)
    throw new Error(
      `connection.allowedPrefixes holds ${allowedPrefixes.length}; it must hold 1 to 200 ranges`,
    );
  for (const range of allowedPrefixes) requireRange("connection.allowedPrefixes", range);
  const association = new aws.directconnect.GatewayAssociation(
    name,
    { dxGatewayId: gatewayId, associatedGatewayId: transitGatewayId, allowedPrefixes: [...allowedPrefixes] },
    { parent },
  );
  // The association's own id is no attachment's, though it looks the part.
  return association.transitGatewayAttachmentId;
}
