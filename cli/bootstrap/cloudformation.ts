/** CloudFormation templates, and policy documents in them, as plain data. */

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: "Delete" | "Retain" | "RetainExceptOnCreate";
  readonly UpdateReplacePolicy?: "Delete" | "Retain";
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, Value>>;
}

export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Description: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Description: string; readonly Value: Value }>>;
}

/** A statement whose resources may be known to CloudFormation only. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Value;
  readonly Action: string | readonly string[];
  readonly Resource?: Value;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export const policyOf = (statements: readonly Statement[]): Value => ({
  Version: "2012-10-17",
  Statement: statements as unknown as Value,
});

export const arnOf = (logicalId: string): Value => ({ "Fn::GetAtt": [logicalId, "Arn"] });

/** Of `landing-zone-apply-dev`, for example, `LandingZoneApplyDev`: logical ids are letters and digits. */
export const logicalId = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map(word => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
