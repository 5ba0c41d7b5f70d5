/** Looks into what is planned, where anything may be missing or unknown. */
import type { Value, Values } from "../planner/model";

export const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

export const valuesOf = (value: Value | undefined): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};

export const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? value : []);

/** What is at a path, in a list; an empty one where there is no such path. */
export function partOf(value: Value | undefined, ...path: readonly string[]): Value[] {
  const found = path.reduce<Value | undefined>((holder, key) => valuesOf(holder)[key], value);
  return found === undefined ? [] : [found];
}

/** What text of JSON says; undefined where it is unknown, or no JSON. */
export function jsonOf(value: Value | undefined): Value | undefined {
  try {
    return JSON.parse(textOf(value)) as Value;
  } catch {
    return undefined;
  }
}
