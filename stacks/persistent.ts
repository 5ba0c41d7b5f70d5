/** What outlives a product's releases: its key, its images, its load balancer and its data. */
import { ImageRepository } from "../components/compute/image-repository";
import { Bucket } from "../components/data/bucket";
import { Queue } from "../components/data/queue";
import { Table } from "../components/data/table";
import { Topic } from "../components/data/topic";
import { ContentDelivery } from "../components/ingress/content-delivery";
import { InternalLoadBalancer } from "../components/ingress/internal-load-balancer";
import { arn } from "../components/location";
import { ServiceName } from "../components/names/service-name";
import { outboundRange } from "../components/network/address-plan";
import { EncryptionKey } from "../components/security/encryption-key";
import type { BaselineOutputs } from "./baseline";
import type { LandingZone, Resource } from "./description";
import type { StackDefinition } from "./names";
import { environmentOf, productOf, workloadAccount } from "./places";
import { deployRole, namesRole } from "./platform-names";
import { images, keyAlias, repositoryName, resourceName, sendsEvents, topicsInto } from "./product-names";
import { accountProvider, locationOf, ofProduct } from "./providers";
import type { Handed, Upstream } from "./references";
import { callersOf } from "./route-domains";

/** All that a product's services need to know of where they run. */
export interface PersistentOutputs {
  vpcId: string;
  /** The outbound subnets. */
  taskSubnetIds: string[];
  keyArn: string;
  /** Absent where no service of the product is called. */
  loadBalancer: { listenerArn: string; securityGroupId: string } | null;
}

export function persistent(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<PersistentOutputs> {
  const account = upstream.outputsOf<BaselineOutputs>(`baseline-${stack.account}`);
  const product = productOf(zone, stack);
  const environment = environmentOf(zone, stack);
  const { domain } = workloadAccount(zone, stack.account);
  const at = locationOf(zone, stack.account, stack.region);
  const subject = ofProduct(product, environment.name);
  const provider = accountProvider(zone, stack.account, stack.region, subject, { role: deployRole });
  const kept = { provider, protect: true };

  const key = new EncryptionKey(
    product.name,
    {
      alias: keyAlias(product),
      description: `Data and logs of ${product.name}`,
      at,
      logGroups: [`/landing-zone/${product.name}/*`],
      services: ["sns.amazonaws.com"],
    },
    kept,
  );
  for (const image of images(product))
    new ImageRepository(image, { repositoryName: repositoryName(product, image), keyArn: key.arn }, kept);

  const called = Object.values(product.services ?? {}).some(({ path }) => path !== undefined);
  const domainName = `${product.name}.${domain}`;
  const loadBalancer = called
    ? new InternalLoadBalancer(
        product.name,
        {
          vpcId: account.vpcId,
          subnetIds: account.subnetIds.private,
          domainName,
          publicZoneId: account.publicZoneId,
          privateZoneId: account.privateZoneId,
          callers: {
            [environment.name]: environment.addresses,
            tasks: outboundRange,
            ...callersOf(zone, environment.name),
          },
          alsoCertificateArn: account.serviceCertificateArn,
          deletionProtection: environment.deletionProtection,
        },
        kept,
      )
    : undefined;
  if (loadBalancer !== undefined) {
    // The environment has one zone of services' names, in its own account.
    const home = zone.environments[environment.name].account;
    const owner =
      home === stack.account
        ? provider
        : accountProvider(zone, home, stack.region, subject, { role: namesRole });
    new ServiceName(
      product.name,
      {
        names: { zoneId: account.serviceZoneId, domainName: zone.network.serviceDomain },
        service: product.name,
        loadBalancer,
      },
      { provider: owner },
    );
  }
  if (product.cdn !== undefined && loadBalancer !== undefined)
    new ContentDelivery(
      product.name,
      {
        domainName,
        publicZoneId: account.publicZoneId,
        loadBalancer,
        rateLimit: product.cdn.rateLimit ?? 2_000,
        allowPublic: product.cdn.allowPublic,
      },
      kept,
    );

  const data = resourcesByKind(product.data ?? {});
  const nameAs = (name: string, resource: Resource) => resourceName(product, name, resource, at);
  for (const [name, table] of data.table)
    new Table(
      name,
      {
        ...table.args,
        tableName: nameAs(name, table),
        at,
        keyArn: key.arn,
        deletionProtection: environment.deletionProtection,
      },
      kept,
    );
  for (const [name, bucket] of data.bucket)
    new Bucket(
      name,
      {
        ...bucket.args,
        bucketName: nameAs(name, bucket),
        keyArn: key.arn,
        events: sendsEvents(product, bucket),
      },
      kept,
    );
  const queues = new Map(
    data.queue.map(([name, queue]) => [
      queue,
      {
        name,
        made: new Queue(
          name,
          {
            queueName: nameAs(name, queue),
            at,
            keyArn: key.arn,
            visibilityTimeout: queue.args.visibilityTimeout ?? 60,
            maxReceives: queue.args.maxReceives ?? 5,
            topics: topicsInto(product, queue).map(topic => arn("sns", at, `${product.name}-${topic}`)),
          },
          kept,
        ),
      },
    ]),
  );
  for (const [name, topic] of data.topic) {
    const receivers = (topic.args.deliversTo ?? []).flatMap(queue => queues.get(queue) ?? []);
    new Topic(
      name,
      {
        topicName: nameAs(name, topic),
        at,
        keyArn: key.arn,
        deliversTo: Object.fromEntries(receivers.map(receiver => [receiver.name, receiver.made])),
      },
      kept,
    );
  }

  return {
    vpcId: account.vpcId,
    taskSubnetIds: account.subnetIds.outbound,
    keyArn: key.arn,
    loadBalancer: loadBalancer
      ? { listenerArn: loadBalancer.listenerArn, securityGroupId: loadBalancer.securityGroupId }
      : null,
  };
}

type OfKind<K extends Resource["kind"]> = [name: string, resource: Extract<Resource, { kind: K }>][];

function resourcesByKind(data: Readonly<Record<string, Resource>>): { [K in Resource["kind"]]: OfKind<K> } {
  const all = Object.entries(data);
  const of = <K extends Resource["kind"]>(kind: K) =>
    all.filter(([, { kind: its }]) => its === kind) as OfKind<K>;
  return { table: of("table"), bucket: of("bucket"), queue: of("queue"), topic: of("topic") };
}
