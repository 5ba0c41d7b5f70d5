/** What roles are given. */
import { actionsMatching } from "../../iam/action-data";
import { narrowsResource } from "../../iam/conditions";
import { hasWildcard } from "../../iam/wildcard";
import { mustBeAtMost } from "../demands";
import type { Resource, Stack } from "../graph";
import { eachGrant, readOnce } from "../policy-documents";
import type { Report } from "../report";
import { customerPolicies, policyAttachments, roles } from "../resource-types";
import type { Rule } from "../rule";
import { boundaryName, isBoundary } from "./iam-wide-resources";

const permissionSetAttachment = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

export const iamRoles: readonly Rule[] = [
  {
    name: "iam-role-permissions-boundary",
    theme: "least-privilege",
    title: "A role of a product has a permissions boundary",
    why: "Its team writes its policies, and only the boundary says how far they may go",
    fix: "set permissionsBoundary to the account's boundary for products",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: roles,
    check(role, report) {
      if (role.at("permissionsBoundary").isSet) return;
      const path = role.at("path").text() ?? "/";
      if (path.startsWith("/product/")) report.refuse("permissionsBoundary is not set");
    },
  },
  {
    name: "iam-boundary-not-attached",
    theme: "least-privilege",
    title: "A permissions boundary is attached to nobody as a policy",
    why: "A boundary is wide by its nature, and as a permission it would grant all of that",
    fix: "give it as permissionsBoundary, and attach a policy that lists what is needed",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...policyAttachments, ...roles],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(policyAttachments), (attachment, report) => {
        const own = attachment.madeFrom("policyArn").find(isBoundary);
        if (own) report.refuse(`it attaches ${own.name}`);
      });
      eachAttached(stack, [...policyAttachments, ...roles], report, (arn, report) => {
        if (boundaryName.test(arn)) report.refuse(`it attaches ${arn}`);
      });
    },
  },
  {
    name: "iam-role-no-admin-managed",
    theme: "least-privilege",
    title: "None of AWS's full-access policies is attached",
    why: "They grant all that a service can do, or all that AWS can, and AWS extends them",
    fix: "attach a policy of your own that lists what is needed",
    severity: "high",
    level: "mandatory",
    neverExcepted: true,
    controls: [],
    types: [...policyAttachments, ...roles],
    scope: "stack",
    check(stack, report) {
      eachAttached(stack, [...policyAttachments, ...roles], report, (arn, report) => {
        if (broadPolicy.test(arn)) report.refuse(`it attaches ${arn}`);
      });
    },
  },
  {
    name: "iam-role-aws-managed-reviewed",
    theme: "least-privilege",
    title: "Only AWS's policies for service roles, for backups and for reading along are attached",
    why: "AWS writes its policies for all customers, and extends them without asking",
    fix: "attach a policy of your own that lists what is needed",
    severity: "low",
    level: "advisory",
    controls: [],
    types: [...policyAttachments, ...roles],
    scope: "stack",
    check(stack, report) {
      eachAttached(stack, [...policyAttachments, ...roles], report, (arn, report) => {
        // What grants a service or more is refused for that.
        if (awsManaged.test(arn) && !reviewed.test(arn) && !broadPolicy.test(arn))
          report.refuse(`it attaches ${arn}`);
      });
    },
  },
  {
    name: "iam-no-cloudshell-full",
    theme: "least-privilege",
    title: "Nobody has all of CloudShell",
    why: "With its uploads and downloads files pass the company's controls in both directions",
    fix: "leave AWSCloudShellFullAccess out; for a shell without transfer of files, allow its actions but cloudshell:GetFileDownloadUrls and cloudshell:GetFileUploadUrls",
    severity: "medium",
    level: "mandatory",
    controls: ["CIS 3.0 1.22", "CIS 5.0 1.21"],
    types: [...policyAttachments, ...roles, permissionSetAttachment],
    scope: "stack",
    check(stack, report) {
      eachAttached(
        stack,
        [...policyAttachments, ...roles, permissionSetAttachment],
        report,
        (arn, report) => {
          if (arn.endsWith(":policy/AWSCloudShellFullAccess")) report.refuse(`it attaches ${arn}`);
        },
      );
    },
  },
  {
    name: "iam-role-no-inline",
    theme: "least-privilege",
    title: "A role's policies are resources of their own",
    why: "What stands inside the role is taken away with the next change of another program, and nothing shows which policy changed",
    fix: "make a RolePolicy of each",
    severity: "low",
    level: "advisory",
    controls: [],
    types: roles,
    check(role, report) {
      if (role.at("inlinePolicies").list().length > 0) report.refuse("inlinePolicies is set");
    },
  },
  {
    name: "iam-role-session-length",
    theme: "least-privilege",
    title: "A session of a role ends within four hours",
    why: "A stolen session works until it ends, whatever is taken away from the role's owner",
    fix: "leave maxSessionDuration out, which is an hour, or set 14400 at most",
    severity: "low",
    level: "advisory",
    controls: [],
    types: roles,
    // AWS's default is an hour.
    check: mustBeAtMost("maxSessionDuration", 14_400, { otherwise: 3_600 }),
  },
  {
    name: "iam-task-role-narrow",
    theme: "least-privilege",
    title: "What a task may do is listed: no pattern of actions, and resources by name",
    why: "A task reads what strangers send, and is the first thing that is taken over",
    fix: "list the actions one by one and name the resources; Resource * is for actions that know no other",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...roles, rolePolicy],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(roles).filter(isTaskRole), (role, report) => {
        const inline = stack.companions(role, [rolePolicy], "role");
        const attached = stack
          .companions(role, policyAttachments, "role")
          .flatMap(one => one.madeFrom("policyArn").filter(({ type }) => customerPolicies.includes(type)));
        report.each([...inline, ...attached, role], (holder, report) =>
          eachGrant(holder, report, (statement, report) =>
            report.each(statement.actions, action => {
              if (hasWildcard(action)) report.refuse(`${role.name} may ${action}`);
              else if (statement.resources.includes("*") && isScopable(action) && !narrowsResource(statement))
                report.refuse(`${role.name} may ${action} on *`);
            }),
          ),
        );
      });
    },
  },
];

