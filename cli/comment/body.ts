/** What a comment says: the file, below a mark that nobody sees and by which the comment is found again. */

/** Without spaces, so that no marker ends the HTML comment that it stands in. */
export const markerPattern = /^[A-Za-z0-9][\w.-]{0,59}$/;

export const markOf = (marker: string): string => `<!-- landing-zone: ${marker} -->`;

export interface Whole {
  readonly marker: string;
  readonly text: string;
  /** Characters that the platform takes. */
  readonly limit: number;
  /** Where all of it is, for whoever reads a part. */
  readonly elsewhere: string;
}

/** Room for what is said below a part, and for what closes it. */
const reserve = 500;

/** The comment, of which lines at the end are left out where it would be too long. */
export function bodyOf({ marker, text, limit, elsewhere }: Whole): string {
  const mark = markOf(marker);
  const whole = `${mark}\n${text.trimEnd()}\n`;
  if (whole.length <= limit) return whole;
  const lines = text.trimEnd().split("\n");
  const room = limit - mark.length - elsewhere.length - reserve;
  let length = 0;
  let shown = lines.findIndex(line => {
    length += line.length + 1;
    return length > room;
  });
  if (shown === -1) shown = lines.length;
  const part = lines.slice(0, shown);
  // One line may be longer than all that may be said.
  if (shown === 0) part.push(whole.slice(mark.length + 1, mark.length + 1 + room));
  const told =
    shown === 0
      ? "the beginning"
      : `${shown.toLocaleString("en")} of ${lines.length.toLocaleString("en")} lines`;
  return [
    mark,
    ...part,
    ...closing(part),
    "",
    `**Too long for a comment: this is ${told}.** All of it: ${elsewhere}`,
    "",
  ].join("\n");
}

/** What is open where a text was cut would hide what is said below it. */
function closing(lines: readonly string[]): string[] {
  let fence: string | undefined;
  let details = 0;
  for (const line of lines) {
    const [, found] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (found !== undefined) {
      if (fence === undefined) fence = found;
      else if (found.startsWith(fence)) fence = undefined;
      continue;
    }
    if (fence === undefined)
      details += (line.match(/<details\b/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
  }
  return [
    ...(fence === undefined ? [] : [fence]),
    ...Array.from({ length: Math.max(details, 0) }, () => "</details>"),
  ];
}
