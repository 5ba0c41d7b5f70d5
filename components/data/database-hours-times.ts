/** When databases start and stop, for hours in which they are worked with. */

export interface ClockTimes {
  /** `HH:MM`, of the clock in `timezone`: `07:00`. */
  readonly start: string;
  readonly stop: string;
  /** Default `MON-FRI`. */
  readonly days?: "MON-FRI" | "MON-SUN";
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
}

/** Minutes for which a database starts before the first work, and stays after the last. */
export const minutesAround = { before: 30, after: 15 };

const clock = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Expressions of EventBridge Scheduler. Refuses times that, with the minutes around, are not in order on one day. */
export function startsAndStops({ start, stop, days = "MON-FRI" }: ClockTimes): {
  readonly start: string;
  readonly stop: string;
} {
  const from = minutesOf("start", start) - minutesAround.before;
  const to = minutesOf("stop", stop) + minutesAround.after;
  if (from < 0 || to >= 24 * 60 || from >= to)
    throw new Error(
      `hours are from ${start} to ${stop}; start is 00:30 or later, stop is later than that and before 23:45`,
    );
  const at = (minutes: number) =>
    days === "MON-SUN"
      ? `cron(${minutes % 60} ${Math.floor(minutes / 60)} * * ? *)`
      : `cron(${minutes % 60} ${Math.floor(minutes / 60)} ? * ${days} *)`;
  return { start: at(from), stop: at(to) };
}

function minutesOf(word: string, time: string): number {
  const [, hour, minute] = clock.exec(time) ?? [];
  if (hour === undefined)
    throw new Error(`${word} is ${JSON.stringify(time)}; it is a time as 07:00 or 19:30`);
  return Number(hour) * 60 + Number(minute);
}
