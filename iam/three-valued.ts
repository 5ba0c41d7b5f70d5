export type Holds = "yes" | "no" | "unknown";

/** An answer of Kleene's three-valued logic, and what a missing answer hangs on. */
export interface Finding {
  readonly holds: Holds;
  /** Condition keys, or else a few words; empty unless `holds` is `unknown`. */
  readonly hangsOn: readonly string[];
}

export const yes: Finding = { holds: "yes", hangsOn: [] };
export const no: Finding = { holds: "no", hangsOn: [] };

export function unknown(...hangsOn: readonly string[]): Finding {
  return { holds: "unknown", hangsOn };
}

export function known(holds: boolean): Finding {
  return holds ? yes : no;
}

export function not(finding: Finding): Finding {
  return finding.holds === "unknown" ? finding : known(finding.holds === "no");
}

export function every(findings: readonly Finding[]): Finding {
  return decided(findings, "no", no, yes);
}

export function some(findings: readonly Finding[]): Finding {
  return decided(findings, "yes", yes, no);
}

function decided(
  findings: readonly Finding[],
  deciding: Holds,
  result: Finding,
  otherwise: Finding,
): Finding {
  if (findings.some(({ holds }) => holds === deciding)) return result;
  const open = findings.filter(({ holds }) => holds === "unknown");
  return open.length === 0 ? otherwise : unknown(...new Set(open.flatMap(({ hangsOn }) => hangsOn)));
}
