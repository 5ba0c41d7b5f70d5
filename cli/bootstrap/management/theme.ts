import type { Statement } from "../cloudformation";

export interface Theme {
  /** The types of resources that it is for, without `aws:` and what repeats: `organizations/policy`. */
  readonly types: readonly string[];
  readonly statements: readonly Statement[];
}

export const allow = (
  Sid: string,
  Action: readonly string[],
  Resource: string | readonly string[] = "*",
  Condition?: Statement["Condition"],
): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

/** What Pulumi made carries it, and what CloudFormation made, the state's key among it, does not. */
export const madeByPulumi = { StringEquals: { "aws:ResourceTag/managed-by": "pulumi" } };
