/** One entry of Principal or NotPrincipal: `{ kind: "AWS", id: "111122223333" }`. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** For people: its position and its Sid. */
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
  /** Whether `${…}` stands for a value of the request: from Version 2012-10-17 on. */
  readonly hasVariables: boolean;
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
  /** What could not be read, in words. The statements are those that could. */
  readonly faults: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/** Reads an IAM policy document from its JSON text or from the object that the text stands for. */
export function readDocument(source: unknown): PolicyDocument {
  const document = typeof source === "string" ? parsed(source) : source;
  if (!isObject(document)) return { statements: [], faults: ["it is not a JSON object"] };
  const given = several(document["Statement"]);
  if (given.length === 0) return { statements: [], faults: ["it has no Statement"] };
  const hasVariables = document["Version"] === "2012-10-17";
  const statements: Statement[] = [];
  const faults: string[] = [];
  for (const [index, one] of given.entries()) {
    const found = isObject(one) ? faultsOf(one) : ["it is not an object"];
    const name = statementName(one, index);
    if (isObject(one) && found.length === 0) statements.push(statementOf(one, name, hasVariables));
    faults.push(...found.map(fault => `${name}: ${fault}`));
  }
  return { statements, faults };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function several(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function statementName(statement: unknown, index: number): string {
  const sid = isObject(statement) ? statement["Sid"] : undefined;
  return typeof sid === "string" && sid !== "" ? `statement ${index + 1} (${sid})` : `statement ${index + 1}`;
}

function faultsOf(statement: Json): string[] {
  const faults: string[] = [];
  if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") {
    faults.push("Effect is neither Allow nor Deny");
  }
  const textLists = ["Action", "NotAction", "Resource", "NotResource"];
  for (const key of textLists) if (!areTexts(statement[key])) faults.push(`${key} is not text`);
  for (const key of ["Principal", "NotPrincipal"]) {
    const value = statement[key];
    const readable = value === undefined || typeof value === "string" || valuesOf(value)?.every(areTexts);
    if (!readable) faults.push(`${key} cannot be read`);
  }
  const condition = statement["Condition"];
  const operators = condition === undefined ? [] : valuesOf(condition);
  if (!operators?.every(keys => valuesOf(keys)?.every(areScalars))) {
    faults.push("Condition cannot be read");
  }
  return faults;
}

function valuesOf(value: unknown): unknown[] | undefined {
  return isObject(value) ? Object.values(value) : undefined;
}

function areTexts(value: unknown): boolean {
  return several(value).every(one => typeof one === "string");
}

function areScalars(value: unknown): boolean {
  return several(value).every(one => ["string", "number", "boolean"].includes(typeof one));
}

function statementOf(statement: Json, name: string, hasVariables: boolean): Statement {
  const texts = (key: string) => several(statement[key]).map(String);
  return {
    name,
    effect: statement["Effect"] === "Deny" ? "Deny" : "Allow",
    actions: texts("Action"),
    notActions: texts("NotAction"),
    resources: texts("Resource"),
    notResources: texts("NotResource"),
    principals: principalsOf(statement["Principal"]),
    notPrincipals: principalsOf(statement["NotPrincipal"]),
    conditions: conditionsOf(statement["Condition"]),
    hasVariables,
  };
}

function principalsOf(value: unknown): Principal[] {
  // The bare star means everyone, as `{ "AWS": "*" }` does.
  if (typeof value === "string") return [{ kind: "AWS", id: value }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([kind, ids]) => several(ids).map(id => ({ kind, id: String(id) })));
}

function conditionsOf(value: unknown): Condition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key,
      values: several(values).map(String),
    })),
  );
}
