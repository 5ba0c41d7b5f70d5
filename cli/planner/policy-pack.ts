/**
 * The policy pack, loaded through the entry point that the engine starts it by, and asked by the analyzer's protocol,
 * but in this process: the SDK's own handlers are called where the engine would call them over gRPC. That is the same
 * rules, the same handling of unknown values and levels, at less than half the time (docs/performance.md).
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as grpc from "@grpc/grpc-js";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PolicyPackError, placeIn, placeOf } from "./failure";
import type { Remediation, Violation } from "./model";
import type { Registration } from "./monitor";
import { configured, levels, type PolicyPackConfig } from "./policy-config";
import { remediationOf } from "./remediation";

type Reply<T> = (error: (Partial<grpc.ServiceError> & Error) | null | undefined, answer?: T) => void;
type Handler<Q, A> = (call: { request: Q }, reply: Reply<A>) => unknown;

/** What the pack offers to the engine, as far as a plan asks. */
interface Analyzer {
  getAnalyzerInfo: Handler<Empty, wire.AnalyzerInfo>;
  configure: Handler<wire.ConfigureAnalyzerRequest, Empty>;
  analyze: Handler<wire.AnalyzeRequest, wire.AnalyzeResponse>;
  remediate: Handler<wire.AnalyzeRequest, wire.RemediateResponse>;
  analyzeStack: Handler<wire.AnalyzeStackRequest, wire.AnalyzeResponse>;
}

export interface Judgement {
  readonly violations: readonly Violation[];
  readonly remediations: readonly Remediation[];
}

export class PolicyPack {
  private constructor(
    readonly folder: string,
    readonly analyzer: Analyzer,
    readonly remediates: boolean,
  ) {}

  /**
   * @param folder the pack's, with its `PulumiPolicy.yaml` and `package.json`.
   * @param config as in the file of the engine's `--policy-pack-config`.
   * @throws {PolicyPackError} {PolicyConfigError}
   */
  static async load(folder: string, config: PolicyPackConfig = {}): Promise<PolicyPack> {
    const analyzer = loaded.get(folder) ?? loadAnalyzer(folder);
    loaded.set(folder, analyzer);
    const info = await ask(analyzer.getAnalyzerInfo, new Empty());
    const { request, levels } = configured(info.getPoliciesList(), config);
    await ask(analyzer.configure, request);
    return new PolicyPack(folder, analyzer, [...levels.values()].includes("remediate"));
  }

  /**
   * What the policies say of each resource and of the stack as a whole. Those that are to mend come first, as under the
   * engine, and what they mend is changed in the registrations.
   */
  judge(registrations: Map<string, Registration>): Promise<Judgement> {
    return withShortTraces(async () => {
      const remediations = this.remediates ? await this.#mend(registrations) : [];
      return { remediations, violations: await this.#judge(registrations) };
    });
  }

  async #mend(registrations: Map<string, Registration>): Promise<Remediation[]> {
    const mended: Remediation[] = [];
    for (const [urn, registration] of registrations) {
      if (registration.read) continue;
      const request = analyzeRequest(registration, other => registrations.get(other));
      const answer = await this.#answered(this.analyzer.remediate, request, urn);
      let { properties } = registration;
      for (const one of answer.getRemediationsList()) {
        const after = one.getProperties();
        mended.push(remediationOf(urn, one.getPolicyname(), properties, after, one.getDiagnostic()));
        properties = after ?? properties;
      }
      if (properties !== registration.properties) registrations.set(urn, { ...registration, properties });
    }
    return mended;
  }

