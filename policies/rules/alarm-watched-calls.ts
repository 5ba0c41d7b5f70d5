/**
 * The calls that the CIS benchmark wants an alarm on, and what the pattern of a metric filter must hold for each.
 * Source: CIS AWS Foundations Benchmark 3.0, section 4; Security Hub controls CloudWatch.1 to CloudWatch.14.
 */

import type { ControlId } from "../controls";

export interface WatchedCalls {
  /** Of the rule. */
  readonly name: string;
  readonly controls: readonly ControlId[];
  readonly level: "mandatory" | "advisory";
  /** As in "an alarm on ...". */
  readonly what: string;
  readonly why: string;
  /** Words of the pattern, each. */
  readonly words: readonly string[];
}

const calls = (
  name: string,
  [number, control]: readonly [cis: string, cloudWatch: number | undefined],
  what: string,
  why: string,
  words: string,
  level: WatchedCalls["level"] = "advisory",
): WatchedCalls => ({
  name,
  controls: [
    ...(control === undefined ? [] : [`Security Hub CloudWatch.${control}` as const]),
    `CIS 3.0 ${number}`,
    `CIS 5.0 ${number}`,
  ],
  level,
  what,
  why,
  words: words.split(" "),
});

export const watchedCalls: readonly WatchedCalls[] = [
  calls(
    "alarm-root-use",
    ["4.3", 1],
    "use of the root user",
    "Nothing holds it back, and nobody has a reason to use it on an ordinary day",
    "userIdentity.type Root",
    "mandatory",
  ),
  calls(
    "alarm-unauthorised",
    ["4.1", 2],
    "calls that are denied",
    "Who does not know what a stolen key may do tries",
    "errorCode UnauthorizedOperation AccessDenied",
  ),
  calls(
    "alarm-no-mfa",
    ["4.2", 3],
    "sign-in without a second factor",
    "A password alone is guessed, bought or found",
    "ConsoleLogin MFAUsed",
  ),
  calls(
    "alarm-iam-change",
    ["4.4", 4],
    "changes of policies",
    "An intruder makes himself a way back first",
    "DeleteGroupPolicy DeleteRolePolicy DeleteUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy CreatePolicy " +
      "DeletePolicy CreatePolicyVersion DeletePolicyVersion AttachRolePolicy DetachRolePolicy AttachUserPolicy " +
      "DetachUserPolicy AttachGroupPolicy DetachGroupPolicy",
  ),
  calls(
    "alarm-trail-change",
    ["4.5", 5],
    "changes of trails",
    "Who is not to be seen turns off the light",
    "CreateTrail UpdateTrail DeleteTrail StartLogging StopLogging",
  ),
  calls(
    "alarm-console-auth-failure",
    ["4.6", 6],
    "failed sign-ins",
    "A password is guessed in many tries",
    "ConsoleLogin Failed authentication",
  ),
  calls(
    "alarm-kms-delete",
    ["4.7", 7],
    "keys that are disabled or deleted",
    "With a key goes all that it encrypts",
    "kms.amazonaws.com DisableKey ScheduleKeyDeletion",
  ),
  calls(
    "alarm-bucket-policy",
    ["4.8", 8],
    "changes of buckets' policies",
    "It is how a bucket becomes public",
    "s3.amazonaws.com PutBucketAcl PutBucketPolicy PutBucketCors PutBucketLifecycle PutBucketReplication " +
      "DeleteBucketPolicy DeleteBucketCors DeleteBucketLifecycle DeleteBucketReplication",
  ),
  calls(
    "alarm-config-change",
    ["4.9", 9],
    "changes of AWS Config's recorder",
    "What is not recorded is not checked",
    "config.amazonaws.com StopConfigurationRecorder DeleteDeliveryChannel PutDeliveryChannel PutConfigurationRecorder",
  ),
  calls(
    "alarm-sg-change",
    ["4.10", 10],
    "changes of security groups",
    "One rule by hand opens what the program keeps closed",
    "AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress " +
      "RevokeSecurityGroupEgress CreateSecurityGroup DeleteSecurityGroup",
  ),
  calls(
    "alarm-nacl-change",
    ["4.11", 11],
    "changes of network ACLs",
    "They are the fence around subnets, and nobody looks at them for years",
    "CreateNetworkAcl CreateNetworkAclEntry DeleteNetworkAcl DeleteNetworkAclEntry ReplaceNetworkAclEntry " +
      "ReplaceNetworkAclAssociation",
  ),
  calls(
    "alarm-gateway-change",
    ["4.12", 12],
    "changes of gateways",
    "A gateway is a new door to the internet",
    "CreateCustomerGateway DeleteCustomerGateway AttachInternetGateway CreateInternetGateway " +
      "DeleteInternetGateway DetachInternetGateway",
  ),
  calls(
    "alarm-route-change",
    ["4.13", 13],
    "changes of routes",
    "One route sends traffic past the firewall",
    "CreateRoute CreateRouteTable ReplaceRoute ReplaceRouteTableAssociation DeleteRouteTable DeleteRoute " +
      "DisassociateRouteTable",
  ),
  calls(
    "alarm-vpc-change",
    ["4.14", 14],
    "changes of networks",
    "A new peering joins what was kept apart",
    "CreateVpc DeleteVpc ModifyVpcAttribute AcceptVpcPeeringConnection CreateVpcPeeringConnection " +
      "DeleteVpcPeeringConnection RejectVpcPeeringConnection",
  ),
  calls(
    "alarm-org-change",
    ["4.15", undefined],
    "changes of the organization",
    "Whoever moves an account takes it out from under its guardrails",
    "organizations.amazonaws.com AcceptHandshake AttachPolicy CreateAccount CreateOrganizationalUnit CreatePolicy " +
      "DeclineHandshake DeleteOrganization DeleteOrganizationalUnit DeletePolicy DetachPolicy DisablePolicyType " +
      "EnablePolicyType InviteAccountToOrganization LeaveOrganization MoveAccount RemoveAccountFromOrganization " +
      "UpdatePolicy UpdateOrganizationalUnit",
    "mandatory",
  ),
];
