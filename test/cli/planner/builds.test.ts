/** Images that are built in an update: what a plan, which builds nothing, says of them. */
import assert from "node:assert/strict";
import type { Plan } from "../../../cli/planner";
import type { Product } from "../../../stacks/description";
import { cloud, planOfProducts, productInDev, stackOf, zoneOf } from "../../landing-zone/workload-zones";

const release = { dev: { build: "./services/api" }, int: "1.0.0", prod: "1.0.0" };
const { environments: _, ...parcels }: Product = productInDev("parcels", {
  services: {
    api: { release, port: 8443, path: "/parcels/*" },
    worker: { release: "1.0.0", image: "api" },
  },
  jobs: { close: { release, architecture: "x86_64" } },
  functions: { verify: { release } },
});

describe("the plan of images that are built", function () {
  this.timeout(60_000);
  let plan: Plan;
  before(async () => {
    plan = await planOfProducts(zoneOf(parcels), "judged", ["dev", "int"]);
  });

  const all = (environment: string) => stackOf(plan, `parcels-service-${environment}`);
  const builds = (environment: string) => all(environment).filter(({ type }) => type === "awsx:ecr:Image");
  const made = (environment: string, type: string, name: string) => {
    const found = cloud(all(environment)).find(its => its.type.endsWith(`:${type}`) && its.name === name);
    assert.ok(found, `${type} ${name} in ${environment}`);
    return found;
  };

  it("says from which folder each is built, for which processor, and where it is pushed", () => {
    assert.deepEqual(
      builds("dev").map(({ name, inputs }) => [name, inputs]),
      ["api", "close", "verify"].map(name => [
        name,
        {
          context: "./services/api",
          platform: name === "close" ? "linux/amd64" : "linux/arm64",
          repositoryUrl: `555566667777.dkr.ecr.eu-central-1.amazonaws.com/parcels/${name}`,
        },
      ]),
    );
    assert.deepEqual(builds("int"), []);
  });

  for (const [type, name, input] of [
    ["TaskDefinition", "api", "containerDefinitions"],
    ["TaskDefinition", "close", "containerDefinitions"],
    ["Function", "verify", "imageUri"],
  ] as const) {
    it(`does not know in dev which image ${name} will run, and says what decides it`, () => {
      const { inputs, dependencies } = made("dev", type, name);
      assert.equal(inputs[input], "[unknown]");
      const build = builds("dev").find(its => its.name === name);
      assert.ok(build && dependencies.some(urn => urn.startsWith(build.urn) || urn === build.urn), name);
    });

    it(`knows in int which image ${name} will run`, () =>
      assert.match(
        String(made("int", type, name).inputs[input]),
        new RegExp(`666677778888\\.dkr\\.ecr\\.eu-central-1\\.amazonaws\\.com/parcels/${name}:1\\.0\\.0`),
      ));
  }

  it("knows all that is beside: the worker of a tag, and every role", () => {
    assert.match(
      String(made("dev", "TaskDefinition", "worker").inputs["containerDefinitions"]),
      /parcels\/api:1\.0\.0/,
    );
    for (const { type, inputs, name } of cloud(all("dev")))
      if (type === "aws:iam/rolePolicy:RolePolicy") assert.notEqual(inputs["policy"], "[unknown]", name);
  });

  it("is judged: what can not be read yet is said to be undecided, and nothing else is said", () => {
    const said = (environment: string) =>
      plan.stacks
        .find(({ name }) => name === `parcels-service-${environment}`)
        ?.violations.map(({ level, urn, message }) =>
          [level, urn.split("::").at(-1), message.split(" ")[0]].join(" "),
        );
    assert.deepEqual([...new Set(said("dev"))].sort(), [
      "advisory api unknown:",
      "advisory close unknown:",
      "advisory verify unknown:",
    ]);
    // The state machine of a job names a revision of its task definition, which has no number yet.
    assert.deepEqual([...new Set(said("int"))], ["advisory close unknown:"]);
  });
});
