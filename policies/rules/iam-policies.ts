/** What policies allow, in every place where one can stand. */
import { actionsMatching } from "../../iam/action-data";
import { actionMatches, isEveryAction, isWholeService, needsResource } from "../../iam/actions";
import { isNarrowedBy, narrowsResource } from "../../iam/conditions";
import type { Statement } from "../../iam/document";
import { eachGrant, identityPolicyHolders, keyPolicyHolders, permissionHolders } from "../policy-documents";
import type { ResourceRule, Rule } from "../rule";
import { escalating, givingCredentials, launching, revealing } from "./iam-dangerous-actions";
import { everyResource, isBoundary, wideResources } from "./iam-wide-resources";

/** In a key's policy, and only there, * means the key that carries it, and all of kms must be the root's. */
const butKeys = permissionHolders.filter(type => !keyPolicyHolders.includes(type));

export const iamPolicies: readonly Rule[] = [
  {
    name: "iam-policy-no-admin",
    theme: "least-privilege",
    title: "No policy allows every action",
    why: "Whoever takes over its holder has the whole account",
    fix: "list the actions that are needed",
    severity: "critical",
    level: "mandatory",
    neverExcepted: true,
    controls: ["FSBP IAM.1", "CIS 3.0 1.16", "CIS 5.0 1.15"],
    types: permissionHolders,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (isEveryAction(action)) report.refuse(`it allows ${action}`);
        });
      });
    },
  },
  {
    name: "iam-policy-no-service-wildcard",
    theme: "least-privilege",
    title: "No policy allows all that a service can do",
    why: "That includes to delete, to share and to change permissions, and whatever AWS adds tomorrow",
    fix: "list the actions that are needed",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP IAM.21"],
    // A key's policy must allow all of kms to the account's root: kms-policy-admin-is-root looks at those.
    types: butKeys,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (isWholeService(action)) report.refuse(`it allows ${action}`);
        });
      });
    },
  },
  {
    name: "iam-policy-no-notaction-allow",
    theme: "least-privilege",
    title: "No policy allows all but a list",
    why: "What is not on the list is allowed, be it made tomorrow",
    fix: "name the actions and resources that are allowed; NotAction and NotResource belong in a Deny",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: permissionHolders,
    check(resource, report) {
      eachGrant(resource, report, ({ notActions, notResources }, report) => {
        if (notActions.length > 0) report.refuse("it allows by NotAction");
        if (notResources.length > 0) report.refuse("it allows by NotResource");
      });
    },
  },
  {
    name: "iam-policy-no-resource-star-write",
    theme: "least-privilege",
    title: "A policy names the resources that it allows to change, decrypt or reveal",
    why: "On Resource * a fault in one service reaches the data of all others in the account",
    fix: "name the resources by ARN, or add a condition on their tags, their account or a key of the service's own",
    severity: "high",
    level: "mandatory",
    controls: [],
    // In a key's policy, and only there, * means the key that carries it.
    types: butKeys,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.resources, target => {
          if (!everyResource.test(target)) return;
          report.each(statement.actions, action => {
            const refusedElsewhere = isEveryAction(action) || isWholeService(action);
            if (refusedElsewhere || !needsResource(action) || narrowsResource(statement)) return;
            report.refuse(`it allows ${action} on ${target}`);
          });
        });
      });
    },
  },
  {
    name: "iam-policy-passrole-narrow",
    theme: "least-privilege",
    title: "A policy lets named roles be passed to a named service",
    why: "Whoever may pass any role to a service they control has the rights of the strongest role",
    fix: "name the roles and add a StringEquals condition on iam:PassedToService",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: identityPolicyHolders,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (!actionMatches(action, "iam:PassRole")) return;
          report.each(statement.resources, role => {
            if (!namesRole.test(role)) report.refuse(`${action} is allowed on ${role}`);
          });
          if (!isNarrowedBy(statement, key => key === "iam:passedtoservice")) {
            report.refuse(`${action} is allowed without a condition on iam:PassedToService`);
          }
        });
      });
    },
  },
  {
    name: "iam-policy-no-privilege-escalation",
    theme: "least-privilege",
    title: "No policy lets its holder give rights to itself",
    why: "Whoever may change any role, or start something with any role, is an administrator in two steps",
    fix: "name the roles, policies and functions, or add a condition on iam:PermissionsBoundary or iam:PolicyARN",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: identityPolicyHolders,
    check(resource, report) {
      if (isBoundary(resource)) return;
      const passing: string[] = [];
      const starting: string[] = [];
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (isEveryAction(action)) return;
          const means = (one: string) => actionMatches(action, one);
          starting.push(...launching.filter(means));
          if (means("iam:PassRole")) passing.push(...wideResources(statement, action));
          if (!escalating.some(means)) return;
          for (const target of wideResources(statement, action))
            report.refuse(`it allows ${action} on ${target}`);
        });
      });
      if (passing.length > 0 && starting.length > 0)
        report.refuse(
          `it allows iam:PassRole on ${passing[0]} and ${starting[0]}, which runs with what is passed`,
        );
    },
  },
  {
    name: "iam-policy-assume-role-narrow",
    theme: "least-privilege",
    title: "A policy names the roles that it lets be assumed",
    why: "Who may assume any role has the rights of every role that trusts the account",
    fix: "name the roles by their ARNs",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: identityPolicyHolders,
    check: refusingOnWide(["sts:AssumeRole"]),
  },
  {
    name: "iam-policy-no-credential-exposure",
    theme: "least-privilege",
    title: "A policy names what it lets credentials be had for",
    why: "A credential works outside AWS too, and after the policy was taken away",
    fix: "name the resources by their ARNs, or leave the action out",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: identityPolicyHolders,
    check: refusingOnWide(givingCredentials),
  },
  {
    name: "iam-policy-no-exfiltration",
    theme: "data-protection",
    title: "A policy names the secrets, objects, tables and queues that it lets be read",
    why: "One holder that is taken over then carries away what all others keep",
    fix: "name the resources by their ARNs",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: identityPolicyHolders,
    // What only AWS may do in somebody's name, they can not carry away.
    check: refusingOnWide(revealing, onlyByAws),
  },
  {
    name: "iam-policy-permissions-mgmt-constrained",
    theme: "least-privilege",
    title: "A policy that lets others be given access says in which account, or to what",
    why: "Whoever may share anything can hand any data to any account, without taking it themselves",
    fix: "name the resources or at least the account in their ARNs, or add a condition on their tags or a key of the service's own",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: identityPolicyHolders,
    check(resource, report) {
      if (isBoundary(resource)) return;
      eachGrant(resource, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (isEveryAction(action) || isWholeService(action)) return;
          const shares = actionsMatching(action).some(one => one.managesPermissions && one.takesResource);
          if (!shares) return;
          for (const target of wideResources(statement, action).filter(one => !namesAccount.test(one)))
            report.refuse(`it allows ${action} on ${target}`);
        });
      });
    },
  },
];

