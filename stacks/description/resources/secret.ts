import { z } from "zod";
import { Kept, type Link } from "./kept";

export interface SecretArgs {
  /** What it opens, for whoever is to put its value there. */
  readonly description: string;
}

/** A secret in Secrets Manager. Its value is put there by people or pipelines, and is never in the description. */
export class Secret extends Kept<"secret", SecretArgs> {
  readonly offers = ["read", "inject"] as const;
  constructor(args: SecretArgs) {
    super("secret", args);
  }
  /** Read the value while running, by the name in `..._SECRET_NAME`; so a new value is learned without a restart. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Get the value in `..._VALUE` when starting. */
  get inject(): Link {
    return { resource: this, access: "inject" };
  }
}

export const secretSchema = z.strictObject({
  description: z
    .string({ error: "must say what the secret opens" })
    .min(1, "must say what the secret opens")
    .max(2_048),
});
