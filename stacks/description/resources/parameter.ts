import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { Kept, type Link } from "./kept";

export interface ParameterArgs {
  readonly description: string;
  /** Everybody in the account may know it: what nobody may know is a `secret`. At most 4,096 characters. */
  readonly value: ByEnvironment<string>;
}

/** A setting that can be changed without a release: a parameter of SSM. */
export class Parameter extends Kept<"parameter", ParameterArgs> {
  readonly offers = ["read"] as const;
  constructor(args: ParameterArgs) {
    super("parameter", args);
  }
  /** Get the value in `..._VALUE` when starting, and read it anew by the name in `..._PARAMETER`. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
}

export const parameterSchema = z.strictObject({
  description: z.string({ error: "must say what it sets" }).min(1, "must say what it sets").max(1_024),
  value: byEnvironment(z.string({ error: "must be text" }).min(1, "must not be empty").max(4_096)),
});
