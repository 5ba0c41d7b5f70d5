import assert from "node:assert/strict";
import { AddressPools, type AddressPoolsArgs } from "../../../components/network/address-pools";
import { refusals } from "../logs/judged";
import { at, type Planned, planned } from "../planned";

const args: AddressPoolsArgs = {
  at,
  addresses: ["10.0.0.0/8"],
  environments: {
    dev: { addresses: "10.16.0.0/12", region: "eu-central-1", accountIds: ["222233334444"] },
    prod: {
      addresses: "10.48.0.0/12",
      region: "eu-west-1",
      accountIds: ["333344445555", "444455556666"],
    },
  },
};
const wide = { addresses: "10.0.0.0/8", region: "eu-west-1", accountIds: [] };
const pools = (more: Partial<AddressPoolsArgs> = {}): Promise<Planned> =>
  planned(() => new AddressPools("pools", { ...args, ...more }));

describe("address pools", () => {
  it("have the description's numbers: the company's, and within it each environment's", async () => {
    const stack = await pools();
    assert.deepEqual(
      stack.all("VpcIpamPoolCidr").map(cidr => [stack.from(cidr, "ipamPoolId")[0], cidr.inputs["cidr"]]),
      [
        ["pools", "10.0.0.0/8"],
        ["pools-dev", "10.16.0.0/12"],
        ["pools-prod", "10.48.0.0/12"],
      ],
    );
    const company = stack.one("VpcIpamPool", "pools");
    assert.equal(company.inputs["sourceIpamPoolId"], undefined);
    assert.equal(company.inputs["locale"], undefined);
    for (const [name, locale] of [
      ["pools-dev", "eu-central-1"],
      ["pools-prod", "eu-west-1"],
    ] as const) {
      const pool = stack.one("VpcIpamPool", name);
      assert.deepEqual(pool.propertyDependencies["sourceIpamPoolId"], [company.urn]);
      assert.equal(pool.inputs["locale"], locale);
      assert.equal(pool.inputs["autoImport"], true);
    }
  });

  it("take from the company's pool when that has been filled", async () => {
    const stack = await pools();
    const filled = stack.one("VpcIpamPoolCidr", "pools").urn;
    for (const name of ["pools-dev", "pools-prod"])
      assert.ok(stack.one("VpcIpamPool", name).dependencies.includes(filled));
  });

  it("hold each of several ranges of the company's, and wait for all of them", async () => {
    const stack = await pools({
      addresses: ["10.0.0.0/8", "172.16.0.0/12"],
      environments: {
        ...args.environments,
        int: { addresses: "172.16.0.0/14", region: "eu-central-1", accountIds: [] },
      },
    });
    const ranges = stack.all("VpcIpamPoolCidr").filter(cidr => stack.from(cidr, "ipamPoolId")[0] === "pools");
    assert.deepEqual(
      ranges.map(({ name, inputs }) => [name, inputs["cidr"]]),
      [
        ["pools", "10.0.0.0/8"],
        ["pools-172.16.0.0-12", "172.16.0.0/12"],
      ],
    );
    for (const name of ["pools-dev", "pools-int", "pools-prod"])
      for (const { urn } of ranges)
        assert.ok(stack.one("VpcIpamPool", name).dependencies.includes(urn), name);
  });

  it("are for the home's region and the environments', each once", async () => {
    assert.deepEqual((await pools()).one("VpcIpam").inputs["operatingRegions"], [
      { regionName: "eu-central-1" },
      { regionName: "eu-west-1" },
    ]);
  });

  it("are shared, each with its environment's accounts, and the company's with nobody", async () => {
    const stack = await pools();
    const shares = stack.all("ResourceShare").map(share => ({
      name: share.name,
      external: share.inputs["allowExternalPrincipals"],
      pools: stack
        .all("ResourceAssociation")
        .filter(one => one.propertyDependencies["resourceShareArn"]?.includes(share.urn))
        .map(one => stack.from(one, "resourceArn")[0]),
      accounts: stack
        .all("PrincipalAssociation")
        .filter(one => one.propertyDependencies["resourceShareArn"]?.includes(share.urn))
        .map(one => one.inputs["principal"]),
    }));
    assert.deepEqual(shares, [
      { name: "pools-dev", external: false, pools: ["pools-dev"], accounts: ["222233334444"] },
      {
        name: "pools-prod",
        external: false,
        pools: ["pools-prod"],
        accounts: ["333344445555", "444455556666"],
      },
    ]);
  });

  it("give out VPCs of the given sizes", async () => {
    for (const vpcs of [undefined, { largest: 18, smallest: 24 }]) {
      const { inputs } = (await pools(vpcs && { vpcs })).one("VpcIpamPool", "pools-dev");
      assert.equal(inputs["allocationMinNetmaskLength"], vpcs?.largest ?? 16);
      assert.equal(inputs["allocationMaxNetmaskLength"], vpcs?.smallest ?? 20);
      assert.equal(inputs["allocationDefaultNetmaskLength"], vpcs?.smallest ?? 20);
    }
  });

  it("are kept, whatever they are told", async () => {
    const stack = await pools();
    for (const type of ["VpcIpam", "VpcIpamPool", "VpcIpamPoolCidr"])
      for (const { protect, urn } of stack.all(type)) assert.equal(protect, true, urn);
  });

  for (const [wrong, message] of [
    [
      { addresses: ["10.0.0.0/12"] },
      /environments\.dev\.addresses is 10\.16\.0\.0\/12; it must be within .* 10\.0\.0\.0\/12/,
    ],
    [
      {
        environments: {
          ...args.environments,
          int: { addresses: "10.16.0.0/16", region: "eu-west-1", accountIds: [] },
        },
      },
      /environments\.int\.addresses is 10\.16\.0\.0\/16, which overlaps 10\.16\.0\.0\/12 of dev/,
    ],
    [
      { environments: { dev: { addresses: "10.16.0.0/12", region: "eu-west-1", accountIds: ["dev"] } } },
      /environments\.dev\.accountIds holds dev;/,
    ],
    [{ addresses: ["all"] }, /addresses\[0\] is all; it is no range/],
    [{ addresses: [] }, /addresses is empty/],
    [
      { addresses: ["10.0.0.0/8", "10.16.0.0/12"] },
      /addresses\[1\] is 10\.16\.0\.0\/12, which overlaps 10\.0\.0\.0\/8/,
    ],
    // The two touch, and no range of a pool is made of two.
    [
      { addresses: ["10.0.0.0/9", "10.128.0.0/9"], environments: { dev: wide } },
      /environments\.dev\.addresses is 10\.0\.0\.0\/8; it must be within .* 10\.0\.0\.0\/9, 10\.128\.0\.0\/9/,
    ],
    [{ vpcs: { largest: 20, smallest: 16 } }, /vpcs is \/20 to \/16;/],
  ] as const)
    it(`refuse ${message.source}`, async () => {
      await planned(() => assert.throws(() => new AddressPools("pools", { ...args, ...wrong }), message));
    });

  it("may be there twice in a stack", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"]) new AddressPools(name, args);
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
  });

  it("pass the policies", async () => {
    assert.deepEqual(await refusals(await pools()), []);
  });
});
