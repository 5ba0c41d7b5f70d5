import { z } from "zod";
import { environmentNames } from "./by-environment";
import { email, oneOf, reason, whole } from "./forms";
import { scheduleFault, timezoneFault } from "./schedule-expressions";

const faultless = (find: (value: string) => string | undefined, error: string) =>
  z.string({ error }).superRefine((value, context) => {
    const message = find(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

const job = z.string({ error: "must be the name of a job of the product" });

export const restoreDrill = z.strictObject({
  schedule: faultless(
    value => scheduleFault(value, ["rate", "cron"]),
    "must be when it begins, for example cron(0 3 ? * SUN *)",
  ),
  timezone: faultless(timezoneFault, "must be a time zone of the IANA database").optional(),
  in: oneOf(environmentNames).optional(),
  mask: job.optional(),
  withoutMasking: reason.optional(),
  test: job,
  only: z.array(z.string()).min(1, "must name at least one").optional(),
  maxAgeHours: whole(1, 8_760, "hours").optional(),
  notify: z.array(email).min(1, "must name at least one").optional(),
});
