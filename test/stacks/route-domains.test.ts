import assert from "node:assert/strict";
import type { LandingZone, Network } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import {
  callersOf,
  centralEnvironments,
  domainsOf,
  propagationsOf,
  rangesOf,
  reachesOf,
  routedRanges,
  wayOut,
} from "../../stacks/route-domains";

const withNetwork = (
  more: Partial<Network>,
  central: readonly ("dev" | "int" | "prod")[] = [],
): LandingZone => ({
  ...example,
  network: { ...example.network, ...more },
  environments: Object.fromEntries(
    Object.entries(example.environments).map(([name, environment]) => [
      name,
      (central as readonly string[]).includes(name)
        ? { ...environment, network: { ...environment.network, nat: "central" } }
        : environment,
    ]),
  ) as unknown as LandingZone["environments"],
});

describe("the route domains of a landing zone", () => {
  it("are the environments, the shared services and the runners, and what else is described", () => {
    assert.deepEqual(domainsOf(example), ["dev", "int", "prod", "shared", "runner", "egress"]);
    const onPremises = {
      ranges: ["172.16.0.0/16"],
      connection: { vpn: { address: "203.0.113.10", asn: 65_000 } },
    };
    assert.deepEqual(domainsOf(withNetwork({ onPremises, egress: { allow: ["example.com"] } })).slice(5), [
      "on-premises",
      "egress",
      "inspection",
    ]);
  });

  it("let environments reach what they share, and be answered, and never one another", () => {
    for (const name of ["dev", "int", "prod"]) {
      assert.deepEqual(propagationsOf(example, name), [name, "shared"].sort());
      const own = rangesOf(example)[name] ?? [];
      assert.deepEqual(routedRanges(example, name).sort(), [...own, "10.0.0.0/18"].sort());
    }
    assert.deepEqual(propagationsOf(example, "shared"), ["dev", "int", "prod", "runner", "shared"]);
  });

  it("lead those to the internet that have no way of their own, past the firewall if there is one", () => {
    const { egress: _, ...closed } = example.network;
    assert.equal(wayOut({ ...example, network: closed }), undefined);
    const plain = withNetwork({ egress: {} }, ["dev"]);
    assert.equal(wayOut(plain), "egress");
    assert.deepEqual(centralEnvironments(plain), ["dev"]);
    assert.deepEqual(reachesOf(plain)["dev"], ["shared", "egress"]);
    assert.deepEqual(reachesOf(plain)["prod"], ["shared"]);
    const guarded = withNetwork({ egress: { allow: ["example.com"] } }, ["dev"]);
    assert.deepEqual(reachesOf(guarded)["dev"], ["shared", "inspection"]);
  });

  it("say who beyond an environment may call into it", () => {
    assert.deepEqual(callersOf(example, "prod"), {});
    const zone = withNetwork({
      reaches: { "on-premises": ["prod"] },
      onPremises: {
        ranges: ["172.16.0.0/16", "192.168.0.0/16"],
        connection: { directConnectGatewayId: "11223344-1122-1122-1122-112233445566" },
      },
    });
    assert.deepEqual(callersOf(zone, "prod"), {
      "on-premises": "172.16.0.0/16",
      "on-premises-2": "192.168.0.0/16",
    });
    assert.deepEqual(callersOf(zone, "dev"), {});
  });
});
