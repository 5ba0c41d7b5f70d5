/** How two texts differ, as a reader of merge requests is used to seeing it. */
import type { Difference } from "./files";

/** Lines shown of a file, at most. */
const shown = 20;

export function differenceText({ path, is, must }: Difference): string {
  if (is === undefined) return `${path} is not there`;
  if (must === undefined) return `${path} is not needed any more`;
  const lines = changed(is.split("\n"), must.split("\n"));
  const more = lines.length > shown ? [`  and ${lines.length - shown} lines more`] : [];
  return [`${path} differs:`, ...lines.slice(0, shown).map(line => `  ${line}`), ...more].join("\n");
}

/** By the longest common subsequence, after what both begin and end with. */
function changed(before: readonly string[], after: readonly string[]): string[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const common = old.map(() => new Array<number>(now.length + 1).fill(0));
  common.push(new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--)
      (common[row] as number[])[column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const found: string[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) {
      row++;
      column++;
    } else if (column >= now.length || (row < old.length && at(row + 1, column) >= at(row, column + 1))) {
      found.push(`- ${start + row + 1}: ${old[row]}`);
      row++;
    } else {
      found.push(`+ ${start + column + 1}: ${now[column]}`);
      column++;
    }
  }
  return found;
}
