/** What outlives a product's releases: its key, its images, its load balancer and its data. */
import { fargateStorageStatements } from "../components/compute/cluster";
import { ImageRepository } from "../components/compute/image-repository";
import { missedRunsKey } from "../components/compute/job-object-rule";
import type { Statement } from "../components/identity/policy-document";
import { contentDecrypts } from "../components/ingress/content-statements";
import { graphqlLogGroups } from "../components/ingress/graphql-api";
import { firewallLogGroup } from "../components/ingress/web-firewall";
import { EncryptionKey, type EncryptionKeyArgs } from "../components/security/encryption-key";
import { restoreKeyStatements } from "./backup-vaults";
import type { BaselineOutputs } from "./baseline";
import { clusterNames } from "./clusters";
import type { LandingZone, Product } from "./description";
import { shortNameOf } from "./description/kept";
import { drillBuckets } from "./drill-buckets";
import { keyStatements, logGroups, makeData, resourceName, type Where } from "./kinds";
import { missedRunsIn, missesObjects } from "./missed-runs";
import type { StackDefinition } from "./names";
import { environmentFor, productOf, workloadAccount } from "./places";
import { deployRole } from "./platform-names";
import {
  alarmTopicsOf,
  functionImages,
  images,
  type KeyPurpose,
  keyAlias,
  repositoryName,
} from "./product-names";
import { accountProvider, locationOf, ofProduct } from "./providers";
import type { Handed, Upstream } from "./references";
import { taskNamespace } from "./task-names";
import { type WaysIn, waysIn } from "./ways-in";
import { workloadLogPatterns, workloadLogs } from "./workload-logs";

/** All that a product's services need to know of where they run. */
export interface PersistentOutputs {
  vpcId: string;
  /** The outbound subnets. */
  taskSubnetIds: string[];
  privateSubnetIds: string[];
  /** The environment's zone of services' names. */
  serviceZoneId: string;
  /** Where services are found that are called without a load balancer. */
  taskNamespaceId: string | null;
  /** The key of its logs. */
  logKeyArn: string;
  /** The key of its data. */
  dataKeyArn: string;
  /** The groups of what is called over the network, by the short name that the product keeps it under. */
  securityGroupIds: Record<string, string>;
  /** What tasks mount, by the same name. */
  fileSystems: Record<string, { fileSystemId: string; accessPointId: string }>;
  ways: WaysIn;
}

export function persistent(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<PersistentOutputs> {
  const account = upstream.outputsOf<BaselineOutputs>(`baseline-${stack.account}`);
  const product = productOf(zone, stack);
  const environment = environmentFor(zone, stack, product);
  const { domain, subnetsOf: owner } = workloadAccount(zone, stack.account);
  const at = locationOf(zone, stack.account, stack.region);
  const subject = ofProduct(product, environment.name);
  const provider = accountProvider(zone, stack.account, stack.region, subject, { role: deployRole });
  const isUnprotected = product.unprotected !== undefined;
  const kept = { provider, protect: !isUnprotected };
  const where = { at, domain };

  const keyOf = (purpose: KeyPurpose, its: Omit<EncryptionKeyArgs, "alias" | "at">) =>
    new EncryptionKey(`${product.name}-${purpose}`, { ...its, alias: keyAlias(product, purpose), at }, kept);
  const key = keyOf("data", {
    description: `What ${product.name} keeps`,
    services: ["sns.amazonaws.com"],
    logGroups: [`/landing-zone/${product.name}/*`, ...logGroups(product, where)],
    statements: [
      ...fargateStorageStatements(at, clusterNames(product)),
      ...(missesObjects(product) ? [missedRunsKey(at)] : []),
      ...keyStatements(product, where),
      ...deliveredFiles(product, where),
      ...restoreKeyStatements(zone, product, environment.name, at),
    ],
    // Backups of databases stay encrypted with it, and are of no use without.
    ...(isUnprotected ? { outlivesStack: true } : {}),
  });
  const operations = keyOf("operations", {
    description: `Logs of ${product.name}`,
    logGroups: operationsLogs(product),
  });
  const imageKey = keyOf("images", { description: `Images of ${product.name}` });
  const alarmTopics = alarmTopicsOf(product, at);
  for (const image of images(product))
    new ImageRepository(
      image,
      {
        repositoryName: repositoryName(product, image),
        keyArn: imageKey.arn,
        organizationId: zone.organization.ids.organization,
        ...(functionImages(product).includes(image)
          ? { functions: { at, namesBegin: `${product.name}-` } }
          : {}),
        ...(product.keepReleases === undefined ? {} : { keepReleases: product.keepReleases }),
        ...(isUnprotected ? { goesWithContents: true } : {}),
      },
      kept,
    );

  workloadLogs({ product, at, keyArn: operations.arn, retentionDays: environment.logRetentionDays }, kept);
  const keeping = {
    at,
    keyArn: key.arn,
    deletionProtection: environment.deletionProtection,
    multiZone: environment.multiZone,
    alarmTopics,
    ...(isUnprotected ? { goesWithContents: true } : {}),
  };
  missedRunsIn(product, keeping, kept);
  drillBuckets(zone, product, environment.name, where, keeping, kept);
  const made = makeData({
    zone,
    product,
    environment,
    opts: kept,
    where,
    publicZoneId: account.publicZoneId,
    keeping: { ...keeping, vpcId: account.vpcId, subnetIds: account.subnetIds.data },
  });

  const ways = waysIn({
    zone,
    stack,
    product,
    environment,
    where,
    account,
    upstream,
    kept,
    vpcOwner: owner,
    logKeyArn: operations.arn,
    alarmTopics,
    data: made,
  });

  return {
    vpcId: account.vpcId,
    taskSubnetIds: account.subnetIds.outbound,
    privateSubnetIds: account.subnetIds.private,
    serviceZoneId: account.serviceZoneId,
    taskNamespaceId: taskNamespace(product, where, account.vpcId, kept)?.namespaceId ?? null,
    logKeyArn: operations.arn,
    dataKeyArn: key.arn,
    securityGroupIds: Object.fromEntries(
      Object.entries(made).flatMap(([name, { securityGroupId }]) =>
        securityGroupId === undefined ? [] : [[name, securityGroupId]],
      ),
    ),
    fileSystems: Object.fromEntries(
      Object.entries(made).flatMap(([name, { fileSystem }]) =>
        fileSystem === undefined ? [] : [[name, fileSystem]],
      ),
    ),
    ways,
  };
}

/** Groups whose names AWS decides, beside the product's own. */
const operationsLogs = (product: Product): string[] => [
  ...workloadLogPatterns(product),
  firewallLogGroup(`${product.name}*`),
  ...(product.graphql === undefined ? [] : [graphqlLogGroups]),
];

/** The content delivery network reads files that are encrypted with the product's key. */
function deliveredFiles(product: Product, where: Where): Statement[] {
  const bucket = product.cdn?.files?.bucket;
  const name = bucket && shortNameOf(product, bucket);
  return bucket === undefined || name === undefined
    ? []
    : [contentDecrypts(where.at.accountId, [resourceName(product, name, bucket, where)])];
}