  async #judge(registrations: ReadonlyMap<string, Registration>): Promise<Violation[]> {
    const judged = new Map([...registrations].map(([urn, registration]) => [urn, readOnce(registration)]));
    const providerOf: ProviderOf = urn => judged.get(urn);
    // Like the engine: what the stack makes, not what it only looks at.
    const all = [...judged.values()].filter(({ read }) => !read);
    const violations: Violation[] = [];
    for (const registration of all)
      violations.push(
        ...(await this.#answers(
          this.analyzer.analyze,
          analyzeRequest(registration, providerOf),
          registration.urn,
        )),
      );
    const whole = new wire.AnalyzeStackRequest();
    whole.setResourcesList(all.map(registration => analyzerResource(registration, providerOf)));
    violations.push(...(await this.#answers(this.analyzer.analyzeStack, whole, "")));
    return violations;
  }

  async #answers<Q>(
    handler: Handler<Q, wire.AnalyzeResponse>,
    request: Q,
    urn: string,
  ): Promise<Violation[]> {
    const answer = await this.#answered(handler, request, urn);
    return answer.getDiagnosticsList().map(diagnostic => ({
      policy: diagnostic.getPolicyname(),
      level: levels[diagnostic.getEnforcementlevel()] ?? "mandatory",
      urn: diagnostic.getUrn() || urn,
      message: diagnostic.getMessage(),
    }));
  }

  async #answered<Q, A>(handler: Handler<Q, A>, request: Q, urn: string): Promise<A> {
    try {
      return await ask(handler, request);
    } catch (error) {
      const said = (error as Partial<grpc.ServiceError>).details ?? String(error);
      const place = placeIn(said, this.folder);
      throw new PolicyPackError(
        `the policy pack fails${urn ? ` on ${urn}` : " on a whole stack"}: ${withoutTrace(said)}${place ? ` (${place})` : ""}`,
        { cause: error },
      );
    }
  }
}

/**
 * Rules say "not applicable" by throwing, dozens of times a resource, and a deep trace of each would cost as much as
 * the rules. The first frame is enough to find a rule that breaks.
 */
