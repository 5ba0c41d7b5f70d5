/** Restore drills: what each is told, and what of it is in the accounts that backups come from and go to. */
import type * as aws from "@pulumi/aws";
import { RestoreDrill } from "../components/delivery/restore-drill/restore-drill";
import { RestoreDrillEvidence } from "../components/delivery/restore-drill/restore-drill-evidence";
import { RestoreDrillSource } from "../components/delivery/restore-drill/restore-drill-source";
import {
  type DrillArgs,
  type DrilledThing,
  type DrillJob,
  drillName,
} from "../components/delivery/restore-drill/thing";
import { iamArn, type Location } from "../components/location";
import { shortName } from "../components/short-name";
import { restoreCopyDays } from "./backup-vaults";
import { hasStacks, type LandingZone, type Product, type Resource } from "./description";
import { inForce } from "./description/in-force";
import { accountOf, stateOf } from "./description/product-places";
import { type Drill, drillJob, drillOf, writes } from "./description/restore-drills";
import { resourceName } from "./kinds";
import type { StackDefinition } from "./names";
import { environmentOf, workloadAccount } from "./places";
import { backupRole, backupVault, loadBalancerLogBucket, platformAlarmTopics } from "./platform-names";
import { keyAlias, workloadName } from "./product-names";
import { locationOf } from "./providers";
import { restoreWay } from "./restoring";

/** A report stays for a year and the month in which the next year's audit is. */
const reportDays = 400;

const drills = "landing-zone-drill";
const machineName = (product: Product): string => `${drills}-${product.name}`;
const copyRole = (product: Product): string => `${drills}-copy-${product.name}`;
const logGroup = (product: string): string => `/aws/vendedlogs/states/${drills}-${product}`;
/** The alias of the key of an account's drills, without `alias/`. */
export const evidenceKey = "landing-zone/restore-drills";
const missedDrills = "landing-zone-missed-drills";

/** Where an account's reports are. */
export const evidenceBucket = ({ accountId, region }: Location): string =>
  `landing-zone-restore-drills-${accountId}-${region}`;

/** A drill that can be: both accounts are far enough in their lives. */
export interface PlannedDrill extends Drill {
  readonly product: Product;
  /** The accounts' names. */
  readonly source: string;
  readonly target: string;
  readonly args: DrillArgs;
}

export function plannedDrill(zone: LandingZone, product: Product): PlannedDrill | undefined {
  const drill = drillOf(zone, product);
  if (drill === undefined) return undefined;
  const source = accountOf(zone, product, drill.from);
  const target = accountOf(zone, product, drill.to);
  return [source, target].every(account => hasStacks(stateOf(zone, account), "product"))
    ? { ...drill, product, source, target, args: drillArgs(zone, product, drill, source, target) }
    : undefined;
}

function drillArgs(
  zone: LandingZone,
  product: Product,
  drill: Drill,
  source: string,
  target: string,
): DrillArgs {
  const { words, from, to } = drill;
  const place = (environment: typeof from, account: string) => ({
    environment,
    ...locationOf(zone, account, zone.environments[environment].region),
  });
  const sourcePlace = place(from, source);
  const targetPlace = place(to, target);
  const { mask, withoutMasking } = words;
  return {
    product: product.name,
    machineName: machineName(product),
    from: {
      ...sourcePlace,
      copyRoleArn: iamArn(sourcePlace.accountId, `role/${copyRole(product)}`),
    },
    to: targetPlace,
    vaultName: backupVault,
    backupRoleName: backupRole,
    copyDays: restoreCopyDays(zone.environments[to]),
    maxAgeHours: words.maxAgeHours ?? 48,
    dataKeyAlias: keyAlias(product, "data"),
    // The one that `BackupVault` makes in the baseline.
    vaultKeyAlias: "landing-zone/backups",
    things: drill.things.map(([name, resource]) => {
      const physical = (account: string, at: Location) =>
        resourceName(product, name, resource, { at, domain: workloadAccount(zone, account).domain });
      const own = physical(target, targetPlace);
      return thing(product, words, name, resource, { from: physical(source, sourcePlace), own });
    }),
    notRestored: notRestored(product, drill),
    mask:
      mask === undefined
        ? { withoutMasking: withoutMasking ?? `${product.dataClass} data needs no masking` }
        : jobOf(zone, product, drill, mask),
    test: jobOf(zone, product, drill, words.test),
    evidence: { bucketName: evidenceBucket(targetPlace), keyAlias: evidenceKey },
    topicName: `${drills}-${product.name}`,
    lockName: `/landing-zone/restore-drills/${product.name}`,
  };
}

