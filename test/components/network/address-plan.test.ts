import assert from "node:assert/strict";
import { containsCidr, overlapCidr } from "cidr-tools";
import fc from "fast-check";
import { addressPlan, ipv6Slot, outboundRange, subnetRoles } from "../../../components/network/address-plan";

const routable = fc
  .record({ prefix: fc.integer({ min: 16, max: 20 }), block: fc.nat(4095) })
  .map(({ prefix, block }) => {
    const start = (block >> (20 - prefix)) << (20 - prefix);
    return `10.${(start >> 4) & 255}.${(start & 15) << 4}.0/${prefix}`;
  });

const zones = fc.integer({ min: 1, max: 6 });

describe("the address plan", () => {
  it("shares out a /16 as its documentation says", () => {
    assert.deepEqual(addressPlan("10.16.0.0/16", 3), {
      ingress: ["10.16.0.0/21", "10.16.8.0/21", "10.16.16.0/21"],
      private: ["10.16.64.0/21", "10.16.72.0/21", "10.16.80.0/21"],
      outbound: ["100.64.0.0/19", "100.64.32.0/19", "100.64.64.0/19"],
      data: ["10.16.128.0/21", "10.16.136.0/21", "10.16.144.0/21"],
      transit: ["10.16.192.0/28", "10.16.192.16/28", "10.16.192.32/28"],
    });
  });

  it("never lets two subnets meet, and keeps them inside the VPC's ranges", () => {
    fc.assert(
      fc.property(routable, zones, (range, count) => {
        const { outbound, ...inside } = addressPlan(range, count);
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
      fc.property(routable, zones, (range, count) => {
        for (const subnet of Object.values(addressPlan(range, count)).flat())
          assert.ok(Number(subnet.split("/")[1]) <= 28);
      }),
    );
  });

  it("never moves a subnet when a zone is added", () => {
    fc.assert(
      fc.property(routable, fc.integer({ min: 1, max: 5 }), (range, count) => {
        const [fewer, more] = [addressPlan(range, count), addressPlan(range, count + 1)];
        for (const role of subnetRoles) assert.deepEqual(more[role].slice(0, count), fewer[role]);
      }),
    );
  });

  it("gives every subnet an IPv6 range of its own", () => {
    const slots = subnetRoles.flatMap(role => [0, 1, 2, 3, 4, 5].map(zone => ipv6Slot(role, zone)));
    assert.equal(new Set(slots).size, slots.length);
    assert.ok(Math.max(...slots) < 256, "a VPC has 256 /64s");
  });

  it("refuses more zones than there are anywhere", () => {
    for (const count of [0, 7, 1.5]) assert.throws(() => addressPlan("10.16.0.0/16", count), /1 to 6/);
  });
});
