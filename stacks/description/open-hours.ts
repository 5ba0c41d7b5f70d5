/** Whether what is done by the clock is done within an environment's hours. */
import type { Hours } from "./types";

export const minutesOf = (time: string): number => {
  const [hour, minute] = time.split(":").map(Number);
  return Number(hour) * 60 + Number(minute);
};

const day = 24 * 60;
const week = 7 * day;
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/**
 * @param schedule `rate(...)`, which falls into the night sooner or later, or a sound `cron(...)`.
 * @param minutes that it takes at most.
 * @returns whether each run begins and ends within the hours, in every month of the year.
 */
export function fallsWithin(
  { schedule, timezone, minutes }: { schedule: string; timezone: string; minutes: number },
  hours: Hours,
): boolean {
  const [, inner] = /^cron\((.*)\)$/.exec(schedule) ?? [];
  if (inner === undefined) return false;
  const open = { from: minutesOf(hours.start), to: minutesOf(hours.stop) };
  const shifts = offsetsBetween(timezone, hours.timezone ?? "UTC");
  return startsOf(inner).every(start =>
    shifts.every(shift => {
      const local = (((start + shift) % week) + week) % week;
      const [weekday, minute] = [Math.floor(local / day), local % day];
      const works = hours.days === "MON-SUN" || (weekday >= 1 && weekday <= 5);
      return works && minute >= open.from && minute + minutes <= open.to;
    }),
  );
}

/** Minutes of a week, from Sunday on, on which a cron expression can fall. */
function startsOf(inner: string): number[] {
  const [minute = "*", hour = "*", ofMonth = "?", , ofWeek = "?"] = inner.trim().split(/\s+/);
  const any = ofMonth !== "?" || ofWeek === "?";
  const days = any ? weekdays.map((_, index) => index) : values(ofWeek, 1, 7).map(value => value - 1);
  return days.flatMap(weekday =>
    values(hour, 0, 23).flatMap(at => values(minute, 0, 59).map(past => weekday * day + at * 60 + past)),
  );
}

/** What a field stands for; of a day of the week that is the last or the nth of a month, that day. */
function values(field: string, min: number, max: number): number[] {
  const numberOf = (text: string): number => {
    const named = weekdays.indexOf(text);
    return named >= 0 ? named + 1 : Number(text);
  };
  return field.split(",").flatMap(part => {
    const [range = "*", step] = part
      .replace(/#\d$/, "")
      .replace(/(?<=.)L$/, "")
      .split("/");
    const [first = "", last] = range.split("-");
    const from = range === "*" ? min : range === "L" ? max : numberOf(first);
    const to = last !== undefined ? numberOf(last) : range === "*" || step !== undefined ? max : from;
    const by = Number(step ?? 1);
    // SAT-MON goes on from the beginning.
    const length = (to >= from ? to - from : to - from + max - min + 1) + 1;
    return Array.from({ length: Math.ceil(length / by) }, (_, index) => {
      const value = from + index * by;
      return value > max ? value - (max - min + 1) : value;
    });
  });
}

/** Minutes that the one clock is behind the other, in each month of a year. */
const offsetsBetween = (from: string, to: string): number[] => [
  ...new Set(
    Array.from({ length: 12 }, (_, month) => {
      const date = new Date(Date.UTC(2030, month, 15, 12));
      return offset(to, date) - offset(from, date);
    }),
  ),
];

/** Minutes that a clock is before that of UTC. */
export function offset(timeZone: string, date: Date): number {
  const shown = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)/.exec(shown ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
