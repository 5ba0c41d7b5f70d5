import { z } from "zod";
import { name } from "../forms";
import { Kept, type Link } from "./kept";

export interface SenderArgs {
  /** What the domain begins with that mail comes from, below the product's own; default `mail`. */
  readonly subdomain?: string;
}

/** A domain of the product's own that it sends mail from, with DKIM, DMARC and a configuration set. */
export class Sender extends Kept<"sender", SenderArgs> {
  readonly offers = ["send"] as const;
  constructor(args: SenderArgs = {}) {
    super("sender", args);
  }
  /** Send mail from any address of the domain. */
  get send(): Link {
    return { resource: this, access: "send" };
  }
}

export const senderSchema = z.strictObject({ subdomain: name(20).optional() });
