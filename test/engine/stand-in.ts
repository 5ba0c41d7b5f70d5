/**
 * A provider for the package `aws` that calls no cloud. What a resource is given it keeps, beside an id and the few
 * outputs that resources hand to one another. It fails, waits and finds things changed where a test says so.
 *
 * Source: Pulumi's provider.proto, whose service this is; the engine is led here by PULUMI_DEBUG_PROVIDERS.
 */
import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { existingOf } from "./existing";
import { type Call, type Fault, isOf, type Operation, partsOf } from "./faults";

export class StandIn {
  faults: readonly Fault[] = [];
  readonly #calls: Call[] = [];
  readonly #server = new Server({ "grpc.max_receive_message_length": -1 });
  readonly #waiting = new Set<(reason: string) => void>();
  readonly #told = new Set<() => void>();

  /** @returns where it listens. */
  async start(): Promise<number> {
    this.#server.addService(ResourceProviderService, this.#methods());
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  /** In the order they came. */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** The names of what was done, for example `create`. */
  done(operation: Operation): Call[] {
    return this.#calls.filter(call => call.operation === operation && call.moment === "done");
  }

  forgetCalls(): void {
    this.#calls.length = 0;
  }

  /** Resolves when there has been such a call. */
  async called(wanted: Partial<Call>): Promise<void> {
    const has = () =>
      this.#calls.some(call =>
        Object.entries(wanted).every(([key, value]) => call[key as keyof Call] === value),
      );
    while (!has())
      await new Promise<void>(resolve => {
        this.#told.add(resolve);
      });
  }

  #methods() {
    return {
      getPluginInfo: answer<Empty, plugin.PluginInfo>(() => {
        const info = new plugin.PluginInfo();
        info.setVersion("7.48.0");
        return info;
      }),
      attach: answer<plugin.PluginAttach, Empty>(() => new Empty()),
      handshake: answer<wire.ProviderHandshakeRequest, wire.ProviderHandshakeResponse>(() => {
        const response = new wire.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        return response;
      }),
      checkConfig: answer(checked),
      diffConfig: answer(difference),
      configure: answer((call: wire.ConfigureRequest) => this.#configure(call)),
      check: answer(checked),
      diff: answer(difference),
      create: answer((call: wire.CreateRequest) => this.#create(call)),
      read: answer((call: wire.ReadRequest) => this.#read(call)),
      update: answer((call: wire.UpdateRequest) => this.#update(call)),
      delete: answer(async (call: wire.DeleteRequest) => {
        await this.#operate("delete", call.getUrn(), call.getId());
        return new Empty();
      }),
      cancel: answer<Empty, Empty>(() => {
        for (const cancel of this.#waiting) cancel("operation error: context canceled");
        return new Empty();
      }),
    };
  }

  async #configure(call: wire.ConfigureRequest): Promise<wire.ConfigureResponse> {
    const roles = textsOf(call.getArgs())["assumeRoles"] ?? "";
    const role = /arn:[^"\\]*:role\/[^"\\]*/.exec(roles)?.[0];
    await this.#operate("configure", call.getUrn() ?? "", "", role);
    const response = new wire.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    return response;
  }

  async #create(call: wire.CreateRequest): Promise<wire.CreateResponse> {
    const properties = call.getProperties() ?? new Struct();
    const response = new wire.CreateResponse();
    response.setProperties(properties);
    if (call.getPreview()) return response;
    const existing = existingOf(call.getUrn(), properties);
    await this.#operate("create", call.getUrn(), existing.id);
    response.setId(existing.id);
    response.setProperties(existing.properties);
    return response;
  }

  async #read(call: wire.ReadRequest): Promise<wire.ReadResponse> {
    const urn = call.getUrn();
    await this.#operate("read", urn, call.getId());
    const { gone = false, drift = {} } = this.#faultOf("read", urn) ?? {};
    const response = new wire.ReadResponse();
    if (gone) return response;
    response.setId(call.getId());
    const [properties, inputs] = [call.getProperties() ?? new Struct(), call.getInputs() ?? new Struct()];
    for (const [name, value] of Object.entries(drift))
      for (const struct of [properties, inputs])
        struct.getFieldsMap().set(name, Value.fromJavaScript(value as string));
    response.setProperties(properties);
    response.setInputs(inputs);
    return response;
  }

  async #update(call: wire.UpdateRequest): Promise<wire.UpdateResponse> {
    const given = textsOf(call.getOldInputs());
    const outputs = new Struct();
    const fields = outputs.getFieldsMap();
    // What AWS gave stays; what is no longer given goes.
    call
      .getOlds()
      ?.getFieldsMap()
      .forEach((value, name) => {
        if (!(name in given)) fields.set(name, value);
      });
    call
      .getNews()
      ?.getFieldsMap()
      .forEach((value, name) => void fields.set(name, value));
    if (!call.getPreview()) await this.#operate("update", call.getUrn(), call.getId());
    const response = new wire.UpdateResponse();
    response.setProperties(outputs);
    return response;
  }

  /** What the test says happens to a call happens, and all of it is noted. */
  async #operate(operation: Operation, urn: string, id: string, role?: string): Promise<void> {
    const call = { operation, urn, id, ...partsOf(urn), ...(role !== undefined && { role }) };
    this.#note({ ...call, moment: "begun" });
    const fault = this.#faultOf(operation, urn);
    const reason = (await this.#waited(fault)) ?? fault?.error;
    this.#note({ ...call, moment: reason === undefined ? "done" : "failed" });
    if (reason !== undefined) throw new Error(reason);
  }

  /** @returns why it has ended, where the engine cancelled it. */
  async #waited({ until, deaf = false }: Partial<Fault> = {}): Promise<string | undefined> {
    if (until === undefined) return undefined;
    let cancel: (reason: string) => void = () => {};
    const cancelled = new Promise<string>(resolve => {
      cancel = resolve;
    });
    if (!deaf) this.#waiting.add(cancel);
    const reason = await Promise.race([until.then(() => undefined), cancelled]);
    this.#waiting.delete(cancel);
    return reason;
  }

  #note(call: Call): void {
    this.#calls.push(call);
    for (const tell of this.#told) tell();
    this.#told.clear();
  }

  #faultOf(operation: Operation, urn: string): Fault | undefined {
    return this.faults.find(fault => isOf(fault, operation, urn));
  }
}

function answer<Request, Response>(
  work: (call: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, reply) => {
    Promise.resolve(call.request)
      .then(work)
      .then(
        response => reply(null, response),
        (error: Error) => reply({ code: status.UNKNOWN, details: error.message }),
      );
  };
}

function checked(call: wire.CheckRequest): wire.CheckResponse {
  const response = new wire.CheckResponse();
  response.setInputs(call.getNews());
  return response;
}

/** Whatever is given otherwise than it was is updated in place. */
function difference(call: wire.DiffRequest): wire.DiffResponse {
  const [before, after] = [textsOf(call.getOldInputs()), textsOf(call.getNews())];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const different = names.filter(name => before[name] !== after[name] && !name.startsWith("__"));
  const response = new wire.DiffResponse();
  response.setDiffsList(different);
  const { DIFF_NONE, DIFF_SOME } = wire.DiffResponse.DiffChanges;
  response.setChanges(different.length > 0 ? DIFF_SOME : DIFF_NONE);
  return response;
}

/** Each property as JSON with its keys in order; what is not known differs from all else. */
function textsOf(properties: Struct | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  properties?.getFieldsMap().forEach((value, name) => {
    texts[name] = JSON.stringify(value.toJavaScript(), (_, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  });
  return texts;
}
