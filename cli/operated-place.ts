/** Whose account a command goes to, held against the description before anything is asked of AWS. */
import {
  type Environment,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "../stacks/description";
import { accountOf, environmentsOf, livesIn } from "../stacks/description/product-places";
import { type workloadGroups, workloadsOf } from "../stacks/description/workloads";
import type { AwsCli, AwsOptions } from "./aws-cli";
import { describedProduct } from "./described-product";
import { UsageError } from "./failures";

export interface OperateOptions extends AwsOptions {
  readonly env: string;
}

export interface OperatedPlace {
  readonly zone: LandingZone;
  readonly product: Product;
  readonly environment: EnvironmentName;
  readonly its: Environment;
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
}

const listed = (names: readonly string[]): string => names.join(", ") || "none";

/** @throws {UsageError} for a product or an environment that there is not, and an account that has no number yet. */
export function operatedPlace(zone: LandingZone, productName: string, env: string): OperatedPlace {
  const product = describedProduct(zone, productName);
  const environment = environmentNames.find(name => name === env);
  if (environment === undefined)
    throw new UsageError(
      `--env ${env}: there is no environment "${env}"; there are: ${listed(environmentNames)}`,
    );
  if (!livesIn(product, environment))
    throw new UsageError(
      `${product.name} does not live in ${environment}; it lives in ${listed(environmentsOf(product))}`,
    );
  const account = accountOf(zone, product, environment);
  const accountId = zone.organization.ids.accounts[account];
  if (accountId === undefined)
    throw new UsageError(
      `${product.name} lives in the account ${account} in ${environment}, which has no number yet (it is ${zone.organization.accounts[account]?.state})`,
    );
  const its = zone.environments[environment];
  return { zone, product, environment, its, account, accountId, region: its.region };
}

type Group = (typeof workloadGroups)[number];

const singular = { services: "service", jobs: "job", functions: "function" } as const;

/** @throws {UsageError} which lists those of the kind there are, and says where the name is another kind's. */
export function requireWorkload(product: Product, name: string, groups: readonly Group[]): void {
  const group = workloadsOf(product).find(workload => workload.name === name)?.group;
  if (group !== undefined && groups.includes(group)) return;
  const wanted = groups
    .map(one => singular[one])
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1");
  const there = workloadsOf(product).flatMap(its => (groups.includes(its.group) ? [its.name] : []));
  throw new UsageError(
    `${product.name} has no ${wanted} "${name}"${group === undefined ? "" : `; that is a ${singular[group]}`}; there are: ${listed(there)}`,
  );
}

interface CallerIdentity {
  readonly Account: string;
  readonly Arn: string;
}

/**
 * Says where a command goes, and sees that the credentials are of that account.
 *
 * @returns the ARN of who calls.
 * @throws {UsageError} which names both accounts where they are not one.
 */
export function enter(place: OperatedPlace, aws: AwsCli): string {
  const { zone, product, environment, account, accountId, region } = place;
  aws.say(`${product.name} in ${environment}: account ${account} (${accountId}), ${region}`);
  const caller = aws.ask<CallerIdentity>(["sts", "get-caller-identity"], { Account: accountId, Arn: "" });
  if (aws.dryRun) aws.say(`goes on only if that is ${accountId}`);
  if (caller.Account === accountId) return caller.Arn;
  const [name] = Object.entries(zone.organization.ids.accounts).find(([, id]) => id === caller.Account) ?? [];
  const theirs =
    name === undefined
      ? `an account that the description does not name (${caller.Account})`
      : `the account ${name} (${caller.Account})`;
  throw new UsageError(
    `the credentials are of ${theirs}, and ${product.name} lives in the account ${account} (${accountId}) in ${environment}; name a profile of that account with --profile`,
  );
}
