/** Where in the project's files the words of a description are written, as far as they are written plainly. */
import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type ts from "typescript";
import { projectRoot } from "../project";

// Not by `import`, which copies a module's names: those of one that is loaded late are not known before it is.
const compiler = require("typescript") as typeof ts;

export const descriptionFolder = resolve(projectRoot, "stacks/landing-zone");

/** How far words could be followed. */
export interface Followed {
  /** How many of the words were found; the others are hidden by the obstacle, or not there. */
  readonly words: number;
  /** What the last of them is written as, without parentheses, `as` and `satisfies`. */
  readonly node: ts.Expression;
  /** For example `stacks/landing-zone/products/orders.ts:32`. */
  readonly place: string;
  readonly obstacle?: { readonly place: string; readonly what: string };
}

/** The files of a description, read and parsed once. */
export class WrittenDescription {
  private readonly files: readonly ts.SourceFile[];

  /** @param folder of the description; another one's is another commit's. */
  constructor(folder = descriptionFolder) {
    this.files = filesBelow(folder).map(file =>
      compiler.createSourceFile(file, readFileSync(file, "utf8"), compiler.ScriptTarget.Latest, true),
    );
  }

  /**
   * Follows words from `product({ name: "..." })`, through object literals only: what a name, a spread or a call stands
   * for is another place, and perhaps others' too.
   *
   * @returns undefined where no file, or more than one place, has a product of that name.
   */
  inProduct(name: string, words: readonly string[]): Followed | undefined {
    const [found, ...others] = this.files.flatMap(file => productsIn(file, name));
    return found === undefined || others.length > 0 ? undefined : follow(found, words);
  }

  /** The same from the object that environments.ts exports. */
  inEnvironments(words: readonly string[]): Followed | undefined {
    const file = this.files.find(
      ({ fileName }) => fileName === resolve(descriptionFolder, "environments.ts"),
    );
    const exported = file?.statements.find(compiler.isExportAssignment);
    return exported === undefined ? undefined : follow(bare(exported.expression), words);
  }
}

export const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${relative(projectRoot, file.fileName)}:${line + 1}`;
};

/** What is written as it stands there. */
export const textOf = (node: ts.Expression): string | undefined =>
  compiler.isStringLiteral(node) || compiler.isNoSubstitutionTemplateLiteral(node) ? node.text : undefined;

export const kindOf = (node: ts.Expression): string => obstacleOf(node)?.what ?? `\`${node.getText()}\``;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map(entry => resolve(entry.parentPath, entry.name))
    .sort();
}

/** The objects of that name that are given to the language's `product`, however it is called in the file. */
function productsIn(file: ts.SourceFile, name: string): ts.ObjectLiteralExpression[] {
  const words = new Set(
    file.statements.filter(compiler.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
      const bindings = importClause?.namedBindings;
      return bindings !== undefined &&
        compiler.isNamedImports(bindings) &&
        /(^|\/)description(\/index)?$/.test((moduleSpecifier as ts.StringLiteral).text)
        ? bindings.elements
            .filter(its => (its.propertyName ?? its.name).text === "product")
            .map(its => its.name.text)
        : [];
    }),
  );
  const found: ts.ObjectLiteralExpression[] = [];
  const look = (node: ts.Node): void => {
    if (
      compiler.isCallExpression(node) &&
      compiler.isIdentifier(node.expression) &&
      words.has(node.expression.text)
    ) {
      const given = node.arguments[0] && bare(node.arguments[0]);
      const said = given && follow(given, ["name"]);
      if (
        given &&
        compiler.isObjectLiteralExpression(given) &&
        said?.words === 1 &&
        textOf(said.node) === name
      )
        found.push(given);
    }
    compiler.forEachChild(node, look);
  };
  look(file);
  return found;
}

function follow(from: ts.Expression, path: readonly string[]): Followed {
  let node = from;
  let place = placeOf(from);
  for (const [words, key] of path.entries()) {
    if (!compiler.isObjectLiteralExpression(node)) {
      const obstacle = obstacleOf(node);
      return { words, node, place, ...(obstacle === undefined ? {} : { obstacle }) };
    }
    const { properties } = node;
    const at = properties.findLastIndex(property => nameOf(property) === key);
    // What comes later may say the same word again.
    const hidden = properties.slice(at + 1).find(property => nameOf(property) === undefined);
    if (hidden !== undefined)
      return {
        words,
        node,
        place,
        obstacle: {
          place: placeOf(hidden),
          what: compiler.isSpreadAssignment(hidden)
            ? `the spread \`${hidden.getText()}\``
            : `the computed name in \`${hidden.getText()}\``,
        },
      };
    const property = properties[at];
    if (property === undefined) return { words, node, place };
    if (!compiler.isPropertyAssignment(property))
      return {
        words,
        node,
        place,
        obstacle: compiler.isShorthandPropertyAssignment(property)
          ? byName(property.name)
          : { place: placeOf(property), what: `the accessor or method ${key}` },
      };
    node = bare(property.initializer);
    place = placeOf(property);
  }
  const obstacle = obstacleOf(node);
  return { words: path.length, node, place, ...(obstacle === undefined ? {} : { obstacle }) };
}

/** Undefined: it can not be told without running it. */
function nameOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  if (name === undefined || compiler.isComputedPropertyName(name)) return undefined;
  return name.text;
}

function bare(node: ts.Expression): ts.Expression {
  return compiler.isParenthesizedExpression(node) ||
    compiler.isAsExpression(node) ||
    compiler.isSatisfiesExpression(node) ||
    compiler.isNonNullExpression(node)
    ? bare(node.expression)
    : node;
}

function obstacleOf(node: ts.Expression): Followed["obstacle"] {
  if (compiler.isObjectLiteralExpression(node) || textOf(node) !== undefined) return undefined;
  return compiler.isIdentifier(node) ? byName(node) : { place: placeOf(node), what: `\`${node.getText()}\`` };
}

/** A name, and where it is declared, if that is in the same file. */
function byName(name: ts.Identifier): NonNullable<Followed["obstacle"]> {
  let declared: ts.Node | undefined;
  const look = (node: ts.Node): void => {
    if (
      (compiler.isVariableDeclaration(node) ||
        compiler.isImportSpecifier(node) ||
        compiler.isImportClause(node)) &&
      node.name !== undefined &&
      compiler.isIdentifier(node.name) &&
      node.name.text === name.text
    )
      declared ??= node;
    compiler.forEachChild(node, look);
  };
  look(name.getSourceFile());
  return {
    place: placeOf(name),
    what: `\`${name.text}\`${declared === undefined ? "" : `, which ${placeOf(declared)} ${compiler.isVariableDeclaration(declared) ? "declares" : "imports"}`}`,
  };
}
