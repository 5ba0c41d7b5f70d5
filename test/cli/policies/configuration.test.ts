import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as fc from "fast-check";
import { type PolicyPackConfig, planStacks } from "../../../cli/planner";
import {
  agreedPolicyConfig,
  configText,
  policyConfigFile,
  readPolicyConfig,
  withWordsOf,
} from "../../../cli/policies/configuration";
import { policyPack, projectRoot } from "../../../cli/project";
import {
  checked,
  DescriptionError,
  type EnvironmentName,
  environmentNames,
  type LandingZone,
} from "../../../stacks/description";
import example from "../../../stacks/landing-zone";
import { ProjectCopy } from "../project-copy";

/** The example with these environments lenient, and no others. */
const lenientIn = (...names: readonly EnvironmentName[]): LandingZone => {
  const { dev, int, prod } = example.environments;
  const said = <E extends object>(name: EnvironmentName, environment: E) => {
    const { policies: _, ...rest } = environment as E & { policies?: "advisory" };
    return (names.includes(name) ? { ...rest, policies: "advisory" } : rest) as E;
  };
  return {
    ...example,
    environments: { dev: said("dev", dev), int: said("int", int), prod: said("prod", prod) },
  };
};

describe("the word `policies` of an environment", () => {
  const faults = (zone: LandingZone) => {
    try {
      checked(zone);
      return [];
    } catch (error) {
      assert.ok(error instanceof DescriptionError, String(error));
      return error.faults;
    }
  };

  it("is taken where it is not said, in dev and in int", () => {
    for (const zone of [lenientIn(), lenientIn("dev"), lenientIn("int"), lenientIn("dev", "int")])
      assert.deepEqual(faults(zone), []);
  });

  it("is refused in prod, with the reason and what to do instead", () => {
    const [fault, ...others] = faults(lenientIn("dev", "prod"));
    assert.deepEqual(others, []);
    assert.equal(fault?.path, "environments.prod.policies");
    assert.equal(fault?.value, "advisory");
    assert.match(fault?.problem ?? "", /customers depend on/);
    assert.match(fault?.problem ?? "", /policies\/exceptions\.ts/);
  });

  it("is refused where it says anything else", () => {
    for (const policies of ["mandatory", "disabled", "", null, true]) {
      const { environments } = example;
      const zone = { ...example, environments: { ...environments, dev: { ...environments.dev, policies } } };
      const found = faults(zone as unknown as LandingZone);
      assert.deepEqual(
        found.map(({ path }) => path),
        ["environments.dev.policies"],
      );
      assert.match(found[0]?.problem ?? "", /must be "advisory", or be left out/);
    }
  });
});

describe("the configuration of the policies", () => {
  const folder = mkdtempSync(join(tmpdir(), "landing-zone-"));
  const file = join(folder, "config.json");
  after(() => rmSync(folder, { recursive: true }));

  it("in the repository is what `lz policies --config` makes of the description", () => {
    assert.equal(readFileSync(policyConfigFile, "utf8"), configText(example));
    assert.deepEqual(agreedPolicyConfig(example), {
      "pack-settings": { environments: { dev: "advisory" } },
    });
  });

  it("names the environments that are lenient, and keeps what else is in it", () => {
    const rest = { all: "mandatory", "logs-retention": { enforcementLevel: "remediate" } } as const;
    const table: readonly (readonly [LandingZone, PolicyPackConfig, PolicyPackConfig])[] = [
      [lenientIn(), {}, {}],
      [lenientIn("int"), {}, { "pack-settings": { environments: { int: "advisory" } } }],
      [lenientIn(), { "pack-settings": { environments: { dev: "disabled" } }, ...rest }, rest],
      [
        lenientIn("dev"),
        { ...rest, "pack-settings": { unknownLevel: "mandatory", environments: { int: "advisory" } } },
        { "pack-settings": { unknownLevel: "mandatory", environments: { dev: "advisory" } }, ...rest },
      ],
      [
        lenientIn("dev"),
        { "pack-settings": "mandatory" },
        { "pack-settings": { enforcementLevel: "mandatory", environments: { dev: "advisory" } } },
      ],
    ];
    for (const [zone, before, after] of table) assert.deepEqual(withWordsOf(zone, before), after);
  });

  it("agrees once it is written, whatever was in it, and does not if another environment is lenient", () => {
    const names = fc.subarray([...environmentNames]);
    const level = fc.constantFrom("advisory", "mandatory", "disabled");
    const settings = fc.record(
      { unknownLevel: level, environments: fc.dictionary(fc.constantFrom(...environmentNames), level) },
      { requiredKeys: [] },
    );
    const before = fc.record({ "pack-settings": settings, "sqs-dlq": level }, { requiredKeys: [] });
    fc.assert(
      fc.property(names, names, before, (lenient, others, before) => {
        writeFileSync(file, JSON.stringify(before));
        const zone = lenientIn(...lenient);
        writeFileSync(file, configText(zone, file));
        assert.equal(readFileSync(file, "utf8"), configText(zone, file));
        const config = agreedPolicyConfig(zone, file);
        assert.deepEqual(config["sqs-dlq"], before["sqs-dlq"]);
        if (lenient.join() !== others.join())
          assert.throws(
            () => agreedPolicyConfig(lenientIn(...others), file),
            /the engine would judge otherwise/,
          );
      }),
      { numRuns: 60 },
    );
  });

  it("may be missing where no environment is lenient, and nowhere else", () => {
    const none = join(folder, "none.json");
    assert.deepEqual(agreedPolicyConfig(lenientIn(), none), {});
    assert.throws(
      () => agreedPolicyConfig(lenientIn("dev"), none),
      /says \{\} of the environments, and the description \{"dev":"advisory"\}/,
    );
  });

  it("is refused where it is no JSON, or no object", () => {
    for (const text of ["", "{", "[]", "null", '"advisory"', "7"]) {
      writeFileSync(file, text);
      assert.throws(() => readPolicyConfig(file), /can not be read from .*config\.json: /);
      assert.throws(() => agreedPolicyConfig(example, file), /can not be read/);
    }
  });

  it("is refused where it names no rule", async () => {
    for (const name of ["logs-retenton", "environments", "packsettings"])
      await assert.rejects(
        planStacks([], {
          project: "landing-zone",
          root: projectRoot,
          policyPack,
          policyConfig: withWordsOf(example, { [name]: "advisory" }),
        }),
        { name: "PolicyConfigError", message: new RegExp(`${name}: the pack has no rule of this name`) },
      );
  });
});

