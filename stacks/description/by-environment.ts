import { z } from "zod";

export const environmentNames = ["dev", "int", "prod"] as const;
/** In the order a release travels. */
export type EnvironmentName = (typeof environmentNames)[number];

/** One for all environments, or one for each of them. */
export type ByEnvironment<T> = T | { readonly [E in EnvironmentName]: T };

const isByEnvironment = <T>(value: ByEnvironment<T>): value is { readonly [E in EnvironmentName]: T } =>
  typeof value === "object" && value !== null && environmentNames.some(name => name in value);

/** What holds in an environment. */
export const inEnvironment = <T>(value: ByEnvironment<T>, environment: EnvironmentName): T =>
  isByEnvironment(value) ? value[environment] : value;

/** Each fault is reported where it is, and not as one of the whole value. */
export const byEnvironment = <T>(schema: z.ZodType<T>) =>
  z.custom<ByEnvironment<T>>().superRefine((value, context) => {
    const whole = isByEnvironment(value)
      ? z.strictObject({ dev: schema, int: schema, prod: schema })
      : schema;
    for (const issue of whole.safeParse(value).error?.issues ?? [])
      context.addIssue(issue.code === "unrecognized_keys" ? { ...issue } : { ...issue, code: "custom" });
  });

/** Each value that is written down, and where: once, or for each environment. */
export const places = <T>(
  value: ByEnvironment<T>,
): readonly {
  readonly path: readonly string[];
  readonly environment?: EnvironmentName;
  readonly value: T;
}[] =>
  isByEnvironment(value)
    ? environmentNames.map(environment => ({ path: [environment], environment, value: value[environment] }))
    : [{ path: [], value }];
