/**
 * The resource monitor of a plan. It stands where the engine's stands: the SDK tells it of every resource, and it
 * answers as the engine does in a preview before anything exists. What a resource is given it has; its id and
 * everything else are unknown, or made up where that is asked for.
 */
import type { ServiceError } from "@grpc/grpc-js";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as wire from "@pulumi/pulumi/proto/resource_pb";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, Value } from "google-protobuf/google/protobuf/struct_pb";
import { madeUp } from "./made-up-ids";
import { readOnce } from "./read-once";
import { Transforms } from "./transforms";

const stackType = "pulumi:pulumi:Stack";
const stackReferenceType = "pulumi:pulumi:StackReference";

/** A resource as it was registered. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly custom: boolean;
  /** Belongs to someone else, and is only looked at. */
  readonly read: boolean;
  readonly properties: Struct;
  /** Where ids are made up; of what is only looked at, the one it is looked up by. */
  id?: string;
  /** Of a component or the stack: what it said it puts out. */
  outputs?: Struct;
  readonly providerUrn: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly string[];
  readonly dependencies: readonly string[];
  readonly propertyDependencies: ReadonlyMap<string, readonly string[]>;
  /** Files and lines of the project, the innermost first; absent where nobody asked for them. */
  readonly places?: readonly string[];
}

/** A resource without options. */
const plain = {
  parent: undefined,
  read: false,
  providerUrn: undefined,
  protect: false,
  retainOnDelete: false,
  deleteBeforeReplace: false,
  ignoreChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
  dependencies: [],
  propertyDependencies: new Map<string, readonly string[]>(),
};

/** The outputs of a stack that has been planned. */
export type UpstreamOutputs = (stack: string) => Struct | undefined;

export interface MonitorOptions {
  readonly project: string;
  readonly stack: string;
  readonly upstream: UpstreamOutputs;
  /** Whether the ids of what does not exist yet are unknown, as to the engine, or made up; default unknown. */
  readonly ids?: "unknown" | "made-up";
}

type Reply<T> = (error: Partial<ServiceError> | null, response?: T) => void;

const features = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "deletedWith",
  "replaceWith",
  "aliasSpecs",
  "transforms",
]);

/** Has the methods of the SDK's gRPC client for the engine's monitor, without the wire between. */
export class PlanMonitor {
  readonly registrations = new Map<string, Registration>();
  readonly references = new Set<string>();
  /** When the program last asked for something. */
  lastActivity = Date.now();
  readonly #transforms = new Transforms();
  readonly #byId = new Map<string, Registration>();
  #root: Registration | undefined;

  constructor(readonly options: MonitorOptions) {}

  /** What the stack puts out; undefined until its program has ended. */
  get outputs(): Struct | undefined {
    return this.#root?.outputs;
  }

  get lastRegistered(): Registration | undefined {
    return [...this.registrations.values()].at(-1);
  }

  supportsFeature(request: wire.SupportsFeatureRequest, reply: Reply<wire.SupportsFeatureResponse>): void {
    const response = new wire.SupportsFeatureResponse();
    response.setHassupport(features.has(request.getId()));
    reply(null, response);
  }

