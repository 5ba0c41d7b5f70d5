/** Which kinds of resources are read here, and which of those that are not can open no way. */

/** The provider's modules that hold networks. What is in others neither routes nor filters. */
const networkModules = new Set([
  "directconnect",
  "ec2",
  "ec2clientvpn",
  "ec2transitgateway",
  "globalaccelerator",
  "networkfirewall",
  "networkmanager",
  "verifiedaccess",
  "vpc",
  "vpclattice",
]);

const read = [
  "directconnect/gatewayAssociation:GatewayAssociation",
  "ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "ec2/defaultRouteTable:DefaultRouteTable",
  "ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "ec2/defaultVpc:DefaultVpc",
  "ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  "ec2/eip:Eip",
  "ec2/eipAssociation:EipAssociation",
  "ec2/instance:Instance",
  "ec2/internetGateway:InternetGateway",
  "ec2/internetGatewayAttachment:InternetGatewayAttachment",
  "ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  "ec2/managedPrefixList:ManagedPrefixList",
  "ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  "ec2/natGateway:NatGateway",
  "ec2/launchConfiguration:LaunchConfiguration",
  "ec2/launchTemplate:LaunchTemplate",
  "ec2/networkAcl:NetworkAcl",
  "ec2/networkAclAssociation:NetworkAclAssociation",
  "ec2/networkAclRule:NetworkAclRule",
  "ec2/networkInterface:NetworkInterface",
  "ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
  "ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
  "ec2/route:Route",
  "ec2/routeTable:RouteTable",
  "ec2/routeTableAssociation:RouteTableAssociation",
  "ec2/securityGroup:SecurityGroup",
  "ec2/securityGroupRule:SecurityGroupRule",
  "ec2/subnet:Subnet",
  "ec2/vpc:Vpc",
  "ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
  "ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
  "ec2/vpcEndpoint:VpcEndpoint",
  "ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",
  "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
  "ec2/vpcEndpointService:VpcEndpointService",
  "ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
  "ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  "ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
  "ec2/vpcPeeringConnection:VpcPeeringConnection",
  "ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
  "ec2/vpnConnection:VpnConnection",
  "ec2/vpnConnectionRoute:VpnConnectionRoute",
  "ec2/vpnGateway:VpnGateway",
  "ec2/vpnGatewayAttachment:VpnGatewayAttachment",
  "ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
  "ec2transitgateway/connect:Connect",
  "ec2transitgateway/peeringAttachment:PeeringAttachment",
  "ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
  "ec2transitgateway/prefixListReference:PrefixListReference",
  "ec2transitgateway/route:Route",
  "ec2transitgateway/routeTable:RouteTable",
  "ec2transitgateway/routeTableAssociation:RouteTableAssociation",
  "ec2transitgateway/routeTablePropagation:RouteTablePropagation",
  "ec2transitgateway/transitGateway:TransitGateway",
  "ec2transitgateway/vpcAttachment:VpcAttachment",
  "ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
  "networkfirewall/firewall:Firewall",
  "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

/** They forbid, watch, name, share, or say how a gateway outside is reached; none of them lets a packet through. */
const opensNothing = [
  "directconnect/connection:Connection",
  "directconnect/connectionAssociation:ConnectionAssociation",
  "directconnect/gateway:Gateway",
  "directconnect/linkAggregationGroup:LinkAggregationGroup",
  "directconnect/macsecKeyAssociation:MacsecKeyAssociation",
  "directconnect/transitVirtualInterface:TransitVirtualInterface",
  "directconnect/bgpPeer:BgpPeer",
  "ec2/ami:Ami",
  "ec2/customerGateway:CustomerGateway",
  "ec2/defaultVpcDhcpOptions:DefaultVpcDhcpOptions",
  "ec2/eipDomainName:EipDomainName",
  "ec2/encryptionControl:EncryptionControl",
  "ec2/flowLog:FlowLog",
  "ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  "ec2/allowedImagesSettings:AllowedImagesSettings",
  "ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  "ec2/keyPair:KeyPair",
  "ec2/networkInsightsAccessScope:NetworkInsightsAccessScope",
  "ec2/networkInsightsAnalysis:NetworkInsightsAnalysis",
  "ec2/networkInsightsPath:NetworkInsightsPath",
  "ec2/serialConsoleAccess:SerialConsoleAccess",
  "ec2/subnetCidrReservation:SubnetCidrReservation",
  "ec2/tag:Tag",
  "ec2/placementGroup:PlacementGroup",
  "ec2/vpcDhcpOptions:VpcDhcpOptions",
  "ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  "ec2/vpcEncryptionControl:VpcEncryptionControl",
  "ec2/vpcEndpointConnectionNotification:VpcEndpointConnectionNotification",
  "ec2/vpcEndpointPolicy:VpcEndpointPolicy",
  "ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
  "ec2/vpcIpam:VpcIpam",
  "ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount",
  "ec2/vpcIpamPool:VpcIpamPool",
  "ec2/vpcIpamPoolCidr:VpcIpamPoolCidr",
  "ec2/vpcIpamPoolCidrAllocation:VpcIpamPoolCidrAllocation",
  "ec2/vpcIpamResourceDiscovery:VpcIpamResourceDiscovery",
  "ec2/vpcIpamResourceDiscoveryAssociation:VpcIpamResourceDiscoveryAssociation",
  "ec2/vpcIpamScope:VpcIpamScope",
  "ec2transitgateway/instanceState:InstanceState",
  "networkfirewall/firewallPolicy:FirewallPolicy",
  "networkfirewall/firewallTransitGatewayAttachmentAccepter:FirewallTransitGatewayAttachmentAccepter",
  "networkfirewall/loggingConfiguration:LoggingConfiguration",
  "networkfirewall/resourcePolicy:ResourcePolicy",
  "networkfirewall/ruleGroup:RuleGroup",
  "networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration",
  "vpc/endpointPrivateDns:EndpointPrivateDns",
  "vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
];

const accountedFor = new Set([...read, ...opensNothing].map(type => `aws:${type}`));

/** Of what stands in subnets: kinds that are read as places, and groups of subnets that others stand in. */
const standsThere = new Set(
  [
    "alb/loadBalancer:LoadBalancer",
    "apigatewayv2/vpcLink:VpcLink",
    "autoscaling/group:Group",
    "cloudwatch/eventTarget:EventTarget",
    "docdb/cluster:Cluster",
    "ecs/service:Service",
    "efs/mountTarget:MountTarget",
    "elasticache/serverlessCache:ServerlessCache",
    "elasticsearch/domain:Domain",
    "lambda/function:Function",
    "lb/loadBalancer:LoadBalancer",
    "mq/broker:Broker",
    "msk/cluster:Cluster",
    "msk/serverlessCluster:ServerlessCluster",
    "opensearch/domain:Domain",
    "opensearch/vpcEndpoint:VpcEndpoint",
    "rds/proxy:Proxy",
    "redshiftserverless/workgroup:Workgroup",
    "route53/resolverEndpoint:ResolverEndpoint",
    "scheduler/schedule:Schedule",
    "sfn/stateMachine:StateMachine",
  ].map(type => `aws:${type}`),
);

/** A kind that may stand in a subnet it names, with an address and groups of its own, and that is not read here. */
export const mayStandUnseen = (type: string): boolean =>
  !type.startsWith("pulumi:") &&
  !standsThere.has(type) &&
  !accountedFor.has(type) &&
  !/\/subnetGroup:/.test(type) &&
  !isNotUnderstood(type);

/** A kind that routes, filters or leads somewhere, as read here. */
export const isRead = (type: string): boolean => readKinds.has(type);
const readKinds = new Set(read.map(type => `aws:${type}`));

/** A kind that could open a way, and that is not read here. */
export function isNotUnderstood(type: string): boolean {
  const [, module] = /^aws:([^/:]+)\//.exec(type) ?? [];
  return module !== undefined && networkModules.has(module) && !accountedFor.has(type);
}
