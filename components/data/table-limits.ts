/** What DynamoDB takes. Sources: DynamoDB developer guide, "Quotas in Amazon DynamoDB", "Naming rules". */
import type { TableArgs } from "./table";

export type AttributeType = "string" | "number" | "binary";

/** A key attribute: its name, if it is a string, or its name and what it is. */
export type KeyAttribute = string | { readonly name: string; readonly type: AttributeType };

/** The keys of the table, or of one of its indexes. */
export interface Keys {
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

export const nameOf = (attribute: KeyAttribute): string =>
  typeof attribute === "string" ? attribute : attribute.name;

const letters = { string: "S", number: "N", binary: "B" } as const;
const typeOf = (attribute: KeyAttribute) =>
  letters[typeof attribute === "string" ? "string" : attribute.type];

export const keysOf = ({ partitionKey, sortKey }: Keys): KeyAttribute[] =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

/**
 * Each attribute that is a key of something, once: DynamoDB refuses those that are none.
 * @throws if one is to be of two types.
 */
export function attributesOf({ indexes = {}, ...table }: Keys & Pick<TableArgs, "indexes">) {
  const types = new Map<string, "S" | "N" | "B">();
  for (const key of [table, ...Object.values(indexes)].flatMap(keysOf)) {
    const name = nameOf(key);
    const type = typeOf(key);
    const earlier = types.get(name);
    if (earlier !== undefined && earlier !== type)
      throw new Error(`the attribute ${name} is to be of the types ${earlier} and ${type}; it can be of one`);
    types.set(name, type);
  }
  return [...types].map(([name, type]) => ({ name, type }));
}

/** What a table or an account may have without asking AWS for more. */
const mostIndexes = 20;
const mostUnits = 40_000;

export function requireSound(args: TableArgs): void {
  const { tableName, indexes = {}, expiresAt, capacity, recoveryDays, replicas = [], at } = args;
  requireForm(
    "tableName",
    tableName,
    /^[\w.-]{3,255}$/,
    "3 to 255 letters, digits, dots, hyphens or underscores",
  );
  for (const { name } of attributesOf(args))
    requireForm("a key", name, /^.{1,255}$/s, "1 to 255 characters, the name of an attribute");
  if (
    expiresAt !== undefined &&
    attributesOf(args).some(({ name, type }) => name === expiresAt && type !== "N")
  )
    throw new Error(
      `expiresAt is ${expiresAt}, a key that is no number; DynamoDB reads an expiry from a number`,
    );
  for (const index of Object.keys(indexes))
    requireForm(
      "indexes",
      index,
      /^[\w.-]{3,255}$/,
      "3 to 255 letters, digits, dots, hyphens or underscores",
    );
  if (Object.keys(indexes).length > mostIndexes)
    throw new Error(`indexes are ${Object.keys(indexes).length}; a table has at most ${mostIndexes}`);
  for (const [what, { min, max }] of capacity === undefined ? [] : Object.entries({ ...capacity })) {
    requireWhole(`capacity.${what}.min`, min, 1, mostUnits);
    requireWhole(`capacity.${what}.max`, max, 1, mostUnits);
    if (min > max) throw new Error(`capacity.${what}.min is ${min}; it must be at most max, ${max}`);
  }
  if (recoveryDays !== undefined) requireWhole("recoveryDays", recoveryDays, 1, 35);
  const regions = [at.region, ...replicas.map(({ region }) => region)];
  const again = regions.find((region, index) => regions.indexOf(region) < index);
  if (again !== undefined) throw new Error(`replicas name ${again}, where the table is already`);
  if (replicas.length > 0 && capacity !== undefined)
    throw new Error("replicas need a table that is paid by request; leave capacity out");
}

function requireForm(argument: string, value: string, form: RegExp, expected: string): void {
  if (!form.test(value)) throw new Error(`${argument} is ${value}; it must be ${expected}`);
}

function requireWhole(argument: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(
      `${argument} is ${value}; it must be a whole number from ${min} to ${max.toLocaleString("en")}`,
    );
}
