/** Resources with one thing wrong, at every place and in every way that a check must bear. */
import { type Given, unknown } from "../../policies/examples/example";

/** As the engine sends a secret. */
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

const missing = Symbol("missing");

const ways = (value: unknown): unknown[] => [
  missing,
  null,
  unknown,
  `before-${unknown}-behind`,
  secret(value),
  "",
  [],
  {},
  "x".repeat(100_000),
  Array.from({ length: 1_000 }, () => value),
  typeof value === "number" ? "7" : 7,
  Array.isArray(value) ? (value[0] ?? "one") : [value],
  true,
];

/** Places deeper or further on are left to chance. */
const mostPlaces = 24;

export function spoiltOnce(resources: readonly Given[]): Given[][] {
  return resources.flatMap((resource, index) =>
    placesIn(resource.props ?? {})
      .slice(0, mostPlaces)
      .flatMap(place =>
        ways(valueAt(resource.props, place)).map(wrong => [
          ...resources.slice(0, index),
          { ...resource, props: replaced(resource.props ?? {}, place, wrong) as object },
          ...resources.slice(index + 1),
        ]),
      ),
  );
}

type Place = readonly string[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...placesIn(inner, [...at, key])]);
}

function valueAt(value: unknown, [key, ...rest]: Place): unknown {
  if (key === undefined) return value;
  return valueAt((value as Record<string, unknown>)[key], rest);
}

function replaced(value: unknown, [key, ...rest]: Place, wrong: unknown): unknown {
  if (key === undefined) return wrong;
  const inner = replaced((value as Record<string, unknown>)[key], rest, wrong);
  const entries = Object.entries(value as object).flatMap(([name, held]) =>
    name !== key ? [[name, held] as const] : inner === missing ? [] : [[name, inner] as const],
  );
  return Array.isArray(value) ? entries.map(([, held]) => held) : Object.fromEntries(entries);
}
