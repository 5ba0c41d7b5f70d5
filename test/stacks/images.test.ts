/** The ways of images: built once, carried on, taken from nobody else. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentNames, type LandingZone, type Product } from "../../stacks/description";
import { accountOf } from "../../stacks/description/product-places";
import { buildsImages, imagesFrom, imagesTo } from "../../stacks/images";
import example from "../../stacks/landing-zone";
import { type StackDefinition, stacksOf } from "../../stacks/names";
import { planOfStacks } from "../landing-zone/plan-of";

const ids = example.organization.ids.accounts;
const baseline = (zone: LandingZone, account: string): StackDefinition => {
  const found = stacksOf(zone).find(({ name }) => name === `baseline-${account}`);
  assert.ok(found, account);
  return found;
};

describe("the images of the example", () => {
  it("go from dev to int and prod, and a product's own accounts have ways of their own", () => {
    const shown = (account: string) =>
      imagesTo(example, baseline(example, account)).map(({ to, prefixes }) => [to.accountId, prefixes]);
    const common = ["orders", "pricing", "shop", "statements"];
    assert.deepEqual(shown("dev"), [
      [ids.int, common],
      [ids.prod, common],
    ]);
    assert.deepEqual(shown("payments-dev"), [
      [ids["payments-int"], ["payments"]],
      [ids["payments-prod"], ["payments"]],
    ]);
    for (const account of ["int", "prod", "payments-int", "payments-prod"])
      assert.deepEqual(shown(account), []);
    assert.deepEqual(imagesFrom(example, baseline(example, "prod")), { [String(ids.dev)]: common });
    assert.deepEqual(imagesFrom(example, baseline(example, "dev")), {});
  });

  it("begin with approved bases where they are built, and every registry is scanned", async () => {
    const accounts = ["dev", "int", "prod", "payments-dev", "payments-int", "payments-prod"];
    const { stacks } = await planOfStacks(
      example,
      accounts.map(account => `baseline-${account}`),
    );
    for (const account of accounts) {
      const own = stacks
        .filter(({ name }) => name === `baseline-${account}`)
        .flatMap(({ resources }) => resources);
      const count = (type: string) => own.filter(its => its.type === type).length;
      const builds = account === "dev" || account === "payments-dev";
      assert.equal(count("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration"), 1, account);
      assert.equal(
        count("aws:ecr/replicationConfiguration:ReplicationConfiguration"),
        builds ? 1 : 0,
        account,
      );
      assert.equal(count("aws:ecr/registryPolicy:RegistryPolicy"), builds ? 0 : 1, account);
      assert.equal(count("aws:ecr/pullThroughCacheRule:PullThroughCacheRule"), builds ? 1 : 0, account);
    }
  });
});

describe("the images of any products", () => {
  const [template] = example.products;
  assert.ok(template);
  const products = fc
    .uniqueArray(
      fc.record({
        name: fc.constantFrom("a", "b", "c", "d"),
        environments: fc.subarray([...environmentNames], { minLength: 1 }),
        own: fc.boolean(),
      }),
      { minLength: 1, selector: ({ name }) => name },
    )
    .map(all =>
      all.map(
        ({ name, environments, own }): Product => ({
          ...template,
          name,
          environments,
          ...(own
            ? { accounts: Object.fromEntries(environments.map(its => [its, `payments-${its}`])) as never }
            : {}),
        }),
      ),
    );

  it("are taken wherever they are sent, and sent wherever they are taken, from their first environment on", () => {
    fc.assert(
      fc.property(products, its => {
        const zone: LandingZone = { ...example, products: its };
        for (const product of its) {
          const [first = "dev", ...later] = product.environments ?? [];
          const source = accountOf(zone, product, first);
          assert.ok(buildsImages(zone, source));
          for (const environment of environmentNames) {
            const target = accountOf(zone, product, environment);
            const sends = imagesTo(zone, baseline(zone, source)).some(
              ({ to, prefixes }) =>
                to.accountId === ids[target as keyof typeof ids] && prefixes.includes(product.name),
            );
            assert.equal(sends, later.includes(environment), `${product.name} ${environment}`);
            if (!(product.environments ?? []).includes(environment)) continue;
            const takes = imagesFrom(zone, baseline(zone, target))[ids[source as keyof typeof ids] ?? ""];
            assert.equal(takes?.includes(product.name) ?? false, later.includes(environment));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("wait for accounts that have no number yet", () => {
    const zone: LandingZone = {
      ...example,
      organization: {
        ...example.organization,
        accounts: {
          ...example.organization.accounts,
          int: { ...example.organization.accounts["int"], state: "vended" } as never,
        },
      },
    };
    assert.deepEqual(
      imagesTo(zone, baseline(zone, "dev")).map(({ to }) => to.accountId),
      [ids.prod],
    );
  });
});
