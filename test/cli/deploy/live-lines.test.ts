import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { duration, LiveLines } from "../../../cli/deploy/live-lines";
import { Tally } from "../../../cli/deploy/tally";
import { complained, ended, urnOf } from "./stand-in";

function lines(isTTY: boolean) {
  const stream = new PassThrough();
  const said: string[] = [];
  stream.on("data", (text: Buffer) => said.push(text.toString()));
  const terminal = Object.assign(stream, { isTTY, columns: 60 }) as unknown as NodeJS.WriteStream;
  return { live: new LiveLines(["orders", "shop-service-dev"], terminal), said: () => said.join("") };
}

describe("live lines", () => {
  it("are a line at the beginning and the end without a terminal", () => {
    const { live, said } = lines(false);
    live.begin("orders", new Tally(), 12);
    live.end("orders", "done: 12 created, 3 s");
    live.close();
    assert.equal(said(), "orders: begins, 12 resources\norders: done: 12 created, 3 s\n");
  });

  it("are written anew in place on a terminal, no longer than it is wide", () => {
    const { live, said } = lines(true);
    const tally = new Tally();
    live.begin("orders", tally, 12);
    live.begin("shop-service-dev", new Tally(), undefined);
    tally.take(ended({ op: "create", name: "n".repeat(80) }));
    live.write("a line that stays");
    live.end("orders", "done");
    live.close();
    // The two lines are gone over before the one that stays.
    assert.ok(said().includes("\u001b[2A"));
    const shown = stripVTControlCharacters(said());
    assert.match(shown, /orders {11}1 of 12, 0 s/);
    assert.match(shown, /orders {11}done\n/);
    for (const line of shown.split("\n")) assert.ok(line.length < 60, line);
  });

  it("say how long in minutes and seconds", () =>
    assert.deepEqual([0, 59_499, 60_000, 3_725_000].map(duration), [
      "0 s",
      "59 s",
      "1 min 0 s",
      "62 min 5 s",
    ]));
});

describe("what the engine tells", () => {
  it("is counted by resource of the cloud, however many steps it takes", () => {
    const tally = new Tally();
    for (const op of ["create-replacement", "replace", "delete-replaced"])
      tally.take(ended({ op, name: "a" }));
    tally.take(ended({ op: "same", name: "b" }));
    tally.take(ended({ op: "update", name: "b", diff: ["x"] }));
    tally.take(ended({ op: "create", name: "c", type: "pulumi:providers:aws" }));
    tally.take(ended({ op: "create", name: "d", type: "pulumi:pulumi:Stack" }));
    const counts = (["created", "updated", "replaced", "deleted", "same"] as const).map(kind =>
      tally.count(kind),
    );
    assert.deepEqual([counts, tally.done], [[0, 1, 1, 0, 0], 2]);
    assert.deepEqual(
      tally.providers.map(({ name }) => name),
      ["c"],
    );
  });

  it("is kept where it failed, once, without the engine's echo of it", () => {
    const tally = new Tally();
    const urn = urnOf({ name: "a" });
    for (const message of ["<{%reset%}>boom<{%reset%}>", "boom", "update failed"])
      tally.take(complained(message, urn));
    assert.deepEqual(tally.failures, [{ urn, message: "boom" }]);
  });
});
