import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { iamArn, type Location } from "../components/location";
import type { LandingZone, Product } from "./description";
import { previewRole } from "./platform-names";

/** What a stack's resources are about; tags say it on each of them, and budgets and reports group by it. */
export interface Subject {
  readonly environment: string;
  readonly product: string;
  readonly team: string;
  readonly costCentre: string;
  readonly dataClass: string;
  /** Why it is not protected against deletion. */
  readonly unprotected?: string;
}

/** The subject of the layers that no product owns. */
export const platform = (zone: LandingZone, environment: string): Subject => ({
  environment,
  product: "landing-zone",
  team: zone.organization.team,
  costCentre: zone.organization.costCentre,
  dataClass: "internal",
});

/** The subject of a product's stacks. */
export const ofProduct = (
  { name, team, costCentre, dataClass, unprotected }: Product,
  environment: string,
): Subject => ({
  environment,
  product: name,
  team,
  costCentre,
  dataClass,
  ...(unprotected === undefined ? {} : { unprotected }),
});

/** What every resource is tagged with. */
export const tagsOf = (subject: Subject): Record<string, string> => ({
  environment: subject.environment,
  product: subject.product,
  team: subject.team,
  "cost-centre": subject.costCentre,
  "data-class": subject.dataClass,
  "managed-by": "pulumi",
  ...(subject.unprotected === undefined ? {} : { unprotected: subject.unprotected }),
});

export function locationOf(zone: LandingZone, account: string, region: string): Location {
  return { accountId: accountIdOf(zone, account), region };
}

/** The number of an account that has one; a stack of an account that has none is not planned. */
export function accountIdOf(zone: LandingZone, account: string): string {
  const accountId = zone.organization.ids.accounts[account];
  if (accountId === undefined) throw new Error(`the account "${account}" has no number`);
  return accountId;
}

/**
 * The door to one account: it takes a role of that account, and refuses to touch any other account, whatever
 * credentials it is given.
 *
 * With LANDING_ZONE_ACCESS=read-only in the environment it takes the account's previewRole, whatever is said here: a
 * preview and the search for drift need no more.
 *
 * @param role the platform's own unless said otherwise; products' stacks take the one that can do less.
 * @param name default: the account's.
 * @throws {pulumi.RunError} where LANDING_ZONE_ACCESS says anything else: it would deploy with rights that somebody
 *   thought away.
 */
export function accountProvider(
  zone: LandingZone,
  account: string,
  region: string,
  subject: Subject,
  { role = zone.organization.accessRole, name = account }: { role?: string; name?: string } = {},
): aws.Provider {
  const { roles } = zone.organization;
  const { accountId } = locationOf(zone, account, region);
  const taken = readOnly() ? previewRole : role;
  return new aws.Provider(name, {
    region: region as aws.Region,
    allowedAccountIds: [accountId],
    // In the management account the caller is at home: there is no such role.
    ...(account === roles.management
      ? {}
      : { assumeRoles: [{ roleArn: iamArn(accountId, `role/${taken}`), sessionName: "landing-zone" }] }),
    defaultTags: { tags: tagsOf(subject) },
  });
}

/** The variable of the environment that `--read-only` of `lz preview` and `lz refresh` sets. */
export const accessVariable = "LANDING_ZONE_ACCESS";

function readOnly(): boolean {
  const access = process.env[accessVariable];
  if (access === undefined || access === "") return false;
  if (access === "read-only") return true;
  throw new pulumi.RunError(`${accessVariable} is "${access}"; it must be "read-only", or not set at all`);
}
