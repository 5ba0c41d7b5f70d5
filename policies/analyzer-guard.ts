/**
 * Stands between the SDK and the server that it starts for the engine, where the SDK leaves two things open. The engine
 * hands a pack all of the file that `--policy-pack-config` names, and the SDK keeps names and properties that are no
 * policy's without a word: a mistyped rule would stay as it is. And rules are given what is secret in plain text, which
 * the engine shows where they quote it.
 */
import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { faultIn } from "./known-names";
import { type Answering, withoutSecretTexts } from "./secret-texts";

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

const configured = new Map<string, (typeof levels)[number]>();

/** The level that the engine has for a rule; undefined before it has said. */
export const configuredLevel = (name: string): (typeof levels)[number] | undefined => configured.get(name);

type Configure = (
  call: { request: Pick<ConfigureAnalyzerRequest, "getPolicyconfigMap"> },
  reply: (error: Error | null, answer?: unknown) => void,
) => unknown;

/** What the SDK serves the engine with. */
interface Served {
  readonly configure: Configure;
  readonly analyze: Answering;
  readonly analyzeStack: Answering;
}

/**
 * Guards the next server that the SDK starts.
 *
 * @param names of all policies; a configuration with another is refused.
 * @param properties that a policy's configuration may have beside its level.
 */
export function guardAnalyzer(names: readonly string[], properties: readonly string[]): void {
  const { Server } = createRequire(require.resolve("@pulumi/policy"))("@grpc/grpc-js") as typeof grpc;
  const { addService } = Server.prototype;
  Server.prototype.addService = function (service, implementation) {
    Server.prototype.addService = addService;
    const { configure, analyze, analyzeStack } = implementation as unknown as Served;
    const guarded: Served = {
      configure: checked(configure, names, properties),
      analyze: withoutSecretTexts(analyze),
      analyzeStack: withoutSecretTexts(analyzeStack),
    };
    addService.call(this, service, { ...implementation, ...(guarded as object) });
  };
}

export const checked =
  (configure: Configure, names: readonly string[], properties: readonly string[]): Configure =>
  (call, reply) => {
    const choices = [...call.request.getPolicyconfigMap().entries()];
    const fault =
      faultIn(
        choices.map(([name]) => name),
        names,
      ) ??
      choices
        .flatMap(([name, choice]) =>
          Object.keys(choice.getProperties()?.toJavaScript() ?? {}).map(property => ({ name, property })),
        )
        .filter(({ property }) => !properties.includes(property))
        .map(
          ({ name, property }) =>
            `${name}.${property}: there is no such property; there are ${properties.join(", ")}`,
        )[0];
    if (fault !== undefined) return reply(new Error(fault));
    configured.clear();
    for (const [name, choice] of choices)
      configured.set(name, levels[choice.getEnforcementlevel()] ?? "mandatory");
    return configure(call, reply);
  };
