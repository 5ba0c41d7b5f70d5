/** The roles of planned stacks, and what they may do as AWS would decide it. */
import assert from "node:assert/strict";
import type { PlannedResource, StackPlan } from "../../cli/planner";
import { productRoleArn } from "../../components/identity/product-role";
import { type PolicyDocument, readDocument } from "../../iam/document";
import { evaluate } from "../../iam/evaluate";
import { cloud } from "./workload-zones";

export interface PlannedRole {
  readonly stack: string;
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly trust: PolicyDocument;
  readonly identity: readonly PolicyDocument[];
}

/** By name, the roles that the stacks of one account make. */
export function rolesOf(stacks: readonly StackPlan[]): ReadonlyMap<string, PlannedRole> {
  const roles = stacks.flatMap(({ name: stack, resources }) =>
    cloud(resources)
      .filter(({ type }) => type === "aws:iam/role:Role")
      .map(({ inputs, account }): readonly [string, PlannedRole] => {
        assert.ok(account);
        const name = String(inputs["name"]);
        const identity = cloud(resources)
          .filter(isPolicyOf(name))
          .map(policy => readDocument(policy.inputs["policy"]));
        const trust = readDocument(inputs["assumeRolePolicy"]);
        return [name, { stack, name, account, arn: productRoleArn(account, name), trust, identity }];
      }),
  );
  assert.equal(new Set(roles.map(([name]) => name)).size, roles.length);
  return new Map(roles);
}

const isPolicyOf =
  (role: string) =>
  ({ type, inputs }: PlannedResource): boolean =>
    type === "aws:iam/rolePolicy:RolePolicy" && inputs["role"] === role;

type Context = Readonly<Record<string, string | readonly string[]>>;

/** Whether its own policies allow it; keys of conditions that are not given are not in the request. */
export function may(
  { identity, arn, account }: PlannedRole,
  action: string,
  resource: string,
  context: Context = {},
): boolean {
  const { outcome } = evaluate(
    { principal: { kind: "role", arn, account }, action, resource, context, absentKeys: "absent" },
    { identity },
  );
  return decided(outcome, `${arn} ${action} ${resource}`);
}

/** Whether a service of AWS may take it, on behalf of an account. */
export function mayBeTakenBy({ trust, arn }: PlannedRole, service: string, account: string): boolean {
  const { outcome } = evaluate(
    {
      principal: { kind: "service", arn: service },
      action: "sts:AssumeRole",
      resource: arn,
      context: { "aws:SourceAccount": account },
      absentKeys: "absent",
    },
    { resource: trust },
  );
  return decided(outcome, `${service} ${arn}`);
}

function decided(outcome: "allowed" | "denied" | "undecided", what: string): boolean {
  assert.notEqual(outcome, "undecided", what);
  return outcome === "allowed";
}
