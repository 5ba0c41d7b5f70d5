/** Statements as managed policies, as many as their length takes. */
import { logicalId, policyOf, type Resource, type Statement, type Value } from "./cloudformation";

/** Source: IAM user guide, "IAM and AWS STS quotas": characters without whitespace, and policies of a role. */
export const longestPolicy = 6_144;
export const policiesPerRole = 10;

/** What CloudFormation fills in is as long as a key's ARN at most. */
const keyArn = "arn:aws:kms:ap-southeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

export const lengthOf = (statements: readonly Statement[]): number =>
  JSON.stringify(policyOf(statements), (_, value: Value) =>
    typeof value === "object" && "Fn::GetAtt" in value ? keyArn : value,
  ).length;

/**
 * The policies of a role, each for as many statements as go into one. A statement that is too long for one by its
 * resources becomes several.
 *
 * @param name of the role; the policies are called NAME-1, NAME-2 and so on.
 * @throws {Error} where a statement can not be made shorter, or there are more policies than a role may have.
 */
export function managedPolicies(
  name: string,
  statements: readonly Statement[],
): { resources: Record<string, Resource>; ids: string[] } {
  const documents: Statement[][] = [];
  let current: Statement[] = [];
  for (const statement of statements.flatMap(shortened)) {
    if (current.length > 0 && lengthOf([...current, statement]) > longestPolicy) {
      documents.push(current);
      current = [];
    }
    current.push(statement);
  }
  if (current.length > 0) documents.push(current);
  if (documents.length > policiesPerRole)
    throw new Error(
      `${name} takes ${documents.length} policies, and a role may have ${policiesPerRole}; ask AWS for more (quota L-0DA4ABF3)`,
    );
  const resources = Object.fromEntries(
    documents.map((document, index) => [
      `${logicalId(name)}${index + 1}`,
      {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          ManagedPolicyName: `${name}-${index + 1}`,
          Description: `Part ${index + 1} of what ${name} may do`,
          PolicyDocument: policyOf(document),
        },
      },
    ]),
  );
  return { resources, ids: Object.keys(resources) };
}

/** Statements of half as many resources each, until each goes into a policy. */
function shortened(statement: Statement): Statement[] {
  if (lengthOf([statement]) <= longestPolicy) return [statement];
  const { Resource: resources } = statement;
  if (!Array.isArray(resources) || resources.length < 2)
    throw new Error(`the statement ${statement.Sid} is longer than a policy may be`);
  const half = Math.ceil(resources.length / 2);
  return [resources.slice(0, half), resources.slice(half)].flatMap((Resource, index) =>
    shortened({ ...statement, Sid: `${statement.Sid}${index === 0 ? "A" : "B"}`, Resource }),
  );
}
