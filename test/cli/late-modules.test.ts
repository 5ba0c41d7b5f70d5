import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";

const root = resolve(__dirname, "../..");
/** Without the colours that Node gives numbers where CI asks for them. */
const said = (program: string): unknown =>
  JSON.parse(
    stripVTControlCharacters(
      execFileSync(process.execPath, ["-e", `require("tsx/cjs"); ${program}`], {
        cwd: root,
        encoding: "utf8",
      }),
    ),
  );
const loaded = `Object.keys(require.cache).filter(file => /node_modules.(typescript|@npmcli.arborist).lib/.test(file)).length`;

describe("modules that are loaded late", function () {
  this.timeout(60_000);

  it("are not loaded with the SDK", () => {
    assert.equal(said(`require("@pulumi/pulumi"); console.log(${loaded})`) === 0, false);
    assert.equal(said(`require("./cli/late-modules"); require("@pulumi/pulumi"); console.log(${loaded})`), 0);
  });

  it("are there as soon as something of them is asked for", () => {
    const program = `require("./cli/late-modules");
      const { Arborist } = require("@npmcli/arborist");
      console.log(JSON.stringify([require("typescript").version, typeof Arborist]))`;
    const [version, arborist] = said(program) as [string, string];
    assert.match(version, /^\d+\.\d+/);
    assert.equal(arborist, "function");
  });
});
