/** Who may do what by the policies of buckets and access points. */
import { actionMatches } from "../../iam/actions";
import { accountId, accountOfArn } from "../../iam/arn";
import { bucketPolicyHolders, eachGrant, eachStatement, everyDocument } from "../policy-documents";
import { accountOf } from "../provider-inputs";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";
import { refuseEveryone } from "./resource-policies";

/** What the control names: each opens the bucket, or takes it from its owner. */
const ownersOnly = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];

export const s3Policies: readonly Rule[] = [
  {
    name: "s3-bucket-policy-no-star-principal",
    theme: "exposure",
    title: "A bucket's policy allows named principals",
    why: "Everyone includes every other AWS account, and for reading everybody on the internet",
    fix: "name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.2", "FSBP S3.3", "CIS 7.0 2.21"],
    types: bucketPolicyHolders,
    check: refuseEveryone,
  },
  {
    name: "s3-bucket-policy-cross-account-actions",
    theme: "least-privilege",
    title: "No other account may change a bucket's policy, ACLs or encryption",
    why: "It could let in whomever it likes, or shut the owner out",
    fix: "leave these actions to principals of the bucket's account",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP S3.6"],
    types: bucketPolicyHolders,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          const [given] = ownersOnly.filter(one => actionMatches(action, one));
          if (given === undefined) return;
          report.each(statement.principals, ({ kind, id }) => {
            if (kind !== "AWS" && kind !== "CanonicalUser") return;
            const account = accountId.test(id) ? id : accountOfArn(id);
            const own = accountOf(resource);
            if (account !== undefined && own === undefined) throw new UnknownValue("the bucket's account");
            if (account !== own || account === undefined) report.refuse(`it allows ${given} to ${id}`);
          });
        });
      });
    },
  },
  {
    name: "s3-bucket-policy-no-lockout",
    theme: "resilience-and-backup",
    title: "No bucket's policy shuts everyone out from changing it",
    why: "Only the account's root user could mend it, and root users are not used",
    fix: "add a condition to the Deny, or leave s3:PutBucketPolicy and s3:DeleteBucketPolicy out of it",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: bucketPolicyHolders,
    check(resource, report) {
      report.each(everyDocument(resource), document =>
        eachStatement(document, report, ({ effect, principals, actions, conditions }, report) => {
          if (effect !== "Deny" || conditions.length > 0) return;
          if (!principals.some(({ kind, id }) => kind === "AWS" && id === "*")) return;
          report.each(actions, action => {
            if (actionMatches(action, "s3:PutBucketPolicy")) report.refuse(`it denies ${action} to everyone`);
          });
        }),
      );
    },
  },
];
