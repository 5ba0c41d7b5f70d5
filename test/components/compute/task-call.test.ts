import assert from "node:assert/strict";
import fc from "fast-check";
import { TaskCall } from "../../../components/compute/task-call";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const ends = (from: string, to: string) => ({
  from: { what: `the tasks of ${from}`, securityGroupId: `sg-${from}` },
  to: { what: `the tasks of ${to}`, securityGroupId: `sg-${to}` },
});

describe("a call between tasks", () => {
  it("is let out of the one group and into the other, by one port and no further", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 65_535 }), async port => {
        const stack = await planned(() => {
          new TaskCall("a-to-b", { ...ends("a", "b"), port });
          // And back: two services may call each other.
          new TaskCall("b-to-a", { ...ends("b", "a"), port });
        });
        for (const [type, own, other] of [
          ["SecurityGroupEgressRule", 0, 1],
          ["SecurityGroupIngressRule", 1, 0],
        ] as const)
          assert.deepEqual(
            stack
              .all(type)
              .map(({ inputs }) => [
                inputs["securityGroupId"],
                inputs["referencedSecurityGroupId"],
                inputs["cidrIpv4"],
                inputs["ipProtocol"],
                inputs["fromPort"],
                inputs["toPort"],
              ]),
            [
              ["sg-a", "sg-b"],
              ["sg-b", "sg-a"],
            ].map(pair => [pair[own], pair[other], undefined, "tcp", port, port]),
          );
        assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
      }),
      { numRuns: 10 },
    );
  });

  it("says in either group what the other is", async () => {
    const stack = await planned(() => new TaskCall("a-to-b", { ...ends("a", "b"), port: 8443 }));
    assert.equal(stack.one("SecurityGroupEgressRule").inputs["description"], "Calls to the tasks of b");
    assert.equal(stack.one("SecurityGroupIngressRule").inputs["description"], "Calls from the tasks of a");
  });

  for (const port of [0, 65_536, 1.5, Number.NaN])
    it(`refuses the port ${port}`, async () => {
      await planned(() => {
        assert.throws(
          () => new TaskCall("a-to-b", { ...ends("a", "b"), port }),
          new RegExp(`port is ${port}; it must be a whole number from 1 to 65535`),
        );
      });
    });

  it("passes the policies", async () => {
    assert.deepEqual(
      await refusals(await planned(() => new TaskCall("a-to-b", { ...ends("a", "b"), port: 8443 }))),
      [],
    );
  });
});
