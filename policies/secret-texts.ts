/**
 * The SDK hands rules what is secret as plain values, and the engine shows what rules say as it is: what they quote is
 * masked here, between the SDK and the engine.
 */
import { specialOutputValueSig, specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { holdsUnknown } from "./value";

/** Shorter texts would blacken half of a message without hiding anything. */
const shortestSecret = 4;

interface Told {
  getDiagnosticsList?(): { getMessage(): string; setMessage(message: string): unknown }[];
}
interface Given {
  getProperties(): Struct | undefined;
}
interface Asked {
  getProperties?(): Struct | undefined;
  getProvider?(): Given | undefined;
  getResourcesList?(): (Given & { getProvider(): Given | undefined })[];
}
type Reply = (error: Error | null, answer?: Told) => void;
export type Answering = (call: { request: Asked }, reply: Reply) => unknown;

/** The same, but for secrets in what it says. */
export const withoutSecretTexts =
  (answering: Answering): Answering =>
  (call, reply) =>
    answering(call, (error, answer) => {
      const told = answer?.getDiagnosticsList?.() ?? [];
      if (told.length > 0) {
        const secrets = secretsOf(call.request);
        for (const one of told) one.setMessage(masked(one.getMessage(), secrets));
      }
      reply(error, answer);
    });

function masked(message: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}

function secretsOf(request: Asked): string[] {
  const given = request.getResourcesList?.() ?? [
    { getProperties: () => request.getProperties?.(), getProvider: () => request.getProvider?.() },
  ];
  const secrets = new Set<string>();
  for (const one of given)
    for (const part of [one, one.getProvider()])
      gather(part?.getProperties()?.toJavaScript(), false, secrets);
  return [...secrets].sort((a, b) => b.length - a.length);
}

function gather(value: unknown, within: boolean, secrets: Set<string>): void {
  if (typeof value === "string") {
    if (within && value.length >= shortestSecret && !holdsUnknown(value)) secrets.add(value);
  } else if (typeof value === "object" && value !== null) {
    const { [specialSigKey]: kind, secret } = value as Readonly<Record<string, unknown>>;
    const isSecret =
      within || kind === specialSecretSig || (kind === specialOutputValueSig && secret === true);
    for (const [key, inner] of Object.entries(value))
      if (key !== specialSigKey) gather(inner, isSecret, secrets);
  }
}
