/** What a stack gets when it uses a component: all below it, with its provider, and again under another name. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";
import type { ComponentResource, ComponentResourceOptions } from "@pulumi/pulumi";
import { Cluster } from "../../components/compute/cluster";
import { FargateBatch } from "../../components/compute/fargate-batch";
import { FargateService } from "../../components/compute/fargate-service";
import { FargateTaskDefinition } from "../../components/compute/fargate-task-definition";
import { ImageRepository } from "../../components/compute/image-repository";
import { ServiceScaling } from "../../components/compute/service-scaling";
import { TaskSecurityGroup } from "../../components/compute/task-security-group";
import { Bucket } from "../../components/data/bucket";
import { Queue } from "../../components/data/queue";
import { Table } from "../../components/data/table";
import { Topic } from "../../components/data/topic";
import { PreviewRole } from "../../components/delivery/preview-role";
import { Certificate } from "../../components/ingress/certificate";
import { ContentDelivery } from "../../components/ingress/content-delivery";
import { InternalLoadBalancer } from "../../components/ingress/internal-load-balancer";
import { AccountZones } from "../../components/network/account-zones";
import { FlowLogs } from "../../components/network/flow-logs";
import { TransitAttachment } from "../../components/network/transit-attachment";
import { TransitHub } from "../../components/network/transit-hub";
import { Vpc } from "../../components/network/vpc";
import { LogGroup } from "../../components/observability/log-group";
import { Guardrail } from "../../components/organization/guardrail";
import { Organization } from "../../components/organization/organization";
import { Alerts } from "../../components/security/alerts";
import { EncryptionKey } from "../../components/security/encryption-key";
import { LogArchive } from "../../components/security/log-archive";
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
const place = { vpcId: "vpc-1", subnetIds: ["subnet-a"] };

/** What a component is handed is no part of it; its name tells. */
const given = (name: string) => `given-to-${name}`;
const clusterOf = (name: string, opts: ComponentResourceOptions) =>
  new Cluster(given(name), { clusterName: name, at }, opts);
const queue = (name: string, opts: ComponentResourceOptions) =>
  new Queue(name, { queueName: name, at, keyArn, visibilityTimeout: 60, maxReceives: 3, topics: [] }, opts);
const vpc = (name: string, opts: ComponentResourceOptions) =>
  new Vpc(
    name,
    { at, addresses: "10.16.0.0/16", zones, nat: "single", logKeyArn: keyArn, logRetentionDays: 30 },
    opts,
  );

type Make = (name: string, opts: ComponentResourceOptions, hub: aws.Provider) => ComponentResource;

/** Every component with all that it can be asked for, by its folder and class. */
const parts: Readonly<Record<string, Make>> = {
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
  "data/Bucket": (name, opts) => new Bucket(name, { bucketName: `shop-${name}`, keyArn, events: true }, opts),
  "data/Queue": queue,
  "data/Table": (name, opts) =>
    new Table(name, { tableName: name, at, partitionKey: "id", keyArn, deletionProtection: true }, opts),
  "data/Topic": (name, opts) =>
    new Topic(name, { topicName: name, at, keyArn, deliversTo: { q: queue(given(name), opts) } }, opts),
  "delivery/PreviewRole": (name, opts) =>
    new PreviewRole(name, { at, issuer: "gitlab.com", audience: "a", subjects: ["s"] }, opts),
  "ingress/Certificate": (name, opts) =>
    new Certificate(
      name,
      { domainNames: ["a.example.com", "b.example.com"], publicZoneId: "Z", region: "us-east-1" },
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
        deletionProtection: true,
      },
      opts,
    ),
  "network/AccountZones": (name, opts) =>
    new AccountZones(name, { domainName: "dev.example.com", vpcId: "vpc-1" }, opts),
  "network/FlowLogs": (name, opts) =>
    new FlowLogs(name, { vpcId: "vpc-1", at, keyArn, retentionDays: 30 }, opts),
  "network/TransitAttachment": (name, opts, hub) =>
    new TransitAttachment(
      name,
      {
        vpc: vpc(given(name), opts),
        transitGatewayId: "tgw-1",
        domainRouteTableId: "tgw-rtb-1",
        reaches: "10.16.0.0/12",
        hub,
      },
      opts,
    ),
  "network/TransitHub": (name, opts) =>
    new TransitHub(name, { domains: ["dev", "prod"], organizationArn: "arn:org" }, opts),
  "network/Vpc": vpc,
  "observability/LogGroup": (name, opts) =>
    new LogGroup(name, { name: `/landing-zone/${name}`, retentionDays: 30, keyArn, at }, opts),
  "organization/Guardrail": (name, opts) =>
    new Guardrail(name, { description: "d", statements: [], targets: { root: "r-1" } }, opts),
  "organization/Organization": (name, opts) =>
    new Organization(
      name,
      { units: ["W"], accounts: { prod: { email: "a@example.com", unit: "W" } }, accessRole: "R" },
      opts,
    ),
  "security/Alerts": (name, opts) => new Alerts(name, { at }, opts),
  "security/EncryptionKey": (name, opts) =>
    new EncryptionKey(name, { alias: name, description: "d", at }, opts),
  "security/LogArchive": (name, opts) => new LogArchive(name, { at }, opts),
};

/** A company is one organization, and its units and accounts are known by their own names. */
const onlyOnce = ["organization/Organization"];

/** What acts in an account other than its own. */
const inHub = [
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
];

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
      for (const resource of stack.resources.filter(({ type }) => type.startsWith("aws:"))) {
        const top = stack.top(resource);
        assert.ok(
          top.name.startsWith("given-to-") || (top.type === token && names.includes(top.name)),
          resource.urn,
        );
        assert.equal(
          stack.provider(resource),
          inHub.includes(resource.type) ? "hub" : "account",
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
    "network/AccountZones": ["aws:route53/zone:Zone"],
    "security/EncryptionKey": ["aws:kms/key:Key"],
  };
  const keptAnyway: Readonly<Record<string, readonly string[]>> = {
    "security/Alerts": ["aws:kms/key:Key", "aws:sns/topic:Topic"],
    "security/LogArchive": ["aws:kms/key:Key", "aws:s3/bucket:Bucket"],
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
