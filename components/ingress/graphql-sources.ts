import { tableAccess } from "../data/table-access";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { useOfKey } from "../security/encryption-key";

/** What a GraphQL API asks for its answers, in the same account and region. */
export type GraphqlSource =
  | {
      readonly kind: "table";
      readonly tableName: string;
      readonly access: "read" | "readWrite";
      /** The alias of the table's key. */
      readonly keyAlias: string;
    }
  | { readonly kind: "function"; readonly functionName: string };

/** What a resolver does: JavaScript for AppSync's runtime, with the functions `request` and `response`. */
export interface GraphqlStep {
  /** The source's short name. */
  readonly source: string;
  readonly code: string;
}

/** One step, or several in a row with code before and after them. */
export type GraphqlResolver = GraphqlStep | { readonly code: string; readonly steps: readonly GraphqlStep[] };

/** What a source's role may do: use this source, and nothing else. */
export function sourceStatements(at: Location, source: GraphqlSource): readonly Statement[] {
  switch (source.kind) {
    case "table": {
      const { statements, keyThrough } = tableAccess(at, source.tableName, source.access);
      return [...statements, useOfKey(at, source.keyAlias, keyThrough)];
    }
    case "function": {
      const named = arn("lambda", at, `function:${source.functionName}`);
      // With a version or an alias too. Source: Lambda developer guide, "Resources and conditions".
      return [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [named, `${named}:*`] }];
    }
  }
}

/** Source: AWS AppSync API reference, "CreateGraphqlApi": the depth that a query may have. */
export const deepestQuery = 75;
/** Source: AWS AppSync API reference, "CreateFunction", "CreateResolver": a name and the length of code. */
const wordOfGraphql = /^[_A-Za-z]\w*$/;
const longestCode = 32_768;

interface Described {
  readonly schema: string;
  readonly sources: Readonly<Record<string, GraphqlSource>>;
  readonly resolvers: Readonly<Record<string, GraphqlResolver>>;
  readonly queryDepth: number;
}

/** Refuses what AppSync would refuse after half of the API has been made. */
export function checkGraphql(api: string, { schema, sources, resolvers, queryDepth }: Described): void {
  const refuse = (what: string) => {
    throw new Error(`the GraphQL API ${api}: ${what}`);
  };
  if (!/\btype\s+Query\b/.test(schema)) refuse("schema has no type Query");
  if (!Number.isInteger(queryDepth) || queryDepth < 1 || queryDepth > deepestQuery)
    refuse(`queryDepth is ${queryDepth}; 1 to ${deepestQuery} would be right`);
  for (const source of Object.keys(sources))
    if (!wordOfGraphql.test(source))
      refuse(`sources has "${source}"; letters, digits and _, not a digit first, would be right`);
  const checkStep = (place: string, { source, code }: GraphqlStep) => {
    if (!(source in sources))
      refuse(`${place}.source is "${source}", which is none; ${Object.keys(sources).join(", ")} are`);
    checkCode(place, code);
  };
  const checkCode = (place: string, code: string) => {
    if (code.length === 0 || code.length > longestCode)
      refuse(`${place}.code has ${code.length} characters; 1 to ${longestCode} would be right`);
  };
  for (const [field, resolver] of Object.entries(resolvers)) {
    const place = `resolvers["${field}"]`;
    const [type = "", name = "", ...more] = field.split(".");
    if (!wordOfGraphql.test(type) || !wordOfGraphql.test(name) || more.length > 0)
      refuse(`${place}: a type and a field such as Query.order would be right`);
    if (!("steps" in resolver)) {
      checkStep(place, resolver);
      continue;
    }
    checkCode(place, resolver.code);
    if (resolver.steps.length < 1 || resolver.steps.length > 10)
      refuse(`${place} has ${resolver.steps.length} steps; 1 to 10 would be right`);
    resolver.steps.forEach((step, index) => {
      checkStep(`${place}.steps[${index}]`, step);
    });
  }
}
