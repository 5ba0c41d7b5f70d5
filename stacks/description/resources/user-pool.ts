import { z } from "zod";
import { name, oneOf, whole } from "../forms";
import { Kept, type Link } from "./kept";

/** An application that signs users in. */
export interface UserPoolClient {
  /**
   * Where the pool's own pages send users back to, `https://...`; absent: the application has pages of its own.
   */
  readonly callbackUrls?: readonly string[];
  readonly logoutUrls?: readonly string[];
  /** What its tokens may be for beside `openid`: `email`, `profile`, or of the pool's `apis` as `<api>/<scope>`. */
  readonly scopes?: readonly string[];
  /** A server that can keep a secret; browsers and mobile applications can not. */
  readonly confidential?: boolean;
}

export interface UserPoolArgs {
  /** By name: small letters, digits and `-`. */
  readonly clients: Readonly<Record<string, UserPoolClient>>;
  /** Names that users sign in with; default `email`. It can not be changed later. */
  readonly signInWith?: "email" | "username";
  /** A code of an authenticator application after the password; default `required`. */
  readonly mfa?: "required" | "optional";
  /** Why anybody may make an account, in 20 characters or more. Absent: administrators make them. */
  readonly selfSignUp?: string;
  /** 12 to 99 characters; default 14. */
  readonly passwordLength?: number;
  /** APIs that its tokens can be for, and their scopes with what each lets one do. */
  readonly apis?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A Cognito user pool, with pages of its own where a client has callbacks. */
export class UserPool extends Kept<"userPool", UserPoolArgs> {
  readonly offers = ["read", "manage", "signIn"] as const;
  constructor(args: UserPoolArgs) {
    super("userPool", args);
  }
  /** See users and groups. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Make, change, disable and delete users; not sign in for them. */
  get manage(): Link {
    return { resource: this, access: "manage" };
  }
  /**
   * Sign users in by the pool's pages, as one of its confidential `clients`: a container gets `..._CLIENT_ID` and
   * `..._CLIENT_SECRET`, `..._ISSUER` and `..._PAGES_URL`, below which are `/oauth2/authorize` and the like.
   */
  signIn(client: string): Link {
    return { resource: this, access: "signIn", client };
  }
}

const flag = z.boolean({ error: "must be true or false" });
const words = z.array(z.string({ error: "must be text" }).min(1));

export const userPoolSchema = z.strictObject({
  clients: z.record(
    name(40),
    z.strictObject({
      callbackUrls: words.optional(),
      logoutUrls: words.optional(),
      scopes: words.optional(),
      confidential: flag.optional(),
    }),
  ),
  signInWith: oneOf(["email", "username"]).optional(),
  mfa: oneOf(["required", "optional"]).optional(),
  selfSignUp: z
    .string({ error: "must say why anybody may make an account" })
    .min(20, "must say why anybody may make an account, in at least 20 characters")
    .optional(),
  passwordLength: whole(12, 99, "characters").optional(),
  apis: z
    .record(name(40), z.record(z.string().regex(/^[\w.-]{1,40}$/, "must be a scope's name"), z.string()))
    .optional(),
});
