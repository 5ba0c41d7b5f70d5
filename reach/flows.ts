/** Protocols and ports: those that rules tell apart, one of each. */
import type { Flow, Question } from "./decision";
import type { End } from "./ends";
import type { AccessList, Traffic } from "./model";

export const anything: Flow = { protocol: "all", from: 0, to: 65_535 };

export function flowText({ protocol, from, to }: Flow): string {
  if (protocol === "all") return "anything";
  if (protocol === "other") return "other protocols";
  if (protocol === "icmp") return "ICMP echo";
  if (protocol !== "tcp" && protocol !== "udp") return `protocol ${protocol}`;
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

/** Protocols and ports that some rule tells apart: what rules name first, then what is between. */
export function flowsOf(
  lists: readonly AccessList[],
  ends: readonly End[],
  question: Question,
): readonly Flow[] {
  const rules: Traffic[] = lists.flatMap(({ inward, outward }) => [...inward, ...outward]);
  for (const end of ends)
    if (end.kind === "interface")
      for (const { inward, outward } of end.interface.groups ?? []) rules.push(...inward, ...outward);
  if (rules.length === 0 && question.protocol === undefined && question.port === undefined) return [anything];
  const flows: Flow[] = [];
  const protocols = new Set(["tcp", "udp", "icmp", ...rules.map(({ protocol }) => protocol), "other"]);
  protocols.delete("all");
  for (const protocol of protocols) {
    if (question.protocol !== undefined && question.protocol !== protocol) continue;
    if (question.port !== undefined && protocol !== "tcp" && protocol !== "udp") continue;
    if (protocol === "icmp") flows.push({ protocol, from: 8, to: 8 });
    else if (protocol !== "tcp" && protocol !== "udp") flows.push({ protocol, from: 0, to: 0 });
    else flows.push(...portsOf(protocol, rules, question.port));
  }
  return flows;
}

function portsOf(protocol: string, rules: readonly Traffic[], port: number | undefined): readonly Flow[] {
  if (port !== undefined) return [{ protocol, from: port, to: port }];
  const named = new Set<number>();
  const starts = new Set([0]);
  for (const rule of rules) {
    if (rule.protocol !== protocol) continue;
    named.add(rule.from);
    starts.add(rule.from);
    if (rule.to < 65_535) starts.add(rule.to + 1);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  // HTTPS before the HTTP that is but redirected to it: the first flow that gets through is the one that is shown.
  const rank = ({ from }: Flow) => (from === 443 ? 0 : named.has(from) ? 1 : 2);
  return sorted
    .map((from, index): Flow => ({ protocol, from, to: (sorted[index + 1] ?? 65_536) - 1 }))
    .sort((a, b) => rank(a) - rank(b));
}

/** Systems call from ports above 1023. An echo is answered by ICMP's type 0. */
export function callersPorts(lists: readonly AccessList[], protocol: string): readonly number[] {
  if (protocol !== "tcp" && protocol !== "udp") return [0];
  const starts = new Set([1024]);
  for (const { inward, outward } of lists)
    for (const rule of [...inward, ...outward])
      if (rule.protocol === protocol)
        for (const start of [rule.from, rule.to + 1]) if (start > 1024 && start <= 65_535) starts.add(start);
  return [...starts];
}
