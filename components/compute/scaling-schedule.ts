import type { AsleepRules, PlannedRules, ScalingRules } from "./scaling-rules";

/** From a time on, how many tasks there are at least and at most. */
export interface ScheduledBounds {
  readonly schedule: string;
  readonly timezone: string;
  readonly min: number;
  readonly max: number;
}

const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** The fields of a cron expression; names stand for the numbers from `from` on. */
const fields = [
  { what: "minutes", from: 0, to: 59 },
  { what: "hours", from: 0, to: 23 },
  { what: "days of the month", from: 1, to: 31, special: /^(L(-\d{1,2})?|LW|(0?[1-9]|[12]\d|3[01])W)$/ },
  { what: "months", from: 1, to: 12, names: months },
  { what: "days of the week", from: 1, to: 7, names: days, special: /^(L|([1-7]|[A-Z]{3})(L|#[1-5]))$/ },
  { what: "years", from: 1970, to: 2199 },
] as const;

type Field = { what: string; from: number; to: number; names?: readonly string[]; special?: RegExp };

/** What is wrong with an expression of Application Auto Scaling and what would be right; nothing: it is taken. */
export function scheduleFault(expression: string): string | undefined {
  const [, kind, inside] = /^(cron|at|rate)\((.*)\)$/.exec(expression) ?? [];
  if (kind === undefined || inside === undefined)
    return "it is cron(minutes hours day-of-month month day-of-week year), at(yyyy-mm-ddThh:mm:ss) or rate(5 minutes)";
  if (kind === "at") return atFault(inside);
  if (kind === "rate") return rateFault(inside);
  return cronFault(inside);
}

function atFault(time: string): string | undefined {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(time) ? new Date(`${time}Z`) : new Date(Number.NaN);
  return Number.isNaN(date.getTime()) || !date.toISOString().startsWith(time)
    ? "it needs a moment that there is, as at(2030-12-24T07:00:00)"
    : undefined;
}

function rateFault(rate: string): string | undefined {
  const [, value = "", unit = ""] = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(rate) ?? [];
  return value === "" || unit.endsWith("s") === (value === "1")
    ? "it needs a whole number and a unit that fits it, as rate(1 hour) or rate(5 minutes)"
    : undefined;
}

function cronFault(inside: string): string | undefined {
  const given = inside.split(" ");
  if (given.length !== fields.length)
    return `cron has six fields, which are ${fields.map(({ what }) => what).join(", ")}, with one blank between; here are ${given.length}`;
  if ((given[2] === "?") === (given[4] === "?"))
    return "one of day of the month and day of the week is ?, the other is not";
  for (const [index, field] of (fields as readonly Field[]).entries()) {
    const value = given[index] ?? "";
    const any = value === "?" && (index === 2 || index === 4);
    if (!any && !value.split(",").every(part => isPart(part, field)))
      return `${value} are no ${field.what}; these are from ${field.from} to ${field.to}${field.names === undefined ? "" : ` or from ${field.names[0]} to ${field.names.at(-1)}`}, as 1, 1,2, 1-2, */2 or *`;
  }
  return undefined;
}

function isPart(part: string, field: Field): boolean {
  if (field.special?.test(part)) return true;
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map(end => numberOf(end, field));
  return ends.length <= 2 && ends.every(end => end >= field.from && end <= field.to);
}

const numberOf = (text: string, { names, from }: Field): number => {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return named + from;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
};

/** What is wrong with the name of a time zone. Source: Application Auto Scaling user guide, "Scheduled scaling". */
export function timezoneFault(timezone: string): string | undefined {
  const right = "it is a name of the IANA database, as Europe/Berlin or UTC";
  if (!/^[A-Z]/i.test(timezone)) return right;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
    const otherwiseWritten = known !== timezone && known.toLowerCase() === timezone.toLowerCase();
    return otherwiseWritten ? `it is written ${known}` : undefined;
  } catch {
    return right;
  }
}

const clock = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** What is wrong with a time of sleep. A night begins in the afternoon or evening, or after midnight, and ends by noon. */
export function asleepFault({ from, until }: AsleepRules): string | undefined {
  for (const [word, time] of Object.entries({ from, until }))
    if (!clock.test(time)) return `${word} is ${JSON.stringify(time)}; it is a time as 20:00 or 06:30`;
  const night = until <= "12:00" && (from >= "12:00" || from < until);
  return night && from !== until
    ? undefined
    : `it is from ${from} until ${until}; a night begins at noon or later, or after midnight, and ends by noon`;
}

/**
 * When it falls asleep and when it wakes. A night that begins after midnight is that of the day before: the one of
 * Friday begins on Saturday.
 */
export function sleep(
  asleep: AsleepRules,
  { min, max }: Pick<ScalingRules, "min" | "max">,
): Readonly<Record<"asleep" | "awake", ScheduledBounds>> {
  const { from, until, timezone = "UTC", weekends = true } = asleep;
  const eve = from > until ? "MON-FRI" : "TUE-SAT";
  const at = (time: string, weekdays: string) => {
    const [hour, minute] = time.split(":").map(Number);
    return weekends ? `cron(${minute} ${hour} ? * ${weekdays} *)` : `cron(${minute} ${hour} * * ? *)`;
  };
  return {
    asleep: { schedule: at(from, eve), timezone, min: 0, max: 0 },
    awake: { schedule: at(until, "MON-FRI"), timezone, min, max },
  };
}

export const planned = ({ at, timezone = "UTC", min, max }: PlannedRules): ScheduledBounds => ({
  schedule: at,
  timezone,
  min,
  max,
});
