import type { Access, Offer } from "../identity/access";
import { arn, type Location } from "../location";

/**
 * `read`: the secret's value, by its name, while the container runs. `inject`: the container gets the value as it starts,
 * and never learns of a newer one.
 *
 * A secret's ARN ends in a hyphen and six characters that Secrets Manager chooses: six question marks match these and
 * no longer name. DescribeSecret is for AWS's caching clients, which ask with it whether there is a newer version.
 * Sources: Secrets Manager user guide, "Determine who has permissions to your AWS Secrets Manager secrets", on the
 * wildcard -??????; "AWS Secrets Manager best practices", on caching.
 */
export const secretAccess: Offer<"read" | "inject"> = (at, secretName, access): Access => ({
  statements: [
    {
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      Resource: [`${secretArnStart(at, secretName)}-??????`],
    },
  ],
  keyThrough: ["secretsmanager"],
  ...(access === "read"
    ? { settings: { SECRET_NAME: secretName } }
    : { secrets: { VALUE: secretValueFrom(at, secretName) } }),
});

/**
 * What a container definition's `secrets[].valueFrom` takes to hand the value, or one field of a value in JSON, to a
 * container when it starts: the ARN without its six unknown characters, by which Secrets Manager finds the secret as
 * long as its name does not end like one, which Secret refuses. It is the execution role that then needs secretAccess.
 *
 * Sources: ECS developer guide, "Pass Secrets Manager secrets through Amazon ECS environment variables"; Secrets
 * Manager user guide, "Troubleshooting", on finding a secret from a partial ARN.
 */
export const secretValueFrom = (at: Location, secretName: string, field?: string): string =>
  field === undefined
    ? secretArnStart(at, secretName)
    : // Of the current version, hence two empty ends.
      `${secretArnStart(at, secretName)}:${field}::`;

const secretArnStart = (at: Location, secretName: string): string =>
  arn("secretsmanager", at, `secret:${secretName}`);
