import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type DeployTrust, trustDeployers } from "../identity/deploy-trust";
import { policyDocument } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";

export interface LinksRoleArgs extends DeployTrust {
  readonly at: Location;
  readonly roleName: string;
}

/**
 * The role by which products of other accounts accept, in this account, the connections of the PrivateLink endpoints
 * that they make to its services, and end them again; nothing else. That alone lets nobody in: an endpoint to a service
 * can only be asked for by the accounts that the service names (see `PrivateLinkService`).
 *
 * Source: Service authorization reference, "Actions, resources, and condition keys for Amazon EC2".
 */
export class LinksRole extends pulumi.ComponentResource {
  readonly arn: string;

  constructor(name: string, args: LinksRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:network:LinksRole", name, {}, opts);
    const here = { parent: this };
    const { at, roleName } = args;
    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        description: "Products of other accounts have their PrivateLink connections accepted with this role",
        maxSessionDuration: 3600,
        assumeRolePolicy: policyDocument(trustDeployers(args)),
      },
      here,
    );
    new aws.iam.RolePolicy(
      name,
      {
        name: "links",
        role: role.name,
        policy: policyDocument([
          {
            Sid: "Accept",
            Effect: "Allow",
            Action: ["ec2:AcceptVpcEndpointConnections", "ec2:RejectVpcEndpointConnections"],
            Resource: arn("ec2", at, "vpc-endpoint-service/*"),
          },
          { Sid: "See", Effect: "Allow", Action: "ec2:DescribeVpcEndpointConnections", Resource: "*" },
        ]),
      },
      here,
    );
    this.arn = iamArn(at.accountId, `role/${roleName}`);
    this.registerOutputs({ arn: this.arn });
  }
}
