/**
 * Asks the policies under test what AWS would: whether they allow a request, deny it, or say nothing of it.
 */
import assert from "node:assert/strict";
import { matches } from "../../../iam/wildcard";
import type { statements } from "../planned";

type Statement = ReturnType<typeof statements>[number];

export interface Request {
  /** The account of a role that asks, or the service; absent: anyone, not signed in. */
  readonly by?: { readonly account: string } | { readonly service: string };
  readonly action: string;
  readonly resource?: string;
  /**
   * Keys of the request as AWS sets them. TLS, the organization and whether it is a service are set from
   * `by`.
   */
  readonly context?: Readonly<Record<string, string>>;
}

export const organizationId = "o-abcde12345";

export function verdict(policy: readonly Statement[], request: Request): "allowed" | "denied" | "silent" {
  const holding = policy.filter(statement => holds(statement, request));
  if (holding.some(({ Effect }) => Effect === "Deny")) return "denied";
  return holding.length > 0 ? "allowed" : "silent";
}

function holds({ Principal, Action, Resource = [], Condition = {} }: Statement, request: Request): boolean {
  const { by, action, resource = "*" } = request;
  const service = by && "service" in by;
  const context: Record<string, string> = {
    "aws:SecureTransport": "true",
    ...(by ? { "aws:PrincipalIsAWSService": String(service) } : {}),
    ...(by && !service ? { "aws:PrincipalOrgID": organizationId } : {}),
    ...request.context,
  };
  return (
    isMeant(Principal, by) &&
    [Action].flat().some(pattern => matches(pattern, action)) &&
    [Resource].flat().some(pattern => matches(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        test(operator, context[key], [values].flat().map(String)),
      ),
    )
  );
}

function isMeant(principal: unknown, by: Request["by"]): boolean {
  if (principal === "*") return true;
  const { Service, AWS } = principal as Record<string, string | string[]>;
  if (!by) return false;
  if ("service" in by) return [Service ?? []].flat().includes(by.service);
  return [AWS ?? []].flat().includes(`arn:aws:iam::${by.account}:root`);
}

function test(operator: string, actual: string | undefined, values: readonly string[]): boolean {
  if (operator === "Null") return values.includes(String(actual === undefined));
  if (operator.endsWith("IfExists"))
    return actual === undefined || test(operator.slice(0, -"IfExists".length), actual, values);
  if (operator === "StringNotEquals") return actual === undefined || !values.includes(actual);
  if (actual === undefined) return false;
  if (operator === "StringEquals" || operator === "Bool") return values.includes(actual);
  if (operator === "StringLike" || operator === "ArnLike")
    return values.some(value => matches(value, actual));
  assert.fail(`${operator} is not known here`);
}