  registerResource(request: wire.RegisterResourceRequest, reply: Reply<wire.RegisterResourceResponse>): void {
    this.#answer(reply, async () => {
      if (this.#transforms.apply(request)) await this.#transforms.transform(request);
      const registration = this.#register(request);
      const response = new wire.RegisterResourceResponse();
      response.setUrn(registration.urn);
      response.setObject(registration.properties);
      if (isProvider(registration.type)) response.setId(rpc.unknownValue);
      else if (this.options.ids === "made-up" && registration.custom) this.#makeUp(registration, response);
      return response;
    });
  }

  registerResourceOutputs(request: wire.RegisterResourceOutputsRequest, reply: Reply<Empty>): void {
    this.#answer(reply, () => {
      const registration = this.registrations.get(request.getUrn());
      if (registration === undefined)
        throw new Error(`outputs of ${request.getUrn()}, which was never registered`);
      const outputs = request.getOutputs();
      if (outputs) registration.outputs = readOnce(outputs);
      return new Empty();
    });
  }

  readResource(request: wire.ReadResourceRequest, reply: Reply<wire.ReadResourceResponse>): void {
    this.#answer(reply, () => {
      const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
      const urn = this.#urn(type, name, parent);
      const properties = request.getProperties() ?? new Struct();
      const providerUrn =
        urnOfProvider(request.getProvider()) || this.#defaultProvider(type, request.getVersion());
      const id = this.options.ids === "made-up" ? { id: request.getId() } : {};
      this.#add({
        ...plain,
        urn,
        type,
        name,
        parent,
        providerUrn,
        custom: true,
        read: true,
        properties,
        ...id,
      });
      const response = new wire.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(
        type === stackReferenceType ? this.#stackReference(request.getId()) : properties,
      );
      return response;
    });
  }

  invoke(request: wire.ResourceInvokeRequest, reply: Reply<provider.InvokeResponse>): void {
    this.#answer(reply, () => {
      throw new Error(
        `${request.getTok()} asks AWS, and a plan is made without it; say the value in the description instead`,
      );
    });
  }

  call(request: wire.ResourceCallRequest, reply: Reply<provider.CallResponse>): void {
    this.#answer(reply, () => {
      throw new Error(`${request.getTok()} asks a provider, and a plan is made without one`);
    });
  }

  registerStackTransform(request: Parameters<Transforms["add"]>[0], reply: Reply<Empty>): void {
    this.#answer(reply, () => {
      this.#transforms.add(request);
      return new Empty();
    });
  }

  registerPackage(_: unknown, reply: Reply<wire.RegisterPackageResponse>): void {
    this.#answer(reply, () => {
      const response = new wire.RegisterPackageResponse();
      response.setRef("planned");
      return response;
    });
  }

  signalAndWaitForShutdown(_: unknown, reply: Reply<Empty>): void {
    reply(null, new Empty());
  }

  close(): void {
    this.#transforms.close();
  }

  #answer<T>(reply: Reply<T>, work: () => T | Promise<T>): void {
    this.lastActivity = Date.now();
    // Never within the call: the SDK expects its answer later, as from the wire.
    Promise.resolve()
      .then(work)
      .then(
        response => reply(null, response),
        (error: Error) => reply({ message: error.message, details: error.message }),
      );
  }

  #register(request: wire.RegisterResourceRequest): Registration {
    const type = request.getType();
    const urn = this.#urn(type, request.getName(), request.getParent());
    if (this.registrations.has(urn))
      throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    const properties = request.getObject() ?? new Struct();
    const needsProvider = request.getCustom() && !request.getRemote() && !isProvider(type);
    // The engine keeps the version of its package with a provider.
    if (isProvider(type) && request.getVersion())
      properties.getFieldsMap().set("version", Value.fromJavaScript(request.getVersion()));
    const registration: Registration = {
      urn,
      type,
      name: request.getName(),
      parent: request.getParent() || undefined,
      custom: request.getCustom(),
      read: false,
      properties: readOnce(properties),
      providerUrn:
        urnOfProvider(request.getProvider()) ||
        (needsProvider ? this.#defaultProvider(type, request.getVersion()) : undefined),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
      ignoreChanges: request.getIgnorechangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      aliases: request
        .getAliasesList()
        .map(alias => alias.getUrn() || JSON.stringify(alias.getSpec()?.toObject() ?? {})),
      dependencies: request.getDependenciesList(),
      propertyDependencies: new Map(
        [...request.getPropertydependenciesMap().entries()].map(([key, urns]) => [key, urns.getUrnsList()]),
      ),
      ...placesIn(request),
    };
    this.#add(registration);
    return registration;
  }

  #makeUp(registration: Registration, response: wire.RegisterResourceResponse): void {
    const provider = this.registrations.get(registration.providerUrn ?? "");
    const { id, properties } = madeUp(registration, accountOf(provider), other => this.#byId.get(other));
    registration.id = id;
    this.#byId.set(id, registration);
    response.setId(id);
    response.setObject(properties);
  }

  #add(registration: Registration): void {
    this.registrations.set(registration.urn, registration);
    if (registration.type === stackType) this.#root = registration;
  }

  /** A resource of a package without a provider gets one that the engine makes, and names by the package's version. */
  #defaultProvider(type: string, version: string): string {
    const name = version ? `default_${version.replace(/[.+-]/g, "_")}` : "default";
    const providerType = `pulumi:providers:${type.split(":")[0]}`;
    const urn = this.#urn(providerType, name, "");
    if (!this.registrations.has(urn))
      this.#add({
        ...plain,
        urn,
        type: providerType,
        name,
        custom: true,
        properties: readOnce(Struct.fromJavaScript(version ? { version } : {})),
      });
    return urn;
  }

  #urn(type: string, name: string, parent: string): string {
    const qualified = parent.split("::")[2];
    const types = qualified === undefined || qualified === stackType ? type : `${qualified}$${type}`;
    return `urn:pulumi:${this.options.stack}::${this.options.project}::${types}::${name}`;
  }

  #stackReference(id: string): Struct {
    const stack = id.split("/").at(-1) ?? id;
    const outputs = this.options.upstream(stack);
    if (outputs === undefined)
      throw new Error(
        `the stack "${stack}", whose outputs are read, is not planned before "${this.options.stack}"`,
      );
    this.references.add(stack);
    const properties = Struct.fromJavaScript({ name: id, secretOutputNames: secretNames(outputs) });
    const value = new Value();
    value.setStructValue(outputs);
    properties.getFieldsMap().set("outputs", value);
    return properties;
  }
}

function placesIn(request: wire.RegisterResourceRequest): Pick<Registration, "places"> {
  const places = (request.getStacktrace()?.getFramesList() ?? []).flatMap(frame => {
    const position = frame.getPc();
    return position ? [`${position.getUri()}:${position.getLine()}`] : [];
  });
  return places.length > 0 ? { places } : {};
}

const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/** The one account that a provider may touch; the SDK sends its lists as JSON. */
const accountOf = (provider: Registration | undefined): string =>
  /\d{12}/.exec(provider?.properties.getFieldsMap().get("allowedAccountIds")?.getStringValue() ?? "")?.[0] ??
  "";

/** A reference to a provider is its URN and its id. */
const urnOfProvider = (reference: string): string => reference.replace(/::[^:]*$/, "");

function secretNames(outputs: Struct): string[] {
  const isSecret = (value: { [key: string]: unknown }) => value[rpc.specialSigKey] === rpc.specialSecretSig;
  return Object.entries(outputs.toJavaScript()).flatMap(([name, value]) =>
    value !== null && typeof value === "object" && isSecret(value as { [key: string]: unknown })
      ? [name]
      : [],
  );
}
