import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

/**
 * `read`: a parameter that anyone in the account may know, which Parameter makes. `readSecure`: one of the type
 * SecureString, which somebody puts there (see Parameter for why, and how), encrypted with the product's key. A
 * container gets the value when it starts, which it does not while there is none; and it gets the name, to read the
 * value anew while it runs.
 *
 * By path, by history or by listing nothing can be read, because these reach more than one parameter, or what it was.
 * Sources: Systems Manager user guide, "Restricting access to Parameter Store parameters using IAM policies", "AWS KMS
 * encryption for AWS Systems Manager Parameter Store SecureString parameters".
 */
export const parameterAccess: Offer<"read" | "readSecure"> = (at, parameterName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:GetParameters"],
      // The name begins with the slash that ARNs have there.
      Resource: [arn("ssm", at, `parameter${parameterName}`)],
    },
  ],
  ...(access === "read" ? {} : { keyThrough: ["ssm"] }),
  settings: { PARAMETER: parameterName },
  parameters: { VALUE: parameterName },
});
