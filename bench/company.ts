/** Companies of any size, made from the example. */
import type { Account, LandingZone, Product } from "../stacks/description";
import example from "../stacks/landing-zone";

/** Accounts that are the platform's; then come dev, int and prod. */
const platform = ["management", "log-archive", "audit", "network"] as const;

/**
 * The example's organization with so many accounts, five at least: the platform's four, one for each environment, and
 * then three a product with one service. With fewer than seven, some environments' accounts are still to come.
 */
export function companyOf(count: number): LandingZone {
  const { organization, environments, network } = example;
  const environmentsAccounts = ["dev", "int", "prod"].map((name, index): [string, Account] => [
    name,
    {
      ...(organization.accounts[name] as Account),
      state: platform.length + index < count ? "live" : "vended",
    },
  ]);
  const own = Array.from({ length: Math.max(0, count - 7) }, (_, index): [string, Account] => {
    const environment = (["dev", "int", "prod"] as const)[index % 3] ?? "dev";
    const product = Math.floor(index / 3);
    // An environment's /12 has 256 /20s; the first sixteen are its own account's.
    const block = 16 + product;
    const first = { dev: 16, int: 32, prod: 48 }[environment];
    const name = `p${product}-${environment}`;
    return [
      name,
      {
        state: "live",
        email: `aws+${name}@example.com`,
        unit: `Workloads/${environment}`,
        domain: `${name}.example.com`,
        addresses: `10.${first + Math.floor(block / 16)}.${(block % 16) * 16}.0/20`,
      },
    ];
  });
  const accounts = Object.fromEntries([
    ...platform.map((name): [string, Account] => [name, organization.accounts[name] as Account]),
    ...environmentsAccounts,
    ...own,
  ]);
  return {
    environments,
    network,
    organization: {
      ...organization,
      accounts,
      ids: {
        ...organization.ids,
        accounts: Object.fromEntries(
          Object.entries(accounts)
            .filter(([, { state }]) => state === "live")
            .map(([name], index) => [
              name,
              organization.ids.accounts[name] ?? String(100_000_000_000 + index),
            ]),
        ),
      },
    },
    products: productsIn(own.map(([name]) => name)),
  };
}

function productsIn(accounts: readonly string[]): Product[] {
  const names = [...new Set(accounts.map(name => name.split("-")[0] ?? ""))];
  return ["shared", ...names].map(name => {
    const its = (["dev", "int", "prod"] as const).filter(environment =>
      accounts.includes(`${name}-${environment}`),
    );
    return {
      name,
      team: "builders",
      costCentre: "cc-2000",
      dataClass: "internal",
      ...(name === "shared"
        ? {}
        : {
            environments: its,
            accounts: Object.fromEntries(its.map(environment => [environment, `${name}-${environment}`])),
          }),
      services: { api: { release: "1.0.0", port: 8443, path: "/*" } },
    };
  });
}
