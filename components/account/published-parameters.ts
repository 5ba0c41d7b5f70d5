import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";

export interface PublishedParametersArgs {
  /**
   * What is published, by its name below `/landing-zone/`, for example `subnets/private`: one value, or several, none
   * of them empty or with a comma in it. All together are at most 4,096 bytes of UTF-8.
   */
  readonly values: Readonly<Record<string, pulumi.Input<string> | pulumi.Input<pulumi.Input<string>[]>>>;
}

const root = "landing-zone";

/**
 * What products must know of the account they are in, such as its VPC, subnets, zones and keys, as SSM parameters:
 * for programs that can not read the platform's stacks. No secrets: who may read one may read all.
 *
 * Refused: no value; a name that SSM refuses; a value that is empty, too long or has `{{` in it; a comma in one of
 * several. Values that are not known in a plan are refused when they are.
 * Sources: AWS Systems Manager user guide, "Understanding parameter name requirements and constraints", "Managing
 * parameter tiers"; API reference, "PutParameter".
 */
export class PublishedParameters extends pulumi.ComponentResource {
  /** The parameters' full names, by what they publish. */
  readonly parameterNames: Readonly<Record<string, string>>;

  constructor(name: string, args: PublishedParametersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:account:PublishedParameters", name, {}, opts);
    const entries = Object.entries(args.values);
    if (entries.length === 0) throw new Error("values is empty: nothing would be published");
    for (const [what] of entries) requireName(what);
    this.parameterNames = Object.fromEntries(entries.map(([what]) => [what, `/${root}/${what}`]));
    for (const [what, value] of entries)
      new aws.ssm.Parameter(
        `${name}-${what}`,
        {
          name: `/${root}/${what}`,
          description: `Published by the landing zone: ${what}`,
          tier: "Standard",
          type: typeOf(value),
          // Pulumi hides what is called the value, and a plan shall show what is published.
          insecureValue: pulumi.output(value).apply(known => textOf(what, known)),
        },
        { parent: this },
      );
    this.registerOutputs({ parameterNames: this.parameterNames });
  }
}

/** Lets a role read what is published. Source: Service authorization reference, "AWS Systems Manager". */
export const readPublished = (at: Location): Statement => ({
  Sid: "ReadPublished",
  Effect: "Allow",
  Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
  // By path it is the path that must be allowed.
  Resource: [arn("ssm", at, `parameter/${root}`), arn("ssm", at, `parameter/${root}/*`)],
});

type Value = PublishedParametersArgs["values"][string];

/** Whether it is one or several is known in a plan but for an output that is not. */
function typeOf(value: Value): pulumi.Input<aws.ssm.ParameterType> {
  const whole = pulumi.output(value);
  if (typeof value === "string") return "String";
  if (Array.isArray(value)) return "StringList";
  return whole.apply(known => (Array.isArray(known) ? "StringList" : "String"));
}

/** Bytes that the tier Standard holds. */
const largest = 4_096;

function textOf(what: string, value: string | string[]): string {
  const several = Array.isArray(value);
  const parts = several ? value : [value];
  if (parts.length === 0 || parts.some(part => part === ""))
    throw new Error(`values.${what} is empty or holds an empty value, which SSM refuses`);
  const split = several ? parts.find(part => part.includes(",")) : undefined;
  if (split !== undefined) throw new Error(`values.${what} holds ${split}; a comma is what parts the values`);
  const text = parts.join(",");
  if (text.includes("{{"))
    throw new Error(`values.${what} has {{ in it, which SSM would take for a reference`);
  const bytes = Buffer.byteLength(text);
  if (bytes > largest) throw new Error(`values.${what} has ${bytes} bytes; the tier Standard holds 4,096`);
  return text;
}

/** Of 1,011 characters, those of the ARN before it count, too; the longest region has 14. */
const longestName = 1_011 - "arn:aws:ssm:ap-northeast-1:111122223333:parameter".length;

function requireName(what: string): void {
  const levels = what.split("/");
  if (!levels.every(level => /^[\w.-]+$/.test(level)))
    throw new Error(
      `values.${what}: a name must be of letters, digits, dots, hyphens and underscores, with single slashes between`,
    );
  // The root is the first of 15.
  if (levels.length > 14)
    throw new Error(`values.${what} has ${levels.length} levels, and SSM takes 14 here`);
  const { length } = `/${root}/${what}`;
  if (length > longestName)
    throw new Error(`values.${what}: the full name has ${length} characters, and SSM takes ${longestName}`);
}
