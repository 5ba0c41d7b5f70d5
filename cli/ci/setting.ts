/** What pipelines' files are made of: read from the description, so that they say what it says. */
import { iamArn } from "../../components/location";
import {
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "../../stacks/description";
import { inForce } from "../../stacks/description/in-force";
import { deploysTo } from "../../stacks/description/pipelines";
import { accountOf, livesIn } from "../../stacks/description/product-places";
import { drillOf } from "../../stacks/description/restore-drills";
import { workloadsOf } from "../../stacks/description/workloads";
import { applyRole, planRole, pushRole, runnerTag, testRole } from "../../stacks/platform-names";
import { imageOf, repositoryName } from "../../stacks/product-names";
import { testJob } from "../../stacks/release-roles";
import { plannedDrill } from "../../stacks/restore-drills";

export const platforms = ["gitlab", "github"] as const;
export type Platform = (typeof platforms)[number];

/** What is deployed by one role: an environment, or what all of them share. */
export type Scope = EnvironmentName | "shared";
export const scopes: readonly Scope[] = ["shared", ...environmentNames];

/** A product in an environment that it lives in, whose account has a number. */
export interface Stop {
  readonly product: string;
  readonly environment: EnvironmentName;
  readonly accountId: string;
  readonly region: string;
  /** The job that tries a release: the one that is called `test`. */
  readonly test?: string;
  /** A release is tried on restored data, too: the environment is int, and the product's restore drill restores there. */
  readonly drill: boolean;
  /** Where a release comes from, and where it goes on to. */
  readonly before?: EnvironmentName;
  readonly next?: EnvironmentName;
}

export interface PushedImage {
  readonly product: string;
  readonly workload: string;
  readonly repository: string;
  /** As Docker says it. */
  readonly platform: string;
  /** Where images of the product are pushed first. */
  readonly stop: Stop;
}

/** A product whose data of another environment comes into int before a release. */
export interface Restored {
  readonly product: string;
  readonly from: EnvironmentName;
  readonly to: EnvironmentName;
  readonly mask?: string;
  readonly withoutMasking?: string;
}

export interface Setting {
  readonly platform: Platform;
  /** Absent: the description does not let this platform's pipelines in, which look, therefore, and do not deploy. */
  readonly deploys?: {
    readonly repository: string;
    readonly audience: string;
    /** Jobs have their runner's role, where AWS can not reach who issues tokens. */
    readonly byRunner: boolean;
    /** Those that these pipelines deploy; there may be none. */
    readonly environments: readonly EnvironmentName[];
    /** What all environments share is deployed, too: with prod. */
    readonly shared: boolean;
    readonly roles: Readonly<Record<Scope | "plan", string>>;
    readonly stops: readonly Stop[];
    readonly images: readonly PushedImage[];
    readonly restored: readonly Restored[];
  };
  readonly host: string;
  readonly branches: Readonly<Record<EnvironmentName, string>>;
  readonly region: string;
  /** By environment: the tag of its own runner, and what its workers are. */
  readonly runners: Readonly<
    Partial<Record<EnvironmentName, { readonly tag: string; readonly kind: "spot" | "fargate" }>>
  >;
}

const usualBranches = { dev: "main", int: "release", prod: "production" };

export function settingOf(zone: LandingZone, platform: Platform): Setting {
  const { organization, environments } = zone;
  const described = organization.pipelines.find(one => one.platform === platform);
  const branches = (described ?? organization.pipelines[0])?.branches ?? usualBranches;
  const own = environmentNames.flatMap(name => {
    const { runner } = environments[name];
    return runner === undefined ? [] : [[name, { tag: runnerTag(name), kind: runner.workers.kind }] as const];
  });
  const management = organization.ids.accounts[organization.roles.management];
  const base: Setting = {
    platform,
    host: described?.platform === "gitlab" ? described.issuer : "gitlab.com",
    branches,
    region: organization.region,
    runners: platform === "gitlab" ? Object.fromEntries(own) : {},
  };
  if (described === undefined || described.platform === "codePipeline" || management === undefined)
    return base;
  const stops = stopsOf(zone);
  const byRunner = described.tokens === "runner";
  const role = (name: string) => iamArn(management, `role/${name}`);
  return {
    ...base,
    deploys: {
      repository: described.repository,
      audience: described.audience,
      byRunner,
      environments: environmentNames.filter(name => deploysTo(described, name)),
      shared:
        deploysTo(described, "shared") && (!byRunner || environments.prod.runner?.deploysShared === true),
      roles: {
        plan: role(planRole),
        shared: role(applyRole("shared")),
        dev: role(applyRole("dev")),
        int: role(applyRole("int")),
        prod: role(applyRole("prod")),
      },
      stops,
      images: imagesOf(zone, stops),
      restored: restoredIn(zone),
    },
  };
}

function stopsOf(zone: LandingZone): Stop[] {
  return zone.products.flatMap(product => {
    const way = environmentNames.filter(name => livesIn(product, name));
    return way.flatMap((environment, index): Stop[] => {
      const accountId = zone.organization.ids.accounts[accountOf(zone, product, environment)];
      const [before, next] = [way[index - 1], way[index + 1]];
      if (accountId === undefined) return [];
      return [
        {
          product: product.name,
          environment,
          accountId,
          region: zone.environments[environment].region,
          ...(product.jobs?.[testJob] === undefined ? {} : { test: testJob }),
          drill: environment === "int" && plannedDrill(zone, product)?.to === "int",
          ...(before === undefined ? {} : { before }),
          ...(next === undefined ? {} : { next }),
        },
      ];
    });
  });
}

function imagesOf(zone: LandingZone, stops: readonly Stop[]): PushedImage[] {
  return zone.products.flatMap(product => {
    const stop = stops.find(({ product: its, before }) => its === product.name && before === undefined);
    if (stop === undefined) return [];
    return workloadsOf(product)
      .filter(({ words }) => words.release !== undefined)
      .map(({ group, name, words }) => ({
        product: product.name,
        workload: name,
        repository: repositoryName(product, imageOf(name, words)),
        platform: platformOf(zone, product, group, name, stop.environment),
        stop,
      }));
  });
}

function platformOf(
  zone: LandingZone,
  product: Product,
  group: "services" | "jobs" | "functions",
  name: string,
  environment: EnvironmentName,
): string {
  const { architecture } = inForce(zone, product, group, name, environment).words;
  return architecture === "arm64" ? "linux/arm64" : "linux/amd64";
}

function restoredIn(zone: LandingZone): Restored[] {
  return zone.products.flatMap(product => {
    const drill = drillOf(zone, product);
    if (drill === undefined || drill.to !== "int") return [];
    const { mask, withoutMasking } = drill.words;
    return [
      {
        product: product.name,
        from: drill.from,
        to: drill.to,
        ...(mask === undefined ? {} : { mask }),
        ...(withoutMasking === undefined ? {} : { withoutMasking }),
      },
    ];
  });
}

/** The role that tries releases of a product's, and looks at what its images are made of. */
export const testRoleArn = ({ accountId }: Stop): string => iamArn(accountId, `role/${testRole}`);

export const pushRoleArn = ({ product, accountId }: Stop): string =>
  iamArn(accountId, `role/${pushRole(product)}`);

/** The scopes whose stacks these pipelines deploy. */
export const deployedScopes = ({ environments, shared }: NonNullable<Setting["deploys"]>): Scope[] =>
  scopes.filter(scope => (scope === "shared" ? shared : environments.includes(scope)));

/** What is deployed by a merge to a branch, in order; what is shared goes with prod. */
export const scopesOf = ({ branches }: Setting, branch: string): Scope[] =>
  scopes.filter(scope => branches[scope === "shared" ? "prod" : scope] === branch);

/** Every branch that deploys, once. */
export const branchesOf = ({ branches }: Setting): string[] => [
  ...new Set(environmentNames.map(name => branches[name])),
];
