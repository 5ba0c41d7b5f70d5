import assert from "node:assert/strict";
import { ConfigureAnalyzerRequest, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checked } from "../../policies/analyzer-guard";

/** What the engine is answered to a configuration; nothing where it is taken. */
function answerTo(name: string, properties: Record<string, JavaScriptValue>): string | undefined {
  const request = new ConfigureAnalyzerRequest();
  const choice = new PolicyConfig();
  choice.setProperties(Struct.fromJavaScript(properties));
  request.getPolicyconfigMap().set(name, choice);
  let answer: string | undefined;
  const configure = checked((_, reply) => reply(null), ["sqs-cmk"], ["environments", "unknownLevel"]);
  configure({ request }, error => {
    answer = error?.message;
  });
  return answer;
}

describe("a configuration that the engine hands over", () => {
  it("is taken where it names policies and their properties", () =>
    assert.equal(answerTo("sqs-cmk", { unknownLevel: "mandatory" }), undefined));

  it("is refused where it names no policy, with the one that was meant", () =>
    assert.match(answerTo("sqs-cmkk", {}) ?? "", /names sqs-cmkk \(is it sqs-cmk\?\)/));

  it("is refused where it names no property, with those there are", () =>
    assert.equal(
      answerTo("sqs-cmk", { unknwnLevel: "mandatory" }),
      "sqs-cmk.unknwnLevel: there is no such property; there are environments, unknownLevel",
    ));
});
