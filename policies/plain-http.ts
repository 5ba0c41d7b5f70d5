import { actionMatches } from "../iam/actions";
import { readDocument } from "../iam/document";
import { holdsUnknown, UnknownValue, type Value } from "./value";

/**
 * Whether a resource's policy denies an action to everyone who asks without TLS, under no further condition.
 * Of a document with an unknown in it the answer is yes or not known.
 *
 * @param covers whether what a statement names as resources is enough; default: that it names any.
 */
export function deniesPlainHttp(
  policy: Value,
  action: string,
  covers: (resources: readonly string[]) => boolean = resources => resources.length > 0,
): boolean {
  const content = policy.json()?.content();
  const denies = readDocument(content).statements.some(
    ({ effect, principals, actions, resources, conditions: [condition, ...others] }) =>
      effect === "Deny" &&
      principals.some(({ id }) => id === "*") &&
      actions.some(pattern => actionMatches(pattern, action)) &&
      covers(resources) &&
      others.length === 0 &&
      /^Bool(IfExists)?$/.test(condition?.operator ?? "") &&
      condition?.key.toLowerCase() === "aws:securetransport" &&
      condition.values.every(value => value === "false"),
  );
  if (!denies && holdsUnknown(content)) throw new UnknownValue(policy.path);
  return denies;
}
