/** Property values as the SDK sends them, and as a plan shows them. */
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { secretText, unknownText, type Value, type Values } from "./model";

type Wire = string | number | boolean | null | undefined | Wire[] | { [key: string]: Wire };

/**
 * Reads properties.
 *
 * @param secrets gathers the text of the secrets that are met, so that no message shows them.
 */
export function readProperties(properties: Struct | undefined, secrets: Set<string>): Values {
  const shown = properties === undefined ? {} : show(properties.toJavaScript() as Wire, secrets);
  return shown as Values;
}

function show(value: Wire, secrets: Set<string>): Value {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(item => show(item, secrets));
  if (typeof value !== "object") return value === rpc.unknownValue ? unknownText : value;
  switch (value[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      gather(value["value"], secrets);
      return secretText;
    case rpc.specialOutputValueSig:
      if (value["secret"] === true) {
        gather(value["value"], secrets);
        return secretText;
      }
      return "value" in value ? show(value["value"], secrets) : unknownText;
    case rpc.specialResourceSig: {
      const id = value["id"];
      return id === "" || id === undefined || id === rpc.unknownValue
        ? show(value["urn"], secrets)
        : show(id, secrets);
    }
    case rpc.specialAssetSig:
    case rpc.specialArchiveSig: {
      const place = value["path"] ?? value["uri"] ?? (value["text"] === undefined ? "assets" : "text");
      return `[asset ${String(place)}]`;
    }
  }
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, show(value[key], secrets)]),
  );
}

/** Shorter texts would blacken half of a message without hiding anything. */
const shortestSecret = 4;

function gather(value: Wire, secrets: Set<string>): void {
  if (typeof value === "string") {
    if (value.length >= shortestSecret && value !== rpc.unknownValue) secrets.add(value);
  } else if (value !== null && typeof value === "object")
    for (const inner of Array.isArray(value) ? value : Object.values(value)) gather(inner, secrets);
}

export const withoutSecrets = (text: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((shown, secret) => shown.replaceAll(secret, secretText), text);
