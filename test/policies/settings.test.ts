import assert from "node:assert/strict";
import { Resource } from "../../policies/graph";
import { faultIn } from "../../policies/known-names";
import type { ResourceRule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { environmentOf, levelOf, settingsPolicy, unknownLevelOf } from "../../policies/settings";
import { unknown } from "./judge";

const rule: ResourceRule = {
  name: "queue-named",
  theme: "governance-and-cost",
  title: "A queue has a name",
  why: "People look for it",
  fix: "set name",
  severity: "low",
  level: "mandatory",
  controls: [],
  types: ["aws:sqs/queue:Queue"],
  check() {},
};
const lenient: ResourceRule = { ...rule, leniency: "dev" };

/** @param tag what the provider tags everything with. */
function queueIn(stack: string, tag?: unknown, own?: string): Resource {
  const urn = `urn:pulumi:${stack}::landing-zone::aws:sqs/queue:Queue::orders`;
  return new Resource({
    type: "aws:sqs/queue:Queue",
    name: "orders",
    urn,
    props: own === undefined ? {} : { tags: { environment: own } },
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: {} as never,
      additionalSecretOutputs: [],
    },
    ...(tag !== undefined && {
      provider: {
        type: "pulumi:providers:aws",
        name: "dev",
        urn,
        props: { defaultTags: tag === unknown ? unknown : JSON.stringify({ tags: { environment: tag } }) },
      },
    }),
  });
}

/** As the SDK asks: with what the engine has configured. */
function configure(settings: object): void {
  const { validateResource } = settingsPolicy;
  assert.ok(typeof validateResource === "function");
  const args = { getConfig: () => settings } as unknown as Parameters<typeof validateResource>[0];
  validateResource(args, () => assert.fail("nothing is wrong"));
}

describe("the settings of the pack", () => {
  afterEach(() => configure({}));

  it("know an environment by its provider's tag, else by the stack's name, and production by either", () => {
    const table: readonly (readonly [Resource, string])[] = [
      [queueIn("shop-service-dev"), "dev"],
      [queueIn("shop-service-dev", "int"), "int"],
      [queueIn("shop-service-prod", "dev"), "prod"],
      [queueIn("shop-service-dev", "prod"), "prod"],
      [queueIn("shop-service-dev", unknown), "prod"],
      [queueIn("shop-service-prod", undefined, "dev"), "prod"],
      [queueIn("organization"), "organization"],
    ];
    for (const [resource, environment] of table) assert.equal(environmentOf(resource), environment);
  });

  it("leave every rule as it is where they say nothing", () => {
    assert.equal(levelOf(lenient, {}, queueIn("shop-service-dev", "dev")), undefined);
    assert.equal(unknownLevelOf(rule, {}, undefined), "advisory");
  });

  it("make rules that may be lenient advice in the environments that they name, and no others", () => {
    configure({ environments: { dev: "advisory" } });
    assert.equal(levelOf(lenient, {}, queueIn("shop-service-dev", "dev")), "advisory");
    assert.equal(levelOf(rule, {}, queueIn("shop-service-dev", "dev")), undefined);
    assert.equal(levelOf(lenient, {}, queueIn("shop-service-int", "int")), undefined);
    assert.equal(levelOf(lenient, {}, queueIn("shop-service-prod", "prod")), undefined);
    assert.equal(levelOf(lenient, {}, undefined), undefined);
  });

  it("are never lenient in production, whatever they say", () => {
    configure({ environments: { prod: "advisory" } });
    const resource = queueIn("shop-service-prod", "prod");
    assert.equal(levelOf(lenient, { environments: { prod: "disabled" } }, resource), undefined);
  });

  it("give way to what is said of the rule itself", () => {
    configure({ environments: { dev: "advisory" }, unknownLevel: "advisory" });
    const own = { environments: { dev: "disabled" }, unknownLevel: "mandatory" } as const;
    assert.equal(levelOf(rule, own, queueIn("shop-service-dev", "dev")), "disabled");
    assert.equal(unknownLevelOf(rule, own, undefined), "mandatory");
  });

  it("refuse what is not known where they say so, but no more than the rule itself would", () => {
    configure({ unknownLevel: "mandatory" });
    assert.equal(unknownLevelOf(rule, {}, undefined), "mandatory");
    assert.equal(unknownLevelOf(rule, {}, "advisory"), "advisory");
    assert.equal(unknownLevelOf({ ...rule, level: "advisory" }, {}, undefined), "advisory");
  });
});

describe("the rules that may be lenient", () => {
  const lenientOnes = rules.filter(({ leniency }) => leniency !== undefined);

  it("are about what makes things last, what is kept and what it costs, and about nothing that keeps them closed", () => {
    assert.ok(lenientOnes.length > 15);
    const allowed = ["resilience-and-backup", "governance-and-cost"];
    // Of logging: how long, not whether.
    const others = ["logs-retention", "ecs-cluster-container-insights"];
    assert.deepEqual(
      lenientOnes.filter(({ name, theme }) => !allowed.includes(theme) && !others.includes(name)),
      [],
    );
  });

  it("are mandatory elsewhere: leniency of advice would say nothing", () =>
    assert.deepEqual(
      lenientOnes.filter(({ level }) => level !== "mandatory"),
      [],
    ));

  it("leave alone what keeps thieves from backups, and what says whose a resource is", () => {
    const names = new Set(lenientOnes.map(({ name }) => name));
    for (const name of [
      "backup-vault-lock",
      "backup-vault-no-force-destroy",
      "kms-deletion-window",
      "stateful-protected",
      "tags-required",
      "provider-account-pinned",
      "security-props-not-ignored",
    ]) {
      assert.ok(
        rules.some(rule => rule.name === name),
        name,
      );
      assert.ok(!names.has(name), name);
    }
  });
});

describe("the names in a configuration", () => {
  const names = ["s3-bucket-encryption", "logs-retention", "pack-settings"];

  it("are those of rules, or all", () => assert.equal(faultIn(["all", ...names], names), undefined));

  it("are refused where they are no rule's, with the rule that may be meant", () =>
    assert.equal(
      faultIn(["s3-bukcet-encryption", "logs-retention", "nonsense"], names),
      "the configuration names s3-bukcet-encryption (is it s3-bucket-encryption?), nonsense: no rule of this pack is called so",
    ));
});