describe("a rule that allows leniency", () => {
  /** By rule: the level at which a log group that lacks a period and a key is told, where it is. */
  async function levels(stack: string, policyConfig: PolicyPackConfig): Promise<ReadonlyMap<string, string>> {
    const program = () => {
      const [environment = ""] = stack.split("-").slice(-1);
      const provider = new aws.Provider("here", {
        region: "eu-central-1",
        allowedAccountIds: ["111122223333"],
        defaultTags: { tags: { environment } },
      });
      new aws.cloudwatch.LogGroup("lacking", {}, { provider });
    };
    const { stacks } = await planStacks([{ name: stack, program }], {
      project: "landing-zone",
      root: projectRoot,
      policyPack,
      policyConfig,
    });
    return new Map(
      stacks.flatMap(({ violations }) => violations.map(({ policy, level }) => [policy, level] as const)),
    );
  }

  const table = [
    ["shop-service-dev", "advisory"],
    ["shop-service-int", "mandatory"],
    ["shop-service-prod", "mandatory"],
  ] as const;
  for (const [stack, level] of table)
    it(`is ${level} in ${stack} with the example's configuration, and others are mandatory`, async () => {
      const found = await levels(stack, agreedPolicyConfig(example));
      assert.equal(found.get("logs-retention"), level);
      assert.equal(found.get("logs-cmk"), "mandatory");
    });

  it("is mandatory in dev, too, where the description does not say the word", async () => {
    const found = await levels("shop-service-dev", withWordsOf(lenientIn(), agreedPolicyConfig(example)));
    assert.equal(found.get("logs-retention"), "mandatory");
  });

  it("is mandatory in prod whatever a configuration says", async () => {
    const config = { "pack-settings": { environments: { dev: "advisory", int: "disabled" } } };
    assert.equal((await levels("shop-service-prod", config)).get("logs-retention"), "mandatory");
    assert.equal((await levels("shop-service-int", config)).get("logs-retention"), undefined);
  });
});

describe("lz policies --config", function () {
  this.timeout(60_000);
  let project: ProjectCopy;
  before(() => {
    project = new ProjectCopy();
  });
  after(() => project.remove());

  it("brings the file up to the description, without which there is no plan", () => {
    project.change("stacks/landing-zone/environments.ts", 'policies: "advisory",', "");
    const refused = project.lz("plan", "organization");
    assert.equal(refused.status, 2);
    assert.match(
      refused.stderr,
      /policies\/config\.json says \{"dev":"advisory"\} of the environments, and the description \{\}/,
    );
    assert.match(refused.stderr, /`lz policies --config` writes it anew/);
    assert.doesNotMatch(refused.stderr, /\n\s+at /);

    assert.deepEqual(project.lz("policies", "--config", "-"), { status: 0, stdout: "{}\n", stderr: "" });
    assert.deepEqual(project.lz("policies", "--config"), { status: 0, stdout: "", stderr: "" });
    assert.equal(project.read("policies/config.json"), "{}\n");
    assert.equal(project.lz("plan", "organization").status, 0);
  });

  it("writes to another file by choice, and says when it can not", () => {
    const file = join(project.folder, "other.json");
    assert.equal(project.lz("policies", "--config", file).status, 0);
    assert.equal(project.read("other.json"), project.read("policies/config.json"));
    const failed = project.lz("policies", "--config", join(project.folder, "none", "other.json"));
    assert.equal(failed.status, 2);
    assert.match(failed.stderr, /can not be written/);
  });
});
