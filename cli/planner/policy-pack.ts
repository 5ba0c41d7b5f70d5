/**
 * The policy pack, started and asked as the engine does: through the SDK's own runner, in a process of its own, over
 * the analyzer's protocol.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PolicyPackError } from "./failure";
import type { Violation } from "./model";
import type { Registration } from "./monitor";

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
/** The SDK's limit for one message. */
const messageBytes = 400 * 1024 * 1024;
/** Questions under way at once: enough to keep the pack busy, few enough to keep memory small. */
const questionsAtOnce = 64;

/** Judges one stack. */
export interface Judgement {
  /** A resource as it is registered; the answer is waited for in `finish`. */
  readonly resource: (registration: Registration) => void;
  /** The whole stack, when its program has ended. */
  readonly finish: (registrations: readonly Registration[]) => Promise<Violation[]>;
}

export class PolicyPack {
  readonly #child: ChildProcess;
  readonly #client: Promise<AnalyzerClient>;
  #waiting = 0;
  readonly #queue: (() => void)[] = [];

  /** Starts the pack at once; it loads while the first programs run. */
  constructor(readonly folder: string) {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [folder] });
    this.#child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#client = this.#connect();
    this.#client.catch(() => {});
  }

  async #connect(): Promise<AnalyzerClient> {
    let errors = "";
    this.#child.stderr?.on("data", data => {
      errors += data;
    });
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).once("line", resolve);
      this.#child.once("error", reject);
      this.#child.once("close", () => {
        const said =
          errors.split("\n").find(line => /\S/.test(line) && !/^\s*at /.test(line)) ?? "it says nothing";
        reject(new PolicyPackError(`the policy pack in ${this.folder} does not start: ${said.trim()}`));
      });
    });
    const limits = {
      "grpc.max_receive_message_length": messageBytes,
      "grpc.max_send_message_length": messageBytes,
    };
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), limits);
    const info = await new Promise<wire.AnalyzerInfo>((resolve, reject) =>
      client.getAnalyzerInfo(new Empty(), (error, answer) => (error ? reject(error) : resolve(answer))),
    );
    const remediating = info
      .getPoliciesList()
      .find(policy => levels[policy.getEnforcementlevel()] === "remediate");
    if (remediating)
      throw new PolicyPackError(
        `the policy ${remediating.getName()} is to change resources, which a plan can not show; make it mandatory or advisory`,
      );
    return client;
  }

  judge(provider: (urn: string) => Registration | undefined): Judgement {
    const answers: Promise<Violation[]>[] = [];
    return {
      resource: registration => {
        const answer = this.#ask(registration.urn, (client, reply) =>
          client.analyze(analyzeRequest(registration, provider), reply),
        );
        answer.catch(() => {});
        answers.push(answer);
      },
      finish: async registrations => {
        const request = new wire.AnalyzeStackRequest();
        request.setResourcesList(registrations.map(registration => analyzerResource(registration, provider)));
        const whole = this.#ask("", (client, reply) => client.analyzeStack(request, reply));
        return (await Promise.all([...answers, whole])).flat();
      },
    };
  }

  stop(): void {
    this.#client.then(client => client.close()).catch(() => {});
    this.#child.removeAllListeners();
    this.#child.kill();
  }

  async #ask(
    urn: string,
    question: (
      client: AnalyzerClient,
      reply: (error: ServiceError | null, answer: wire.AnalyzeResponse) => void,
    ) => unknown,
  ): Promise<Violation[]> {
    const client = await this.#client;
    if (this.#waiting >= questionsAtOnce) await new Promise<void>(resolve => this.#queue.push(resolve));
    this.#waiting++;
    try {
      const answer = await new Promise<wire.AnalyzeResponse>((resolve, reject) =>
        question(client, (error, response) => (error ? reject(error) : resolve(response))),
      );
      return answer.getDiagnosticsList().map(diagnostic => ({
        policy: diagnostic.getPolicyname(),
        level: levels[diagnostic.getEnforcementlevel()] ?? "mandatory",
        urn: diagnostic.getUrn() || urn,
        message: diagnostic.getMessage(),
      }));
    } catch (error) {
      const said = withoutTrace((error as Partial<ServiceError>).details ?? String(error));
      throw new PolicyPackError(`the policy pack fails${urn ? ` on ${urn}` : " on a whole stack"}: ${said}`, {
        cause: error,
      });
    } finally {
      this.#waiting--;
      this.#queue.shift()?.();
    }
  }
}

/** The pack answers with its stack trace in the message. */
const withoutTrace = (message: string): string =>
  message
    .split("\n")
    .filter(line => !/^\s+at /.test(line))
    .join(" ");

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
  options.setAdditionalsecretoutputsList([...registration.additionalSecretOutputs]);
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
