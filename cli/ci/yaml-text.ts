/** A file of YAML, with comments where a reader needs them. */
import { Document, isCollection, isMap, isNode, isPair, isScalar } from "yaml";

/** By what leads to a place: keys, and numbers in lists. */
export type Comments = readonly (readonly [path: readonly (string | number)[], comment: string])[];

const told = (text: string): string => text.replaceAll(/^(?=.)/gm, " ");

export function yamlText(value: object, comments: Comments = []): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  for (const [path, comment] of comments) {
    const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const key = path.at(-1);
    const node = isMap(parent)
      ? parent.items.find(({ key: its }) => (isScalar(its) ? its.value : its) === key)?.key
      : isCollection(parent)
        ? parent.get(key, true)
        : undefined;
    if (!isNode(node)) throw new Error(`there is no ${path.join(".")} to comment on`);
    node.commentBefore = told(comment);
  }
  const { contents } = document;
  // A line between the parts of a file, and between its jobs.
  if (isMap(contents))
    for (const { key, value: its } of contents.items.slice(1)) {
      if (isNode(key)) key.spaceBefore = true;
      if (isScalar(key) && key.value === "jobs" && isMap(its))
        for (const pair of its.items.slice(1))
          if (isPair(pair) && isNode(pair.key)) pair.key.spaceBefore = true;
    }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Text of several lines, as a block; what a shell runs. */
export const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