function thing(
  product: Product,
  { mask, test }: Drill["words"],
  name: string,
  resource: Resource,
  { from, own }: { readonly from: string; readonly own: string },
): DrilledThing {
  const way = restoreWay(resource.kind);
  if (way === undefined || !("as" in way)) throw new Error(`nothing restores the ${resource.kind} ${name}`);
  const links = (job: string | undefined) =>
    (job === undefined ? undefined : product.jobs?.[job]?.uses)?.filter(link => link.resource === resource) ??
    [];
  const to = drillName(own);
  return {
    name,
    as: way.as,
    from,
    own,
    to,
    ...(way.as === "cluster" || way.as === "instance" ? { securityGroupName: to } : {}),
    masked: links(mask).some(writes),
    tested: links(test).length > 0,
  };
}

/** What a report says of the rest. */
function notRestored(product: Product, { words, things }: Drill): DrillArgs["notRestored"] {
  const restored = new Set(things.map(([name]) => name));
  return Object.entries(product.data ?? {}).flatMap(([name, { kind }]) => {
    const way = restoreWay(kind);
    if (restored.has(name) || way === undefined) return [];
    if ("nothing" in way) return [{ name, kind, why: way.nothing }];
    if ("byHand" in way) return [{ name, kind, why: `by hand: ${way.byHand}` }];
    return [{ name, kind, why: `restoreDrill.only names ${(words.only ?? []).join(", ")}` }];
  });
}

/** Pauses between tries are of ten minutes at most; see job-definition.ts. */
function jobOf(zone: LandingZone, product: Product, { to }: Drill, job: string): DrillJob {
  const { timeoutMinutes, retries } = inForce(zone, product, "jobs", job, to).words;
  return {
    job,
    stateMachineName: shortName(workloadName(product, drillJob(job)), 80),
    minutes: (timeoutMinutes + 10) * (retries + 1) + 15,
  };
}

const plannedIn = (zone: LandingZone): PlannedDrill[] =>
  zone.products.flatMap(product => {
    const drill = plannedDrill(zone, product);
    return drill === undefined ? [] : [drill];
  });

/** The drills that restore into an account of an environment. */
export const drillsInto = (zone: LandingZone, environment: string, account: string): PlannedDrill[] =>
  plannedIn(zone).filter(({ to, target }) => to === environment && target === account);

/** What an account has of the drills of its products: of those that restore here, and of those that copy from here. */
export function restoreDrillsIn(zone: LandingZone, stack: StackDefinition, provider: aws.Provider): void {
  const { name: environment, logRetentionDays } = environmentOf(zone, stack);
  const { account, region } = stack;
  const at = locationOf(zone, account, region);
  const alarmTopics = platformAlarmTopics(zone, region);
  const here = drillsInto(zone, environment, account);
  const evidence =
    here.length === 0
      ? undefined
      : new RestoreDrillEvidence(
          "restore-drills",
          {
            at,
            bucketName: evidenceBucket(at),
            keyAlias: evidenceKey,
            keepDays: reportDays,
            missedName: missedDrills,
            logGroups: logGroup("*"),
            accessLogs: loadBalancerLogBucket(at),
            alarmTopics,
          },
          { provider },
        );
  if (evidence !== undefined)
    for (const { product, words, args } of here)
      new RestoreDrill(
        `restore-drill-${product.name}`,
        {
          drill: args,
          roleName: machineName(product),
          schedule: {
            expression: words.schedule,
            ...(words.timezone === undefined ? {} : { timezone: words.timezone }),
            missedName: missedDrills,
          },
          keyArn: evidence.keyArn,
          notify: words.notify ?? [zone.organization.contacts.operations.email],
          logGroupName: logGroup(product.name),
          logRetentionDays,
          alarmTopics,
          after: [evidence],
        },
        { provider },
      );
  for (const { product, args } of plannedIn(zone).filter(
    ({ from, source }) => from === environment && source === account,
  ))
    new RestoreDrillSource(
      `restore-drill-${product.name}`,
      { drill: args, roleName: copyRole(product), machineRoleName: machineName(product) },
      { provider },
    );
}
