import * as pulumi from "@pulumi/pulumi";
import { type DeployersRoleArgs, deployersRole } from "../identity/deployers-role";
import { arn } from "../location";

export interface LinksRoleArgs extends DeployersRoleArgs {}

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
    this.arn = deployersRole(this, name, args, {
      description: "Products of other accounts have their PrivateLink connections accepted with this role",
      policyName: "links",
      statements: [
        {
          Sid: "Accept",
          Effect: "Allow",
          Action: ["ec2:AcceptVpcEndpointConnections", "ec2:RejectVpcEndpointConnections"],
          Resource: arn("ec2", args.at, "vpc-endpoint-service/*"),
        },
        { Sid: "See", Effect: "Allow", Action: "ec2:DescribeVpcEndpointConnections", Resource: "*" },
      ],
    });
    this.registerOutputs({ arn: this.arn });
  }
}
