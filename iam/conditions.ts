import type { Condition, Statement } from "./document";

/** Operators that hold only if the key is there and has one of the values. */
const restricting =
  /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|Bool|IpAddress)$/i;

/** Whether a statement holds only for some values of a key; the other operators also hold without the key. */
export function isNarrowedBy(statement: Statement, key: (lowerCaseKey: string) => boolean): boolean {
  return statement.conditions.some(condition => key(condition.key.toLowerCase()) && restricts(condition));
}

function restricts({ operator, values }: Condition): boolean {
  return restricting.test(operator) && values.length > 0 && values.every(value => /[^*?]/.test(value));
}

const callerKeys = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
]);

/** The condition says who calls. */
export function narrowsCaller(statement: Statement): boolean {
  return isNarrowedBy(statement, key => callerKeys.has(key));
}

/** The condition says what is acted on: by its tags or owner, or by a key of the service's own. */
export function narrowsResource(statement: Statement): boolean {
  return isNarrowedBy(
    statement,
    key => !key.startsWith("aws:") || /^aws:(resource|requesttag|calledvia)/.test(key),
  );
}
