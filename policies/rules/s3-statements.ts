/** What statements of bucket policies do. */
import { actionMatches } from "../../iam/actions";
import { readDocument } from "../../iam/document";
import type { ReadDocument } from "../policy-documents";
import { holdsUnknown, UnknownValue, type Value } from "../value";

/** For everyone, on the bucket's objects, and under no further condition. */
export function deniesPlainHttp(policy: Value): boolean {
  const content = policy.json()?.content();
  const denies = readDocument(content).statements.some(
    ({ effect, principals, actions, resources, conditions: [condition, ...others] }) =>
      effect === "Deny" &&
      principals.some(({ id }) => id === "*") &&
      actions.some(action => actionMatches(action, "s3:*")) &&
      resources.some(resource => resource.endsWith("*")) &&
      others.length === 0 &&
      /^Bool(IfExists)?$/.test(condition?.operator ?? "") &&
      condition?.key.toLowerCase() === "aws:securetransport" &&
      condition.values.every(value => value === "false"),
  );
  if (!denies && holdsUnknown(content)) throw new UnknownValue(policy.path);
  return denies;
}

/** Services that bring logs. Source: CloudWatch Logs user guide, "Enable logging from AWS services". */
const bringLogs = new Set(
  ["cloudtrail", "config", "delivery.logs", "logdelivery.elasticloadbalancing", "logging.s3"].map(
    service => `${service}.amazonaws.com`,
  ),
);

export function takesLogs({ statements, mayBeUnknown }: ReadDocument): boolean {
  const takes = statements.some(
    ({ effect, principals, actions }) =>
      effect === "Allow" &&
      principals.some(({ id }) => bringLogs.has(id)) &&
      actions.some(action => actionMatches(action, "s3:PutObject")),
  );
  if (!takes && mayBeUnknown) throw new UnknownValue("policy");
  return takes;
}
