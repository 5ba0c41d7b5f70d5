/**
 * The dialect of cron that EventBridge Scheduler and Application Auto Scaling have: six fields, and of the two that say
 * days one is `?`.
 * Source: EventBridge Scheduler user guide, "Schedule types in EventBridge Scheduler".
 */

interface Field {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  /** What may stand for the numbers from `min` on. */
  readonly names?: readonly string[];
  /** Beside `,`, `-` and `*`, which all have. */
  readonly signs: string;
}

const fields: readonly Field[] = [
  { what: "minutes", min: 0, max: 59, signs: "/" },
  { what: "hours", min: 0, max: 23, signs: "/" },
  { what: "day of month", min: 1, max: 31, signs: "/?LW" },
  {
    what: "month",
    min: 1,
    max: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    signs: "/",
  },
  {
    what: "day of week",
    min: 1,
    max: 7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    signs: "?L#",
  },
  { what: "year", min: 1970, max: 2199, signs: "/" },
];

/** @param inner what stands between the brackets of `cron(...)`. @returns what AWS refuses of it, and what is right. */
export function cronFault(inner: string): string | undefined {
  const values = inner.trim().split(/\s+/);
  if (values.length !== fields.length) return countFault(values);
  for (const [index, field] of fields.entries()) {
    const problem = fieldFault(field, values[index] as string);
    if (problem !== undefined) return problem;
  }
  const [month, week] = [values[2], values[4]];
  if (month === "?" && week === "?")
    return `says no day: of day of month and day of week one is \`?\`; for every day ${cron(values, { 2: "*" })}`;
  if (month !== "?" && week !== "?")
    return `says two kinds of days, ${month} and ${week}: of day of month and day of week one is \`?\`; ${alternatives(values)}`;
  return undefined;
}

const cron = (values: readonly string[], other: Readonly<Record<number, string>>): string =>
  `cron(${values.map((value, index) => other[index] ?? value).join(" ")})`;

function alternatives(values: readonly string[]): string {
  const byMonth = cron(values, { 4: "?" });
  const byWeek = cron(values, { 2: "?" });
  if (values[4] === "*") return `write ${byMonth}`;
  return values[2] === "*" ? `write ${byWeek}` : `write ${byMonth} or ${byWeek}`;
}

function countFault(values: readonly string[]): string {
  const wants = "minutes, hours, day of month, month, day of week, year";
  const problem = `has ${values.length === 1 ? "one field" : `${values.length} fields`}, and needs six: ${wants}`;
  if (values.length !== 5) return `${problem}; for example cron(0 7 * * ? *)`;
  const week = values[4] as string;
  // Elsewhere Sunday is 0, here it is 1.
  if (/^[\d,-]+$/.test(week))
    return `${problem}; days of the week by name, for example cron(0 7 ? * MON-FRI *)`;
  const six = [...values, "*"];
  const guess = cron(six, week === "*" ? { 4: "?" } : values[2] === "*" ? { 2: "?" } : {});
  return cronFault(guess.slice("cron(".length, -1)) === undefined
    ? `${problem}; did you mean ${guess}?`
    : `${problem}; for example cron(0 7 * * ? *)`;
}

function fieldFault(field: Field, value: string): string | undefined {
  const { what, signs } = field;
  const wrong = (problem: string) => `has the ${what} ${value}, ${problem}`;
  if (value === "?")
    return signs.includes("?") ? undefined : wrong("and `?` is only for days; write * for every one");
  const items = value.split(",");
  if (value.includes("#") && signs.includes("#") && items.length > 1)
    return wrong("and with # there is one day only, such as MON#1");
  for (const item of items) {
    const problem = itemFault(field, item);
    if (problem !== undefined) return wrong(problem);
  }
  return undefined;
}

function itemFault(field: Field, item: string): string | undefined {
  const { signs } = field;
  if (item === "") return "where a comma has nothing beside it; leave the comma out";
  if (item === "*" || (item === "L" && signs.includes("L"))) return undefined;
  if (item.includes("?")) return "and `?` stands alone";
  const special = specialFault(field, item);
  if (special !== "none") return special;
  const [range = "", step, ...more] = item.split("/");
  if (step !== undefined) {
    if (!signs.includes("/")) return `where there are no steps; name the days, such as MON,WED,FRI`;
    if (more.length > 0 || !/^[1-9]\d{0,3}$/.test(step))
      return `where a step must be a number from 1, such as 0/15`;
    if (range === "*") return undefined;
  }
  const ends = range.split("-");
  if (ends.length > 2) return `where a range has two ends, such as ${field.min}-${field.min + 1}`;
  for (const end of ends) {
    const problem = numberFault(field, end);
    if (problem !== undefined) return problem;
  }
  const [from, to] = ends.map(end => numberOf(field, end));
  return from !== undefined && to !== undefined && from > to
    ? `whose range ends before it begins; write two with a comma between them`
    : undefined;
}

/** `W`, `L` and `#`; "none" of these. */
function specialFault(field: Field, item: string): string | undefined | "none" {
  const { signs } = field;
  const [, day, sign, place] = /^([A-Z]+|\d+)([WL#])(\d*)$/.exec(item) ?? [];
  if (day === undefined || sign === undefined || (sign !== "#" && field.names?.includes(item))) return "none";
  // `JUL` ends with an L, and is no special day.
  if (!signs.includes(sign)) return "none";
  if (sign === "L" && signs.includes("W")) return "where L stands alone, for the last day of the month";
  if (sign === "#" ? !/^[1-5]$/.test(place ?? "") : place !== "")
    return sign === "#"
      ? "where # is followed by 1 to 5, which one of the month: MON#1"
      : `where nothing may follow ${sign}`;
  return numberFault(field, day);
}

const numberOf = ({ names, min }: Field, text: string): number => {
  const index = names?.indexOf(text) ?? -1;
  return index >= 0 ? index + min : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
};

function numberFault(field: Field, text: string): string | undefined {
  const { min, max, names } = field;
  const number = numberOf(field, text);
  if (number >= min && number <= max) return undefined;
  const named = names === undefined ? "" : `, or ${names[0]} to ${names.at(-1)}`;
  return `and must be ${min} to ${max}${named}`;
}
