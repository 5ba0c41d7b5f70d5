import assert from "node:assert/strict";
import { SharedSubnets, type SharedSubnetsArgs } from "../../../components/network/shared-subnets";
import { refusals } from "../logs/judged";
import { type Planned, planned } from "../planned";

const subnetArn = (id: string) => `arn:aws:ec2:eu-central-1:111122223333:subnet/${id}`;
const args: SharedSubnetsArgs = {
  subnetArns: { "private-a": subnetArn("subnet-1"), "private-b": subnetArn("subnet-2") },
  accountIds: ["222233334444", "333344445555"],
};
const shared = (more: Partial<SharedSubnetsArgs> = {}, names = ["small"]): Promise<Planned> =>
  planned(() => {
    for (const name of names) new SharedSubnets(name, { ...args, ...more });
  });

describe("shared subnets", () => {
  it("are shared with the accounts and nobody outside the organization", async () => {
    const stack = await shared();
    const share = stack.one("ResourceShare");
    assert.equal(share.inputs["allowExternalPrincipals"], false);
    assert.deepEqual(
      stack.all("ResourceAssociation").map(({ name, inputs }) => [name, inputs["resourceArn"]]),
      [
        ["small-private-a", subnetArn("subnet-1")],
        ["small-private-b", subnetArn("subnet-2")],
      ],
    );
    assert.deepEqual(
      stack.all("PrincipalAssociation").map(({ inputs }) => inputs["principal"]),
      args.accountIds,
    );
    for (const one of [...stack.all("ResourceAssociation"), ...stack.all("PrincipalAssociation")])
      assert.deepEqual(one.propertyDependencies["resourceShareArn"], [share.urn]);
  });

  it("stay shared when another subnet or account is put before them", async () => {
    const before = await shared();
    const after = await shared({
      subnetArns: { "data-a": subnetArn("subnet-0"), ...args.subnetArns },
      accountIds: ["444455556666", ...args.accountIds],
    });
    for (const { urn, inputs } of before.resources)
      assert.deepEqual(after.resources.find(other => other.urn === urn)?.inputs, inputs, urn);
  });

  for (const [wrong, message] of [
    [{ subnetArns: {} }, /subnetArns is empty/],
    [{ accountIds: [] }, /accountIds is empty/],
    [{ accountIds: ["o-example"] }, /accountIds holds o-example; an account has a number of 12 digits/],
    [{ accountIds: ["222233334444", "222233334444"] }, /accountIds holds 222233334444 twice/],
  ] as const)
    it(`refuse ${JSON.stringify(wrong)}`, async () => {
      await planned(() => assert.throws(() => new SharedSubnets("small", { ...args, ...wrong }), message));
    });

  it("may be there twice in a stack, and pass the policies", async () => {
    const stack = await shared({}, ["one", "two"]);
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("PrincipalAssociation").length, 4);
    assert.deepEqual(await refusals(stack), []);
  });
});
