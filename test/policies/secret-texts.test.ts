import assert from "node:assert/strict";
import { specialOutputValueSig, specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { withoutSecretTexts } from "../../policies/secret-texts";
import { unknownMarkers } from "../../policies/value";

/** What a rule says of properties, as the engine gets it. */
function told(message: string, properties: Record<string, JavaScriptValue>): string {
  let said = message;
  const diagnostic = {
    getMessage: () => said,
    setMessage: (text: string) => {
      said = text;
    },
  };
  const answering = withoutSecretTexts((_, reply) => reply(null, { getDiagnosticsList: () => [diagnostic] }));
  answering({ request: { getProperties: () => Struct.fromJavaScript(properties) } }, () => {});
  return said;
}

const secret = (value: JavaScriptValue) => ({ [specialSigKey]: specialSecretSig, value });

describe("what a rule says of a secret", () => {
  for (const [what, held] of Object.entries({
    "a secret": secret("hunter22"),
    "a secret output": { [specialSigKey]: specialOutputValueSig, secret: true, value: "hunter22" },
    "a text within a secret": secret({ inner: ["hunter22"] }),
  }))
    it(`does not show ${what}`, () =>
      assert.equal(told("mode is hunter22", { mode: held }), "mode is [secret]"));

  it("shows what is none", () => {
    const output = { [specialSigKey]: specialOutputValueSig, secret: false, value: "hunter22" };
    assert.equal(told("mode is hunter22", { mode: output, other: "x" }), "mode is hunter22");
    assert.equal(told("mode is hunter22", { mode: "hunter22" }), "mode is hunter22");
  });

  it("keeps what is not known, and texts too short to be told from others", () => {
    const [marker] = unknownMarkers;
    assert.equal(told(`it is ${marker}`, { mode: secret(marker) }), `it is ${marker}`);
    assert.equal(told("it is a secret", { mode: secret("a") }), "it is a secret");
  });
});
