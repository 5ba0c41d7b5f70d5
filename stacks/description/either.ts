import { z } from "zod";

/** Held to the one schema that a value's looks choose, whose faults are then reported where they are. */
export const either = <T>(schemaOf: (value: unknown) => z.ZodType) =>
  z.custom<T>().superRefine((value, context) => {
    for (const issue of schemaOf(value).safeParse(value).error?.issues ?? [])
      context.addIssue(issue.code === "unrecognized_keys" ? { ...issue } : { ...issue, code: "custom" });
  });
