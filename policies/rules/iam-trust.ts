/** Who may become a role. */
import { actionMatches } from "../../iam/actions";
import { isWholeAccount } from "../../iam/arn";
import { isNarrowedBy, narrowsCaller } from "../../iam/conditions";
import type { Condition, Statement } from "../../iam/document";
import { hasWildcard } from "../../iam/wildcard";
import { eachTrust } from "../policy-documents";
import { roles } from "../resource-types";
import type { Rule } from "../rule";
import { confusable } from "./iam-confusable-services";

export const iamTrust: readonly Rule[] = [
  {
    name: "iam-role-trust-no-star",
    theme: "least-privilege",
    title: "A role trusts named principals",
    why: "A role that trusts everyone can be assumed from any AWS account in the world",
    fix: "name the service, the role or the account in Principal",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["CIS 7.0 2.21"],
    types: roles,
    check(role, report) {
      eachTrust(role, report, ({ principals, notPrincipals }, report) => {
        if (principals.length === 0)
          report.refuse(notPrincipals.length > 0 ? "it allows all but some" : "it names nobody");
        report.each(principals, ({ kind, id }) => {
          if (hasWildcard(id)) report.refuse(`it trusts ${kind} ${id}`);
        });
      });
    },
  },
  {
    name: "iam-role-trust-narrow",
    theme: "least-privilege",
    title: "A role that trusts an account or an identity provider says whom of it",
    why: "Trust in an account is trust in all its principals, and trust in an identity provider in all its users",
    fix: "add a condition: for an account aws:PrincipalArn, aws:PrincipalOrgID or sts:ExternalId; for OpenID Connect the provider's sub",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: roles,
    check(role, report) {
      eachTrust(role, report, (statement, report) => {
        const webIdentity = statement.actions.some(action =>
          actionMatches(action, "sts:AssumeRoleWithWebIdentity"),
        );
        report.each(statement.principals, ({ kind, id }) => {
          if (kind === "AWS" && isWholeAccount(id) && !narrowsPeople(statement)) {
            report.refuse(`it trusts all of ${id}`);
          }
          if (kind !== "Federated") return;
          const narrowed = webIdentity
            ? isNarrowedBy(
                statement,
                key => key.endsWith(":sub") || key === "cognito-identity.amazonaws.com:aud",
              )
            : isNarrowedBy(statement, key => key.startsWith("saml:"));
          if (!narrowed) report.refuse(`it trusts every user of ${id}`);
        });
      });
    },
  },
  {
    name: "iam-role-trust-confused-deputy",
    theme: "least-privilege",
    title: "A service takes a role only on behalf of this account",
    why: "A service works for every customer, and one of them could have it act with your role",
    fix: "add a condition StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: roles,
    check(role, report) {
      eachTrust(role, report, (statement, report) => {
        report.each(statement.principals, ({ kind, id }) => {
          if (kind !== "Service" || !confusable.has(id)) return;
          if (!isNarrowedBy(statement, key => sourceKeys.has(key)))
            report.refuse(`it trusts ${id} on behalf of anyone`);
        });
      });
    },
  },
  {
    name: "iam-role-trust-oidc-subject",
    theme: "least-privilege",
    title: "A role for pipelines pins the audience and the project",
    why: "A pattern that ends before the project's name lets every project of the group deploy, also one made tomorrow",
    fix: "compare the provider's aud by StringEquals, and let its sub name the project before any wildcard",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: roles,
    check(role, report) {
      eachTrust(role, report, (statement, report) => {
        if (!statement.actions.some(action => actionMatches(action, "sts:AssumeRoleWithWebIdentity"))) return;
        report.each(statement.principals, ({ kind, id }) => {
          // Cognito's callers have no subject that a program could know.
          if (kind !== "Federated" || !id.includes(":oidc-provider/")) return;
          if (!isNarrowedBy(statement, key => key.endsWith(":aud")))
            report.refuse(`it takes any audience of ${id}`);
          for (const subject of subjectsOf(statement.conditions))
            if (!namesProject.test(subject)) report.refuse(`${subject} is more than one project of ${id}`);
        });
      });
    },
  },
];

const sourceKeys = new Set([
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "sts:externalid",
]);

function subjectsOf(conditions: readonly Condition[]): string[] {
  return conditions.filter(({ key }) => key.toLowerCase().endsWith(":sub")).flatMap(({ values }) => values);
}

/** Two parts and the beginning of a third without a wildcard: `repo:shop/orders:*`, `project_path:shop/orders:*`. */
const namesProject = /^[^*?:/]+[:/][^*?:/]+[:/][^*?:/]+/;

function narrowsPeople(statement: Statement): boolean {
  const personal = (key: string) => key === "sts:externalid" || key.startsWith("aws:principaltag/");
  return narrowsCaller(statement) || isNarrowedBy(statement, personal);
}
