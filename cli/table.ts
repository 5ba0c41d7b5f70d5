import Table from "cli-table3";
import pc from "picocolors";

/** A table without lines: columns of text, the head in bold, numbers to the right. */
export function plainTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const none = "";
  const edges = ["top", "bottom", "left", "right", "mid"].flatMap(side =>
    ["", "-mid", "-left", "-right"].map(part => [`${side}${part}`, none]),
  );
  const table = new Table({
    head: head.map(cell => pc.bold(cell)),
    chars: { ...Object.fromEntries(edges), middle: "   " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: head.map((_, column) => (typeof rows[0]?.[column] === "number" ? "right" : "left")),
  });
  for (const row of rows)
    table.push(row.map(cell => (typeof cell === "number" ? cell.toLocaleString("en") : cell)));
  return table
    .toString()
    .split("\n")
    .map(line => line.trimEnd())
    .join("\n");
}
