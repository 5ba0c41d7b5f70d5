import assert from "node:assert/strict";
import type { PlannedResource, StackPlan } from "../../cli/planner";
import { checked, DescriptionError, type LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { planOfStacks } from "./plan-of";

const reason = "Bookings are made by the bank since May: CHANGE-1234";

const unprotected = (name: string, why?: string): LandingZone => ({
  ...example,
  products: example.products.map(product =>
    product.name === name && why !== undefined ? { ...product, unprotected: why } : product,
  ),
});

describe("a product that is unprotected", function () {
  this.timeout(180_000);
  const stacks = new Map<string, StackPlan>();
  const resources = (stack: string, type: string): PlannedResource[] =>
    (stacks.get(stack)?.resources ?? []).filter(resource => resource.type === type);

  before(async () => {
    const zone = unprotected("payments", reason);
    const both = {
      ...zone,
      products: unprotected("statements", reason).products.map(
        product =>
          zone.products.find(({ name, unprotected: why }) => name === product.name && why !== undefined) ??
          product,
      ),
    };
    const plan = await planOfStacks(both, [
      "statements-persistent-prod",
      "payments-persistent-prod",
      "payments-service-prod",
      "shop-persistent-prod",
    ]);
    for (const stack of plan.stacks) stacks.set(stack.name, stack);
  });

  it("has nothing that Pulumi protects, and others have", () => {
    const protectedIn = (name: string) =>
      (stacks.get(name)?.resources ?? []).filter(({ protect }) => protect);
    assert.deepEqual(
      protectedIn("statements-persistent-prod").map(({ urn }) => urn),
      [],
    );
    assert.deepEqual(
      protectedIn("payments-persistent-prod").map(({ urn }) => urn),
      [],
    );
    assert.ok(protectedIn("shop-persistent-prod").length > 10);
  });

  it("has nothing that AWS protects, in prod either", () => {
    const of = (type: string, input: string) =>
      ["statements-persistent-prod", "payments-persistent-prod"].flatMap(stack =>
        resources(stack, type).map(({ inputs }) => inputs[input]),
      );
    for (const [type, input] of [
      ["aws:dynamodb/table:Table", "deletionProtectionEnabled"],
      ["aws:rds/cluster:Cluster", "deletionProtection"],
      ["aws:lb/loadBalancer:LoadBalancer", "enableDeletionProtection"],
    ] as const) {
      assert.ok(of(type, input).length > 0, type);
      assert.deepEqual([...new Set(of(type, input))], [false], type);
    }
    assert.deepEqual(
      [
        ...new Set(
          resources("shop-persistent-prod", "aws:dynamodb/table:Table").map(
            ({ inputs }) => inputs["deletionProtectionEnabled"],
          ),
        ),
      ],
      [true],
    );
  });

  it("lets buckets and repositories go with what is in them", () => {
    const contents = (stack: string) => [
      ...new Set([
        ...resources(stack, "aws:s3/bucket:Bucket").map(({ inputs }) => inputs["forceDestroy"]),
        ...resources(stack, "aws:ecr/repository:Repository").map(({ inputs }) => inputs["forceDelete"]),
      ]),
    ];
    assert.deepEqual(contents("statements-persistent-prod"), [true]);
    assert.deepEqual(contents("shop-persistent-prod"), [false]);
  });

  it("leaves the key of its data behind, and no other thing", () => {
    const left = (stack: string) =>
      (stacks.get(stack)?.resources ?? [])
        .filter(({ retainOnDelete }) => retainOnDelete)
        .map(({ type, name }) => `${type} ${name}`);
    assert.deepEqual(left("statements-persistent-prod"), ["aws:kms/key:Key statements-data"]);
    assert.deepEqual(left("payments-persistent-prod"), ["aws:kms/key:Key payments-data"]);
  });

  it("is accepted by the policies that ask for protection, which say so", () => {
    for (const name of ["statements-persistent-prod", "payments-persistent-prod"]) {
      const { violations = [] } = stacks.get(name) ?? {};
      assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
        name,
      );
      const accepted = violations.filter(({ message }) =>
        message.endsWith(`for it is unprotected on purpose: ${reason}`),
      );
      assert.ok(accepted.length > 10);
      assert.ok(
        accepted.every(({ message, level }) => message.startsWith("accepted: ") && level === "advisory"),
      );
      assert.ok(accepted.some(({ policy }) => policy === "stateful-protected"));
    }
  });

  it("excuses no other product from them", () => {
    assert.ok(
      (stacks.get("shop-persistent-prod")?.violations ?? []).every(
        ({ message }) => !message.includes("on purpose"),
      ),
    );
  });

  it("says why, in words that may become a tag", () => {
    const faults = (why: string) => {
      try {
        checked(unprotected("statements", why));
        return "";
      } catch (error) {
        assert.ok(error instanceof DescriptionError);
        return error.message;
      }
    };
    assert.equal(faults(reason), "");
    assert.match(
      faults("because"),
      /products\.statements\.unprotected: "because"\n\s+must be the reason, in at least 20 characters/,
    );
    assert.match(
      faults("it is, to be honest, no more used"),
      /products\.statements\.unprotected[\s\S]*may hold letters, digits, blanks/,
    );
    assert.match(faults("x".repeat(257)), /must be at most 256 characters/);
  });
});
