import * as server from "@pulumi/policy/server";
import { type Given, unknown } from "../../policies/examples/example";
import type { Rule } from "../../policies/rule";
import { policyOf } from "../../policies/sdk-policy";

export { type Given, unknown };

export interface Verdict {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

/** Judges resources by one rule through the SDK's own analyzer, with its proxies, levels and messages. */
export async function judge(rule: Rule, given: readonly Given[]): Promise<Verdict[]> {
  const requests = given.map(one => requestOf(one, rule));
  const policies = [policyOf(rule)];
  if (rule.scope === "stack")
    return analyze(sdk.makeAnalyzeStackRpcFun, policies, { getResourcesList: () => requests });
  const verdicts = requests.map(request => analyze(sdk.makeAnalyzeRpcFun, policies, request));
  return (await Promise.all(verdicts)).flat();
}

interface Response {
  getDiagnosticsList(): {
    getPolicyname(): string;
    getEnforcementlevel(): number;
    getMessage(): string;
    getUrn(): string;
  }[];
  getNotApplicableList(): unknown[];
}

type Call = { request: object };
type Analyze = (call: Call, done: (error: Error | null, response: Response) => void) => void;
type MakeAnalyze = (pack: string, version: string, level: string, policies: readonly object[]) => Analyze;

/** What the SDK's server module exports at run time; its published types leave it out. */
export const sdk = server as unknown as {
  makeAnalyzeRpcFun: MakeAnalyze;
  makeAnalyzeStackRpcFun: MakeAnalyze;
};

export function respond(make: MakeAnalyze, policies: readonly object[], request: object): Promise<Response> {
  return new Promise((resolve, reject) => {
    make(
      "landing-zone",
      "0.0.0",
      "advisory",
      policies,
    )({ request }, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

async function analyze(make: MakeAnalyze, policies: readonly object[], request: object): Promise<Verdict[]> {
  const response = await respond(make, policies, request);
  return response.getDiagnosticsList().map(diagnostic => ({
    rule: diagnostic.getPolicyname(),
    level: diagnostic.getEnforcementlevel() === 0 ? "advisory" : "mandatory",
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
  }));
}

/** The getters of the engine's request that the SDK calls. */
export function requestOf(given: Given, rule: Rule) {
  const { type = rule.types[0] ?? "", name = "it", stack = "shop-persistent-dev", provider } = given;
  const urn = (of: string) => `urn:pulumi:${stack}::landing-zone::${of}`;
  const madeFrom = Object.entries(given.madeFrom ?? {}).map(
    ([property, names]) => [property, { getUrnsList: () => names.map(urn) }] as const,
  );
  const constants = {
    Urn: urn(name),
    Name: name,
    Type: type,
    Properties: { toJavaScript: () => JSON.parse(JSON.stringify(given.props ?? {})) },
    Options: optionsOf(given),
    Provider: provider && {
      getType: () => "pulumi:providers:aws",
      getName: () => provider.name ?? "dev",
      getUrn: () => urn("dev"),
      getProperties: () => ({ toJavaScript: () => provider.props ?? {} }),
    },
    Parent: "",
    DependenciesList: [],
    PropertydependenciesMap: new Map(madeFrom),
  };
  return getters(constants);
}

function optionsOf({ protect = false, ignoreChanges = [], deleteBeforeReplace = false }: Given) {
  return getters({
    Protect: protect,
    IgnorechangesList: ignoreChanges,
    AliasesList: [],
    Customtimeouts: undefined,
    Additionalsecretoutputs: undefined,
    AdditionalsecretoutputsList: [],
    Deletebeforereplacedefined: deleteBeforeReplace,
    Deletebeforereplace: deleteBeforeReplace,
    Parent: "",
  });
}

function getters(constants: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(constants).map(([name, value]) => [`get${name}`, () => value]));
}