/** Whether an action could be limited to named resources; one that AWS does not have is another rule's. */
function isScopable(action: string): boolean {
  return actionsMatching(action).some(({ takesResource }) => takesResource);
}

function isTaskRole(role: Resource): boolean {
  const document = role.at("assumeRolePolicy");
  return readOnce(document).statements.some(({ principals }) =>
    principals.some(({ id }) => id === "ecs-tasks.amazonaws.com"),
  );
}

const awsManaged = /^arn:[^:]*:iam::aws:policy\//;
const reviewed =
  /:policy\/(service-role\/|aws-service-role\/|AWSBackupServiceRolePolicyFor|AmazonSSMManagedInstanceCore$|SecurityAudit$|ReadOnlyAccess$|AWSSupportAccess$|job-function\/(ViewOnlyAccess|Billing)$)/;

/** AWS's own policies that grant a service or more; that of CloudShell has a rule of its own. */
const broadPolicy =
  /^arn:[^:]*:iam::aws:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|(?!AWSCloudShell)\w*FullAccess)(-|$)/;

const attaching = ["policyArn", "managedPolicyArn", "managedPolicyArns"];

/** Each policy that is attached to someone, but for those of the program's own, which have no ARN in a preview. */
function eachAttached(
  stack: Stack,
  types: readonly string[],
  report: Report,
  inspect: (arn: string, report: Report) => void,
): void {
  report.each(stack.ofType(types), (resource, report) => {
    for (const property of attaching) {
      const isOwn = resource.madeFrom(property).some(({ type }) => customerPolicies.includes(type));
      const attached = resource.at(property);
      if (isOwn && attached.isUnknown) continue;
      report.attempt(() =>
        report.each(attached.list(), arn => {
          if (!isOwn || !arn.isUnknown) inspect(arn.text() ?? "", report);
        }),
      );
    }
  });
}
