import assert from "node:assert/strict";
import { decide, type Network, type Party, partiesOf } from "../../reach";
import type { StackOfResources } from "../../reach/resource";
import { exampleStacks, networkIn } from "./example";

describe("a runner's network", function () {
  this.timeout(300_000);
  let network: Network;
  let parties: ReadonlyMap<string, Party>;
  before(async () => {
    const stacks: readonly StackOfResources[] = await exampleStacks();
    network = networkIn(stacks);
    parties = partiesOf(network);
  });
  const party = (name: string): Party => parties.get(name) ?? assert.fail(`there is no ${name}`);
  const decided = (from: string, to: string) => decide(network, party(from), party(to));

  it("is one that can be asked about, beside its account's and apart from it", () => {
    const names = (whole: string) => party(whole).interfaces.map(({ subnet }) => subnet?.vpc.name);
    assert.deepEqual([...new Set(names("runner-dev"))], ["runner"]);
    assert.ok(names("dev").includes("runner") && names("dev").includes("dev"));
    for (const name of ["runner-dev/runner", "runner-dev/runner-manager", "runner-dev/runner-workers"])
      assert.ok(parties.has(name), name);
  });

  for (const from of ["internet", "on-premises", "dev/private", "dev/outbound", "int", "prod"])
    it(`is not reached from ${from}`, () => {
      for (const to of ["runner-dev", "runner-dev/runner-manager", "runner-dev/runner-workers"])
        assert.equal(decided(from, to).reaches, false, to);
    });

  it("gives nothing in it a public address", () => {
    assert.ok(party("runner-dev").interfaces.every(its => its.public === false));
  });

  it("has its manager and its workers closed to what its route domain reaches", () => {
    for (const to of ["runner-dev/runner-manager", "runner-dev/runner-workers"])
      assert.equal(decided("shared", to).reaches, false, to);
  });

  it("lets the manager in where jobs run, and no job back to it", () => {
    assert.equal(decided("runner-dev/runner-manager", "runner-dev/runner-workers").reaches, true);
    assert.equal(decided("runner-dev/runner-workers", "runner-dev/runner-manager").reaches, false);
    assert.equal(decided("runner-dev/runner-workers", "runner-dev/runner-workers").reaches, false);
  });

  it("leaves by the hub, and gets into no environment by it", () => {
    for (const from of ["runner-dev/runner-manager", "runner-dev/runner-workers"]) {
      assert.equal(decided(from, "internet").reaches, true, from);
      for (const to of ["dev/private", "dev/outbound", "dev/data", "int/private", "int/data", "prod/data"])
        assert.equal(decided(from, to).reaches, false, `${from} to ${to}`);
    }
  });
});
