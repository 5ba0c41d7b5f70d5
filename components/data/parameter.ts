import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../location";
import type { Keeping } from "./keeping";

export interface ParameterArgs extends Keeping {
  /** For example `/orders/feature-flags`: a slash before each of up to 15 parts of letters, digits or _.- */
  readonly parameterName: string;
  readonly description: string;
  /** Known to all who see the plan, the state or the parameter: no secret. At most 4,096 bytes of UTF-8. */
  readonly value: string;
  /** A regular expression that the value, now and later, must match. */
  readonly allowedPattern?: string;
}

/**
 * A setting that can be changed without a release: a parameter in Parameter Store, of the type String, which is
 * free of charge.
 *
 * A secret one, a SecureString, is referenced (parameterAccess, `readSecure`) and not made here. Made by a program it
 * would need a value, which the program must not know; and a made-up one in its place would be read, by who comes
 * before the true one, as though it were true, where a parameter that is missing stops a container before it starts,
 * and says which. Pulumi would also read the true one back into its state. Who may puts it there:
 *
 *     aws ssm put-parameter --type SecureString --key-id alias/<the product's key> --name <parameterName> --value file://value.txt
 *
 * What is to be renewed regularly, or kept for good, is a Secret.
 *
 * Refused: a name that SSM refuses; no description; a value that is empty, too long, has `{{` in it or does not match.
 * Sources: Systems Manager user guide, "Understanding requirements and constraints for parameter names", "Managing
 * parameter tiers"; API reference, "PutParameter"; ECS developer guide, "Pass Systems Manager parameters through Amazon
 * ECS environment variables".
 */
export class Parameter extends pulumi.ComponentResource {
  readonly parameterName: string;
  readonly arn: string;

  constructor(name: string, args: ParameterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Parameter", name, {}, opts);
    requireSound(args);
    const { parameterName, allowedPattern } = args;
    this.parameterName = parameterName;
    this.arn = arn("ssm", args.at, `parameter${parameterName}`);
    new aws.ssm.Parameter(
      name,
      {
        name: parameterName,
        description: args.description,
        type: "String",
        tier: "Standard",
        // Pulumi hides what is called the value, and a plan shall show what changes.
        insecureValue: args.value,
        ...(allowedPattern === undefined ? {} : { allowedPattern }),
      },
      { parent: this },
    );
    this.registerOutputs({ arn: this.arn });
  }
}

const most = { parts: 15, name: 1_011, bytes: 4_096 };

/** AWS's name for a parameter may hold these; as its first part neither `aws` nor `ssm`, in any case. */
const isName = (name: string): boolean =>
  name.length <= most.name &&
  /^(\/[\w.-]+)+$/.test(name) &&
  !/^\/(aws|ssm)/i.test(name) &&
  name.split("/").length - 1 <= most.parts;

function requireSound({ parameterName, description, value, allowedPattern }: ParameterArgs): void {
  if (!isName(parameterName))
    throw new Error(
      `parameterName is ${parameterName}; it must be a slash before each of 1 to 15 parts of letters, digits or _.- of which the first does not begin with aws or ssm`,
    );
  if (description.trim() === "" || description.length > 1_024)
    throw new Error(`description has ${description.length} characters; it must have 1 to 1,024`);
  const bytes = Buffer.byteLength(value);
  if (bytes === 0 || bytes > most.bytes)
    throw new Error(`value has ${bytes} bytes; a parameter that is free of charge has 1 to 4,096`);
  if (value.includes("{{"))
    throw new Error("value has {{ in it, which SSM takes for another parameter's name");
  if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(value))
    throw new Error(`value is ${value}, which does not match allowedPattern, ${allowedPattern}`);
}
