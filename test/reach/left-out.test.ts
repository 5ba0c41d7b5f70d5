import assert from "node:assert/strict";
import { mayHoldNetwork } from "../../cli/reach-command";
import { networkOf, overviewOf } from "../../reach";
import { isRead } from "../../reach/kinds";
import zone from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";
import { exampleStacks } from "./example";

/** What every account's regions have: a default VPC that is emptied, and that nothing leads to. */
const ofEmptiedVpcs = new Set([
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/defaultVpc:DefaultVpc",
]);

describe("stacks that are left out of a decision", function () {
  this.timeout(120_000);
  const definitions = stacksOf(zone);
  const parted = async () => {
    const stacks = await exampleStacks();
    const holds = (_: unknown, index: number) => mayHoldNetwork(definitions[index] ?? assert.fail());
    return { stacks, kept: stacks.filter(holds), out: stacks.filter((its, index) => !holds(its, index)) };
  };

  it("are there, and are of all layers that can hold no network", () => {
    const out = definitions.filter(stack => !mayHoldNetwork(stack)).map(({ layer }) => layer);
    assert.deepEqual([...new Set(out)].sort(), ["baseline", "delivery", "organization", "security"]);
  });

  it("register nothing that routes, filters or leads anywhere", async () => {
    const { out } = await parted();
    const found = out
      .flatMap(({ resources }) => resources)
      .filter(({ type, custom }) => custom && isRead(type) && !ofEmptiedVpcs.has(type))
      .map(({ urn }) => urn);
    assert.deepEqual(found, []);
  });

  it("hold nothing that stands in a subnet, and nothing that is not understood", async () => {
    const { out } = await parted();
    const { vpcs, subnets, places, attachments, relays, notUnderstood } = networkOf(out);
    assert.deepEqual(
      { subnets, places, attachments, relays, notUnderstood },
      {
        subnets: [],
        places: [],
        attachments: [],
        relays: [],
        notUnderstood: [],
      },
    );
    for (const { name, peers } of vpcs) assert.equal(peers.size, 0, name);
  });

  it("change no answer", async () => {
    const { stacks, kept } = await parted();
    assert.deepEqual(overviewOf(networkOf(kept)), overviewOf(networkOf(stacks)));
  });
});
