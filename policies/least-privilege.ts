import { actionMatches, isEveryAction, isWholeService, needsResource } from "../iam/actions";
import { isWholeAccount } from "../iam/arn";
import { isNarrowedBy, narrowsCaller, narrowsResource } from "../iam/conditions";
import type { Statement } from "../iam/document";
import { hasWildcard } from "../iam/wildcard";
import type { StackResource } from "./graph";
import {
  eachGrant,
  eachTrust,
  identityPolicyHolders,
  keyPolicyHolders,
  permissionHolders,
  resourcePolicyHolders,
} from "./policy-documents";
import { accountOf } from "./provider-inputs";
import { customerPolicies, policyAttachments, roles, taskDefinitions } from "./resource-types";
import type { Rule } from "./rule";

/** AWS's own policies that grant a service or more. */
const broadPolicy =
  /^arn:[^:]*:iam::aws:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|\w*FullAccess)(-|$)/;

export const leastPrivilege: readonly Rule[] = [
  {
    name: "iam-policy-no-admin",
    title: "No policy allows every action",
    why: "Whoever takes over its holder has the whole account",
    fix: "list the actions that are needed",
    severity: "critical",
    level: "mandatory",
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
    title: "No policy allows all that a service can do",
    why: "That includes to delete, to share and to change permissions, and whatever AWS adds tomorrow",
    fix: "list the actions that are needed",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP IAM.21"],
    // A key's policy must allow all of kms to the account's root: kms-policy-admin-is-root looks at those.
    types: permissionHolders.filter(type => !keyPolicyHolders.includes(type)),
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
    title: "A policy names the resources that it allows to change, decrypt or reveal",
    why: "On Resource * a fault in one service reaches the data of all others in the account",
    fix: "name the resources by ARN, or add a condition on their tags, their account or a key of the service's own",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP KMS.1", "FSBP KMS.2"],
    // In a key's policy, and only there, * means the key that carries it.
    types: permissionHolders.filter(type => !keyPolicyHolders.includes(type)),
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
    name: "iam-role-trust-no-star",
    title: "A role trusts named principals",
    why: "A role that trusts everyone can be assumed from any AWS account in the world",
    fix: "name the service, the role or the account in Principal",
    severity: "critical",
    level: "mandatory",
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
    name: "resource-policy-not-public",
    title: "A resource's policy allows named principals",
    why: "Everyone includes every other AWS account",
    fix: "name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.2", "FSBP S3.3", "FSBP KMS.5", "FSBP SNS.4", "FSBP SQS.3", "CIS 7.0 2.21"],
    types: resourcePolicyHolders,
    check(resource, report) {
      eachGrant(resource, report, (statement, report) => {
        if (statement.notPrincipals.length > 0) report.refuse("it allows by NotPrincipal");
        report.each(statement.principals, ({ kind, id }) => {
          if (hasWildcard(id) && !narrowsCaller(statement)) report.refuse(`it allows ${kind} ${id}`);
        });
      });
    },
  },
  {
    name: "kms-policy-admin-is-root",
    title: "Only the account's root may do everything with a key",
    why: "Whoever may change the policy of a key can give it to anyone, or have it deleted with all it encrypts",
    fix: "leave kms:* to arn:aws:iam::<account>:root and list actions for everyone else",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: keyPolicyHolders,
    check(key, report) {
      eachGrant(key, report, (statement, report) => {
        report.each(statement.actions, action => {
          if (!isWholeService(action)) return;
          report.each(statement.principals, ({ kind, id }) => {
            const account = accountOf(key);
            const isRoot =
              kind === "AWS" && isWholeAccount(id) && (account === undefined || id.includes(account));
            if (!isRoot) report.refuse(`it allows ${action} to ${kind} ${id}`);
          });
        });
      });
    },
  },
  {
    name: "iam-role-no-admin-managed",
    title: "None of AWS's full-access policies is attached",
    why: "They grant all that a service can do, or all that AWS can, and AWS extends them",
    fix: "attach a policy of your own that lists what is needed",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...policyAttachments, ...roles],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(policyAttachments), (attachment, report) => {
        // A policy that the stack makes has no ARN in a preview, and is not one of AWS's.
        if (attachment.madeFrom("policyArn").some(({ type }) => customerPolicies.includes(type))) return;
        const policy = attachment.at("policyArn").text() ?? "";
        if (broadPolicy.test(policy)) report.refuse(`it attaches ${policy}`);
      });
      report.each(stack.ofType(roles), (role, report) => {
        report.each(role.at("managedPolicyArns").list(), policy => {
          if (broadPolicy.test(policy.text() ?? "")) report.refuse(`it attaches ${policy.text()}`);
        });
      });
    },
  },
  {
    name: "iam-no-users",
    title: "There are no IAM users",
    why: "A user's password and keys outlive the person's time in the company",
    fix: "let people come through Identity Center and machines through roles",
    severity: "high",
    level: "mandatory",
    controls: ["CIS 3.0 1.21", "CIS 5.0 1.20"],
    types: ["aws:iam/user:User", "aws:iam/userLoginProfile:UserLoginProfile"],
    check(resource, report) {
      report.refuse(`it is a ${resource.type.split(":").at(-1)}`);
    },
  },
  {
    name: "iam-no-access-keys",
    title: "There are no access keys",
    why: "A key works from anywhere until someone remembers to delete it",
    fix: "use a role: tasks, builds and people all can",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP IAM.3", "Security Hub IAM.22", "CIS 5.0 1.13"],
    types: ["aws:iam/accessKey:AccessKey"],
    check(_key, report) {
      report.refuse("it is an access key");
    },
  },
  {
    name: "ecs-task-separate-roles",
    title: "A task has a role of its own and another for its start",
    why: "The role that starts a task reads secrets and images, which the running program must not",
    fix: "set taskRoleArn and executionRoleArn to two roles",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(taskDefinitions), (definition, report) => {
        const missing = ["taskRoleArn", "executionRoleArn"].filter(
          property => !definition.at(property).isSet,
        );
        for (const property of missing) report.refuse(`${property} is not set`);
        if (missing.length > 0) return;
        if (sameRole([definition, "taskRoleArn"], [definition, "executionRoleArn"])) {
          report.refuse("taskRoleArn and executionRoleArn are one role");
        }
      });
    },
  },
  {
    name: "ecs-task-own-role",
    title: "No two task definitions share a task role",
    why: "Each could do what only the other needs",
    fix: "make a role for each",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    scope: "stack",
    check(stack, report) {
      const definitions = stack
        .ofType(taskDefinitions)
        .filter(definition => definition.at("taskRoleArn").isSet);
      report.each(definitions, (definition, report) => {
        report.each(definitions.slice(0, definitions.indexOf(definition)), other => {
          if (sameRole([definition, "taskRoleArn"], [other, "taskRoleArn"])) {
            report.refuse(`taskRoleArn is that of ${other.name}`);
          }
        });
      });
    },
  },
];

/** `*`, or an ARN that says nothing from the account or the service on. */
const everyResource = /^(arn:([^:]*:)?)?[:*]*\*[:*]*$/;

/** A pattern is a name, too, if it starts with one: names that Pulumi completes end in random characters. */
const namesRole = /^arn:[^:*?]+:iam::\d{12}:role\/[^*?]+/;

function narrowsPeople(statement: Statement): boolean {
  const personal = (key: string) => key === "sts:externalid" || key.startsWith("aws:principaltag/");
  return narrowsCaller(statement) || isNarrowedBy(statement, personal);
}

type Property = readonly [of: StackResource, name: string];

/** Told by the roles that the properties were made from, else by ARNs that were written down. */
function sameRole(one: Property, other: Property): boolean {
  const [rolesOfOne, rolesOfOther] = [rolesBehind(one), rolesBehind(other)];
  if (rolesOfOne.length > 0 && rolesOfOther.length > 0)
    return rolesOfOne.some(role => rolesOfOther.includes(role));
  return one[0].at(one[1]).text() === other[0].at(other[1]).text();
}

function rolesBehind([resource, property]: Property): StackResource[] {
  return resource.madeFrom(property).filter(({ type }) => roles.includes(type));
}
