/** The forms of text and numbers that descriptions are made of, each with words for what does not have it. */
import { normalizeCidr, parseCidr } from "cidr-tools";
import { z } from "zod";
import { regions, zonesOf } from "./regions";

export const text = (form: RegExp, expected: string) =>
  z.string({ error: `must be text: ${expected}` }).regex(form, `must be ${expected}`);

export const whole = (min: number, max: number, what: string) => {
  const error = `must be a whole number of ${what} from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}`;
  return z.number({ error }).int(error).min(min, error).max(max, error);
};

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

export const name = (longest: number) =>
  text(
    new RegExp(`^(?=.{1,${longest}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
    `lower-case letters, digits and single hyphens, beginning with a letter, at most ${longest} characters`,
  );

export const email = z.email({ error: "must be an e-mail address" });

export const domain = text(
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a domain name in lower case, for example example.com",
);

export const region = z.string({ error: "must be a region" }).superRefine((value, context) => {
  const zones = zonesOf(value);
  if (zones === undefined)
    context.addIssue({
      code: "custom",
      message: `is no region known here; known: ${Object.keys(regions).join(", ")}`,
    });
});

/** RFC 1918: what may be routed inside a company without being anyone's on the internet. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(range => parseCidr(range));

export const range = (widest: number, narrowest: number) =>
  z
    .string({ error: "must be an IPv4 range, for example 10.16.0.0/16" })
    .regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "must be an IPv4 range, for example 10.16.0.0/16")
    .superRefine((value, context) => {
      let parsed: ReturnType<typeof parseCidr>;
      try {
        parsed = parseCidr(value);
      } catch {
        return context.addIssue({
          code: "custom",
          message: "must be an IPv4 range, for example 10.16.0.0/16",
        });
      }
      const prefix = Number(parsed.prefix);
      if (prefix < widest)
        context.addIssue({ code: "custom", message: `must be a /${widest} to a /${narrowest}` });
      else if (prefix > narrowest)
        context.addIssue({
          code: "custom",
          message: `must be a /${widest} to a /${narrowest}; ${(2 ** (32 - narrowest) - 2 ** (32 - prefix)).toLocaleString("en")} addresses are missing`,
        });
      else if (normalizeCidr(value) !== value)
        context.addIssue({
          code: "custom",
          message: `does not begin where it says; did you mean ${normalizeCidr(value)}?`,
        });
      else if (!privateRanges.some(outer => outer.start <= parsed.start && parsed.end <= outer.end))
        context.addIssue({
          code: "custom",
          message: "must lie inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        });
    });

/** Why something is less safe than it would be without a word: long enough to be a sentence. */
export const reason = z
  .string({ error: "must be the reason, in at least 20 characters" })
  .min(20, "must be the reason, in at least 20 characters");

/** A reason that becomes a tag. Source: Tagging AWS Resources user guide, "Tag naming limits and requirements". */
export const tagReason = reason
  .max(256, "must be at most 256 characters: it becomes a tag")
  .regex(
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    "may hold letters, digits, blanks and _ . : / = + - @: it becomes a tag",
  );

export const costCentre = text(/^[\w.-]{1,40}$/, "letters, digits, dots and hyphens, at most 40");

export const usd = whole(1, 100_000_000, "US dollars a month");