async function withShortTraces<T>(work: () => Promise<T>): Promise<T> {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

const ask = <Q, A>(handler: Handler<Q, A>, request: Q): Promise<A> =>
  new Promise((resolve, reject) => {
    handler({ request }, (error, answer) => (error ? reject(error) : resolve(answer as A)));
  });

/** The SDK serves one pack a process, and a pack is loaded once. */
const loaded = new Map<string, Analyzer>();

/** Runs the pack's entry point, and takes what it would serve instead of serving it. */
function loadAnalyzer(folder: string): Analyzer {
  const requireFrom = createRequire(pathToFileURL(join(folder, "package.json")));
  let analyzer: Analyzer | undefined;
  const restore: (() => void)[] = [];
  const replace = <T, K extends keyof T>(object: T, key: K, value: T[K]) => {
    const before = object[key];
    object[key] = value;
    restore.push(() => {
      object[key] = before;
    });
  };
  const workingDirectory = process.cwd();
  try {
    forgetSdk(requireFrom);
    const { Server } = createRequire(requireFrom.resolve("@pulumi/policy"))("@grpc/grpc-js") as typeof grpc;
    replace(Server.prototype, "addService", (service, implementation) => {
      if ("analyzeStack" in service) analyzer = implementation as unknown as Analyzer;
    });
    replace(Server.prototype, "bindAsync", () => {});
    replace(process, "exit", code => {
      throw new PolicyPackError(`the policy pack in ${folder} refuses to start, with exit code ${code}`);
    });
    // What rules are not about a resource would be thousands of notes that a plan does not show.
    const { env } = process;
    process.env = { ...env, POLICY_PACK_SAYS: "findings" };
    restore.push(() => {
      process.env = env;
    });
    // The SDK reads the pack's version from the folder it is started in.
    process.chdir(folder);
    requireFrom(folder);
  } catch (error) {
    if (error instanceof PolicyPackError) throw error;
    const place = placeOf(error, folder);
    throw new PolicyPackError(
      `the policy pack in ${folder} does not load: ${error instanceof Error ? error.message : String(error)}${place ? ` (${place})` : ""}`,
      { cause: error },
    );
  } finally {
    process.chdir(workingDirectory);
    for (const undo of restore.reverse()) undo();
  }
  if (analyzer === undefined) throw new PolicyPackError(`the policy pack in ${folder} makes no PolicyPack`);
  return analyzer;
}

/** Lets the SDK, which serves one pack a process, be loaded afresh for another. */
function forgetSdk(requireFrom: NodeJS.Require): void {
  const sdk = requireFrom.resolve("@pulumi/policy").replace(/index\.js$/, "");
  for (const file of Object.keys(require.cache)) if (file.startsWith(sdk)) delete require.cache[file];
}

/** The pack answers with its stack trace in the message. */
const withoutTrace = (message: string): string =>
  message
    .split("\n")
    .filter(line => !/^\s+at /.test(line))
    .join(" ");

/**
 * The SDK unpacks the properties of a resource, and of its provider, anew for every rule, so that no rule sees what
 * another has done to them. It copies what it reads, so the wire's form can be read once for all of them.
 */
function readOnce(registration: Registration): Registration {
  const { properties, outputs } = registration;
  return {
    ...registration,
    properties: rememberingItsReading(properties),
    ...(outputs && { outputs: rememberingItsReading(outputs) }),
  };
}

function rememberingItsReading(struct: Struct): Struct {
  let read: ReturnType<Struct["toJavaScript"]> | undefined;
  const remembering = Object.create(struct) as Struct;
  remembering.toJavaScript = () => {
    read ??= struct.toJavaScript();
    return read;
  };
  return remembering;
}

type ProviderOf = (urn: string) => Registration | undefined;

function analyzeRequest(registration: Registration, providerOf: ProviderOf): wire.AnalyzeRequest {
  const request = new wire.AnalyzeRequest();
  request.setType(registration.type);
  request.setProperties(registration.properties);
  request.setUrn(registration.urn);
  request.setName(registration.name);
  request.setOptions(optionsOf(registration));
  request.setProvider(providerResource(registration, providerOf));
  return request;
}

function analyzerResource(registration: Registration, providerOf: ProviderOf): wire.AnalyzerResource {
  const resource = new wire.AnalyzerResource();
  resource.setType(registration.type);
  // A component's are what it puts out; any other resource's are, before it exists, what it is given.
  resource.setProperties(
    registration.custom ? registration.properties : (registration.outputs ?? new Struct()),
  );
  resource.setUrn(registration.urn);
  resource.setName(registration.name);
  resource.setOptions(optionsOf(registration));
  resource.setProvider(providerResource(registration, providerOf));
  resource.setParent(registration.parent ?? "");
  resource.setDependenciesList([...registration.dependencies]);
  for (const [property, urns] of registration.propertyDependencies) {
    const dependencies = new wire.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function optionsOf(registration: Registration): wire.AnalyzerResourceOptions {
  const options = new wire.AnalyzerResourceOptions();
  options.setProtect(registration.protect);
  options.setIgnorechangesList([...registration.ignoreChanges]);
  options.setDeletebeforereplace(registration.deleteBeforeReplace);
  options.setDeletebeforereplacedefined(registration.deleteBeforeReplace);
  options.setAdditionalsecretoutputsList([...registration.additionalSecretOutputs]);
  options.setAliasesList([...registration.aliases]);
  options.setParent(registration.parent ?? "");
  return options;
}

function providerResource(
  { providerUrn }: Registration,
  providerOf: ProviderOf,
): wire.AnalyzerProviderResource | undefined {
  const registration = providerUrn === undefined ? undefined : providerOf(providerUrn);
  if (registration === undefined) return undefined;
  const resource = new wire.AnalyzerProviderResource();
  resource.setType(registration.type);
  resource.setProperties(registration.properties);
  resource.setUrn(registration.urn);
  resource.setName(registration.name);
  return resource;
}
