import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import * as sdkMarkers from "@pulumi/policy/proxy";
import { UnknownValue, unknownMarkers, Value } from "../../policies/value";
import { unknown } from "./judge";

describe("a value", () => {
  it("knows the SDK's markers for unknowns", () => {
    const exported = Object.entries(sdkMarkers).filter(([name]) => /^unknown\w+Value$/.test(name));
    assert.deepEqual(exported.map(([, marker]) => marker).sort(), [...unknownMarkers].sort());
  });

  it("tells through the SDK's proxy what is set, unknowns included", () => {
    const props = Value.root(
      unknownCheckingProxy({ key: unknown, empty: "", nothing: null, no: false, deep: { a: [unknown] } }),
    );
    const set = ["key", "empty", "nothing", "no", "absent", "constructor"].filter(key => props.at(key).isSet);
    assert.deepEqual(set, ["key", "no"]);
    assert.ok(props.at("deep", "a", 0).isSet);
    assert.equal(props.at("deep", 3, "nowhere").isSet, false);
  });

  it("throws with its path where an unknown is read, and nowhere else", () => {
    const props = Value.root(unknownCheckingProxy({ list: ["a", unknown, `arn:aws:s3:::${unknown}/*`] }));
    const [first, second, third] = props.at("list").list();
    assert.equal(first?.text(), "a");
    for (const [value, path] of [
      [second, "list[1]"],
      [third, "list[2]"],
    ] as const) {
      assert.throws(() => value?.text(), new UnknownValue(path));
      assert.throws(() => value?.is("a"), new UnknownValue(path));
    }
    assert.equal(second?.at("further", "in").path, "list[1]");
  });

  it("does not tell whether a part of an unknown is set", () => {
    const props = Value.root(unknownCheckingProxy({ logs: unknown, list: [unknown] }));
    assert.ok(props.at("logs").isSet);
    for (const inside of [props.at("logs", "bucket"), props.at("list", 0, "name", "first")])
      assert.throws(() => inside.isSet, UnknownValue);
  });

  it("reads JSON text and what is inside it", () => {
    const props = Value.root({
      text: `[{"user":"${unknown}"},{"user":"app"}]`,
      broken: "{",
      plain: { a: 1 },
      open: unknown,
    });
    const users = props.at("text").json()?.list();
    assert.ok(users?.[0]?.at("user").isUnknown);
    assert.equal(users?.[1]?.at("user").text(), "app");
    assert.equal(props.at("broken").json(), undefined);
    assert.equal(props.at("plain").json()?.at("a").number(), 1);
    assert.throws(() => props.at("open").json(), UnknownValue);
  });
});
