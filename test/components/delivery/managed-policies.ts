/**
 * What AWS's own policies allow on everything, of the services that the landing zone uses: a line holds a service and
 * actions of it. Sources: AWS managed policy reference, SecurityAudit (version 86, of 2026-05-01) and ViewOnlyAccess
 * (version 45, of 2026-04-22).
 */
export const managedPolicies = {
  SecurityAudit: `
    access-analyzer:GetAnalyzedResource GetAnalyzer GetArchiveRule GetFinding ListAnalyzedResources
    access-analyzer:ListAnalyzers ListArchiveRules ListFindings ListTagsForResource
    acm:Describe* List*
    application-autoscaling:Describe*
    appsync:GetApiCache List*
    athena:GetWorkGroup List*
    autoscaling:Describe*
    backup:DescribeGlobalSettings DescribeRegionSettings GetBackupVaultAccessPolicy
    backup:GetBackupVaultNotifications ListBackupVaults ListTags
    cloudfront:Get* List*
    cloudwatch:Describe* GetDashboard ListDashboards ListTagsForResource
    codebuild:BatchGetProjects GetResourcePolicy ListProjects ListSourceCredentials
    codepipeline:GetJobDetails GetPipeline GetPipelineExecution GetPipelineState ListPipelines
    cognito-idp:Describe* ListDevices ListGroups ListIdentityProviders ListResourceServers
    cognito-idp:ListTagsForResource ListUserImportJobs ListUserPoolClients ListUserPools ListUsers
    cognito-idp:ListUsersInGroup
    config:BatchGetAggregateResourceConfig BatchGetResourceConfig Deliver* Describe* Get* List*
    config:SelectAggregateResourceConfig SelectResourceConfig
    detective:GetGraphIngestState ListGraphs ListMembers
    directconnect:Describe*
    dynamodb:DescribeContinuousBackups DescribeExport DescribeGlobalTable
    dynamodb:DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive GetResourcePolicy
    dynamodb:ListBackups ListExports ListGlobalTables ListStreams ListTables ListTagsOfResource
    ec2:Describe* GetAllowedImagesSettings GetEbsDefaultKmsKeyId GetEbsEncryptionByDefault
    ec2:GetImageBlockPublicAccessState GetInstanceMetadataDefaults GetManagedPrefixListAssociations
    ec2:GetManagedPrefixListEntries GetNetworkInsightsAccessScopeAnalysisFindings
    ec2:GetNetworkInsightsAccessScopeContent GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState
    ec2:GetTransitGatewayAttachmentPropagations GetTransitGatewayMulticastDomainAssociations
    ec2:GetTransitGatewayPrefixListReferences GetTransitGatewayRouteTableAssociations
    ec2:GetTransitGatewayRouteTablePropagations SearchTransitGatewayRoutes
    ecr:BatchGetRepositoryScanningConfiguration DescribeImages DescribeImageScanFindings DescribeRegistry
    ecr:DescribeRepositories GetLifecyclePolicy GetRegistryPolicy GetRegistryScanningConfiguration
    ecr:GetRepositoryPolicy ListImages ListTagsForResource
    ecs:Describe* List*
    elasticache:Describe* ListTagsForResource
    elasticfilesystem:DescribeAccessPoints DescribeAccountPreferences DescribeBackupPolicy
    elasticfilesystem:DescribeFileSystemPolicy DescribeFileSystems DescribeLifecycleConfiguration
    elasticfilesystem:DescribeMountTargets DescribeMountTargetSecurityGroups
    elasticfilesystem:DescribeReplicationConfigurations DescribeTags
    elasticloadbalancing:Describe*
    es:Describe* GetCompatibleVersions ListDomainNames ListElasticsearchInstanceTypeDetails
    es:ListElasticsearchVersions ListTags
    events:Describe* List* TestEventPattern
    glue:GetCrawlers GetDatabases GetDataCatalogEncryptionSettings GetDevEndpoints GetJobs GetResourcePolicy
    glue:GetSecurityConfiguration GetSecurityConfigurations GetTags
    grafana:ListWorkspaces
    guardduty:DescribeMalwareScans DescribeOrganizationConfiguration DescribePublishingDestination Get*
    guardduty:List*
    iam:GenerateCredentialReport GenerateServiceLastAccessedDetails Get* List* SimulateCustomPolicy
    iam:SimulatePrincipalPolicy
    inspector2:BatchGetAccountStatus BatchGetFreeTrialInfo DescribeOrganizationConfiguration
    inspector2:GetConfiguration GetDelegatedAdminAccount GetFindingsReportStatus GetMember
    inspector2:ListAccountPermissions ListCoverage ListCoverageStatistics ListDelegatedAdminAccounts
    inspector2:ListFilters ListFindingAggregations ListFindings ListTagsForResource ListUsageTotals
    kinesis:DescribeLimits DescribeStream DescribeStreamConsumer DescribeStreamSummary ListShards
    kinesis:ListStreamConsumers ListStreams ListTagsForStream
    kms:Describe* Get* List*
    lambda:GetAccountSettings GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration
    lambda:GetFunctionEventInvokeConfig GetLayerVersionPolicy GetPolicy GetRuntimeManagementConfig List*
    logs:Describe* GetLogDelivery ListLogDeliveries ListTagsForResource ListTagsLogGroup
    macie2:ListFindings
    network-firewall:DescribeFirewall DescribeFirewallPolicy DescribeLoggingConfiguration
    network-firewall:DescribeResourcePolicy DescribeRuleGroup ListFirewallPolicies ListFirewalls
    network-firewall:ListRuleGroups
    ram:GetResourceShares List*
    rds:Describe* DownloadDBLogFilePortion ListTagsForResource
    resource-groups:ListGroupResources
    route53:Get* List*
    route53resolver:Get* List*
    s3:DescribeJob GetAccelerateConfiguration GetAccessGrantsInstanceResourcePolicy GetAccessPoint
    s3:GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicy
    s3:GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatus
    s3:GetAccessPointPolicyStatusForObjectLambda GetAccountPublicAccessBlock GetAnalyticsConfiguration
    s3:GetBucket* GetEncryptionConfiguration GetInventoryConfiguration GetLifecycleConfiguration
    s3:GetMetricsConfiguration GetMultiRegionAccessPoint GetMultiRegionAccessPointPolicy
    s3:GetMultiRegionAccessPointPolicyStatus GetObjectAcl GetObjectTagging GetObjectVersionAcl
    s3:GetReplicationConfiguration GetStorageLensConfiguration GetStorageLensGroup ListAccessGrants
    s3:ListAccessGrantsInstances ListAccessPoints ListAccessPointsForObjectLambda ListAllMyBuckets
    s3:ListBucket ListCallerAccessGrants ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations
    s3:ListStorageLensGroups
    secretsmanager:DescribeSecret GetResourcePolicy ListSecrets ListSecretVersionIds
    securityhub:BatchGetAutomationRules BatchGetConfigurationPolicyAssociations BatchGetControlEvaluations
    securityhub:BatchGetSecurityControls BatchGetStandardsControlAssociations Describe* Get* List*
    ses:Describe* GetAccount GetAccountSendingEnabled GetConfigurationSet
    ses:GetConfigurationSetEventDestinations GetDedicatedIps GetEmailIdentity GetIdentityDkimAttributes
    ses:GetIdentityPolicies GetIdentityVerificationAttributes ListConfigurationSets ListDedicatedIpPools
    ses:ListIdentities ListIdentityPolicies ListReceiptFilters ListReceiptRuleSets
    ses:ListVerifiedEmailAddresses
    sns:GetPlatformApplicationAttributes GetTopicAttributes ListSubscriptions ListSubscriptionsByTopic
    sns:ListTagsForResource ListTopics
    sqs:GetQueueAttributes ListDeadLetterSourceQueues ListQueues ListQueueTags
    ssm:Describe* GetAutomationExecution GetServiceSetting ListAssociations ListAssociationVersions
    ssm:ListCommands ListComplianceItems ListComplianceSummaries ListDocumentMetadataHistory ListDocuments
    ssm:ListDocumentVersions ListInventoryEntries ListOpsMetadata ListResourceComplianceSummaries
    ssm:ListResourceDataSync ListTagsForResource
    states:DescribeStateMachine ListStateMachines
    wafv2:GetLoggingConfiguration GetWebACL GetWebACLForResource ListAvailableManagedRuleGroups ListIPSets
    wafv2:ListLoggingConfigurations ListRegexPatternSets ListResourcesForWebACL ListRuleGroups
    wafv2:ListTagsForResource ListWebACLs
  `,
  ViewOnlyAccess: `
    acm:ListCertificates
    athena:List*
    autoscaling:Describe*
    backup:DescribeBackupJob DescribeBackupVault DescribeCopyJob DescribeFramework DescribeGlobalSettings
    backup:DescribeProtectedResource DescribeRecoveryPoint DescribeRegionSettings DescribeReportJob
    backup:DescribeReportPlan DescribeRestoreJob GetSupportedResourceTypes ListBackupJobs ListBackupPlans
    backup:ListBackupPlanTemplates ListBackupPlanVersions ListBackupSelections ListBackupVaults ListCopyJobs
    backup:ListFrameworks ListLegalHolds ListProtectedResources ListProtectedResourcesByBackupVault
    backup:ListRecoveryPointsByBackupVault ListRecoveryPointsByLegalHold ListRecoveryPointsByResource
    backup:ListReportJobs ListReportPlans ListRestoreJobs ListTags
    cloudfront:List*
    cloudwatch:Get* List*
    codebuild:ListBuilds* ListProjects
    codepipeline:ListPipelines
    cognito-idp:List*
    config:Describe* List*
    directconnect:Describe*
    dynamodb:DescribeBackup DescribeContinuousBackups DescribeGlobalTable DescribeGlobalTableSettings
    dynamodb:DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings DescribeStream
    dynamodb:DescribeTable DescribeTimeToLive ListBackups ListExports ListGlobalTables ListStreams
    dynamodb:ListTables ListTagsOfResource
    ec2:DescribeAccountAttributes DescribeAddresses DescribeAvailabilityZones DescribeBundleTasks
    ec2:DescribeCarrierGateways DescribeClassicLinkInstances DescribeConversionTasks
    ec2:DescribeCustomerGateways DescribeDhcpOptions DescribeExportTasks DescribeFlowLogs DescribeHost*
    ec2:DescribeIdentityIdFormat DescribeIdFormat DescribeImage* DescribeImport* DescribeInstance*
    ec2:DescribeInternetGateways DescribeKeyPairs DescribeLocalGatewayRouteTables
    ec2:DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations
    ec2:DescribeLocalGatewayRouteTableVpcAssociations DescribeLocalGateways
    ec2:DescribeLocalGatewayVirtualInterfaceGroups DescribeLocalGatewayVirtualInterfaces
    ec2:DescribeMovingAddresses DescribeNatGateways DescribeNetwork* DescribePlacementGroups
    ec2:DescribePrefixLists DescribeRegions DescribeReserved* DescribeRouteTables DescribeSecurityGroupRules
    ec2:DescribeSecurityGroups DescribeSnapshot* DescribeSpot* DescribeSubnets DescribeTags DescribeVolume*
    ec2:DescribeVpc* DescribeVpnGateways SearchLocalGatewayRoutes
    ecr:DescribeRegistry DescribeRepositories ListImages
    ecs:Describe* List*
    elasticache:Describe*
    elasticfilesystem:DescribeFileSystems
    elasticloadbalancing:DescribeInstanceHealth DescribeListeners DescribeLoadBalancerAttributes
    elasticloadbalancing:DescribeLoadBalancers DescribeTargetGroups DescribeTargetHealth
    es:DescribeElasticsearchDomain DescribeElasticsearchDomains ListDomainNames
    events:ListRuleNamesByTarget ListRules ListTargetsByRule
    glue:GetTags
    iam:GetAccountSummary GetLoginProfile List*
    kinesis:ListStreams
    kms:ListKeys ListResourceTags
    lambda:List*
    logs:Describe* GetTransformer ListEntitiesForLogGroup ListLogGroupsForEntity ListLogGroupsForQuery
    logs:ListTagsForResource
    oam:ListAttachedLinks ListLinks ListSinks
    rds:Describe*
    route53:Get* List*
    route53profiles:GetProfile GetProfileAssociation GetProfileResourceAssociation ListProfileAssociations
    route53profiles:ListProfileResourceAssociations ListProfiles ListTagsForResource
    route53resolver:Get* List*
    s3:ListAllMyBuckets ListBucket ListMultiRegionAccessPoints
    ses:DescribeActiveReceiptRuleSet List* ListDedicatedIpPools
    sns:List*
    sqs:GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueues
    sqs:ListQueueTags
    ssm:ListAssociations ListDocuments
    states:ListActivities ListExecutions ListMapRuns ListStateMachineAliases ListStateMachines
    states:ListStateMachineVersions
    wafv2:List*
  `,
} as const;

/** As they are written in a policy. */
export const managedActions = (policy: keyof typeof managedPolicies): string[] =>
  managedPolicies[policy]
    .trim()
    .split(/\s*\n\s*/)
    .flatMap(line => {
      const [service = "", names = ""] = line.split(":");
      return names.split(" ").map(name => `${service}:${name}`);
    });
