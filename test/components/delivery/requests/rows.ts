/** What the rows of requests are made of. */
import type { Statement } from "../../../../components/identity/policy-document";
import { type PolicyDocument, readDocument } from "../../../../iam/document";
import type { Caller } from "../../../../iam/request";
import { at } from "../../planned";

type Context = Readonly<Record<string, string>>;

/** `*` is the resource where AWS knows none. */
export type Row = readonly [action: string, resource: string, context?: Context];
/** By the type of the resource that is made. */
export type RowsByType = Readonly<Record<string, readonly Row[]>>;

export const { accountId, region } = at;

export const documentOf = (statements: readonly Statement[]): PolicyDocument =>
  readDocument({ Version: "2012-10-17", Statement: statements });

export const roleArn = (name: string, account = accountId) => `arn:aws:iam::${account}:role/${name}`;
export const deployer: Caller = {
  kind: "role",
  arn: roleArn("landing-zone-deploy"),
  account: accountId,
  sessionName: "landing-zone",
};

export const keyArn = `arn:aws:kms:${region}:${accountId}:key/1`;
export const boundaryArn = `arn:aws:iam::${accountId}:policy/landing-zone-product-boundary`;
export const tagged = { "aws:RequestTag/managed-by": "pulumi", "aws:RequestTag/product": "orders" };
export const ofOrders = { "aws:ResourceTag/product": "orders" };
export const ofPlatform = { "aws:ResourceTag/product": "landing-zone" };
export const withBoundary = { "iam:PermissionsBoundary": boundaryArn };

/** One row for each of several actions, with a space between them. */
export const rows = (service: string, actions: string, resource: string, context?: Context): Row[] =>
  actions.split(" ").map(action => [`${service}:${action}`, resource, context]);

export const inRegion = (service: string, resource: string, where = region) =>
  `arn:aws:${service}:${where}:${accountId}:${resource}`;

export const serviceLinked = (service: string): Row => [
  "iam:CreateServiceLinkedRole",
  roleArn(`aws-service-role/${service}/AWSServiceRoleForIt`),
  { "iam:AWSServiceName": service },
];

export const handsOver = (role: string, service: string): Row => [
  "iam:PassRole",
  roleArn(`product/${role}`),
  { "iam:PassedToService": service },
];

/** What a service asks of the product's key on behalf of whoever makes something that it encrypts. */
export const keyThrough = (service: string, actions = "DescribeKey Decrypt GenerateDataKey"): Row[] =>
  rows("kms", actions, keyArn, { ...ofOrders, "kms:ViaService": `${service}.${region}.amazonaws.com` });
export const grantThrough = (service: string): Row => [
  "kms:CreateGrant",
  keyArn,
  {
    ...ofOrders,
    "kms:ViaService": `${service}.${region}.amazonaws.com`,
    "kms:GrantIsForAWSResource": "true",
  },
];

export const bucket = `arn:aws:s3:::shop-pictures-${accountId}-${region}`;
export const balancer = "app/orders/50dc6c495c0c9188";
export const zone = "arn:aws:route53:::hostedzone/Z1";
export const securityGroup = inRegion("ec2", "security-group/sg-1");
export const productRole = roleArn("product/orders-api-task");
