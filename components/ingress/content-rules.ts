import { isReason } from "../reason";
import type { ContentDeliveryArgs } from "./content-delivery";

/**
 * CloudFront takes the first pattern that matches: the one with the most characters that are no wildcards
 * comes first.
 */
export const inOrderOfPaths = (paths: Readonly<Record<string, string>>): [string, string][] => {
  const literal = (path: string) => path.replace(/[*?]/g, "").length;
  return Object.entries(paths).sort(([a], [b]) => literal(b) - literal(a) || (a < b ? -1 : 1));
};

/** Refuses what CloudFront would refuse, or what nobody can have meant. */
export function checkContent(name: string, args: ContentDeliveryArgs): void {
  const refuse = (what: string) => {
    throw new Error(`the content delivery ${name}: ${what}`);
  };
  if (!isReason(args.allowPublic))
    refuse(`allowPublic is "${args.allowPublic}"; why the public may call it, in 20 characters or more`);
  const origins = Object.keys(args.origins);
  const used = { otherwise: args.otherwise, ...args.paths };
  for (const [place, origin] of Object.entries(used))
    if (!origins.includes(origin))
      refuse(`${place} is answered by "${origin}", which is no origin; ${origins.join(", ")} are`);
  for (const origin of origins)
    if (!Object.values(used).includes(origin)) refuse(`nothing is answered by the origin ${origin}`);
  for (const [id, origin] of Object.entries(args.origins))
    if ("allowBypass" in origin && !isReason(origin.allowBypass))
      refuse(`origins.${id}.allowBypass is "${origin.allowBypass}"; the reason, in 20 characters or more`);
  // Source: CloudFront developer guide, "Cache behavior settings", "Path pattern".
  for (const path of Object.keys(args.paths ?? {}))
    if (!/^\/[\w\-.*$/~"'@:+&?]{0,254}$/.test(path) || path === "/*")
      refuse(`paths has "${path}"; a pattern such as /static/* would be right`);
  if (args.rootObject?.startsWith("/"))
    refuse(`rootObject is "${args.rootObject}"; without the slash it is right`);
  const countries = args.countries === undefined ? [] : Object.values(args.countries).flat();
  for (const country of countries)
    if (!/^[A-Z]{2}$/.test(country))
      refuse(`countries has "${country}"; two capital letters such as DE would be right`);
  if (args.countries !== undefined && countries.length === 0) refuse("countries names none");
}
