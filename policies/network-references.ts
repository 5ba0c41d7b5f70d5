/** Which inputs of a network's resources name another resource, and of what kind. */

const aws = (...types: readonly string[]): readonly string[] => types.map(type => `aws:${type}`);

const vpc = aws("ec2/vpc:Vpc", "ec2/defaultVpc:DefaultVpc");
const subnet = aws("ec2/subnet:Subnet");
const table = aws("ec2/routeTable:RouteTable", "ec2/defaultRouteTable:DefaultRouteTable");
const group = aws("ec2/securityGroup:SecurityGroup", "ec2/defaultSecurityGroup:DefaultSecurityGroup");
const accessList = aws("ec2/networkAcl:NetworkAcl", "ec2/defaultNetworkAcl:DefaultNetworkAcl");
const internetGateway = aws("ec2/internetGateway:InternetGateway");
const vpnGateway = aws("ec2/vpnGateway:VpnGateway");
const prefixList = aws("ec2/managedPrefixList:ManagedPrefixList");
/** They make an attachment that is no resource of its own. */
const attaching = aws(
  "ec2/vpnConnection:VpnConnection",
  "directconnect/gatewayAssociation:GatewayAssociation",
  "networkfirewall/firewall:Firewall",
);
const attachment = [
  ...attaching,
  ...aws(
    "ec2transitgateway/vpcAttachment:VpcAttachment",
    "ec2transitgateway/peeringAttachment:PeeringAttachment",
    "ec2transitgateway/connect:Connect",
  ),
];

/** By the input's own name, at whatever depth it stands. */
export const referredTo: Readonly<Record<string, readonly string[]>> = {
  associatedGatewayId: [...vpnGateway, ...aws("ec2transitgateway/transitGateway:TransitGateway")],
  clusterIdentifier: aws("rds/cluster:Cluster"),
  dbSubnetGroupName: aws("rds/subnetGroup:SubnetGroup", "docdb/subnetGroup:SubnetGroup"),
  defaultNetworkAclId: vpc,
  defaultRouteTableId: vpc,
  destinationPrefixListId: prefixList,
  endpointId: aws("lb/loadBalancer:LoadBalancer", "alb/loadBalancer:LoadBalancer"),
  gatewayId: [...internetGateway, ...vpnGateway],
  internetGatewayId: internetGateway,
  natGatewayId: aws("ec2/natGateway:NatGateway"),
  neptuneSubnetGroupName: aws("neptune/subnetGroup:SubnetGroup"),
  networkAclId: [...accessList, ...vpc],
  peerVpcId: vpc,
  prefixListId: prefixList,
  prefixListIds: prefixList,
  referencedSecurityGroupId: group,
  routeTableId: [...table, ...vpc],
  routeTableIds: table,
  securityGroupId: group,
  securityGroupIds: group,
  securityGroups: group,
  sourceSecurityGroupId: group,
  subnetGroupName: aws("elasticache/subnetGroup:SubnetGroup", "memorydb/subnetGroup:SubnetGroup"),
  subnetId: subnet,
  subnetIds: subnet,
  subnets: subnet,
  transitGatewayAttachmentId: attachment,
  transitGatewayId: aws("ec2transitgateway/transitGateway:TransitGateway"),
  transitGatewayRouteTableId: aws("ec2transitgateway/routeTable:RouteTable"),
  vpcId: vpc,
  vpcPeeringConnectionId: aws("ec2/vpcPeeringConnection:VpcPeeringConnection"),
  vpcSecurityGroupIds: group,
  vpnGatewayId: vpnGateway,
};

/** What AWS makes together with a resource is called after it, as `reach/` expects. */
export function suffixOf(type: string, input: string): string {
  if (vpc.includes(type)) {
    if (input === "defaultNetworkAclId" || input === "networkAclId") return "-default-acl";
    return /RouteTableId$|^routeTableId$/.test(input) ? "-main" : "";
  }
  return input === "transitGatewayAttachmentId" && attaching.includes(type) ? "-attachment" : "";
}

