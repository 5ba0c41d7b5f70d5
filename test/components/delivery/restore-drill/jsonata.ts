/**
 * Evaluates as much of JSONata as the project's state machines say; whatever else it finds it refuses.
 *
 * Values are JSON. Nothing found is `undefined`, and a path that finds one thing gives that thing, as JSONata has it.
 * Source: JSONata documentation, "Path operators", "Processing model".
 */

type Scope = ReadonlyMap<string, unknown>;
type Node = (context: unknown, scope: Scope) => unknown;

/** @throws for what JSONata refuses, and for what is not understood here. */
export function evaluate(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  const parser = new Parser(expression);
  const node = parser.expression(0);
  parser.expect("end");
  return node(undefined, new Map(Object.entries(variables)));
}

interface Token {
  readonly kind: "name" | "variable" | "string" | "number" | "sign" | "end";
  readonly text: string;
}

const tokenForm =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<number>\d+(?:\.\d+)?)|(?<variable>\$[A-Za-z_]\w*)|(?<name>[A-Za-z_]\w*)|(?<sign>!=|<=|>=|[.[\](){},:?&+\-*/=<>^]))/y;

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  tokenForm.lastIndex = 0;
  while (tokenForm.lastIndex < expression.trimEnd().length) {
    const at = tokenForm.lastIndex;
    const groups = tokenForm.exec(expression)?.groups;
    if (groups === undefined) throw new Error(`not understood: ${expression.slice(at)}`);
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) as [
      Token["kind"],
      string,
    ];
    tokens.push({ kind, text });
  }
  return [...tokens, { kind: "end", text: "end" }];
}

const powers: Readonly<Record<string, number>> = {
  ".": 75,
  "[": 80,
  "^": 40,
  "*": 60,
  "/": 60,
  "+": 50,
  "-": 50,
  "&": 50,
  "=": 40,
  "!=": 40,
  "<": 40,
  ">": 40,
  "<=": 40,
  ">=": 40,
  in: 40,
  and: 30,
  or: 25,
  "?": 20,
};

/** A sequence: what a path finds. One thing stands for itself, and nothing for nothing. */
const found = (values: readonly unknown[]): unknown =>
  values.length === 0 ? undefined : values.length === 1 ? values[0] : values;

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Each of the things, looked at on its own. */
const through = (value: unknown, step: (each: unknown) => unknown): unknown =>
  found(list(value).flatMap(each => list(step(each))));

const truthy = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(truthy)
    : typeof value === "object" && value !== null
      ? Object.keys(value).length > 0
      : Boolean(value);

const same = (one: unknown, other: unknown): boolean =>
  one !== undefined && other !== undefined && JSON.stringify(one) === JSON.stringify(other);

class Parser {
  private readonly tokens: Token[];
  private position = 0;

  constructor(expression: string) {
    this.tokens = tokensOf(expression);
  }

  private get token(): Token {
    return this.tokens[this.position] as Token;
  }

  private take(): Token {
    return this.tokens[this.position++] as Token;
  }

  private sees(text: string): boolean {
    return this.token.text === text && this.token.kind !== "string";
  }

  expect(text: string): void {
    if (!this.sees(text)) throw new Error(`${text} is expected, and there is ${this.token.text}`);
    this.position++;
  }

  expression(power: number): Node {
    let left = this.first();
    while (this.token.kind !== "string" && power < (powers[this.token.text] ?? 0))
      left = this.rest(left, this.take().text);
    return left;
  }

