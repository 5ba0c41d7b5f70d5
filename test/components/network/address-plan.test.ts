import assert from "node:assert/strict";
import { containsCidr, overlapCidr } from "cidr-tools";
import fc from "fast-check";
import { addressPlan, outboundRange } from "../../../components/network/address-plan";

const routable = fc
  .record({ prefix: fc.integer({ min: 16, max: 20 }), block: fc.nat(4095) })
  .map(({ prefix, block }) => {
    const start = (block >> (20 - prefix)) << (20 - prefix);
    return `10.${(start >> 4) & 255}.${(start & 15) << 4}.0/${prefix}`;
  });

describe("the address plan", () => {
  it("shares out a /16 as its documentation says", () => {
    assert.deepEqual(addressPlan("10.16.0.0/16"), {
      ingress: ["10.16.0.0/20", "10.16.16.0/20", "10.16.32.0/20"],
      private: ["10.16.64.0/20", "10.16.80.0/20", "10.16.96.0/20"],
      outbound: ["100.64.0.0/18", "100.64.64.0/18", "100.64.128.0/18"],
      data: ["10.16.128.0/20", "10.16.144.0/20", "10.16.160.0/20"],
      transit: ["10.16.192.0/28", "10.16.192.16/28", "10.16.192.32/28"],
    });
  });

  it("never lets two subnets meet, and keeps them inside the VPC's ranges", () => {
    fc.assert(
      fc.property(routable, range => {
        const { outbound, ...inside } = addressPlan(range);
        const all = [...outbound, ...Object.values(inside).flat()];
        for (const [index, subnet] of all.entries())
          for (const other of all.slice(0, index))
            assert.ok(!overlapCidr(subnet, other), `${subnet} meets ${other}`);
        for (const subnet of Object.values(inside).flat()) assert.ok(containsCidr(range, subnet));
        for (const subnet of outbound) assert.ok(containsCidr(outboundRange, subnet));
      }),
    );
  });

  it("never makes a subnet smaller than AWS allows, a /28", () => {
    fc.assert(
      fc.property(routable, range => {
        for (const subnet of Object.values(addressPlan(range)).flat())
          assert.ok(Number(subnet.split("/")[1]) <= 28);
      }),
    );
  });
});
