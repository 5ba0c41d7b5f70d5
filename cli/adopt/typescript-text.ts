/** Writes values as TypeScript, in the form that biome gives them. */

const lineWidth = 110;

export type Written = string | number | readonly Written[] | Fields;

export interface Fields {
  readonly fields: readonly Field[];
  /** On one line if it fits; else a line a field. */
  readonly short?: boolean;
}

export interface Field {
  readonly key: string;
  /** Absent: the name alone, `{ ids }`. */
  readonly value?: Written;
  /** A line above it. */
  readonly above?: string;
  /** Behind it, on its line. */
  readonly behind?: string;
}

export const field = (key: string, value: Written, comments: Omit<Field, "key" | "value"> = {}): Field => ({
  key,
  value,
  ...comments,
});

/** `{ a: 1, b: 2 }`, on one line if it fits. */
export const short = (values: Readonly<Record<string, Written>>): Fields => ({
  fields: Object.entries(values).map(([key, value]) => ({ key, value })),
  short: true,
});

/**
 * @param before how much of the line is taken before the value, and `after` how much behind it.
 */
export function written(value: Written, indent: string, before: number, after = 1): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return String(value);
  const fits = (line: string) => before + line.length + after <= lineWidth;
  const inner = `${indent}  `;
  if (!("fields" in value)) {
    const line = `[${value.map(item => written(item, "", 0)).join(", ")}]`;
    if (fits(line)) return line;
    return `[\n${value.map(item => `${inner}${written(item, inner, inner.length)},\n`).join("")}${indent}]`;
  }
  if (value.fields.length === 0) return "{}";
  if (value.short) {
    const line = `{ ${value.fields.map(each => `${keyed(each.key)}${written(each.value ?? "", "", 0)}`).join(", ")} }`;
    if (fits(line)) return line;
  }
  return `{\n${value.fields.map(each => lines(each, inner)).join("")}${indent}}`;
}

function lines({ key, value, above, behind }: Field, indent: string): string {
  const comment = above === undefined ? "" : `${indent}// ${plain(above)}\n`;
  const start = value === undefined ? `${indent}${key}` : `${indent}${keyed(key)}`;
  const text = value === undefined ? "" : written(value, indent, start.length);
  return `${comment}${start}${text},${behind === undefined ? "" : ` // ${plain(behind)}`}\n`;
}

const keyed = (key: string): string => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)}: `;

/** Double quotes, but where that takes more backslashes. */
function quoted(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length - 1;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A comment ends with its line. */
export const plain = (text: string): string => text.replace(/[\s\p{C}]+/gu, " ").trim();