  private first(): Node {
    const token = this.take();
    if (token.kind === "string") {
      const text = token.text
        .slice(1, -1)
        .replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));
      return () => text;
    }
    if (token.kind === "number") return () => Number(token.text);
    if (token.kind === "variable") {
      const name = token.text.slice(1);
      if (this.sees("(")) return this.call(name);
      return (_, scope) => scope.get(name);
    }
    if (token.text === "true" || token.text === "false") return () => token.text === "true";
    if (token.text === "null") return () => null;
    if (token.kind === "name")
      return context =>
        through(context, each =>
          typeof each === "object" && each !== null
            ? (each as Record<string, unknown>)[token.text]
            : undefined,
        );
    if (token.text === "(") {
      const inner = this.expression(0);
      this.expect(")");
      return inner;
    }
    if (token.text === "[") {
      const items = this.separated("]").map(item => ({ item, whole: item.made === "array" }));
      return (context, scope) =>
        items.flatMap(({ item, whole }) => {
          const value = item.node(context, scope);
          return whole ? [value] : list(value);
        });
    }
    if (token.text === "{") return this.object();
    throw new Error(`not understood: ${token.text}`);
  }

  /** What an array's items are: an array that is written out stays one, any other is laid into the outer one. */
  private separated(end: string): { readonly node: Node; readonly made: "array" | "other" }[] {
    const nodes: { node: Node; made: "array" | "other" }[] = [];
    while (!this.sees(end)) {
      const made = this.sees("[") ? "array" : "other";
      nodes.push({ node: this.expression(0), made });
      if (!this.sees(end)) this.expect(",");
    }
    this.expect(end);
    return nodes;
  }

  private object(): Node {
    const entries: (readonly [Node, Node])[] = [];
    while (!this.sees("}")) {
      const key = this.expression(0);
      this.expect(":");
      entries.push([key, this.expression(0)]);
      if (!this.sees("}")) this.expect(",");
    }
    this.expect("}");
    return (context, scope) =>
      Object.fromEntries(
        entries.flatMap(([key, value]) => {
          const its = value(context, scope);
          return its === undefined ? [] : [[String(key(context, scope)), its]];
        }),
      );
  }

  private rest(left: Node, sign: string): Node {
    if (sign === ".") {
      const right = this.expression(75);
      return (context, scope) => through(left(context, scope), each => right(each, scope));
    }
    if (sign === "[") {
      const inner = this.expression(0);
      this.expect("]");
      return (context, scope) => {
        const values = list(left(context, scope));
        const kept = values.filter((each, index) => {
          const said = inner(each, scope);
          return typeof said === "number" ? said === index : truthy(said);
        });
        return found(kept);
      };
    }
    if (sign === "^") {
      this.expect("(");
      this.expect(">");
      const by = this.expression(0);
      this.expect(")");
      return (context, scope) => {
        const key = (value: unknown) => String(by(value, scope));
        return found(
          [...list(left(context, scope))].sort((a, b) => (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0)),
        );
      };
    }
    if (sign === "?") {
      const yes = this.expression(0);
      this.expect(":");
      const no = this.expression(0);
      return (context, scope) => (truthy(left(context, scope)) ? yes(context, scope) : no(context, scope));
    }
    const right = this.expression(powers[sign] as number);
    return (context, scope) => binary(sign, left(context, scope), () => right(context, scope));
  }

  private call(name: string): Node {
    this.expect("(");
    const args = this.separated(")").map(({ node }) => node);
    const called = functions[name];
    if (called === undefined) throw new Error(`the function $${name} is not known here`);
    return (context, scope) => called(...args.map(arg => arg(context, scope)));
  }
}

function binary(sign: string, left: unknown, right: () => unknown): unknown {
  if (sign === "and") return truthy(left) && truthy(right());
  if (sign === "or") return truthy(left) || truthy(right());
  const other = right();
  if (sign === "=") return same(left, other);
  if (sign === "!=") return left !== undefined && other !== undefined && !same(left, other);
  if (sign === "in") return list(other).some(each => same(each, left));
  if (sign === "&") return written(left) + written(other);
  if (left === undefined || other === undefined) return undefined;
  if (["<", ">", "<=", ">="].includes(sign)) return compared(sign, left, other);
  if (typeof left !== "number" || typeof other !== "number")
    throw new Error(`${sign} of ${typeof left} and ${typeof other}`);
  return { "+": left + other, "-": left - other, "*": left * other, "/": left / other }[sign];
}

function compared(sign: string, left: unknown, right: unknown): boolean {
  if (
    typeof left !== typeof right ||
    (typeof left !== "number" && typeof left !== "string") ||
    (typeof right !== "number" && typeof right !== "string")
  )
    throw new Error(`${sign} of ${typeof left} and ${typeof right}`);
  return { "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right }[sign] as boolean;
}

const written = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

type Called = (...args: readonly unknown[]) => unknown;

const numbers = (value: unknown): number[] =>
  list(value).map(each => {
    if (typeof each !== "number") throw new Error(`${JSON.stringify(each)} is no number`);
    return each;
  });

/** Of one value: where there is none, there is no answer either. */
const of =
  <T>(kind: "string" | "number", work: (value: T, ...more: readonly unknown[]) => unknown): Called =>
  (value, ...more) => {
    if (value === undefined) return undefined;
    if (typeof value !== kind) throw new Error(`${JSON.stringify(value)} is no ${kind}`);
    return work(value as T, ...more);
  };

const functions: Readonly<Record<string, Called>> = {
  append: (one, other) =>
    one === undefined ? other : other === undefined ? one : [...list(one), ...list(other)],
  ceil: of<number>("number", Math.ceil),
  count: value => list(value).length,
  exists: value => value !== undefined,
  floor: of<number>("number", Math.floor),
  fromMillis: of<number>("number", value => new Date(value).toISOString()),
  join: (values, separator) =>
    values === undefined
      ? undefined
      : list(values)
          .map(String)
          .join(String(separator ?? "")),
  max: value => (value === undefined ? undefined : Math.max(...numbers(value))),
  merge: value => Object.assign({}, ...list(value)) as unknown,
  min: value => (value === undefined ? undefined : Math.min(...numbers(value))),
  power: of<number>("number", (base, exponent) => base ** Number(exponent)),
  round: of<number>("number", (value, digits = 0) => Number(value.toFixed(Number(digits)))),
  string: (value, pretty) =>
    value === undefined
      ? undefined
      : typeof value === "string"
        ? value
        : JSON.stringify(value, undefined, pretty === true ? 2 : undefined),
  substring: of<string>("string", (text, start, length) =>
    text.slice(Number(start), length === undefined ? undefined : Number(start) + Number(length)),
  ),
  toMillis: of<string>("string", text => {
    const millis = Date.parse(text);
    if (Number.isNaN(millis)) throw new Error(`${text} is no time`);
    return millis;
  }),
};
