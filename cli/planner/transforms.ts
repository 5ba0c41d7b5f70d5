/** Resource transforms: functions of the program that change a registration; the SDK serves them for call-back. */
import { credentials } from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import {
  type Callback,
  CallbackInvokeRequest,
  type CallbackInvokeResponse,
} from "@pulumi/pulumi/proto/callback_pb";
import * as wire from "@pulumi/pulumi/proto/resource_pb";

export class Transforms {
  readonly #ofStack: Callback[] = [];
  readonly #clients = new Map<string, CallbacksClient>();

  add(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** Whether any transform is to see the registration. */
  apply(request: wire.RegisterResourceRequest): boolean {
    return this.#ofStack.length + request.getTransformsList().length > 0;
  }

  /** Calls the transforms as the engine does, the resource's own before the stack's, each on the last one's result. */
  async transform(request: wire.RegisterResourceRequest): Promise<void> {
    for (const callback of [...request.getTransformsList(), ...this.#ofStack]) {
      const question = new wire.TransformRequest();
      question.setType(request.getType());
      question.setName(request.getName());
      question.setCustom(request.getCustom());
      question.setParent(request.getParent());
      question.setProperties(request.getObject());
      question.setOptions(optionsOf(request));
      const answer = wire.TransformResponse.deserializeBinary(
        await this.#call(callback, question.serializeBinary()),
      );
      if (answer.getProperties()) request.setObject(answer.getProperties());
      const options = answer.getOptions();
      if (options) applyOptions(request, options);
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #call(callback: Callback, bytes: Uint8Array): Promise<Uint8Array> {
    const target = callback.getTarget();
    const client = this.#clients.get(target) ?? new CallbacksClient(target, credentials.createInsecure());
    this.#clients.set(target, client);
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(bytes);
    return new Promise((resolve, reject) =>
      client.invoke(request, (error: Error | null, response: CallbackInvokeResponse) =>
        error ? reject(error) : resolve(response.getResponse_asU8()),
      ),
    );
  }
}

function optionsOf(request: wire.RegisterResourceRequest): wire.TransformResourceOptions {
  const options = new wire.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  const protect = request.getProtect();
  const retain = request.getRetainondelete();
  if (protect !== undefined) options.setProtect(protect);
  if (retain !== undefined) options.setRetainOnDelete(retain);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setProvider(request.getProvider());
  options.setVersion(request.getVersion());
  options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setAliasesList(request.getAliasesList());
  return options;
}

function applyOptions(request: wire.RegisterResourceRequest, options: wire.TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  const protect = options.getProtect();
  const retain = options.getRetainOnDelete();
  if (protect !== undefined) request.setProtect(protect);
  if (retain !== undefined) request.setRetainondelete(retain);
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setProvider(options.getProvider());
  request.setAliasesList(options.getAliasesList());
}
