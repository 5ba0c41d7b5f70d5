/** Calculates what CloudWatch would: the functions of metric math that alarms here use, on one value of each metric, or on none. */
export function calculated(expression: string, values: Readonly<Record<string, number | undefined>>): number {
  const functions = {
    IF: (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise),
    FILL: (value: number | undefined, instead: number) => value ?? instead,
  };
  const measured = expression.match(/\b[a-z][a-z0-9]*\b/g) ?? [];
  const given = { ...functions, ...Object.fromEntries(measured.map(id => [id, values[id]])) };
  return new Function(...Object.keys(given), `return ${expression}`)(...Object.values(given)) as number;
}

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly returnData: boolean;
  readonly metric?: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly stat: string;
    readonly period: number;
  };
}

/** The expression of an alarm and the metrics it is of, by the names it has for them. */
export function calculation(inputs: Readonly<Record<string, unknown>>) {
  const queries = (inputs["metricQueries"] ?? []) as Query[];
  return {
    expression: queries.find(({ returnData }) => returnData)?.expression ?? "",
    metrics: Object.fromEntries(queries.flatMap(({ id, metric }) => (metric ? [[id, metric] as const] : []))),
  };
}
