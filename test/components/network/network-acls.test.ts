import assert from "node:assert/strict";
import fc from "fast-check";
import { type AclRole, NetworkAcls, type NetworkAclsArgs } from "../../../components/network/network-acls";
import { refusals } from "../logs/judged";
import { type Planned, planned } from "../planned";

const ranges = ["10.16.0.0/16", "100.64.0.0/16"];
const subnetIds = { data: ["subnet-d"], transit: ["subnet-t"], ingress: ["subnet-i"] };
const lists = (more: Partial<NetworkAclsArgs> = {}) =>
  planned(() => new NetworkAcls("net", { vpcId: "vpc-1", ranges, subnetIds, ...more }));

interface Rule {
  readonly ruleNo: number;
  readonly action: string;
  readonly protocol: string;
  readonly cidrBlock: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
}
interface Packet {
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly address: string;
  readonly port?: number;
}
const rulesOf = (stack: Planned, role: AclRole, direction: "ingress" | "egress") =>
  stack.one("NetworkAcl", `net-${role}`).inputs[direction] as unknown as Rule[];

const number = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const holds = (range: string, address: string) => {
  const [first = "", length] = range.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(first) / size) === Math.floor(number(address) / size);
};

/** As AWS does it: the first rule that meets the packet decides, and none means no. */
function passes(rules: readonly Rule[], { protocol, address, port = 0 }: Packet): boolean {
  const first = [...rules]
    .sort((a, b) => a.ruleNo - b.ruleNo)
    .find(rule => {
      if (!holds(rule.cidrBlock, address)) return false;
      if (rule.protocol === "-1") return true;
      if (rule.protocol !== protocol) return false;
      return protocol === "icmp"
        ? rule.icmpType === 3 && rule.icmpCode === 4
        : rule.fromPort <= port && port <= rule.toPort;
    });
  return first?.action === "allow";
}

const address = fc.ipV4();
const port = fc.integer({ min: 0, max: 65535 });
const protocol = fc.constantFrom("tcp", "udp");

describe("network access control lists", () => {
  it("are one a role, for its subnets", async () => {
    const stack = await lists();
    for (const [role, ids] of Object.entries(subnetIds)) {
      const { inputs } = stack.one("NetworkAcl", `net-${role}`);
      assert.deepEqual([inputs["vpcId"], inputs["subnetIds"]], ["vpc-1", ids]);
    }
    assert.equal(stack.all("NetworkAcl").length, 3);
  });

  for (const role of ["data", "transit", "ingress"] as const)
    it(`are made for ${role} alone, and for others not`, async () => {
      const stack = await lists({ subnetIds: { [role]: ["subnet-1"] } });
      assert.deepEqual(
        stack.all("NetworkAcl").map(({ name }) => name),
        [`net-${role}`],
      );
    });

  it("have numbers of their own, with gaps, and no more rules than AWS takes", async () => {
    const stack = await lists({ ranges: Array.from({ length: 20 }, (_, index) => `10.${index}.0.0/16`) });
    for (const role of ["data", "transit", "ingress"] as const)
      for (const direction of ["ingress", "egress"] as const) {
        const numbers = rulesOf(stack, role, direction).map(({ ruleNo }) => ruleNo);
        assert.equal(new Set(numbers).size, numbers.length);
        assert.ok(numbers.length <= 20);
        assert.deepEqual(
          numbers,
          numbers.map((_, index) => 100 + 10 * index),
        );
      }
  });

  for (const direction of ["ingress", "egress"] as const) {
    it(`of data let all of the VPC's ranges through and nothing else: ${direction}`, async () => {
      const rules = rulesOf(await lists(), "data", direction);
      fc.assert(
        fc.property(address, port, protocol, (address, port, protocol) => {
          const own = ranges.some(range => holds(range, address));
          assert.equal(passes(rules, { address, port, protocol }), own);
        }),
        {
          examples: [
            ["10.16.255.255", 5432, "tcp"],
            ["10.17.0.0", 5432, "tcp"],
            ["100.64.1.1", 1, "udp"],
          ],
        },
      );
    });

    it(`of transit let private addresses through and nothing else: ${direction}`, async () => {
      const rules = rulesOf(await lists(), "transit", direction);
      const isPrivate = (address: string) =>
        address.startsWith("10.") ||
        address.startsWith("192.168.") ||
        /^172\.(1[6-9]|2\d|3[01])\./.test(address);
      fc.assert(
        fc.property(address, port, protocol, (address, port, protocol) => {
          assert.equal(passes(rules, { address, port, protocol }), isPrivate(address));
        }),
        {
          examples: [
            ["10.0.0.1", 443, "tcp"],
            ["172.15.255.255", 443, "tcp"],
            ["172.31.255.255", 443, "tcp"],
            ["172.32.0.0", 443, "tcp"],
            ["192.168.1.1", 53, "udp"],
            ["192.169.0.0", 53, "udp"],
            ["203.0.113.7", 443, "tcp"],
          ],
        },
      );
    });

    it(`of ingress let TLS, HTTP and answers through and nothing else: ${direction}`, async () => {
      const rules = rulesOf(await lists(), "ingress", direction);
      fc.assert(
        fc.property(address, port, (address, port) => {
          const open = port === 443 || port === 80 || port >= 1024;
          const closed = direction === "ingress" && port === 3389;
          assert.equal(passes(rules, { address, port, protocol: "tcp" }), open && !closed);
          assert.equal(passes(rules, { address, port, protocol: "udp" }), false);
        }),
        {
          examples: [22, 25, 80, 443, 1023, 1024, 3388, 3389, 3390, 65535].map(port => ["203.0.113.7", port]),
        },
      );
    });

    it(`let large packets be answered: ${direction}`, async () => {
      const stack = await lists();
      const tooBig = (role: AclRole, address: string) =>
        passes(rulesOf(stack, role, direction), { address, protocol: "icmp" });
      assert.deepEqual(
        [tooBig("ingress", "203.0.113.7"), tooBig("data", "10.16.0.1"), tooBig("transit", "10.1.0.1")],
        [true, true, true],
      );
    });
  }

  const wrong: Readonly<Record<string, [Partial<NetworkAclsArgs>, RegExp]>> = {
    "no role": [{ subnetIds: {} }, /subnetIds is empty; it must hold one of data, transit, ingress/],
    "a role without subnets": [{ subnetIds: { data: [] } }, /subnetIds.data is empty; leave it out/],
    "no range": [{ ranges: [] }, /ranges is empty/],
    "the internet as its own range": [{ ranges: ["0.0.0.0/0"] }, /ranges holds 0.0.0.0\/0; it must be/],
    "more ranges than a list has rules": [
      { ranges: Array.from({ length: 21 }, (_, index) => `10.${index}.0.0/16`) },
      /ranges holds 21 ranges; a list has 20 rules at most/,
    ],
  };
  for (const [what, [change, message]] of Object.entries(wrong))
    it(`refuse ${what}`, async () => {
      await assert.rejects(lists(change), message);
    });

  it("of two VPCs have a stack together and pass every rule of the policy pack", async () => {
    const stack = await planned(() => {
      for (const vpcId of ["a", "b"]) new NetworkAcls(vpcId, { vpcId, ranges, subnetIds });
    });
    assert.equal(stack.all("NetworkAcl").length, 6);
    assert.deepEqual(await refusals(stack), []);
  });
});
