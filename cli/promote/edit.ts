/** The one literal of a release: where it is, and the file with the other in its place. */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { UsageError } from "../failures";
import { projectRoot } from "../project";
import { nameOf, type Release } from "./request";
import { type Followed, kindOf, placeOf, textOf, WrittenDescription } from "./written";

export interface Edit {
  readonly file: string;
  /** For example `stacks/landing-zone/products/orders.ts:32`. */
  readonly place: string;
  readonly before: string;
  readonly after: string;
  /** The lines that the literal stands in, before and after. */
  readonly lines: readonly [string, string];
}

/** @throws {UsageError} which says where to change what by hand, where the release is no literal of its own. */
export function editFor(promotion: Release, written = new WrittenDescription()): Edit {
  const { product, workload, to, before, after } = promotion;
  const words = [workload.group, workload.name, "release", to];
  const found = written.inProduct(product.name, words);
  if (found === undefined)
    throw new UsageError(
      `product({ name: "${product.name}", ... }) is not written in exactly one place of stacks/landing-zone; ${byHand(promotion)}`,
    );
  if (found.words < words.length || textOf(found.node) === undefined)
    throw new UsageError(`${obstacleText(found, words, workload.at)}; ${byHand(promotion)}`);
  const source = found.node.getSourceFile();
  const said = textOf(found.node);
  // The compiler and the loaded description must be of one mind.
  if (said !== before)
    throw new UsageError(
      `${placeOf(found.node)}: "${said}" is written here, and ${before} is what is loaded; ${byHand(promotion)}`,
    );
  const text = source.text;
  const start = found.node.getStart(source);
  const changed = withLiteral(found.node, after);
  if (!Buffer.from(text).equals(readFileSync(source.fileName)))
    throw new UsageError(`${relative(projectRoot, source.fileName)} is not UTF-8; ${byHand(promotion)}`);
  return {
    file: source.fileName,
    place: placeOf(found.node),
    before: text,
    after: changed,
    lines: [lineAt(text, start), lineAt(changed, start)],
  };
}

/** The file of a literal with another one in its place, in the quotation marks that are there. */
export function withLiteral(node: Followed["node"], said: string): string {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const quote = text[start] ?? '"';
  return `${text.slice(0, start)}${quote}${said}${quote}${text.slice(node.getEnd())}`;
}

const byHand = ({ workload, to, before, after }: Release): string =>
  `lz changes nothing but a literal that is the release's own: change ${workload.at}.release.${to} from "${before}" to "${after}" by hand`;

function obstacleText(
  { words: reached, node, place, obstacle }: Followed,
  words: readonly string[],
  at: string,
): string {
  const word = [at.split(".").slice(0, 2).join("."), ...words.slice(0, reached)].join(".");
  if (obstacle === undefined) return `${place}: ${word} has no word ${words[reached] ?? kindOf(node)}`;
  return reached === words.length
    ? `${obstacle.place}: ${word} is ${obstacle.what}`
    : `${obstacle.place}: ${word}${words[reached] === undefined ? "" : `.${words[reached]}`} comes from ${obstacle.what}`;
}

const lineAt = (text: string, index: number): string => {
  const end = text.slice(index).search(/\r?\n|$/);
  return text.slice(text.lastIndexOf("\n", index - 1) + 1, index + end);
};

/**
 * All of it or nothing.
 *
 * @throws {UsageError} where the file is another by now, or can not be written.
 */
export function write({ file, before, after }: Edit, promotion: Release): void {
  const place = relative(projectRoot, file);
  // A link stays a link.
  const real = realpathSync(file);
  if (readFileSync(real, "utf8") !== before)
    throw new UsageError(
      `${place} has changed meanwhile; ${nameOf(promotion)} is not released. Run the same again`,
    );
  const unfinished = `${real}.unfinished`;
  try {
    writeFileSync(unfinished, after, { mode: statSync(real).mode });
    renameSync(unfinished, real);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new UsageError(`${place} can not be written: ${(error as Error).message}`, { cause: error });
  }
}
