/** Whom the policies of resources let in. */
import { isNarrowedBy, narrowsCaller } from "../../iam/conditions";
import { hasWildcard } from "../../iam/wildcard";
import type { Resource } from "../graph";
import { bucketPolicyHolders, eachGrant, keyPolicyHolders, resourcePolicyHolders } from "../policy-documents";
import type { Report } from "../report";
import type { Rule } from "../rule";

const others = resourcePolicyHolders.filter(
  type => !keyPolicyHolders.includes(type) && !bucketPolicyHolders.includes(type),
);

export const resourcePolicies: readonly Rule[] = [
  {
    name: "resource-policy-not-public",
    theme: "least-privilege",
    title: "A resource's policy allows named principals",
    why: "Everyone includes every other AWS account",
    fix: "name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP SNS.4", "FSBP SQS.3", "CIS 7.0 2.21"],
    // Keys and buckets have rules of their own.
    types: others,
    check: refuseEveryone,
  },
  {
    name: "resource-policy-confused-deputy",
    theme: "least-privilege",
    title: "A service comes in only on behalf of an account or a resource that is named",
    why: "A service works for every customer, and one of them could have it write to or read from your resource",
    fix: "add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: resourcePolicyHolders,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        // Who may only see that there is something can do nothing with it.
        if (statement.actions.every(action => /:(Describe|List)/i.test(action))) return;
        report.each(statement.principals, ({ kind, id }) => {
          if (kind === "Service" && !narrowsCaller(statement) && !isNarrowedBy(statement, isServicesOwn))
            report.refuse(`it allows ${id} on behalf of anyone`);
        });
      });
    },
  },
];

/** A key of a service's own says what it is about: `kms:EncryptionContext:aws:sns:topicArn`. */
const isServicesOwn = (key: string) => !key.startsWith("aws:");

/** Everyone includes every other AWS account. */
export function refuseEveryone(resource: Resource, report: Report): void {
  eachGrant(resource, report, (statement, report) => {
    if (statement.notPrincipals.length > 0) report.refuse("it allows by NotPrincipal");
    report.each(statement.principals, ({ kind, id }) => {
      if (hasWildcard(id) && !narrowsCaller(statement)) report.refuse(`it allows ${kind} ${id}`);
    });
  });
}
