/**
 * Policy documents as plain data. They are built from names that are known before anything is created, never from
 * outputs: a document with one unknown in it would be unknown as a whole, and no policy could judge it in a plan.
 */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  /** Either this or NotAction. */
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/**
 * Who may take a role: one AWS service, and only on behalf of this account.
 * Source: IAM user guide, "The confused deputy problem".
 */
export const trustService = (service: string, accountId: string): string =>
  policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  ]);

/** Refuses whatever does not come over TLS. Source: FSBP control S3.5. */
export const denyWithoutTls = (action: string, resources: readonly string[]): Statement => ({
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: action,
  Resource: resources,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
