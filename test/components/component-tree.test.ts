/** What a stack gets when it uses a component: all below it, with its provider, and again under another name. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import { PublishedParameters } from "../../components/account/published-parameters";
import { ResourceGroups } from "../../components/account/resource-groups";
import { Cluster } from "../../components/compute/cluster";
import { FargateBatch } from "../../components/compute/fargate-batch";
import { FargateService } from "../../components/compute/fargate-service";
import { FargateTaskDefinition } from "../../components/compute/fargate-task-definition";
import { ImageRepository } from "../../components/compute/image-repository";
import { ServiceScaling } from "../../components/compute/service-scaling";
import { TaskSecurityGroup } from "../../components/compute/task-security-group";
import { Budgets } from "../../components/cost/budgets";
import { CostAllocation } from "../../components/cost/cost-allocation";
import { CostAnomalies } from "../../components/cost/cost-anomalies";
import { BackupCopyVault } from "../../components/data/backup-copies";
import { BackupPlans, usualPlans } from "../../components/data/backup-plans";
import { BackupVault } from "../../components/data/backup-vault";
import { Bucket } from "../../components/data/bucket";
import { Queue } from "../../components/data/queue";
import { Table } from "../../components/data/table";
import { Topic } from "../../components/data/topic";
import { PipelineRoles } from "../../components/delivery/pipeline-roles";
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
import { Certificate } from "../../components/ingress/certificate";
import { ContentDelivery } from "../../components/ingress/content-delivery";
import { InternalLoadBalancer } from "../../components/ingress/internal-load-balancer";
import { FlowLogArchive } from "../../components/logs/flow-log-archive";
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
import { ZoneSigning } from "../../components/names/zone-signing";
import { AccountZones } from "../../components/network/account-zones";
import { AddressPools } from "../../components/network/address-pools";
import { DnsFirewall } from "../../components/network/dns-firewall";
import { EgressVpc } from "../../components/network/egress-vpc";
import { GatewayEndpoints, InterfaceEndpoints } from "../../components/network/endpoints";
import { FlowLogs } from "../../components/network/flow-logs";
import { Inspection } from "../../components/network/inspection";
import { NetworkAcls } from "../../components/network/network-acls";
import { OnPremises } from "../../components/network/on-premises";
import { PrivateLinkEndpoint, PrivateLinkService } from "../../components/network/private-link";
import { RouteDomains } from "../../components/network/route-domains";
import { SharedEndpointNames, SharedEndpoints } from "../../components/network/shared-endpoints";
import { SharedSubnets } from "../../components/network/shared-subnets";
import { TransitAttachment } from "../../components/network/transit-attachment";
import { TransitHub } from "../../components/network/transit-hub";
import { Vpc } from "../../components/network/vpc";
import { LogGroup } from "../../components/observability/log-group";
import { AlternateContacts } from "../../components/organization/alternate-contacts";
import { GuardrailPolicies } from "../../components/organization/guardrail-policies";
import { ManagementPolicies } from "../../components/organization/management-policies";
import { NewAccountQuotas } from "../../components/organization/new-account-quotas";
import { Organization } from "../../components/organization/organization";
import { Alerts } from "../../components/security/alerts";
import { EncryptionKey } from "../../components/security/encryption-key";
import { at, planned } from "./planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const zones = ["euc1-az1", "euc1-az2", "euc1-az3"] as const;
const task = (workload: string) => ({
  product: "orders",
  workload,
  at,
  repositoryName: "orders/api",
  tag: "1",
  cpu: 256,
  memory: 512,
  environment: {},
  links: [{ kind: "queue", name: "q", access: "send" } as const],
  keyAlias: "orders",
  keyArn,
  logRetentionDays: 30,
});
const home = at.region;
const regions = [home, "us-east-1"];
const auditAccountId = "222233334444";
const members = [{ accountId: "333344445555", email: "dev@example.com" }];
const chat = { slackTeamId: "T1", slackChannelId: "C1" };
const organizationId = "o-abcde12345";
const cloudWatch = { keyArn, retentionDays: 30 };
const hubVpc = { at, zones, transitGatewayId: "tgw-1", routeTableId: "tgw-rtb-1", flowLogs: { cloudWatch } };
const archiveBucketArn = "arn:aws:s3:::landing-zone-flow-logs-444455556666-eu-central-1";
const place = { vpcId: "vpc-1", subnetIds: ["subnet-a"] };

/** What a component is handed is no part of it; its name tells. */
const given = (name: string) => `given-to-${name}`;
const clusterOf = (name: string, opts: ComponentResourceOptions) =>
  new Cluster(given(name), { clusterName: name, at }, opts);
