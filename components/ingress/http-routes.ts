import { isReason } from "../reason";

/** What one route lets in. */
export interface HttpRoute {
  /**
   * Scopes of which a caller's access token must hold one; absent: any valid token of the issuer, an ID token
   * too.
   */
  readonly scopes?: readonly string[];
  /** Why anybody may call it without a token, in 20 characters or more. */
  readonly open?: string;
  /** Requests a second on average, and at once; default: those of the whole API. */
  readonly rate?: number;
  readonly burst?: number;
}

export interface Throttling {
  /** Requests a second, on average. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** Browsers of other sites that may call the API. */
export interface CrossOrigin {
  /** Such as `https://shop.example.com`. */
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers?: readonly string[];
  /** Cookies are sent along. */
  readonly credentials?: boolean;
  /** For how many seconds a browser remembers; default 300. */
  readonly maxAge?: number;
}

const methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE", "ANY"];
const part = String.raw`[\w\-.~%:@!$&'()*+,;=]+|\{\w+\}`;
/** A greedy variable, `{proxy+}`, stands for all that follows and so at the end. */
const routeKey = new RegExp(String.raw`^(${methods.join("|")}) (/|(/(${part}))*(/(${part}|\{\w+\+\})))$`);

/**
 * Such as `GET /orders/{id}`. Source: API Gateway developer guide, "Create routes for HTTP APIs in API
 * Gateway".
 */
export const isRouteKey = (key: string): boolean => routeKey.test(key);

/** Refuses what would open more than was meant. */
export function checkRoutes(
  api: string,
  routes: Readonly<Record<string, HttpRoute>>,
  throttling: Throttling,
  crossOrigin: CrossOrigin | undefined,
): void {
  const refuse = (what: string) => {
    throw new Error(`the HTTP API ${api}: ${what}`);
  };
  if (Object.keys(routes).length === 0) refuse("routes names none");
  const whole = (place: string, value: number | undefined) => {
    if (value !== undefined && (!Number.isInteger(value) || value < 1))
      refuse(`${place} is ${value}; a whole number of requests from 1 on would be right`);
  };
  whole("throttling.rate", throttling.rate);
  whole("throttling.burst", throttling.burst);
  for (const [key, { open, scopes, rate, burst }] of Object.entries(routes)) {
    if (!isRouteKey(key))
      refuse(`routes has "${key}"; a method and a path such as GET /orders/{id} would be right`);
    whole(`routes["${key}"].rate`, rate);
    whole(`routes["${key}"].burst`, burst);
    if (open === undefined) continue;
    if (scopes !== undefined)
      refuse(`routes["${key}"] is open and asks for scopes; one of them would be right`);
    if (!isReason(open))
      refuse(`routes["${key}"].open is "${open}"; why anybody may call it, in 20 characters or more`);
  }
  for (const origin of crossOrigin?.origins ?? [])
    if (!/^https:\/\/[^/*\s]+$/.test(origin))
      refuse(`crossOrigin.origins has "${origin}"; a site such as https://shop.example.com would be right`);
  if (crossOrigin?.origins.length === 0) refuse("crossOrigin.origins names none");
}

/** Routes take no tags, so that it is the API's that say why anybody may call some of them. */
export function whyOpen(routes: Readonly<Record<string, HttpRoute>>): Readonly<Record<string, string>> {
  const reasons = new Set(Object.values(routes).flatMap(({ open }) => open ?? []));
  return reasons.size === 0
    ? {}
    : { "allow-open-routes": [...reasons].join(" / ").slice(0, longestTagValue) };
}

/** Source: AWS general reference, "Tagging AWS resources". */
const longestTagValue = 256;
