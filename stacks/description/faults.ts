/** A mistake in a description: where, what stands there, what is wrong with it and what would be right. */
export interface Fault {
  /** For example `products.orders.services.api.path`. */
  readonly path: string;
  readonly value: unknown;
  readonly problem: string;
}

/** Every fault of a description, in the order of its paths. */
export class DescriptionError extends Error {
  override readonly name = "DescriptionError";
  constructor(readonly faults: readonly Fault[]) {
    super(
      `The description in stacks/landing-zone has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n\n${faults
        .map(fault => `  ${fault.path}: ${shown(fault.value)}\n    ${fault.problem}`)
        .join("\n\n")}`,
    );
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "(absent)";
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= 80 ? json : `${json.slice(0, 77)}...`;
}

/** A value that stands in two places where each must have its own. */
export function twice(places: readonly (readonly [path: string, value: string | undefined])[]): Fault[] {
  const first = new Map<string, string>();
  return places.flatMap(([path, value]) => {
    if (typeof value !== "string") return [];
    const earlier = first.get(value);
    if (earlier !== undefined)
      return [{ path, value, problem: `is the value of ${earlier} too; each needs its own` }];
    first.set(value, path);
    return [];
  });
}

/** A name that is not among those there are. */
export function missing(path: string, value: string, kind: string, known: readonly string[]): Fault[] {
  if (known.includes(value)) return [];
  return [
    { path, value, problem: `is no ${kind} of this landing zone; there are: ${known.join(", ") || "none"}` },
  ];
}