/** The outputs that AWS calls such things by. */
export const madeAlong: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...vpc.map(type => [type, ["mainRouteTableId", "defaultRouteTableId", "defaultNetworkAclId"]] as const),
  ...attaching.map(type => [type, ["transitGatewayAttachmentId"]] as const),
]);

/** Kinds that are such a thing themselves, and the input that says of what. */
export const adopted: Readonly<Record<string, string>> = {
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "defaultNetworkAclId",
  "aws:ec2/defaultRouteTable:DefaultRouteTable": "defaultRouteTableId",
};

/** What has network interfaces, or says where they are: what names the subnets, directly or through a group. */
export const placedBy: Readonly<Record<string, string>> = {
  "aws:alb/loadBalancer:LoadBalancer": "subnets",
  "aws:cloudwatch/eventTarget:EventTarget": "subnets",
  "aws:docdb/cluster:Cluster": "dbSubnetGroupName",
  "aws:docdb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "subnetIds",
  "aws:ecs/service:Service": "subnets",
  "aws:efs/mountTarget:MountTarget": "subnetId",
  "aws:elasticache/cluster:Cluster": "subnetGroupName",
  "aws:elasticache/replicationGroup:ReplicationGroup": "subnetGroupName",
  "aws:elasticache/serverlessCache:ServerlessCache": "subnetIds",
  "aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
  "aws:lambda/function:Function": "subnetIds",
  "aws:lb/loadBalancer:LoadBalancer": "subnets",
  "aws:memorydb/cluster:Cluster": "subnetGroupName",
  "aws:memorydb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:neptune/cluster:Cluster": "neptuneSubnetGroupName",
  "aws:neptune/subnetGroup:SubnetGroup": "subnetIds",
  "aws:rds/cluster:Cluster": "dbSubnetGroupName",
  "aws:rds/clusterInstance:ClusterInstance": "clusterIdentifier",
  "aws:rds/instance:Instance": "dbSubnetGroupName",
  "aws:rds/subnetGroup:SubnetGroup": "subnetIds",
  "aws:scheduler/schedule:Schedule": "subnets",
  "aws:sfn/stateMachine:StateMachine": "definition",
};

const ofRule = ["fromPort", "toPort", "protocol", "ipProtocol"];

/** Inputs that decide, and whose absence would be taken for a wall or, in an access list, for a way. */
export const decisive: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/internetGateway:InternetGateway": ["vpcId"],
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": ["vpcId", "internetGatewayId"],
  "aws:ec2/networkAcl:NetworkAcl": ["ingress", "egress", "subnetIds"],
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": ["networkAclId", "subnetId"],
  "aws:ec2/networkAclRule:NetworkAclRule": [
    "networkAclId",
    "cidrBlock",
    "egress",
    "ruleAction",
    "ruleNumber",
    ...ofRule,
  ],
  "aws:ec2/route:Route": ["routeTableId"],
  "aws:ec2/routeTable:RouteTable": ["vpcId"],
  "aws:ec2/securityGroup:SecurityGroup": ["ingress"],
  "aws:ec2/securityGroupRule:SecurityGroupRule": ["type", ...ofRule],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ofRule,
};

/** Of these, what is not known may be a way or a wall, so that no "yes" is sure either. */
export const isAccessList = (type: string): boolean => /^aws:ec2\/networkAcl/.test(type);

/** Where routes leave the VPC for other networks of the company. */
export const isTransit = (type: string): boolean =>
  type.startsWith("aws:ec2transitgateway/") && type !== "aws:ec2transitgateway/transitGateway:TransitGateway";

const modules =
  /^aws:(directconnect|ec2|ec2transitgateway|globalaccelerator|networkfirewall|networkmanager|vpc|vpclattice)\//;

/** What a network is read from; IAM's documents and the like are not looked at. */
export const isOfNetwork = (type: string): boolean => modules.test(type) || type in placedBy;
