/** What `lz reach` says. */
import pc from "picocolors";
import { type Cell, type Decision, flowText, type NotUnderstood, type Overview } from "../../reach";
import { plainTable } from "../table";

export function overviewText({ from, to, cells, internetReaches, notUnderstood }: Overview): string {
  const answers = new Map(cells.map(cell => [`${cell.from} ${cell.to}`, cell]));
  const rows = to.map(target => [
    target,
    ...from.map(source => {
      const cell = answers.get(`${source} ${target}`);
      return cell === undefined || source === target ? "" : shortAnswer(cell.decision);
    }),
  ]);
  return [
    plainTable(["To \\ from", ...from], rows),
    "",
    `${pc.bold("What the internet reaches")}${internetReaches.length === 0 ? "\nnothing" : ""}`,
    ...internetReaches.map(reachedText),
    ...doubtsText(notUnderstood),
  ].join("\n");
}

function shortAnswer(decision: Decision): string {
  if (decision.reaches === "undecided") return pc.yellow("?");
  if (!decision.reaches) return "-";
  return decision.by === undefined ? "yes" : shortWays[decision.by];
}

const shortWays = { CloudFront: "CDN", NLB: "NLB", PrivateLink: "link", "API gateway": "API" } as const;

function reachedText({ to, decision }: Cell): string {
  if (decision.reaches === "undecided") return `  ${to}  perhaps: ${decision.because.join("; ")}`;
  if (decision.reaches === false) return `  ${to}  no`;
  return `  ${to}  ${flowText(decision.flow)}${decision.by === undefined ? "" : ` by ${decision.by}`}`;
}

/** So many are named; the rest is counted. */
const mostNamed = 10;

function doubtsText(notUnderstood: readonly NotUnderstood[]): string[] {
  if (notUnderstood.length === 0) return [];
  const named = notUnderstood.slice(0, mostNamed);
  const rest = notUnderstood.length - named.length;
  return [
    "",
    pc.bold("Not understood, so that no wall near it is trusted"),
    ...named.map(({ type, name, because }) => `  ${type} ${name}: ${because}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

export function decisionText({ from, to, decision }: Cell): string {
  const steps = decision.path.map(({ at, by }, index) => `  ${String(index + 1).padStart(2)}  ${at}: ${by}`);
  switch (decision.reaches) {
    case true:
      return [
        `${from} reaches ${to}${decision.by === undefined ? "" : ` by ${decision.by}`}: ${flowText(decision.flow)}`,
        ...steps,
      ].join("\n");
    case false:
      return [
        `${from} does not reach ${to}`,
        ...steps,
        `  ${pc.red("wall")}  ${decision.wall.at}: ${decision.wall.because}`,
      ].join("\n");
    case "undecided":
      return [
        `whether ${from} reaches ${to} is undecided`,
        ...steps,
        ...decision.because.map(reason => `  ${pc.yellow("?")}  ${reason}`),
      ].join("\n");
  }
}
