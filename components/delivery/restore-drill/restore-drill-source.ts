import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../identity/policy-document";
import { iamArn } from "../../location";
import { copyStatements } from "./permissions";
import type { DrillArgs } from "./thing";

export interface RestoreDrillSourceArgs {
  readonly roleName: string;
  /** Of the state machine, in the target's account: who alone may take the role. */
  readonly machineRoleName: string;
  readonly drill: DrillArgs;
}

/**
 * The role in the source's account by which a drill finds a product's newest backups and starts copies of them into the
 * target's vault. It can read nothing that the product keeps, and neither restore nor delete a backup.
 *
 * The drill's role is a condition, and not the principal, because a principal must be there already.
 * Source: Step Functions developer guide, "Accessing resources in other AWS accounts in Step Functions".
 */
export class RestoreDrillSource extends pulumi.ComponentResource {
  readonly roleArn: string;

  constructor(name: string, args: RestoreDrillSourceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:delivery:RestoreDrillSource", name, {}, opts);
    const { from, to, product } = args.drill;
    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        description: `The restore drill of ${product} in ${to.environment} starts copies of backups with this role`,
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument([
          {
            Effect: "Allow",
            Principal: { AWS: iamArn(to.accountId, "root") },
            Action: "sts:AssumeRole",
            Condition: {
              ArnEquals: { "aws:PrincipalArn": iamArn(to.accountId, `role/${args.machineRoleName}`) },
            },
          },
        ]),
      },
      { parent: this },
    );
    new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: policyDocument(copyStatements(args.drill)) },
      { parent: this },
    );
    this.roleArn = iamArn(from.accountId, `role/${args.roleName}`);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