/** Refuses some actions where they are allowed on resources that are not named. */
function refusingOnWide(
  refused: readonly string[],
  isHarmless: (statement: Statement) => boolean = () => false,
): ResourceRule["check"] {
  return (resource, report) => {
    if (isBoundary(resource)) return;
    eachGrant(resource, report, (statement, report) => {
      if (isHarmless(statement)) return;
      report.each(statement.actions, action => {
        // Other rules refuse these for what they are.
        if (isEveryAction(action) || isWholeService(action)) return;
        if (!refused.some(one => actionMatches(action, one))) return;
        for (const target of wideResources(statement, action))
          report.refuse(`it allows ${action} on ${target}`);
      });
    });
  };
}

/** Source: IAM user guide, "AWS global condition context keys", aws:ViaAWSService. */
function onlyByAws({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === "Bool" && /^aws:ViaAWSService$/i.test(key) && values.length === 1 && values[0] === "true",
  );
}

/** A pattern is a name, too, if it starts with one: names that Pulumi completes end in random characters. */
const namesRole = /^arn:[^:*?]+:iam::\d{12}:role\/[^*?]+/;

/** Who deploys to an account has to manage all that is of a kind in it. */
const namesAccount = /^arn:[^:]*:[^:*?]+:[^:]*:\d{12}:/;
