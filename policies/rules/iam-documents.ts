/** What holds for every document of IAM's language, wherever it stands. */
import { actionsMatching, isService } from "../../iam/action-data";
import { isEveryAction } from "../../iam/actions";
import type { Statement } from "../../iam/document";
import { documentHolders, eachStatement, everyDocument, readOnce } from "../policy-documents";
import { roles } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue, type Value } from "../value";

export const iamDocuments: readonly Rule[] = [
  {
    name: "iam-policy-readable",
    theme: "least-privilege",
    title: "A policy is JSON, and says what it allows or denies",
    why: "AWS refuses what it cannot read, in the middle of a deployment, and no rule can judge it",
    fix: "write the document with JSON.stringify from an object that has Version and Statement",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: documentHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document => {
        // `{}` is how a policy is taken away from an access point.
        if (!document.isSet || document.is("{}")) return;
        const { faults, mayBeUnknown } = readOnce(document);
        if (faults.length > 0 && mayBeUnknown) throw new UnknownValue(document.path);
        for (const fault of faults) report.refuse(`${document.path} cannot be read: ${fault}`);
      });
    },
  },
  {
    name: "iam-policy-version",
    theme: "least-privilege",
    title: "A policy is written in the version of 2012",
    why: "In the older one, which is the default, a policy variable is plain text that matches nobody",
    fix: 'set Version: "2012-10-17"',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: documentHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document => {
        const version = document.json()?.at("Version");
        if (!version || !isDocument(document)) return;
        if (!version.is("2012-10-17")) report.refuse(`Version of ${document.path} is not "2012-10-17"`);
      });
    },
  },
  {
    name: "iam-policy-valid-actions",
    theme: "least-privilege",
    title: "A policy names actions that AWS has",
    why: "A mistyped action is no error: what was to be allowed is not, and what was to be denied is open",
    fix: "write the action as the service authorization reference does",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: documentHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document =>
        eachStatement(document, report, ({ actions, notActions }, report) =>
          report.each([...actions, ...notActions], action => {
            if (isEveryAction(action)) {
              if (!/^[*?:]*$/.test(action)) report.refuse(`${action} is no action`);
              return;
            }
            const [service = ""] = action.split(":");
            if (!isService(service))
              report.refuse(`${action} is of no service: AWS has no prefix ${service}`);
            else if (actionsMatching(action).length === 0) report.refuse(`AWS has no action ${action}`);
          }),
        ),
      );
    },
  },
  {
    name: "iam-policy-known-operators",
    theme: "least-privilege",
    title: "A condition uses an operator that IAM has",
    why: "AWS refuses the document, in the middle of a deployment",
    fix: "use one of IAM's condition operators, for example StringEquals, ArnLike, Bool or Null",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: documentHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document =>
        eachStatement(document, report, ({ conditions }, report) => {
          for (const { operator } of conditions)
            if (!operators.test(operator)) report.refuse(`${operator} is no condition operator`);
        }),
      );
    },
  },
  {
    name: "iam-policy-forallvalues-guarded",
    theme: "least-privilege",
    title: "A permission that holds for all values of a key also asks for the key to be there",
    why: "ForAllValues is true of a request without the key, so that it allows what it was to limit",
    fix: 'add a condition Null with the key and "false", or use ForAnyValue',
    severity: "high",
    level: "mandatory",
    controls: [],
    types: documentHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document =>
        eachStatement(document, report, (statement, report) => {
          if (statement.effect !== "Allow") return;
          for (const { operator, key } of statement.conditions)
            if (/^ForAllValues:/i.test(operator) && !isDemanded(statement, key))
              report.refuse(`${operator} of ${key} is true without the key`);
        }),
      );
    },
  },
  {
    name: "iam-policy-size",
    theme: "governance-and-cost",
    title: "A policy is no longer than IAM takes",
    why: "AWS refuses a longer one, in the middle of a deployment",
    fix: "divide it, or name actions by patterns of one verb",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: Object.keys(longest()),
    check(resource, report) {
      const most = longest()[resource.type] ?? Number.POSITIVE_INFINITY;
      const documents = roles.includes(resource.type)
        ? [resource.at("assumeRolePolicy")]
        : everyDocument(resource);
      report.each(documents, document => {
        const length = charactersOf(document);
        if (length > most)
          report.refuse(`${document.path} has ${length} characters without white space, more than ${most}`);
      });
    },
  },
];

/** Source: IAM user guide, "IAM and AWS STS quotas": characters without white space. */
function longest(): Readonly<Record<string, number>> {
  return {
    "aws:iam/policy:Policy": 6_144,
    "aws:iam/rolePolicy:RolePolicy": 10_240,
    "aws:iam/groupPolicy:GroupPolicy": 5_120,
    "aws:iam/userPolicy:UserPolicy": 2_048,
    // Of its trust; 2,048 until the account asks for more.
    "aws:iam/role:Role": 4_096,
  };
}

function charactersOf(document: Value): number {
  const content = document.content();
  const text = typeof content === "string" ? content : (JSON.stringify(content) ?? "");
  return text.replace(/\s/g, "").length;
}

function isDocument(document: Value): boolean {
  return readOnce(document).statements.length > 0;
}

const operators =
  /^((ForAllValues|ForAnyValue):)?((String(Not)?(Equals(IgnoreCase)?|Like)|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)|Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$/i;

function isDemanded({ conditions }: Statement, key: string): boolean {
  return conditions.some(
    condition =>
      condition.operator.toLowerCase() === "null" &&
      condition.key.toLowerCase() === key.toLowerCase() &&
      condition.values.every(value => value === "false"),
  );
}
