/** What a stack gets when it uses a component: all below it, with its provider, and again under another name. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import { PublishedParameters } from "../../components/account/published-parameters";
import { ResourceGroups } from "../../components/account/resource-groups";
import { Cluster } from "../../components/compute/cluster";
import { ImageBuild } from "../../components/compute/image-build";
import { ImageReplication } from "../../components/compute/image-replication";
import { ImageRepository } from "../../components/compute/image-repository";
import { Instances } from "../../components/compute/instances";
import { Job } from "../../components/compute/job";
import { ObjectRule } from "../../components/compute/job-object-rule";
import { Schedule } from "../../components/compute/job-schedule";
import { LambdaAlarms } from "../../components/compute/lambda-alarms";
import { LambdaFunction } from "../../components/compute/lambda-function";
import { LambdaSource } from "../../components/compute/lambda-source";
import { PullThroughCache } from "../../components/compute/pull-through-cache";
import { RegistrySettings } from "../../components/compute/registry-settings";
import { Service } from "../../components/compute/service";
import { ServiceScaling } from "../../components/compute/service-scaling";
import { TaskCall } from "../../components/compute/task-call";
import { TaskDefinition } from "../../components/compute/task-definition";
import { TaskSecurityGroup } from "../../components/compute/task-security-group";
import { Budgets } from "../../components/cost/budgets";
import { CostAllocation } from "../../components/cost/cost-allocation";
import { CostAnomalies } from "../../components/cost/cost-anomalies";
import { Savings } from "../../components/cost/savings";
import { AuroraCluster } from "../../components/data/aurora-cluster";
import { BackedUpTypes } from "../../components/data/backed-up-types";
import { BackupCopyVault } from "../../components/data/backup-copies";
import { BackupPlans, usualPlans } from "../../components/data/backup-plans";
import { BackupVault } from "../../components/data/backup-vault";
import { Bucket } from "../../components/data/bucket";
import { Cache } from "../../components/data/cache";
import { CrossAccountBackups } from "../../components/data/cross-account-backups";
import { DatabaseHours } from "../../components/data/database-hours";
import { DatabaseInstance } from "../../components/data/database-instance";
import { DatabaseProxy } from "../../components/data/database-proxy";
import { EventBus } from "../../components/data/event-bus";
import { FileSystem } from "../../components/data/file-system";
import { Parameter } from "../../components/data/parameter";
import { Prometheus } from "../../components/data/prometheus";
import { Queue } from "../../components/data/queue";
import { queueAccess } from "../../components/data/queue-access";
import { Search } from "../../components/data/search";
import { Secret } from "../../components/data/secret";
import { Sender } from "../../components/data/sender";
import { Stream } from "../../components/data/stream";
import { Table } from "../../components/data/table";
import { Topic } from "../../components/data/topic";
import { UserPool } from "../../components/data/user-pool";
import { UserPoolClient } from "../../components/data/user-pool-client";
import { UserPoolPages } from "../../components/data/user-pool-pages";
import { CodeBuildProject } from "../../components/delivery/code-build-project";
import { CodePipeline } from "../../components/delivery/code-pipeline";
import { NightlyRun } from "../../components/delivery/nightly-run";
import { PipelineArtifacts } from "../../components/delivery/pipeline-artifacts";
import { PipelineFailures } from "../../components/delivery/pipeline-failures";
import { PipelineRoles } from "../../components/delivery/pipeline-roles";
import { PreviewRole } from "../../components/delivery/preview-role";
import { ReleaseRoles } from "../../components/delivery/release-roles";
import { RestoreDrillGroup } from "../../components/delivery/restore-drill/drill-group";
import { RestoreDrill } from "../../components/delivery/restore-drill/restore-drill";
import { RestoreDrillEvidence } from "../../components/delivery/restore-drill/restore-drill-evidence";
import { RestoreDrillSource } from "../../components/delivery/restore-drill/restore-drill-source";
import { RunnerCache } from "../../components/delivery/runner-cache";
import { RunnerManager } from "../../components/delivery/runner-manager";
import { RunnerNetwork } from "../../components/delivery/runner-network";
import { InstanceRole } from "../../components/delivery/runner-roles";
import { RunnerTasks } from "../../components/delivery/runner-tasks";
import { RunnerWorkers } from "../../components/delivery/runner-workers";
import { AccessAnalyzers } from "../../components/detection/access-analyzers";
import { AuditServices } from "../../components/detection/audit-services";
import { ChatChannel } from "../../components/detection/chat-channel";
import { ConfigurationAggregator } from "../../components/detection/configuration-aggregator";
import { ConfigurationRecorder } from "../../components/detection/configuration-recorder";
import { Conformance } from "../../components/detection/conformance";
import { DetectionDelegations } from "../../components/detection/delegations";
import { Findings } from "../../components/detection/findings";
import { Investigation } from "../../components/detection/investigation";
import { SecurityHub } from "../../components/detection/security-hub";
import { SensitiveData } from "../../components/detection/sensitive-data";
import { ThreatDetection } from "../../components/detection/threat-detection";
import { VulnerabilityScanning } from "../../components/detection/vulnerability-scanning";
import { AccountHardening } from "../../components/hardening/account-hardening";
import { AccountSettings } from "../../components/hardening/account-settings";
import { EmptyDefaultVpc } from "../../components/hardening/empty-default-vpc";
import { RegionSettings } from "../../components/hardening/region-settings";
import { SessionManager } from "../../components/hardening/session-manager";
import { IdentityCenter } from "../../components/identity/identity-center";
import { ApplicationLoadBalancer } from "../../components/ingress/application-load-balancer";
import { Certificate } from "../../components/ingress/certificate";
import { ContentDelivery } from "../../components/ingress/content-delivery";
import { GraphqlApi } from "../../components/ingress/graphql-api";
import { GraphqlDomain } from "../../components/ingress/graphql-domain";
import { GraphqlResolvers } from "../../components/ingress/graphql-resolvers";
import { HttpApi } from "../../components/ingress/http-api";
import { HttpApiDomain } from "../../components/ingress/http-api-domain";
import { HttpApiLink } from "../../components/ingress/http-api-link";
import { InternalLoadBalancer } from "../../components/ingress/internal-load-balancer";
import { LentLoadBalancer } from "../../components/ingress/lent-load-balancer";
import { NetworkLoadBalancer } from "../../components/ingress/network-load-balancer";
import { PublicLoadBalancer } from "../../components/ingress/public-load-balancer";
import { WebFirewall } from "../../components/ingress/web-firewall";
import { AccessLogBucket } from "../../components/logs/access-log-bucket";
import { DeliveredLogs } from "../../components/logs/delivered-logs";
import { FlowLogArchive } from "../../components/logs/flow-log-archive";
import { LoadBalancerQueries } from "../../components/logs/load-balancer-queries";
import { LogArchive } from "../../components/logs/log-archive";
import { LogBucket } from "../../components/logs/log-bucket";
import { OrganizationTrail } from "../../components/logs/organization-trail";
import { TrailQueries } from "../../components/logs/trail-queries";
import { MailDomain } from "../../components/mail/mail-domain";
import { Delegation } from "../../components/names/delegation";
import { ForwardingRuleAssociations } from "../../components/names/forwarding-rule-associations";
import { ForwardingRules } from "../../components/names/forwarding-rules";
import { NamesProfile } from "../../components/names/names-profile";
import { NamesProfileMember } from "../../components/names/names-profile-member";
import { NamesRole } from "../../components/names/names-role";
import { ParentZone } from "../../components/names/parent-zone";
import { PublicQueryLog } from "../../components/names/public-query-log";
import { QueryLogs } from "../../components/names/query-logs";
import { ResolverEndpoints } from "../../components/names/resolver-endpoints";
import { ServiceDiscovery } from "../../components/names/service-discovery";
import { ServiceName } from "../../components/names/service-name";
import { ServiceNames } from "../../components/names/service-names";
import { ServiceNamesMember } from "../../components/names/service-names-member";
import { SigningAlarms } from "../../components/names/signing-alarms";
import { ZoneSigning } from "../../components/names/zone-signing";
import { AccountZones } from "../../components/network/account-zones";
import { AddressAdministrator } from "../../components/network/address-administrator";
import { AddressPools } from "../../components/network/address-pools";
import { DnsFirewall } from "../../components/network/dns-firewall";
import { EgressVpc } from "../../components/network/egress-vpc";
import { GatewayEndpoints, InterfaceEndpoints } from "../../components/network/endpoints";
import { FlowLogs } from "../../components/network/flow-logs";
import { HubRole } from "../../components/network/hub-role";
import { Inspection } from "../../components/network/inspection";
import { LinksRole } from "../../components/network/links-role";
import { NetworkAcls } from "../../components/network/network-acls";
import { OnPremises } from "../../components/network/on-premises";
import { PrivateLinkEndpoint, PrivateLinkService } from "../../components/network/private-link";
import { RouteDomains } from "../../components/network/route-domains";
import { SharedEndpointNames, SharedEndpoints } from "../../components/network/shared-endpoints";
import { SharedSubnets } from "../../components/network/shared-subnets";
import { TransitAttachment } from "../../components/network/transit-attachment";
import { TransitHub } from "../../components/network/transit-hub";
import { Vpc } from "../../components/network/vpc";
import { Alarm } from "../../components/observability/alarm";
import { AlarmAudience } from "../../components/observability/alarm-audience";
import { CalculatedAlarm } from "../../components/observability/calculated-alarm";
import { ProductDashboard } from "../../components/observability/dashboard";
import { EnvironmentDashboard } from "../../components/observability/environment-dashboard";
import { LogGroup } from "../../components/observability/log-group";
import { ServiceAlarms } from "../../components/observability/service-alarms";
import { ServiceObjective } from "../../components/observability/service-objective";
import { MetricsLink, MetricsSink } from "../../components/observability/shared-metrics";
import { AlternateContacts } from "../../components/organization/alternate-contacts";
import { GuardrailPolicies } from "../../components/organization/guardrail-policies";
import { ManagementPolicies } from "../../components/organization/management-policies";
import { NewAccountQuotas } from "../../components/organization/new-account-quotas";
import { Organization } from "../../components/organization/organization";
import { Alerts } from "../../components/security/alerts";
import { EncryptionKey } from "../../components/security/encryption-key";
import { args as drill } from "./delivery/restore-drill/cloud";
import { fargate, jobRoles, made, transit } from "./delivery/runner-arguments";
import { at, planned } from "./planned";
import { alarmTopics } from "./told";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const zones = ["euc1-az1", "euc1-az2", "euc1-az3"] as const;
const task = (workload: string) => ({
  product: "orders",
  workload,
  at,
  image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1",
  repositories: ["orders/api"],
  cpu: 256,
  memory: 512,
  environment: {},
  statements: queueAccess(at, "q", "send").statements,
  logGroup: { name: `/landing-zone/orders/${workload}` },
});
const tended = {
  at,
  keyArn,
  deletionProtection: false,
  multiZone: false,
  alarmTopics,
};
const home = at.region;
const regions = [home, "us-east-1"];
const auditAccountId = "222233334444";
const members = [{ accountId: "333344445555", email: "dev@example.com" }];
const chat = { slackTeamId: "T1", slackChannelId: "C1" };
const organizationId = "o-abcde12345";
const cloudWatch = { keyArn, retentionDays: 30 };
const hubVpc = { at, zones, transitGatewayId: "tgw-1", routeTableId: "tgw-rtb-1", flowLogs: { cloudWatch } };
const archiveBucketArn = "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1";
const balanced = {
  domainNames: ["orders.example.com"],
  publicZoneId: "Z",
  alsoCertificateArn: "arn:certificate",
  logs: { bucketName: "logs" },
  deletionProtection: true,
  testListener: { callers: { pipelines: "10.16.0.0/28" } },
} as const;
const place = { vpcId: "vpc-1", subnetIds: ["subnet-a"] };
const called = { internal: { loadBalancer: "app/orders/1", targetGroup: "targetgroup/orders-api/1" } };
const missedRuns = { missedRunsQueueName: "q", keyArn, keyAlias: "orders-data", alarmTopics };
const kept = { at, keyArn, deletionProtection: true, multiZone: true, alarmTopics };
const logged = { keyArn, logRetentionDays: 30, alarmTopics };
const linked = { listenerArn: "arn:listener", securityGroupId: "sg-1", serverName: "orders.example.com" };
const carts = { kind: "table", tableName: "carts", access: "read", keyAlias: "shop" } as const;
const database = {
  at,
  ...place,
  keyArn,
  deletionProtection: true,
  multiZone: true,
  alarmTopics,
  backupDays: 7,
  logs: cloudWatch,
};

/** What a component is handed is no part of it; its name tells. */
const given = (name: string) => `given-to-${name}`;
const clusterArgs = (name: string) => ({
  clusterName: name,
  at,
  keyArn,
  logGroup: { name: `/landing-zone/${name}/sessions` },
});
const clusterOf = (name: string, opts: ComponentResourceOptions) =>
  new Cluster(given(name), clusterArgs(name), opts);
