/**
 * What a stack's program looks up in the description. The description has been checked, and a stack's definition is
 * made from it, so that a miss is a mistake of this program and not of the description's author.
 */
import type { Account, Environment, EnvironmentName, LandingZone, Product } from "./description";
import type { StackDefinition } from "./names";

export function environmentOf(
  zone: LandingZone,
  stack: StackDefinition,
): Environment & { name: EnvironmentName } {
  const { environment: name } = stack;
  if (name === undefined) throw new Error(`the stack ${stack.name} belongs to no environment`);
  return { ...zone.environments[name], name };
}

export function productOf(zone: LandingZone, stack: StackDefinition): Product {
  const product = zone.products.find(({ name }) => name === stack.product);
  if (product === undefined) throw new Error(`the stack ${stack.name} belongs to no product`);
  return product;
}

/** The environment as a product has it: nothing of one that is unprotected is protected against deletion. */
export const environmentFor = (
  zone: LandingZone,
  stack: StackDefinition,
  { unprotected }: Product,
): ReturnType<typeof environmentOf> => {
  const environment = environmentOf(zone, stack);
  return unprotected === undefined ? environment : { ...environment, deletionProtection: false };
};

export type WorkloadAccount = Account & { readonly domain: string } & (
    | { readonly addresses: string; readonly subnetsOf?: never }
    | { readonly addresses?: never; readonly subnetsOf: string }
  );

/** An account that workloads are put in, which therefore has a domain, and either addresses or another's subnets. */
export function workloadAccount(zone: LandingZone, name: string): WorkloadAccount {
  const account = zone.organization.accounts[name];
  if (
    account?.domain === undefined ||
    (account.addresses === undefined) === (account.subnetsOf === undefined)
  )
    throw new Error(
      `the account ${name} has no domain, or not either addresses or another account's subnets`,
    );
  return account as WorkloadAccount;
}
