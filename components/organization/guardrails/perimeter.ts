import type { Statement } from "../../identity/policy-document";
import { type Guardrail, type GuardrailSettings, resourceControl } from "./settings";

/** Of the services that resource control policies reach, those that hold a company's data and keys. */
const dataActions = ["dynamodb:*", "ecr:*", "kms:*", "s3:*", "secretsmanager:*", "sqs:*"];

const denyAll = (
  Sid: string,
  Action: readonly string[],
  Condition: NonNullable<Statement["Condition"]>,
): Statement => ({ Sid, Effect: "Deny", Principal: "*", Action, Resource: "*", Condition });

/**
 * Only the organization's own principals, AWS's services, and accounts that are trusted by name.
 * Source: AWS Organizations user guide, "Resource control policy examples"; AWS whitepaper, "Building a data
 * perimeter on AWS".
 */
export const organizationOnly = ({ organizationId, trustedAccounts }: GuardrailSettings): Guardrail =>
  resourceControl(
    denyAll("OrganizationOnly", [...dataActions, "sts:AssumeRole", "sts:SetContext"], {
      StringNotEqualsIfExists: {
        "aws:PrincipalOrgID": organizationId,
        ...(trustedAccounts.length === 0 ? {} : { "aws:PrincipalAccount": trustedAccounts }),
      },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    }),
  );

export const tlsOnly = (): Guardrail =>
  resourceControl(
    denyAll("TlsOnly", [...dataActions, "sts:*"], { BoolIfExists: { "aws:SecureTransport": "false" } }),
    denyAll("RecentTls", ["s3:*"], { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
  );

/**
 * An AWS service acts on the organization's resources on the organization's behalf only. Where a service does not say
 * on whose behalf, no account is named, and the statement leaves it alone.
 * Source: AWS Organizations user guide, "Cross-service confused deputy protection".
 */
export const noConfusedDeputy = ({ organizationId, trustedAccounts }: GuardrailSettings): Guardrail =>
  resourceControl(
    denyAll("NoConfusedDeputy", [...dataActions, "sts:AssumeRole"], {
      StringNotEqualsIfExists: {
        "aws:SourceOrgID": organizationId,
        ...(trustedAccounts.length === 0 ? {} : { "aws:SourceAccount": trustedAccounts }),
      },
      Null: { "aws:SourceAccount": "false" },
      Bool: { "aws:PrincipalIsAWSService": "true" },
    }),
  );

/**
 * Nobody encrypts objects with a key that only they have, as blackmailers do.
 * Source: Amazon S3 user guide, "Using server-side encryption with customer-provided keys (SSE-C)".
 */
export const noCustomerProvidedKeys = (): Guardrail =>
  resourceControl(
    denyAll("NoCustomerProvidedKeys", ["s3:PutObject"], {
      Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" },
    }),
  );