const organizationArn = `arn:aws:organizations::999988887777:organization/${organizationId}`;
const queue = (name: string, opts: ComponentResourceOptions) =>
  new Queue(name, { ...tended, queueName: name, visibilityTimeout: 60, maxReceives: 3, topics: [] }, opts);
const vpc = (name: string, opts: ComponentResourceOptions) =>
  new Vpc(
    name,
    {
      at,
      addresses: "10.16.0.0/16",
      zones,
      nat: "single",
      privateNat: "single",
      companyRanges: ["10.0.0.0/16"],
      ipv6: true,
      organizationId,
      flowLogs: { cloudWatch },
    },
    opts,
  );

type Make = (name: string, opts: ComponentResourceOptions, hub: aws.Provider) => ComponentResource;

/** Every component with all that it can be asked for, by its folder and class. */
const parts: Readonly<Record<string, Make>> = {
  "account/PublishedParameters": (name, opts) =>
    new PublishedParameters(name, { values: { "vpc-id": "vpc-1", subnets: ["s-1", "s-2"] } }, opts),
  "account/ResourceGroups": (name, opts) => new ResourceGroups(name, { products: ["orders"] }, opts),
  "compute/Cluster": (name, opts) => new Cluster(name, clusterArgs(name), opts),
  "compute/Instances": (name, opts) =>
    new Instances(
      name,
      { ...place, product: name, clusterName: name, at, instanceType: "m7g.large", tags: { product: name } },
      opts,
    ),
  "compute/Job": (name, opts) =>
    new Job(
      name,
      {
        ...task(name),
        ...place,
        ...missedRuns,
        cluster: clusterOf(name, opts),
        runsLogGroup: { name: `/aws/vendedlogs/states/${name}` },
        on: { bucketName: "in", prefix: "" },
      },
      opts,
    ),
  "compute/LambdaAlarms": (name, opts) =>
    new LambdaAlarms(
      name,
      {
        functionName: name,
        logGroup: { name },
        timeout: 30,
        from: { streamName: name },
        missedRunsQueueName: "q",
        alarmTopics,
      },
      opts,
    ),
  "compute/LambdaFunction": (name, opts) =>
    new LambdaFunction(
      name,
      {
        ...missedRuns,
        product: "orders",
        workload: name,
        at,
        code: { image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1" },
        memory: 512,
        timeout: 30,
        environment: {},
        statements: [],
        logGroup: { name },
        vpc: place,
        schedule: { expression: "rate(1 day)" },
        on: { bucketName: "in", prefix: "" },
        from: { streamName: name },
      },
      opts,
    ),
  "compute/LambdaSource": (name, opts) =>
    new LambdaSource(
      name,
      { at, functionArn: "arn:function", from: { queueName: name }, missedRunsQueueName: "q" },
      opts,
    ),
  "compute/ObjectRule": (name, opts) =>
    new ObjectRule(
      name,
      {
        ...missedRuns,
        at,
        startedName: name,
        target: { arn: "arn:machine", roleArn: "arn:role", template: "{}" },
        bucketName: "in",
        prefix: "a/",
      },
      opts,
    ),
  "compute/Schedule": (name, opts) =>
    new Schedule(
      name,
      {
        ...missedRuns,
        at,
        startedName: name,
        target: { arn: "arn:machine", action: "states:StartExecution" },
        expression: "rate(1 day)",
      },
      opts,
    ),
  "compute/Service": (name, opts) =>
    new Service(
      name,
      {
        ...task(name),
        ...place,
        cluster: clusterOf(name, opts),
        scaling: { min: 1, max: 2 },
        port: 8443,
        routes: {
          internal: {
            kind: "listener",
            listenerArn: "arn:listener",
            testListenerArn: "arn:test",
            loadBalancer: "app/orders/1",
            loadBalancerSecurityGroupId: "sg-1",
            priority: 1,
            conditions: { path: "/*" },
            protocol: "http2",
            health: {},
          },
        },
        foundIn: "ns-1",
        deployment: { strategy: "blueGreen" },
        objective: { availability: 99.9 },
        alarmTopics,
      },
      opts,
    ),
  "compute/TaskDefinition": (name, opts) =>
    new TaskDefinition(
      name,
      {
        ...task(name),
        shell: true,
        tlsProxy: { listensOn: 8443, proxyTo: 8080, protocol: "http1" },
        logs: { kind: "cloudwatch" },
        telemetry: {},
      },
      opts,
    ),
  "compute/ImageBuild": (name, opts) =>
    new ImageBuild(
      name,
      { at, repositoryName: "orders/api", directory: "./services/api", architecture: "arm64" },
      opts,
    ),
  "compute/ImageRepository": (name, opts) =>
    new ImageRepository(
      name,
      {
        repositoryName: `orders/${name}`,
        keyArn,
        organizationId,
        functions: { at, namesBegin: "orders-" },
      },
      opts,
    ),
  "compute/ImageReplication": (name, opts) =>
    new ImageReplication(
      name,
      { at, destinations: [{ to: { ...at, region: "eu-west-1" }, prefixes: ["orders"] }] },
      opts,
    ),
  "compute/PullThroughCache": (name, opts) =>
    new PullThroughCache(
      name,
      { at, keyArn, keyAlias: "bases", roleName: name, approved: ["public.ecr.aws/docker/library/*"] },
      opts,
    ),
  "compute/RegistrySettings": (name, opts) =>
    new RegistrySettings(name, { at, receives: { "333344445555": ["orders"] } }, opts),
  "compute/ServiceScaling": (name, opts) => {
    const service = new aws.ecs.Service(given(name), { cluster: "orders" }, { provider: opts.provider });
    return new ServiceScaling(
      name,
      { clusterName: "orders", serviceName: name, service, scaling: { min: 1, max: 2 }, at },
      opts,
    );
  },
  "compute/TaskCall": (name, opts) =>
    new TaskCall(
      name,
      {
        from: { what: "these", securityGroupId: "sg-1" },
        to: { what: "those", securityGroupId: "sg-2" },
        port: 8443,
      },
      opts,
    ),
  "compute/TaskSecurityGroup": (name, opts) =>
    new TaskSecurityGroup(
      name,
      { vpcId: "vpc-1", description: "d", callers: { internal: { securityGroupId: "sg-1", port: 1 } } },
      opts,
    ),
  "cost/Budgets": (name, opts) =>
    new Budgets(
      name,
      {
        accounts: { dev: { id: at.accountId, monthlyUsd: 1 } },
        products: { orders: { monthlyUsd: 1 } },
        notify: ["a@example.com"],
      },
      opts,
    ),
  "cost/CostAllocation": (name, opts) =>
    new CostAllocation(name, { tagKeys: ["team"], teams: ["checkout"], products: ["orders"] }, opts),
  "cost/CostAnomalies": (name, opts) =>
    new CostAnomalies(name, { fromUsd: 100, notify: ["a@example.com"], products: ["orders"] }, opts),
  "cost/Savings": (name, opts) => new Savings(name, { after: [] }, opts),
  "data/AuroraCluster": (name, opts) =>
    new AuroraCluster(
      name,
      {
        ...database,
        clusterName: `shop-${name}`,
        engine: "aurora-postgresql",
        engineVersion: "16.8",
        capacity: { serverless: { min: 0.5, max: 4 } },
        proxy: true,
      },
      opts,
    ),
  "data/BackupCopyVault": (name, opts) =>
    new BackupCopyVault(name, { vaultName: name, at, keepDays: 7, copiesFrom: { organizationId } }, opts),
  "data/BackupPlans": (name, opts) =>
    new BackupPlans(name, { vaultName: "vault", roleArn: "arn:role", plans: usualPlans }, opts),
  "data/BackedUpTypes": (name, opts) => new BackedUpTypes(name, { region: at.region }, opts),
  "data/BackupVault": (name, opts) =>
    new BackupVault(name, { vaultName: name, roleName: `${name}-backup`, at, keepDays: 7 }, opts),
  "data/Bucket": (name, opts) =>
    new Bucket(
      name,
      {
        ...tended,
        bucketName: `shop-${name}`,
        events: true,
        lockDays: 1,
        cors: [{ origins: ["https://example.com"], methods: ["GET"] }],
        accessLogs: { bucketName: "logs" },
        copy: {
          region: "eu-west-1",
          bucketName: `shop-${name}-there`,
          keyArn,
          keyAlias: "there",
          ownKeyAlias: "here",
          roleName: name,
        },
      },
      opts,
    ),
  "data/Cache": (name, opts) =>
    new Cache(
      name,
      {
        ...kept,
        ...place,
        cacheName: `shop-${name}`,
        engineVersion: "8.1",
        capacity: { nodeType: "cache.t4g.small" },
        logs: { groupPrefix: `/landing-zone/shop/${name}-cache`, keyArn, retentionDays: 30 },
      },
      opts,
    ),
  "data/CrossAccountBackups": (name, opts) => new CrossAccountBackups(name, {}, opts),
  "data/EventBus": (name, opts) =>
    new EventBus(
      name,
      {
        ...tended,
        busName: name,
        description: "d",
        deliversTo: {
          parcels: {
            queueArn: "arn:aws:sqs:eu-central-1:111122223333:q",
            pattern: { source: ["orders"] },
          },
        },
        logs: { logGroupName: `/landing-zone/orders/${name}`, retentionDays: 30 },
      },
      opts,
    ),
  "data/FileSystem": (name, opts) =>
    new FileSystem(name, { ...kept, ...place, fileSystemName: `shop-${name}`, zones: 2 }, opts),
  "data/Parameter": (name, opts) =>
    new Parameter(name, { ...tended, parameterName: `/${name}`, description: "d", value: "1" }, opts),
  "data/DatabaseHours": (name, opts) =>
    new DatabaseHours(
      name,
      {
        at,
        hoursName: `landing-zone-${name}`,
        hours: { start: "07:00", stop: "19:00" },
        databases: [{ kind: "cluster", name: `shop-${name}` }],
        alarmTopics,
      },
      opts,
    ),
  "data/DatabaseInstance": (name, opts) =>
    new DatabaseInstance(
      name,
      {
        ...database,
        instanceName: `shop-${name}`,
        engine: "postgres",
        engineVersion: "17.4",
        instanceClass: "db.t4g.medium",
        storage: { gib: 20, upTo: 100 },
      },
      opts,
    ),
  "data/DatabaseProxy": (name, opts) =>
    new DatabaseProxy(
      name,
      {
        ...database,
        proxyName: `shop-${name}`,
        engine: "mysql",
        users: ["shop"],
        target: { instanceName: "shop" },
        databaseSecurityGroupId: "sg-1",
      },
      opts,
    ),
  "data/Queue": queue,
  "data/Secret": (name, opts) =>
    new Secret(
      name,
      {
        ...tended,
        secretName: name,
        description: "d",
        rotation: {
          lambdaArn: "arn:aws:lambda:eu-central-1:111122223333:function:renew",
          everyDays: 30,
        },
      },
      opts,
    ),
  "data/Prometheus": (name, opts) =>
    new Prometheus(
      name,
      {
        ...tended,
        workspaceName: name,
        grafana: true,
        logs: { groupPrefix: `/landing-zone/orders/${name}`, keyArn, retentionDays: 30 },
      },
      opts,
    ),
  "data/Search": (name, opts) =>
    new Search(
      name,
      {
        ...kept,
        ...place,
        domainName: `shop-${name}`,
        engineVersion: "2.19",
        instanceType: "m7g.large.search",
        zones: 2,
        storageGib: 20,
        logs: { groupPrefix: `/landing-zone/shop/${name}-search`, keyArn, retentionDays: 30 },
      },
      opts,
    ),
  "data/Sender": (name, opts) =>
    new Sender(
      name,
      { ...tended, domainName: `${name}.example.com`, zoneId: "Z", reportsTo: "dmarc@example.com" },
      opts,
    ),
  "data/Stream": (name, opts) => new Stream(name, { ...tended, streamName: name }, opts),
  "data/Table": (name, opts) =>
    new Table(
      name,
      {
        ...tended,
        tableName: name,
        partitionKey: "id",
        indexes: { byCustomer: { partitionKey: "customer" } },
        capacity: { read: { min: 1, max: 2 }, write: { min: 1, max: 2 } },
        stream: true,
        contributorInsights: true,
      },
      opts,
    ),
  "data/Topic": (name, opts) =>
    new Topic(name, { ...tended, topicName: name, deliversTo: { q: queue(given(name), opts) } }, opts),
  "data/UserPool": (name, opts, hub) =>
    new UserPool(
      name,
      {
        ...kept,
        userPoolName: name,
        pages: { domainName: "login.example.com", publicZoneId: "Z", zoneOwner: hub },
        apis: { orders: { read: "Read orders" } },
        clients: { web: { callbackUrls: ["https://example.com/in"], confidential: true } },
      },
      opts,
    ),
  "data/UserPoolClient": (name, opts) =>
    new UserPoolClient(
      name,
      { userPoolName: name, userPoolId: "pool", clientName: "web", keyArn, alarmTopics },
      opts,
    ),
  "data/UserPoolPages": (name, opts) =>
    new UserPoolPages(name, { prefix: name, userPoolId: "pool", styled: { web: "client" } }, opts),
  "delivery/CodeBuildProject": (name, opts) =>
    new CodeBuildProject(
      name,
      {
        at,
        projectName: name,
        description: "d",
        commands: ["npm test"],
        takesRoleArn: "arn:aws:iam::222233334444:role/deploy",
        keyArn,
        read: [],
        logRetentionDays: 30,
      },
      opts,
    ),
  "delivery/CodePipeline": (name, opts) => {
    const step = { description: "d", commands: ["npm test"] };
    return new CodePipeline(
      name,
      {
        at,
        pipelineName: name,
        source: {
          connectionArn: `arn:aws:codeconnections:${at.region}:${at.accountId}:connection/1`,
          repository: "example/landing-zone",
          branch: "main",
        },
        steps: [
          { ...step, name: "Plan" },
          { ...step, name: "Deploy", approve: "Look at the plan" },
        ],
        nightly: { ...step, name: "Drift", schedule: "cron(30 2 * * ? *)" },
        mailsTo: ["operations@example.com"],
        logRetentionDays: 30,
        accessLogBucketName: "logs",
      },
      opts,
    );
  },
  "delivery/NightlyRun": (name, opts) =>
    new NightlyRun(name, { at, pipelineName: name, schedule: "cron(30 2 * * ? *)" }, opts),
  "delivery/PipelineArtifacts": (name, opts) =>
    new PipelineArtifacts(
      name,
      { at, bucketName: `${name}-artifacts`, keyArn, keyAlias: "k", accessLogBucketName: "logs" },
      opts,
    ),
  "delivery/PipelineFailures": (name, opts) =>
    new PipelineFailures(
      name,
      { at, ruleName: `${name}-failures`, pipelineNames: [name], topicArn: "arn:topic" },
      opts,
    ),
  "delivery/PreviewRole": (name, opts) =>
    new PreviewRole(
      name,
      {
        accountId: at.accountId,
        roleName: `${name}-preview`,
        managementAccountId: "222233334444",
        planRoleName: "landing-zone-plan",
        platforms: [{ issuer: "gitlab.com", audience: "a", preview: ["s"] }],
      },
      opts,
    ),
  "delivery/ReleaseRoles": (name, opts) =>
    new ReleaseRoles(
      name,
      {
        at,
        testRoleName: `${name}-test`,
        platforms: [{ issuer: "gitlab.com", audience: "a", subjects: ["s"] }],
        testJobs: ["orders-test"],
        images: ["orders"],
        pushers: [
          {
            roleName: `${name}-push`,
            product: "orders",
            platforms: [{ issuer: "gitlab.com", audience: "a", subjects: ["s"] }],
          },
        ],
      },
      opts,
    ),
  "delivery/GitlabRunner": (name, opts, hub) => made(name, { transit: transit(hub), jobRoles }, opts),
  "delivery/InstanceRole": (name, opts) =>
    new InstanceRole(name, { roleName: name, description: "d", statements: [] }, opts),
  "delivery/RunnerCache": (name, opts) =>
    new RunnerCache(
      name,
      { at, bucketName: `${name}-cache`, keyArn, accessLogs: { bucketName: "logs" } },
      opts,
    ),
  "delivery/RunnerManager": (name, opts) =>
    new RunnerManager(
      name,
      {
        groupName: name,
        hookName: "hook",
        roleName: name,
        statements: [],
        securityGroupId: "sg-1",
        subnetIds: ["subnet-a", "subnet-b"],
        instanceType: "t4g.small",
        userData: "true",
        keyArn,
        jobMinutes: 60,
        secretName: "s",
        alarmTopics,
        tags: {},
      },
      opts,
    ),
  "delivery/RunnerNetwork": (name, opts, hub) =>
    new RunnerNetwork(
      name,
      {
        at,
        addresses: "10.18.0.0/22",
        zones,
        organizationId,
        flowLogs: { archiveBucketArn },
        transit: transit(hub),
        endpoints: ["ssm"],
        forwardingRuleIds: { "corp.example.com": "rslvr-rr-1" },
      },
      opts,
    ),
  "delivery/RunnerTasks": (name, opts) =>
    new RunnerTasks(
      name,
      {
        at,
        clusterName: name,
        roleName: name,
        vpcId: "vpc-1",
        managerSecurityGroupId: "sg-1",
        image: fargate.image,
        size: fargate.size,
        keyArn,
        logGroupName: "/landing-zone/runner",
        jobRoles,
      },
      opts,
    ),
  "delivery/RunnerWorkers": (name, opts) =>
    new RunnerWorkers(
      name,
      {
        at,
        groupName: name,
        roleName: name,
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b"],
        managerSecurityGroupId: "sg-1",
        types: ["m7g.large"],
        most: 2,
        keyArn,
        keyParameter: `/landing-zone/${name}/manager.pub`,
        jobRoles,
        tags: {},
      },
      opts,
    ),
  "delivery/RestoreDrill": (name, opts) =>
    new RestoreDrill(
      name,
      {
        drill: { ...drill, machineName: name, topicName: name },
        roleName: name,
        schedule: { expression: "cron(0 3 ? * SUN *)", missedName: "missed" },
        keyArn,
        notify: ["operations@example.com"],
        logGroupName: `/aws/vendedlogs/states/${name}`,
        logRetentionDays: 30,
        alarmTopics,
      },
      opts,
    ),
  "delivery/RestoreDrillEvidence": (name, opts) =>
    new RestoreDrillEvidence(
      name,
      {
        at,
        bucketName: `${name}-reports`,
        keyAlias: `landing-zone/${name}`,
        keepDays: 400,
        missedName: `${name}-missed`,
        logGroups: "/aws/vendedlogs/states/drill-*",
        accessLogs: "logs",
        alarmTopics,
      },
      opts,
    ),
  "delivery/RestoreDrillGroup": (name, opts) =>
    new RestoreDrillGroup(name, { vpcId: "vpc", groupName: `${name}-drill`, databaseName: name }, opts),
  "delivery/RestoreDrillSource": (name, opts) =>
    new RestoreDrillSource(name, { roleName: `${name}-copy`, machineRoleName: "drill", drill }, opts),
  "delivery/PipelineRoles": (name, opts) =>
    new PipelineRoles(
      name,
      {
        at,
        platforms: [{ issuer: "gitlab.com", audience: "a", deploy: ["s"] }],
        managementAccountId: "222233334444",
        deployRoleName: `${name}-deploy`,
        alsoTakes: ["arn:aws:iam::333344445555:role/names"],
      },
      opts,
    ),
  "detection/AccessAnalyzers": (name, opts) => new AccessAnalyzers(name, { regions, home }, opts),
  "detection/AuditServices": (name, opts) => new AuditServices(name, { regions, home, macie: true }, opts),
  "detection/ChatChannel": (name, opts) =>
    new ChatChannel(name, { accountId: at.accountId, ...chat, topicArns: ["arn:topic"] }, opts),
  "detection/ConfigurationAggregator": (name, opts) => new ConfigurationAggregator(name, { at }, opts),
  "detection/ConfigurationRecorder": (name, opts) =>
    new ConfigurationRecorder(name, { accountId: at.accountId, regions, home, bucketName: "logs" }, opts),
  "detection/Conformance": (name, opts) => new Conformance(name, { regions, home, after: [] }, opts),
  "detection/DetectionDelegations": (name, opts) =>
    new DetectionDelegations(name, { auditAccountId, regions, home, macie: true, detective: true }, opts),
  "detection/Findings": (name, opts) =>
    new Findings(name, { at, from: "LOW", topicArn: "arn:topic", urgentTopicArn: "arn:urgent" }, opts),
  "detection/Investigation": (name, opts) => new Investigation(name, { regions, members }, opts),
  "detection/SecurityHub": (name, opts) =>
    new SecurityHub(name, { regions, home, rootId: "r-ab12", disabledControls: {} }, opts),
  "detection/SensitiveData": (name, opts) => new SensitiveData(name, { regions, members }, opts),
  "detection/ThreatDetection": (name, opts) =>
    new ThreatDetection(name, { detectorIds: { [home]: "d1", "us-east-1": "d2" } }, opts),
  "detection/VulnerabilityScanning": (name, opts) =>
    new VulnerabilityScanning(name, { auditAccountId, regions, members: ["333344445555"] }, opts),
  "hardening/AccountHardening": (name, opts) =>
    new AccountHardening(name, { at, regions, defaultVpcs: "emptied", logRetentionDays: 30 }, opts),
  "hardening/AccountSettings": (name, opts) => new AccountSettings(name, { at }, opts),
  "hardening/EmptyDefaultVpc": (name, opts) => new EmptyDefaultVpc(name, { region: at.region }, opts),
  "hardening/RegionSettings": (name, opts) =>
    new RegionSettings(name, { at, regions, defaultVpcs: "emptied", keysIn: "every-region" }, opts),
  "hardening/SessionManager": (name, opts) =>
    new SessionManager(name, { at, regions, logRetentionDays: 30 }, opts),
  "identity/IdentityCenter": (name, opts) =>
    new IdentityCenter(
      name,
      {
        instanceArn: "arn:aws:sso:::instance/ssoins-1",
        identityStoreId: "d-1",
        region: home,
        groups: { people: { description: "People" }, others: { id: "g-1" } },
        permissionSets: {
          look: {
            description: "Looks",
            sessionHours: 1,
            managedPolicies: ["ReadOnlyAccess"],
            statements: [{ Effect: "Deny", Action: "s3:GetObject", Resource: "*" }],
          },
        },
        assignments: [{ group: "people", permissionSet: "look", accounts: ["dev"] }],
        accountIds: { dev: at.accountId },
      },
      opts,
    ),
  "ingress/ApplicationLoadBalancer": (name, opts) =>
    new ApplicationLoadBalancer(
      name,
      { ...place, ...balanced, internal: true, callers: { dev: "10.16.0.0/12" } },
      opts,
    ),
  "ingress/Certificate": (name, opts, hub) =>
    new Certificate(
      name,
      {
        domainNames: ["a.example.com", "b.example.com"],
        publicZoneId: "Z",
        region: "us-east-1",
        zoneOwner: hub,
      },
      opts,
    ),
  "ingress/ContentDelivery": (name, opts, hub) =>
    new ContentDelivery(
      name,
      {
        at,
        siteName: name,
        domainNames: ["shop.example.com", "www.shop.example.com"],
        publicZoneId: "Z",
        zoneOwner: hub,
        origins: {
          web: { kind: "loadBalancer", arn: "arn:balancer", dnsName: "internal.example.com" },
          files: { kind: "bucket", bucketName: "shop-files", region: at.region },
        },
        otherwise: "web",
        paths: { "/static/*": "files" },
        firewall: { rateLimit: 1_000, deny: ["203.0.113.0/24"] },
        logRetentionDays: 30,
        allowPublic: "Customers buy here from anywhere",
      },
      opts,
    ),
  "ingress/GraphqlApi": (name, opts, hub) =>
    new GraphqlApi(
      name,
      {
        ...logged,
        at,
        apiName: name,
        schema: "type Query { cart(id: ID!): String }",
        callers: { kind: "iam" },
        sources: { carts },
        resolvers: { "Query.cart": { source: "carts", code: "code" } },
        introspection: false,
        domain: { name: "graph.example.com", publicZoneId: "Z", zoneOwner: hub },
        firewall: { rateLimit: 1_000 },
      },
      opts,
    ),
  "ingress/GraphqlDomain": (name, opts, hub) =>
    new GraphqlDomain(
      name,
      { name: "graph.example.com", publicZoneId: "Z", zoneOwner: hub, apiId: "api" },
      opts,
    ),
  "ingress/GraphqlResolvers": (name, opts) =>
    new GraphqlResolvers(
      name,
      {
        at,
        apiName: name,
        apiId: "api",
        sources: { carts },
        resolvers: { "Query.cart": { code: "code", steps: [{ source: "carts", code: "code" }] } },
      },
      opts,
    ),
  "ingress/HttpApi": (name, opts, hub) =>
    new HttpApi(
      name,
      {
        ...place,
        ...logged,
        at,
        apiName: name,
        domainName: "api.example.com",
        publicZoneId: "Z",
        zoneOwner: hub,
        loadBalancer: linked,
        tokens: { issuer: "https://issuer.example.com", audiences: ["client"] },
        routes: { "GET /orders": {} },
        throttling: { rate: 10, burst: 20 },
        mutualTls: { truststoreUri: "s3://trust-example/authorities.pem" },
        logGroupName: `/landing-zone/${name}/api`,
      },
      opts,
    ),
  "ingress/HttpApiDomain": (name, opts, hub) =>
    new HttpApiDomain(
      name,
      { domainName: "api.example.com", publicZoneId: "Z", zoneOwner: hub, apiId: "api", stage: "$default" },
      opts,
    ),
  "ingress/HttpApiLink": (name, opts) =>
    new HttpApiLink(name, { ...place, apiId: "api", loadBalancer: linked }, opts),
  "ingress/InternalLoadBalancer": (name, opts) =>
    new InternalLoadBalancer(
      name,
      {
        ...place,
        ...balanced,
        privateZoneId: "P",
        callers: { dev: "10.16.0.0/12" },
      },
      opts,
    ),
  "ingress/LentLoadBalancer": (name, opts) =>
    new LentLoadBalancer(
      name,
      {
        domainNames: ["orders.example.com"],
        publicZoneId: "Z1",
        privateZoneId: "Z2",
        lender: {
          listenerArn: "arn:listener",
          securityGroupId: "sg-1",
          dnsName: "lb.example.com",
          zoneId: "Z3",
          fullName: "app/shop/0123456789abcdef",
        },
      },
      opts,
    ),
  "ingress/NetworkLoadBalancer": (name, opts) =>
    new NetworkLoadBalancer(
      name,
      {
        ...place,
        domainNames: ["orders.example.com"],
        publicZoneId: "Z",
        privateZoneId: "P",
        callers: { dev: "10.16.0.0/12" },
        to: { kind: "tls", tasks: { port: 8443, health: { path: "/health" } } },
        logs: { bucketName: "logs" },
        deletionProtection: true,
      },
      opts,
    ),
  "ingress/PublicLoadBalancer": (name, opts) =>
    new PublicLoadBalancer(
      name,
      {
        ...place,
        ...balanced,
        allowPublic: "Customers buy here from anywhere",
        webAclArn: "arn:web-acl",
        callers: "internet",
      },
      opts,
    ),
  "ingress/WebFirewall": (name, opts) =>
    new WebFirewall(
      name,
      {
        firewallName: name,
        scope: "REGIONAL",
        at,
        rateLimit: 1_000,
        protects: { api: "arn:api" },
        keyArn,
        logRetentionDays: 30,
      },
      opts,
    ),
  "logs/AccessLogBucket": (name, opts) => new AccessLogBucket(name, { at, organizationId }, opts),
  "logs/DeliveredLogs": (name, opts) => new DeliveredLogs(name, { at }, opts),
  "logs/FlowLogArchive": (name, opts) =>
    new FlowLogArchive(name, { at, organizationId, readerAccountIds: [auditAccountId] }, opts),
  "logs/LogArchive": (name, opts) =>
    new LogArchive(
      name,
      { at, organizationId, managementAccountId: "222233334444", trailName: "organization" },
      opts,
    ),
  "logs/LogBucket": (name, opts) =>
    new LogBucket(
      name,
      {
        bucketName: name,
        organizationId,
        encryption: { keyArn },
        statements: [],
        lifecycle: { expireAfterDays: 30, keepReplacedDays: 1 },
        lock: { mode: "GOVERNANCE", retentionDays: 7 },
      },
      opts,
    ),
  "logs/OrganizationTrail": (name, opts) =>
    new OrganizationTrail(
      name,
      { trailName: name, managementAccountId: "222233334444", at, bucketName: "trail", keyArn },
      opts,
    ),
  "logs/LoadBalancerQueries": (name, opts) =>
    new LoadBalancerQueries(name, { at, organizationId, keyArn }, opts),
  "logs/TrailQueries": (name, opts) =>
    new TrailQueries(
      name,
      {
        at,
        organizationId,
        trailBucketName: "trail",
        keyArn,
        accounts: [at.accountId],
        regions,
        breakGlassRole: "break-glass",
      },
      opts,
    ),
  "mail/MailDomain": (name, opts) =>
    new MailDomain(
      name,
      {
        at,
        domainName: `${name}.example.com`,
        zoneId: "Z",
        dmarc: { reportsTo: "a@example.com" },
        events: "eventbridge",
      },
      opts,
    ),
  "names/Delegation": (name, opts) =>
    new Delegation(
      name,
      {
        parentZoneId: "Z0",
        parentDomain: "example.com",
        childDomain: `${name}.example.com`,
        nameServers: ["ns-1.example.com"],
        dsRecord: "12345 13 2 0123ABCD",
      },
      opts,
    ),
  "names/ForwardingRuleAssociations": (name, opts) =>
    new ForwardingRuleAssociations(
      name,
      { ruleIds: { "corp.example.com": "rslvr-rr-1" }, vpcId: "vpc-1" },
      opts,
    ),
  "names/ForwardingRules": (name, opts) =>
    new ForwardingRules(
      name,
      {
        outboundEndpointId: "rslvr-out-1",
        domains: { "corp.example.com": ["10.200.0.2"] },
        organizationArn: organizationArn,
      },
      opts,
    ),
  "names/NamesProfile": (name, opts) =>
    new NamesProfile(
      name,
      { privateZones: { services: "arn:zone" }, sharedWith: { organization: organizationArn } },
      opts,
    ),
  "names/NamesProfileMember": (name, opts) =>
    new NamesProfileMember(name, { profileId: "rp-1", vpcId: "vpc-1" }, opts),
  "names/NamesRole": (name, opts) =>
    new NamesRole(
      name,
      {
        at,
        roleName: name,
        domainName: "example.services",
        accountIds: { dev: "333344445555" },
        deployRoleName: "deploy",
        managementAccountId: "222233334444",
      },
      opts,
    ),
  "names/ParentZone": (name, opts) =>
    new ParentZone(name, { domainName: "example.com", accountId: at.accountId }, opts),
  "names/PublicQueryLog": (name, opts) =>
    new PublicQueryLog(
      name,
      {
        zoneId: "Z1",
        domainName: "example.com",
        accountId: at.accountId,
        keyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        retentionDays: 30,
      },
      opts,
    ),
  "names/QueryLogs": (name, opts) =>
    new QueryLogs(name, { vpcId: "vpc-1", at, to: { keyArn, retentionDays: 30 } }, opts),
  "names/ResolverEndpoints": (name, opts) => {
    const end = { subnetIds: ["subnet-1", "subnet-2"], servers: { berlin: "10.200.0.0/24" } };
    return new ResolverEndpoints(name, { vpcId: "vpc-1", inbound: end, outbound: end }, opts);
  },
  "names/ServiceDiscovery": (name, opts) =>
    new ServiceDiscovery(name, { namespace: name, vpcId: "vpc-1" }, opts),
  "names/ServiceName": (name, opts) =>
    new ServiceName(
      name,
      {
        names: { zoneId: "Z1", domainName: "example.services" },
        service: name,
        loadBalancer: { dnsName: "lb.example.com", zoneId: "Z2" },
        dualStack: true,
      },
      opts,
    ),
  "names/ServiceNames": (name, opts) =>
    new ServiceNames(name, { domainName: "example.services", environment: "dev", vpcId: "vpc-1" }, opts),
  "names/ServiceNamesMember": (name, opts, hub) =>
    new ServiceNamesMember(
      name,
      { names: { zoneId: "Z1", environment: "dev" }, environment: "dev", vpcId: "vpc-1", owner: hub },
      opts,
    ),
  "names/SigningAlarms": (name, opts) =>
    new SigningAlarms(name, { zoneId: "Z1", domainName: `${name}.example.com` }, opts),
  "names/ZoneSigning": (name, opts) =>
    new ZoneSigning(name, { zoneId: "Z1", domainName: "example.com", accountId: at.accountId }, opts),
  "network/AccountZones": (name, opts) =>
    new AccountZones(
      name,
      {
        domainName: "dev.example.com",
        vpcId: "vpc-1",
        accountId: at.accountId,
        queryLogs: { keyArn: "arn:aws:kms:us-east-1:111122223333:key/1", retentionDays: 30 },
      },
      opts,
    ),
  "network/AddressAdministrator": (name, opts) =>
    new AddressAdministrator(name, { accountId: "333344445555" }, opts),
  "network/AddressPools": (name, opts) =>
    new AddressPools(
      name,
      {
        at,
        addresses: ["10.0.0.0/8"],
        environments: {
          dev: { addresses: "10.16.0.0/12", region: home, accountIds: ["333344445555"] },
          prod: { addresses: "10.48.0.0/12", region: "eu-west-1", accountIds: ["444455556666"] },
        },
      },
      opts,
    ),
  "network/DnsFirewall": (name, opts) =>
    new DnsFirewall(
      name,
      {
        at,
        vpcId: "vpc-1",
        block: ["bad.example.com"],
        allow: ["*.example.com"],
        queryLogs: cloudWatch,
      },
      opts,
    ),
  "network/EgressVpc": (name, opts) =>
    new EgressVpc(
      name,
      {
        ...hubVpc,
        addresses: "10.1.0.0/22",
        serves: { dev: { routeTableId: "tgw-rtb-dev", ranges: ["10.16.0.0/12"] } },
        inspection: { attachmentId: "tgw-attach-1", routeTableId: "tgw-rtb-2" },
      },
      opts,
    ),
  "network/FlowLogs": (name, opts) =>
    new FlowLogs(name, { at, vpcId: "vpc-1", archiveBucketArn, cloudWatch }, opts),
  "network/GatewayEndpoints": (name, opts) =>
    new GatewayEndpoints(name, { at, vpcId: "vpc-1", routeTableIds: ["rtb-1"], organizationId }, opts),
  "network/Inspection": (name, opts) =>
    new Inspection(
      name,
      {
        ...hubVpc,
        addresses: "10.1.4.0/22",
        ranges: ["10.16.0.0/12"],
        allow: [".example.com"],
        keyArn,
        logs: { bucketName: "firewall-logs" },
      },
      opts,
    ),
  "network/InterfaceEndpoints": (name, opts) =>
    new InterfaceEndpoints(
      name,
      { at, ...place, fromRanges: ["10.16.0.0/16"], services: ["kms", "ecr.dkr"], organizationId },
      opts,
    ),
  "network/NetworkAcls": (name, opts) =>
    new NetworkAcls(
      name,
      {
        vpcId: "vpc-1",
        ranges: ["10.16.0.0/16"],
        subnetIds: { data: ["subnet-d"], transit: ["subnet-t"], ingress: ["subnet-i"] },
      },
      opts,
    ),
  "network/OnPremises": (name, opts) =>
    new OnPremises(
      name,
      {
        at,
        transitGatewayId: "tgw-1",
        routeTableId: "tgw-rtb-1",
        propagatesTo: { shared: "tgw-rtb-2" },
        connection: {
          kind: "vpn",
          address: "203.0.113.10",
          asn: 65010,
          logKeyArn: keyArn,
          logRetentionDays: 30,
        },
      },
      opts,
    ),
  "network/HubRole": (name, opts) =>
    new HubRole(
      name,
      {
        at,
        roleName: name,
        environment: "dev",
        domains: ["dev"],
        propagatesTo: ["dev"],
        delegates: ["dev.example.com"],
        proves: "example.services",
        trusted: {
          managementAccountId: "222233334444",
          pipelineRoleName: "apply-dev",
          refusedRoleNames: ["apply-prod"],
        },
      },
      opts,
    ),
  "network/LinksRole": (name, opts) =>
    new LinksRole(
      name,
      {
        at,
        roleName: name,
        accountIds: { dev: "333344445555" },
        deployRoleName: "deploy",
        managementAccountId: "222233334444",
      },
      opts,
    ),
  "network/PrivateLinkEndpoint": (name, opts, hub) =>
    new PrivateLinkEndpoint(
      name,
      {
        ...place,
        serviceId: "vpce-svc-1",
        serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-1",
        from: ["10.16.0.0/16"],
        owner: hub,
      },
      opts,
    ),
  "network/PrivateLinkService": (name, opts) =>
    new PrivateLinkService(
      name,
      {
        loadBalancerArn: "arn:balancer",
        accountIds: ["333344445555"],
        privateDns: { name: `${name}.example.com`, publicZoneId: "Z" },
      },
      opts,
    ),
  "network/RouteDomains": (name, opts) =>
    new RouteDomains(
      name,
      {
        reaches: { dev: ["shared"] },
        routeTableIds: { dev: "tgw-rtb-1", prod: "tgw-rtb-2", shared: "tgw-rtb-3" },
        ranges: { dev: ["10.16.0.0/12"], prod: ["10.48.0.0/12"] },
      },
      opts,
    ),
  "network/SharedEndpointNames": (name, opts, hub) =>
    new SharedEndpointNames(name, { at, vpcId: "vpc-1", zoneIds: { kms: "Z1" }, hub }, opts),
  "network/SharedEndpoints": (name, opts) =>
    new SharedEndpoints(
      name,
      {
        at,
        ...place,
        fromRanges: ["10.0.0.0/8"],
        services: ["kms", "ecr.dkr"],
        organizationId,
      },
      opts,
    ),
  "network/SharedSubnets": (name, opts) =>
    new SharedSubnets(
      name,
      {
        subnetArns: { "private-a": "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-1" },
        accountIds: ["333344445555"],
      },
      opts,
    ),
  "network/TransitAttachment": (name, opts, hub) =>
    new TransitAttachment(
      name,
      {
        ...place,
        transitGatewayId: "tgw-1",
        domainRouteTableId: "tgw-rtb-1",
        propagatesTo: { dev: "tgw-rtb-1", shared: "tgw-rtb-2" },
        routes: { company: { routeTableIds: ["rtb-1", "rtb-2"], destination: "10.16.0.0/12" } },
        hub,
      },
      opts,
    ),
  "network/TransitHub": (name, opts) =>
    new TransitHub(
      name,
      { domains: ["dev", "prod"], organizationArn, flowLogBucketArn: "arn:aws:s3:::flows" },
      opts,
    ),
  "network/Vpc": vpc,
  "observability/AlarmAudience": (name, opts) =>
    new AlarmAudience(
      name,
      {
        at,
        topicNames: { critical: `${name}-critical`, warning: `${name}-warning` },
        keyArn,
        hearers: {
          critical: { mail: ["ops@example.com"], pager: "https://pager.example.com/1" },
          warning: { mail: ["ops@example.com"] },
        },
      },
      opts,
    ),
  "observability/Alarm": (name, opts) =>
    new Alarm(
      name,
      {
        description: "d",
        namespace: "AWS/SQS",
        metricName: "m",
        dimensions: {},
        statistic: "Sum",
        above: 0,
        severity: "warning",
        topics: alarmTopics,
      },
      opts,
    ),
  "observability/EnvironmentDashboard": (name, opts) =>
    new EnvironmentDashboard(name, { environment: name, at, products: {}, alarms: ["one"] }, opts),
  "observability/MetricsLink": (name, opts) => new MetricsLink(name, { sinkArn: "arn:sink" }, opts),
  "observability/MetricsSink": (name, opts) =>
    new MetricsSink(name, { sinkName: name, accountIds: ["333344445555"] }, opts),
  "observability/CalculatedAlarm": (name, opts) =>
    new CalculatedAlarm(
      name,
      {
        description: "d",
        expression: "m",
        label: "l",
        metrics: { m: { namespace: "AWS/SQS", metricName: "m", dimensions: {}, statistic: "Sum" } },
        above: 0,
        severity: "warning",
        topics: alarmTopics,
      },
      opts,
    ),
  "observability/LogGroup": (name, opts) =>
    new LogGroup(name, { name: `/landing-zone/${name}`, retentionDays: 30, keyArn, at }, opts),
  "observability/ProductDashboard": (name, opts) =>
    new ProductDashboard(
      name,
      {
        product: name,
        environment: "dev",
        at,
        services: [{ serviceName: "orders-api", clusterName: "orders" }],
      },
      opts,
    ),
  "observability/ServiceAlarms": (name, opts) =>
    new ServiceAlarms(
      name,
      { serviceName: name, clusterName: "orders", at, topics: alarmTopics, targets: called },
      opts,
    ),
  "observability/ServiceObjective": (name, opts) =>
    new ServiceObjective(
      name,
      { serviceName: name, targets: called, objective: { availability: 99.9 }, topics: alarmTopics },
      opts,
    ),
  "organization/AlternateContacts": (name, opts) => {
    const contact = { name: "Desk", title: "Desk", email: "desk@example.com", phone: "+49 30 1" };
    const contacts = { billing: contact, operations: contact, security: contact };
    return new AlternateContacts(name, { accountIds: { management: undefined, dev: "1" }, contacts }, opts);
  },
  "organization/GuardrailPolicies": (name, opts) =>
    new GuardrailPolicies(
      name,
      {
        policies: [{ name, type: "SERVICE_CONTROL_POLICY", node: "root", statements: [] }],
        targets: { root: "r-1" },
      },
      opts,
    ),
  "organization/ManagementPolicies": (name, opts) =>
    new ManagementPolicies(
      name,
      {
        rootId: "r-1",
        tags: { team: ["checkout"] },
        backups: {
          prod: {
            region: home,
            keepDays: 35,
            keepMonthlyDays: 365,
            copyTo: "arn:aws:backup:eu-central-1:444455556666:backup-vault:copies",
          },
        },
        vaultName: "vault",
        backupRoleName: "backup",
      },
      opts,
    ),
  "organization/NewAccountQuotas": (name, opts) =>
    new NewAccountQuotas(
      name,
      { quotas: [{ service: "lambda", quota: "L-B99A9384", region: home, value: 1_000 }] },
      opts,
    ),
  "organization/Organization": (name, opts) =>
    new Organization(
      name,
      { units: ["W"], accounts: { prod: { email: "a@example.com", unit: "W" } }, accessRole: "R" },
      opts,
    ),
  "security/Alerts": (name, opts) => new Alerts(name, { at, notify: ["a@example.com"] }, opts),
  "security/EncryptionKey": (name, opts) =>
    new EncryptionKey(name, { alias: name, description: "d", at }, opts),
};

/** A company is one organization, and its units and accounts are known by their own names. */
const onlyOnce = ["organization/Organization"];

/** What acts in an account other than its own, by the component that it is in. */
const inHub: Readonly<Record<string, readonly string[]>> = {
  "data/UserPool": ["aws:route53/record:Record"],
  "ingress/Certificate": ["aws:route53/record:Record"],
  "ingress/ContentDelivery": ["aws:route53/record:Record"],
  "ingress/GraphqlApi": ["aws:route53/record:Record"],
  "ingress/GraphqlDomain": ["aws:route53/record:Record"],
  "ingress/HttpApi": ["aws:route53/record:Record"],
  "ingress/HttpApiDomain": ["aws:route53/record:Record"],
  "names/ServiceNamesMember": ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
  "network/PrivateLinkEndpoint": ["aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter"],
  "network/SharedEndpointNames": ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
  ...Object.fromEntries(
    ["delivery/GitlabRunner", "delivery/RunnerNetwork"].map(part => [
      part,
      [
        "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
        "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
        "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
      ],
    ]),
  ),
  "network/TransitAttachment": [
    "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
    "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
    "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
  ],
};

const plan = (part: string, make: Make, protect?: boolean) =>
  planned(() => {
    const provider = new aws.Provider("account", { region: at.region });
    const hub = new aws.Provider("hub", { region: at.region });
    for (const name of onlyOnce.includes(part) ? ["one"] : ["one", "two"])
      make(name, { provider, protect }, hub);
  });

describe("a component in a stack", () => {
  it("is tried here, whichever it is", () => {
    const folder = resolve(__dirname, "../../components");
    const classes = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter(file => file.endsWith(".ts"))
      .flatMap(file =>
        [
          ...readFileSync(join(folder, file), "utf8").matchAll(
            /class (\w+) extends (?:pulumi\.)?ComponentResource/g,
          ),
        ].map(([, name]) => `${file.split("/")[0]}/${name}`),
      );
    assert.deepEqual(classes.sort(), Object.keys(parts).sort());
  });

  for (const [part, make] of Object.entries(parts))
    it(`${part} has all it makes below it, with its provider, as often as it is used`, async () => {
      const stack = await plan(part, make);
      const token = `landing-zone:${part.replace("/", ":")}`;
      const names = onlyOnce.includes(part) ? ["one"] : ["one", "two"];
      const made = names.map(name => {
        const component = stack.one(token, name);
        assert.equal(stack.top(component), component);
        return stack.resources.filter(
          // A component of another package is made by its provider, and is all that is seen of it here.
          resource =>
            (resource.custom || resource.type.startsWith("awsx:")) &&
            stack.top(resource).urn === component.urn,
        );
      });
      assert.ok(made[0] && made[0].length > 0);
      assert.equal(made.at(-1)?.length, made[0].length);
      for (const type of inHub[part] ?? []) assert.ok(stack.all(type).length > 0, type);
      for (const resource of stack.resources.filter(({ type }) => type.startsWith("aws:"))) {
        const top = stack.top(resource);
        assert.ok(
          top.name.startsWith("given-to-") || (top.type === token && names.includes(top.name)),
          resource.urn,
        );
        assert.equal(
          stack.provider(resource),
          inHub[part]?.includes(resource.type) ? "hub" : "account",
          resource.urn,
        );
      }
    });

  const keepers: Readonly<Record<string, readonly string[]>> = {
    "compute/ImageRepository": ["aws:ecr/repository:Repository"],
    "data/AuroraCluster": ["aws:rds/cluster:Cluster"],
    "data/Bucket": ["aws:s3/bucket:Bucket"],
    "data/Cache": ["aws:elasticache/replicationGroup:ReplicationGroup"],
    "data/DatabaseInstance": ["aws:rds/instance:Instance"],
    "data/EventBus": ["aws:cloudwatch/eventBus:EventBus", "aws:cloudwatch/eventArchive:EventArchive"],
    "data/FileSystem": ["aws:efs/fileSystem:FileSystem"],
    "data/Parameter": ["aws:ssm/parameter:Parameter"],
    "data/Queue": ["aws:sqs/queue:Queue"],
    "data/Search": ["aws:opensearch/domain:Domain"],
    "data/Secret": ["aws:secretsmanager/secret:Secret"],
    "data/Stream": ["aws:kinesis/stream:Stream"],
    "data/Table": ["aws:dynamodb/table:Table"],
    "data/Topic": ["aws:sns/topic:Topic"],
    "data/UserPool": ["aws:cognito/userPool:UserPool"],
    "delivery/RunnerCache": ["aws:s3/bucket:Bucket"],
    "ingress/ContentDelivery": ["aws:kms/key:Key"],
    "ingress/ApplicationLoadBalancer": ["aws:lb/loadBalancer:LoadBalancer"],
    "ingress/InternalLoadBalancer": ["aws:lb/loadBalancer:LoadBalancer"],
    "ingress/NetworkLoadBalancer": ["aws:lb/loadBalancer:LoadBalancer"],
    "ingress/PublicLoadBalancer": ["aws:lb/loadBalancer:LoadBalancer"],
    "logs/LogBucket": ["aws:s3/bucket:Bucket"],
    "network/AccountZones": ["aws:route53/zone:Zone"],
    "security/EncryptionKey": ["aws:kms/key:Key"],
  };
  const signing = [
    "aws:kms/key:Key",
    "aws:route53/keySigningKey:KeySigningKey",
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  ];
  const keptAnyway: Readonly<Record<string, readonly string[]>> = {
    "data/BackupCopyVault": ["aws:kms/key:Key", "aws:backup/vault:Vault"],
    "delivery/GitlabRunner": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
    "data/BackupVault": ["aws:kms/key:Key", "aws:backup/vault:Vault"],
    "data/Sender": ["aws:sesv2/emailIdentity:EmailIdentity"],
    "detection/AuditServices": ["aws:guardduty/detector:Detector", "aws:macie2/account:Account"],
    "detection/ConfigurationRecorder": ["aws:cfg/recorder:Recorder"],
    "detection/DetectionDelegations": ["aws:guardduty/organizationAdminAccount:OrganizationAdminAccount"],
    "detection/Investigation": ["aws:detective/graph:Graph"],
    "hardening/AccountHardening": ["aws:kms/key:Key"],
    "hardening/RegionSettings": ["aws:kms/key:Key"],
    "hardening/SessionManager": ["aws:kms/key:Key"],
    "logs/AccessLogBucket": ["aws:s3/bucket:Bucket"],
    "logs/FlowLogArchive": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
    "logs/LogArchive": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
    "logs/OrganizationTrail": ["aws:cloudtrail/trail:Trail"],
    "logs/TrailQueries": ["aws:s3/bucket:Bucket"],
    "mail/MailDomain": ["aws:sesv2/emailIdentity:EmailIdentity"],
    "names/ParentZone": [...signing, "aws:route53/zone:Zone"],
    "names/ServiceNames": ["aws:route53/zone:Zone"],
    "names/ZoneSigning": signing,
    "network/AddressAdministrator": [
      "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount",
    ],
    "network/AddressPools": [
      "aws:ec2/vpcIpam:VpcIpam",
      "aws:ec2/vpcIpamPool:VpcIpamPool",
      "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr",
    ],
    "network/EgressVpc": ["aws:ec2/eip:Eip"],
    "network/OnPremises": ["aws:ec2/customerGateway:CustomerGateway", "aws:ec2/vpnConnection:VpnConnection"],
    "observability/AlarmAudience": ["aws:sns/topic:Topic"],
    "security/Alerts": ["aws:kms/key:Key", "aws:sns/topic:Topic"],
  };
  for (const [part, types] of Object.entries({ ...keepers, ...keptAnyway }))
    it(`${part} keeps its state ${part in keepers ? "when it is told to" : "whatever it is told"}`, async () => {
      const make = parts[part];
      assert.ok(make);
      for (const protect of [true, undefined]) {
        const stack = await plan(part, make, protect);
        for (const type of types) {
          assert.ok(stack.all(type).length >= 2);
          for (const resource of stack.all(type))
            assert.equal(resource.protect, part in keepers ? protect === true : true, resource.urn);
        }
      }
    });
});