const organizationArn = `arn:aws:organizations::999988887777:organization/${organizationId}`;
const queue = (name: string, opts: ComponentResourceOptions) =>
  new Queue(name, { queueName: name, at, keyArn, visibilityTimeout: 60, maxReceives: 3, topics: [] }, opts);
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
  "compute/Cluster": (name, opts) => new Cluster(name, { clusterName: name, at }, opts),
  "compute/FargateBatch": (name, opts) =>
    new FargateBatch(
      name,
      { ...task(name), ...place, cluster: clusterOf(name, opts), on: { bucketName: "in", prefix: "" } },
      opts,
    ),
  "compute/FargateService": (name, opts) => {
    const route = {
      listenerArn: "arn:listener",
      loadBalancerSecurityGroupId: "sg-1",
      priority: 1,
      port: 8443,
      path: "/*",
      protocol: "http2",
      health: "/health",
    } as const;
    const scaling = { min: 1, max: 2 };
    const cluster = clusterOf(name, opts);
    return new FargateService(name, { ...task(name), ...place, cluster, scaling, route, port: 8443 }, opts);
  },
  "compute/FargateTaskDefinition": (name, opts) => new FargateTaskDefinition(name, task(name), opts),
  "compute/ImageRepository": (name, opts) =>
    new ImageRepository(name, { repositoryName: `orders/${name}`, keyArn }, opts),
  "compute/ServiceScaling": (name, opts) => {
    const service = new aws.ecs.Service(given(name), { cluster: "orders" }, { provider: opts.provider });
    return new ServiceScaling(
      name,
      { clusterName: "orders", serviceName: name, service, min: 1, max: 2 },
      opts,
    );
  },
  "compute/TaskSecurityGroup": (name, opts) =>
    new TaskSecurityGroup(
      name,
      { vpcId: "vpc-1", description: "d", caller: { securityGroupId: "sg-1", port: 1 } },
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
  "data/BackupCopyVault": (name, opts) =>
    new BackupCopyVault(name, { vaultName: name, at, keepDays: 7, copiesFrom: { organizationId } }, opts),
  "data/BackupPlans": (name, opts) =>
    new BackupPlans(name, { vaultName: "vault", roleArn: "arn:role", plans: usualPlans }, opts),
  "data/BackupVault": (name, opts) =>
    new BackupVault(name, { vaultName: name, roleName: `${name}-backup`, at, keepDays: 7 }, opts),
  "data/Bucket": (name, opts) => new Bucket(name, { bucketName: `shop-${name}`, keyArn, events: true }, opts),
  "data/Queue": queue,
  "data/Table": (name, opts) =>
    new Table(name, { tableName: name, at, partitionKey: "id", keyArn, deletionProtection: true }, opts),
  "data/Topic": (name, opts) =>
    new Topic(name, { topicName: name, at, keyArn, deliversTo: { q: queue(given(name), opts) } }, opts),
  "delivery/PipelineRoles": (name, opts) =>
    new PipelineRoles(
      name,
      {
        at,
        platforms: [{ issuer: "gitlab.com", audience: "a", preview: ["s"], deploy: ["s"] }],
        managementAccountId: "222233334444",
        previewRoleName: `${name}-preview`,
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
    new Findings(name, { at, from: "LOW", topicArn: "arn:topic", urgentTopicArn: "arn:urgent", chat }, opts),
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
  "ingress/ContentDelivery": (name, opts) =>
    new ContentDelivery(
      name,
      {
        domainName: "shop.example.com",
        publicZoneId: "Z",
        loadBalancer: { arn: "arn:balancer", dnsName: "internal.example.com" },
        rateLimit: 1_000,
        allowPublic: "customers",
      },
      opts,
    ),
  "ingress/InternalLoadBalancer": (name, opts) =>
    new InternalLoadBalancer(
      name,
      {
        ...place,
        domainName: "orders.example.com",
        publicZoneId: "Z",
        privateZoneId: "P",
        callers: { dev: "10.16.0.0/12" },
        alsoCertificateArn: "arn:certificate",
        deletionProtection: true,
      },
      opts,
    ),
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
  "network/AddressPools": (name, opts) =>
    new AddressPools(
      name,
      {
        at,
        addresses: "10.0.0.0/8",
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
    new SharedEndpointNames(name, { at, vpcId: "vpc-1", names: { zoneIds: { kms: "Z1" }, hub } }, opts),
  "network/SharedEndpoints": (name, opts) =>
    new SharedEndpoints(
      name,
      {
        at,
        ...place,
        fromRanges: ["10.0.0.0/8"],
        services: ["kms", "ecr.dkr"],
        organizationId,
        profile: { sharedWith: organizationArn },
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
  "observability/LogGroup": (name, opts) =>
    new LogGroup(name, { name: `/landing-zone/${name}`, retentionDays: 30, keyArn, at }, opts),
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
  "ingress/Certificate": ["aws:route53/record:Record"],
  "names/ServiceNamesMember": ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
  "network/PrivateLinkEndpoint": ["aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter"],
  "network/SharedEndpointNames": ["aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"],
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
          resource => resource.custom && stack.top(resource).urn === component.urn,
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
    "data/Bucket": ["aws:s3/bucket:Bucket"],
    "data/Queue": ["aws:sqs/queue:Queue"],
    "data/Table": ["aws:dynamodb/table:Table"],
    "data/Topic": ["aws:sns/topic:Topic"],
    "ingress/InternalLoadBalancer": ["aws:lb/loadBalancer:LoadBalancer"],
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
    "data/BackupVault": ["aws:kms/key:Key", "aws:backup/vault:Vault"],
    "detection/AuditServices": ["aws:guardduty/detector:Detector", "aws:macie2/account:Account"],
    "detection/ConfigurationRecorder": ["aws:cfg/recorder:Recorder"],
    "detection/DetectionDelegations": ["aws:guardduty/organizationAdminAccount:OrganizationAdminAccount"],
    "detection/Investigation": ["aws:detective/graph:Graph"],
    "hardening/AccountHardening": ["aws:kms/key:Key"],
    "hardening/RegionSettings": ["aws:kms/key:Key"],
    "hardening/SessionManager": ["aws:kms/key:Key"],
    "logs/FlowLogArchive": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
    "logs/LogArchive": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
    "logs/OrganizationTrail": ["aws:cloudtrail/trail:Trail"],
    "logs/TrailQueries": ["aws:s3/bucket:Bucket"],
    "mail/MailDomain": ["aws:sesv2/emailIdentity:EmailIdentity"],
    "names/ParentZone": [...signing, "aws:route53/zone:Zone"],
    "names/ServiceNames": ["aws:route53/zone:Zone"],
    "names/ZoneSigning": signing,
    "network/AddressPools": [
      "aws:ec2/vpcIpam:VpcIpam",
      "aws:ec2/vpcIpamPool:VpcIpamPool",
      "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr",
    ],
    "network/EgressVpc": ["aws:ec2/eip:Eip"],
    "network/OnPremises": ["aws:ec2/customerGateway:CustomerGateway", "aws:ec2/vpnConnection:VpnConnection"],
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
