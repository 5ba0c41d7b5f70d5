/** People and their long-lived credentials, which IAM should hold none of. */
import { all, mustBe, mustBeAtLeast, mustBeAtMost } from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import type { Rule } from "../rule";

const passwordPolicies = ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy"];
const exclusiveAttachments = ["aws:iam/policyAttachment:PolicyAttachment"];

/** There should be none of its types. */
const refuseAny = (resource: Resource, report: Report) =>
  report.refuse(`it is a ${resource.type.split(":").at(-1)}`);

export const iamUsers: readonly Rule[] = [
  {
    name: "iam-no-users",
    theme: "least-privilege",
    title: "There are no IAM users",
    why: "A user's password and keys outlive the person's time in the company",
    fix: "let people come through Identity Center and machines through roles",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 3.0 1.21", "CIS 5.0 1.20"],
    types: ["aws:iam/user:User"],
    check: refuseAny,
  },
  {
    name: "iam-no-access-keys",
    theme: "least-privilege",
    title: "There are no access keys",
    why: "A key works from anywhere until someone remembers to delete it",
    fix: "use a role: tasks, builds and people all can",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP IAM.3", "FSBP IAM.8", "Security Hub IAM.22", "CIS 3.0 1.14", "CIS 5.0 1.13"],
    types: ["aws:iam/accessKey:AccessKey"],
    check(_key, report) {
      report.refuse("it is an access key");
    },
  },
  {
    name: "iam-no-login-profile",
    theme: "least-privilege",
    title: "No IAM user has a password",
    why: "A program can give a user a password, but not the second factor that it needs",
    fix: "let people come through Identity Center, which asks for both",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP IAM.5", "CIS 3.0 1.10", "CIS 5.0 1.9"],
    types: ["aws:iam/userLoginProfile:UserLoginProfile"],
    check: refuseAny,
  },
  {
    name: "iam-no-user-credentials",
    theme: "least-privilege",
    title: "No IAM user has keys or certificates of other kinds",
    why: "They work like access keys: from anywhere, until someone remembers to delete them",
    fix: "use a role; Git and Keyspaces take its short-lived credentials too",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [
      "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
      "aws:iam/signingCertificate:SigningCertificate",
      "aws:iam/sshKey:SshKey",
    ],
    check: refuseAny,
  },
  {
    name: "iam-no-user-policies",
    theme: "least-privilege",
    title: "No permission is given to a user",
    why: "Rights that hang on single people are never reviewed, and stay when they change their work",
    fix: "give them to a role, or to a permission set of Identity Center",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP IAM.2", "CIS 3.0 1.15", "CIS 5.0 1.14"],
    types: [
      "aws:iam/userPolicy:UserPolicy",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      ...exclusiveAttachments,
    ],
    check(resource, report) {
      if (!exclusiveAttachments.includes(resource.type)) refuseAny(resource, report);
      else if (resource.at("users").list().length > 0) report.refuse("users is not empty");
    },
  },
  {
    name: "iam-no-exclusive-policy-attachment",
    theme: "least-privilege",
    title: "A policy is attached role by role",
    why: "A PolicyAttachment takes the policy away from everyone whom it does not list, other stacks' roles too",
    fix: "use RolePolicyAttachment",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: exclusiveAttachments,
    check: refuseAny,
  },
  {
    name: "iam-password-length",
    theme: "governance-and-cost",
    title: "A password has 14 characters or more",
    why: "Shorter ones are guessed",
    fix: "set minimumPasswordLength: 14",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP IAM.7", "CIS 3.0 1.8", "CIS 5.0 1.7"],
    types: passwordPolicies,
    // AWS's default is 8, the provider's 6.
    check: mustBeAtLeast("minimumPasswordLength", 14),
    remediate: () => ({ minimumPasswordLength: 14 }),
  },
  {
    name: "iam-password-reuse",
    theme: "governance-and-cost",
    title: "None of the last 24 passwords is taken again",
    why: "A password that was once found out would come back",
    fix: "set passwordReusePrevention: 24",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP IAM.7", "CIS 3.0 1.9", "CIS 5.0 1.8"],
    types: passwordPolicies,
    check: mustBeAtLeast("passwordReusePrevention", 24),
    remediate: () => ({ passwordReusePrevention: 24 }),
  },
  {
    name: "iam-password-complexity",
    theme: "governance-and-cost",
    title: "A password has letters of both kinds, numbers and symbols",
    why: "Words of a dictionary are tried first",
    fix: "set requireLowercaseCharacters, requireUppercaseCharacters, requireNumbers and requireSymbols: true",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP IAM.7"],
    types: passwordPolicies,
    check: all(
      mustBe("requireLowercaseCharacters", true),
      mustBe("requireUppercaseCharacters", true),
      mustBe("requireNumbers", true),
      mustBe("requireSymbols", true),
    ),
    remediate: () => ({
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
    }),
  },
  {
    name: "iam-password-max-age",
    theme: "governance-and-cost",
    title: "A password is changed every 90 days",
    why: "One that was found out unnoticed ends by then",
    fix: "set maxPasswordAge: 90",
    severity: "low",
    level: "advisory",
    controls: ["FSBP IAM.7"],
    types: passwordPolicies,
    // 0 and its absence mean never.
    check: all(mustBeAtLeast("maxPasswordAge", 1), mustBeAtMost("maxPasswordAge", 90, { otherwise: 0 })),
  },
  {
    name: "iam-no-server-certificates",
    theme: "governance-and-cost",
    title: "Certificates are in ACM",
    why: "IAM neither renews a certificate nor says that it ends, and keeps its key where a program once had it",
    fix: "make an acm.Certificate",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub IAM.26", "CIS 3.0 1.19", "CIS 5.0 1.18"],
    types: ["aws:iam/serverCertificate:ServerCertificate"],
    check: refuseAny,
  },
  {
    name: "iam-centralized-root",
    theme: "least-privilege",
    title: "The root users of an organization's accounts are managed centrally",
    why: "A member's root user, whose password nobody changes, stands above every guardrail's roles",
    fix: "add an iam.OrganizationsFeatures with RootCredentialsManagement and RootSessions",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 7.0 2.1.1"],
    types: ["aws:organizations/organization:Organization"],
    scope: "stack",
    check(stack, report) {
      const features = stack.ofType(["aws:iam/organizationsFeatures:OrganizationsFeatures"]);
      report.each(stack.ofType(["aws:organizations/organization:Organization"]), (_organization, report) => {
        report.each(["RootCredentialsManagement", "RootSessions"], feature => {
          const enabled = features.some(one =>
            one
              .at("enabledFeatures")
              .list()
              .some(value => value.is(feature)),
          );
          if (!enabled) report.refuse(`no OrganizationsFeatures of the stack enables ${feature}`);
        });
      });
    },
  },
];
