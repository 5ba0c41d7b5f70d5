/** What statements of bucket policies do. */
import { actionMatches } from "../../iam/actions";
import type { ReadDocument } from "../policy-documents";
import { UnknownValue } from "../value";

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
