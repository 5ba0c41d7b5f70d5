import { narrowsResource } from "../../iam/conditions";
import type { Statement } from "../../iam/document";
import type { Resource } from "../graph";
import { customerPolicies } from "../resource-types";
import { holdsUnknown, UnknownValue } from "../value";

/** `*`, or an ARN that says nothing from the account or the service on. */
export const everyResource = /^(arn:([^:]*:)?)?[:*]*\*[:*]*$/;

const anyText = /^[*?]*\*[*?]*$/;

/** Words that ARNs put before a name: what stands behind them is what matters. */
const kinds = new Set([
  "alias",
  "cluster",
  "db",
  "federated-user",
  "function",
  "group",
  "instance",
  "key",
  "log-group",
  "oidc-provider",
  "parameter",
  "policy",
  "repository",
  "role",
  "secret",
  "stream",
  "table",
  "task",
  "user",
]);

/** An ARN that names the kind of thing at most, and none of them: `arn:aws:iam::111122223333:role/*`. */
export function isWide(resource: string): boolean {
  if (everyResource.test(resource)) return true;
  const [, , , , , ...rest] = resource.split(":");
  const [first = "", ...others] = rest.join(":").split(/[/:]/);
  if (anyText.test(first)) return others.every(part => anyText.test(part) || part === "");
  return kinds.has(first) && others.length > 0 && others.every(part => anyText.test(part) || part === "");
}

/** Roles are IAM's, though STS gives them out. */
const serviceOfArns = new Map([["sts", "iam"]]);

/** Of other services' resources an action changes nothing. */
function isOf(resource: string, action: string): boolean {
  const [arn, , service = "*"] = resource.split(":");
  const [prefix = ""] = action.toLowerCase().split(":");
  return arn !== "arn" || service.includes("*") || service === (serviceOfArns.get(prefix) ?? prefix);
}

/**
 * The wide resources that a statement allows an action on, unless a condition says which of them are meant. An
 * unknown among them is undecided, as long as none that is known is wide.
 */
export function wideResources(statement: Statement, action: string): readonly string[] {
  const wide = statement.resources.filter(
    resource => !holdsUnknown(resource) && isOf(resource, action) && isWide(resource),
  );
  if (wide.length > 0) return narrowsResource(statement) ? [] : wide;
  if (statement.resources.some(holdsUnknown)) throw new UnknownValue("a resource");
  return [];
}

/**
 * A customer managed policy that says by its name what it is. It is a limit and grants nothing by itself, and
 * iam-boundary-not-attached sees to it that nobody is given it as a permission.
 */
export function isBoundary(policy: Resource): boolean {
  if (!customerPolicies.includes(policy.type)) return false;
  const name = policy.at("name");
  return boundaryName.test(name.isUnknown ? policy.name : (name.text() ?? policy.name));
}

export const boundaryName = /-boundary$/;
