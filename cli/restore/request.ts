/** What `lz restore` is asked, held against the description: between which places it goes, or why it may not. */
import { iamArn } from "../../components/location";
import {
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  type Product,
} from "../../stacks/description";
import { accountOf, environmentsOf, livesIn, movesBetween } from "../../stacks/description/product-places";
import type { Where } from "../../stacks/kinds";
import { workloadAccount } from "../../stacks/places";
import { describedProduct } from "../described-product";
import { UsageError } from "../failures";

export interface RestoreOptions {
  readonly from: string;
  readonly to: string;
  /** A job of the product, run on what was restored before any service is. */
  readonly mask?: string;
  readonly withoutMasking?: string;
  /** Short names; absent: all that the product keeps. */
  readonly only?: readonly string[];
}

/** A product's account in one environment. */
export interface Place {
  readonly environment: EnvironmentName;
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
  /** Of the AWS CLI, and the role it takes. */
  readonly profile: string;
  readonly roleArn: string;
  readonly where: Where;
}

export interface RestoreRequest {
  readonly zone: LandingZone;
  readonly product: Product;
  readonly from: Place;
  readonly to: Place;
  readonly mask?: string;
  readonly withoutMasking?: string;
  readonly only?: readonly string[];
}

/** As many as any reason of the description. */
const reasonLength = 20;

/**
 * @throws {UsageError} for a product, environment, job or resource that there is not; for a restore over prod, over
 *   what is protected against deletion, or that environments do not agree on; and for data of people, unmasked.
 */
export function restoreRequest(
  zone: LandingZone,
  productName: string,
  options: RestoreOptions,
): RestoreRequest {
  const product = describedProduct(zone, productName);
  const from = environmentNamed("--from", options.from);
  const to = environmentNamed("--to", options.to);
  const move = from === to ? movesBetween(zone, product, to) : undefined;
  if (move === undefined) refuseTarget(zone, from, to);
  else refuseMove(zone, product, to, move);
  const places = {
    from: placeOf(zone, product, from, move?.from),
    to: placeOf(zone, product, to),
  };
  const data = Object.keys(product.data ?? {});
  for (const name of options.only ?? [])
    if (!data.includes(name))
      throw new UsageError(
        `--only ${name}: ${product.name} keeps no "${name}"; it keeps ${data.join(", ") || "nothing"}`,
      );
  requireMasking(product, options);
  return {
    zone,
    product,
    ...places,
    ...(options.mask === undefined ? {} : { mask: options.mask }),
    ...(options.withoutMasking === undefined ? {} : { withoutMasking: options.withoutMasking.trim() }),
    ...(options.only === undefined ? {} : { only: options.only }),
  };
}

function environmentNamed(option: string, name: string): EnvironmentName {
  const found = environmentNames.find(known => known === name);
  if (found === undefined)
    throw new UsageError(
      `${option} ${name}: there is no environment "${name}"; there are: ${environmentNames.join(", ")}`,
    );
  return found;
}

function refuseTarget({ environments }: LandingZone, from: EnvironmentName, to: EnvironmentName): void {
  if (from === to)
    throw new UsageError(
      `--from and --to are both ${from}; a restore goes from one to another, or, where \`moving\` says so, from an account to another`,
    );
  if (to === "prod")
    throw new UsageError(
      "--to prod: this command replaces what is there and never does so in prod; restore a recovery point beside it, by hand",
    );
  if (environments[to].deletionProtection)
    throw new UsageError(
      `--to ${to}: what ${to} keeps is protected against deletion (environments.${to}.deletionProtection), and a restore replaces it`,
    );
  if (environments[from].backup === undefined)
    throw new UsageError(
      `--from ${from}: nothing is backed up there; environments.${from} has no \`backup\` to restore`,
    );
  const agreed = environments[to].restoresFrom;
  if (agreed !== from)
    throw new UsageError(
      `--to ${to}: environments.${to}.restoresFrom is ${agreed === undefined ? "absent" : `"${agreed}"`}, so that its vaults let no copy of ${from} in; say restoresFrom: "${from}" and bring up the stacks of ${to}'s accounts`,
    );
}

/** Into an account that nothing runs in yet, what is there may be replaced, in prod as well. */
function refuseMove(
  { environments }: LandingZone,
  { name, unprotected }: Product,
  environment: EnvironmentName,
  { from, to, hasMoved }: { readonly from: string; readonly to: string; readonly hasMoved: boolean },
): void {
  if (!hasMoved)
    throw new UsageError(
      `${name} still lives in ${from} in ${environment}: say accounts: { ${environment}: "${to}" }, and put its persistent stack up there first`,
    );
  if (environments[environment].deletionProtection && unprotected === undefined)
    throw new UsageError(
      `--to ${environment}: what ${name} keeps in ${to} is protected against deletion, and a restore replaces it; say \`unprotected: "why"\` of the product until its data is there`,
    );
  if (environments[environment].backup === undefined)
    throw new UsageError(
      `--from ${environment}: nothing is backed up there; environments.${environment} has no \`backup\` to restore`,
    );
}

function placeOf(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
  account = accountOf(zone, product, environment),
): Place {
  if (!livesIn(product, environment))
    throw new UsageError(
      `${product.name} does not live in ${environment}; it lives in ${environmentsOf(product).join(", ")}`,
    );
  const accountId = zone.organization.ids.accounts[account];
  const state = zone.organization.accounts[account]?.state;
  if (accountId === undefined)
    throw new UsageError(
      `${product.name} lives in the account ${account} in ${environment}, which has no number yet (it is ${state})`,
    );
  const { region } = zone.environments[environment];
  return {
    environment,
    account,
    accountId,
    region,
    profile: account,
    roleArn: iamArn(accountId, `role/${zone.organization.accessRole}`),
    where: { at: { accountId, region }, domain: workloadAccount(zone, account).domain },
  };
}

function requireMasking(product: Product, { mask, withoutMasking }: RestoreOptions): void {
  const jobs = Object.keys(product.jobs ?? {});
  if (mask !== undefined && withoutMasking !== undefined)
    throw new UsageError("--mask and --without-masking exclude each other");
  if (mask !== undefined && !jobs.includes(mask))
    throw new UsageError(
      `--mask ${mask}: ${product.name} has no job "${mask}"; ${jobs.length === 0 ? "it has none: describe one among its `jobs`" : `it has ${jobs.join(", ")}`}`,
    );
  if (mask !== undefined && product.jobs?.[mask]?.on !== undefined)
    throw new UsageError(
      `--mask ${mask}: products.${product.name}.jobs.${mask} runs on objects, and a masking is not told of one; name a job without \`on\``,
    );
  if (withoutMasking !== undefined && withoutMasking.trim().length < reasonLength)
    throw new UsageError(
      `--without-masking "${withoutMasking}": must say why, in at least ${reasonLength} characters`,
    );
  const sensitive = product.dataClass === "confidential" || product.dataClass === "restricted";
  if (sensitive && mask === undefined && withoutMasking === undefined)
    throw new UsageError(
      `${product.name} keeps ${product.dataClass} data: name the job that masks it with --mask${jobs.length === 0 ? "" : ` (${jobs.join(", ")})`}, or say --without-masking "why nobody is harmed"`,
    );
}
