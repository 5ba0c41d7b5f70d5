/**
 * When something is to be done: `rate(1 hour)`, `cron(0 7 ? * MON-FRI *)`, `at(2027-01-31T07:00:00)`.
 * Sources: EventBridge Scheduler user guide, "Schedule types in EventBridge Scheduler"; EventBridge Scheduler API
 * reference, CreateSchedule; Application Auto Scaling API reference, PutScheduledAction.
 */
import { cronFault } from "./cron-expressions";

export type ScheduleKind = "rate" | "cron" | "at";

const examples: Readonly<Record<ScheduleKind, string>> = {
  rate: "rate(1 hour)",
  cron: "cron(0 7 ? * MON-FRI *)",
  at: "at(2027-01-31T07:00:00)",
};

/** @returns what AWS would refuse of it, and what would be right; nothing if it is sound. */
export function scheduleFault(expression: string, kinds: readonly ScheduleKind[]): string | undefined {
  const [, kind, inner] = /^(\w+)\((.*)\)$/.exec(expression.trim()) ?? [];
  const known = kinds.find(candidate => candidate === kind);
  const shown = kinds.map(candidate => examples[candidate]).join(", or ");
  if (known === undefined || inner === undefined)
    return `must be ${shown}${looksLikeCron(expression) ? `; for this one cron(${expression.trim()}), if it has six fields` : ""}`;
  if (expression !== expression.trim()) return `has spaces around it; write ${expression.trim()}`;
  return { rate: rateFault, cron: cronFault, at: atFault }[known](inner);
}

const looksLikeCron = (expression: string): boolean => /^[\d*?][^()]*( \S+){4,5}$/.test(expression.trim());

const units = ["minute", "hour", "day"] as const;

function rateFault(inner: string): string | undefined {
  const [, number, unit] = /^(\S+) (\S+)$/.exec(inner) ?? [];
  const value = Number(number);
  const stem = units.find(one => unit === one || unit === `${one}s`);
  if (number === undefined || unit === undefined)
    return "must have a number and a unit with a space between them, for example rate(1 hour) or rate(5 minutes)";
  if (!/^\d{1,9}$/.test(number) || value < 1)
    return `has the number ${number}, and must have a whole one from 1; for example rate(5 minutes)`;
  if (stem === undefined)
    return `has the unit ${unit}; there are minutes, hours and days${otherUnit(value, unit)}`;
  const right = value === 1 ? stem : `${stem}s`;
  return unit === right ? undefined : `must be rate(${value} ${right}): one has no s, more have`;
}

const otherUnit = (value: number, unit: string): string =>
  /^weeks?$/.test(unit) ? `; write rate(${7 * value} days)` : "";

function atFault(inner: string): string | undefined {
  const problem = "must be a day and a time without a zone, for example at(2027-01-31T07:00:00)";
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner)) return problem;
  const time = new Date(`${inner}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(inner)
    ? undefined
    : "is no day and time that the calendar has";
}

/** @returns what is wrong with the name of a time zone; nothing if the IANA database has it. */
export function timezoneFault(name: string): string | undefined {
  const asWritten = "must be a time zone of the IANA database as it is written there";
  // An offset such as +01:00 is a time zone to JavaScript, and none to AWS.
  if (!/^[A-Za-z]/.test(name)) return `${asWritten}, for example Europe/Berlin`;
  const known = Intl.supportedValuesOf("timeZone");
  if (known.includes(name)) return undefined;
  const folded = name.toLowerCase().replace(/ /g, "_");
  const near = known.find(zone => zone.toLowerCase() === folded || zone.toLowerCase().endsWith(`/${folded}`));
  if (near !== undefined) return `${asWritten}; did you mean ${near}?`;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return timeZone !== name && timeZone.toLowerCase() === name.toLowerCase()
      ? `${asWritten}; did you mean ${timeZone}?`
      : undefined;
  } catch {
    return `${asWritten}, for example Europe/Berlin`;
  }
}
