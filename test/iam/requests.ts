import { type PolicyDocument, readDocument } from "../../iam/document";
import type { Caller, Request } from "../../iam/request";

export const own = "111122223333";
export const other = "444455556666";

export const role: Caller = {
  kind: "role",
  arn: `arn:aws:iam::${own}:role/team/deploy`,
  account: own,
  sessionName: "ci",
};
export const user: Caller = { kind: "user", arn: `arn:aws:iam::${own}:user/bob`, account: own };
export const root: Caller = { kind: "root", arn: `arn:aws:iam::${own}:root`, account: own };
export const service: Caller = { kind: "service", arn: "cloudtrail.amazonaws.com" };
export const anonymous: Caller = { kind: "anonymous", arn: "" };
export const serviceLinked: Caller = {
  kind: "service-linked-role",
  arn: `arn:aws:iam::${own}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
  account: own,
};

export const object = "arn:aws:s3:::pay/receipts/1";

export const request = (more: Partial<Request> = {}): Request => ({
  principal: role,
  action: "s3:GetObject",
  resource: object,
  resourceAccount: own,
  context: {},
  ...more,
});

/** A document of Version 2012-10-17 with the statements given. */
export const document = (...statements: readonly object[]): PolicyDocument =>
  readDocument({ Version: "2012-10-17", Statement: statements });

export const allow = (more: object = {}) => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
export const deny = (more: object = {}) => ({ ...allow(more), Effect: "Deny" });
