import { z } from "zod";
import { oneOf, text } from "./forms";
import { minutesOf } from "./open-hours";
import { timezone } from "./scaling-schema";

const least = 6;

/** Databases begin to start before, and stop after, on the same day. */
export const hours = z
  .strictObject(
    {
      start: text(/^(0[1-9]:[0-5]\d|1[01]:[0-5]\d|12:00)$/, 'a time of the morning from "01:00" to "12:00"'),
      stop: text(/^(1[2-9]:[0-5]\d|2[0-2]:[0-5]\d|23:00)$/, 'a time of the day from "12:00" to "23:00"'),
      days: oneOf(["MON-FRI", "MON-SUN"]).optional(),
      timezone: timezone.optional(),
    },
    { error: 'must be { start, stop }, for example { start: "07:00", stop: "19:00" }' },
  )
  .superRefine(({ start, stop }, context) => {
    if (start <= "12:00" && stop >= "12:00" && minutesOf(stop) - minutesOf(start) < least * 60)
      context.addIssue({
        code: "custom",
        path: ["stop"],
        message: `must be at least ${least} hours after \`start\`, ${start}: databases are backed up and maintained in between`,
      });
  });
