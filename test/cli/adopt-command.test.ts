import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { adopt } from "../../cli/adopt-command";
import { adoptInto, newFolder, projectRoot } from "./adopt/adopted";
import { Playback, type Recorded, recordingOf } from "./adopt/recorded";

const files = ["ids.json", "import.json", "organization.ts"];

describe("lz adopt", function () {
  this.timeout(60_000);
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => {
    server?.close();
    server = undefined;
    rmSync(folder, { recursive: true });
  });

  /** Answers what is recorded, where the SDK is told to find AWS. */
  async function listen(calls: readonly Recorded[]): Promise<string> {
    const playback = new Playback(calls);
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", chunk => chunks.push(chunk as Buffer));
      request.on("end", () => {
        const { statusCode, headers, body } = playback.answer(
          String(request.headers["x-amz-target"]),
          JSON.parse(Buffer.concat(chunks).toString("utf8")) as object,
        );
        response.writeHead(statusCode, headers).end(body);
      });
    });
    await new Promise<void>(resolve => server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };

  /** Runs the command with nothing of the AWS configuration of whoever runs the tests. */
  async function lz(args: readonly string[], env: Record<string, string>) {
    const child = spawn(process.execPath, [join(projectRoot, "cli/lz.js"), ...args], {
      cwd: folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        NO_COLOR: "1",
        AWS_EC2_METADATA_DISABLED: "true",
        ...env,
      },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", chunk => {
      stdout += chunk;
    });
    child.stderr.on("data", chunk => {
      stderr += chunk;
    });
    const status = await new Promise<number | null>(resolve => child.on("close", resolve));
    return { status, stdout, stderr };
  }

  it("writes three files, and says what was found, what is to be filled in and what comes next", async () => {
    const url = await listen(recordingOf("bare"));
    const { status, stdout, stderr } = await lz(["adopt", "--to", "adopted"], {
      ...credentials,
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL: url,
    });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(readdirSync(join(folder, "adopted")).sort(), files);
    assert.match(stdout, /^accounts +7 +7 ACTIVE$/m);
    assert.match(stdout, /^Control Tower +0 +no$/m);
    assert.match(stdout, /^ {2}organization\.domain +the company's public domain/m);
    assert.match(
      stdout,
      /^ {4}pulumi import --file adopted\/import\.json -s organization --protect --generate-code=false$/m,
    );
    assert.doesNotMatch(stdout, /Stands in the way/);
  });

  it("says the next commands in the order in which they are to be run", async () => {
    const said = await adoptInto(folder, "bare");
    const commands = [...said.matchAll(/^ {4}((?:npx|pulumi) \S+(?: \S+)?)/gm)].map(match => match[1]);
    assert.deepEqual(commands, [
      "npx lz plan",
      "pulumi stack init",
      "pulumi up -s",
      "pulumi import --file",
      "pulumi preview -s",
      "pulumi up -s",
    ]);
    assert.match(said, /--target 'urn:pulumi:organization::landing-zone::pulumi:providers:aws::management'/);
  });

  it("shows all that was found and stands in the way, each with what to do", async () => {
    const said = await adoptInto(folder, "control-tower");
    assert.match(said, /^accounts +15 +12 ACTIVE, 1 PENDING_CLOSURE, 1 SUSPENDED, 1 PENDING_ACTIVATION$/m);
    assert.match(said, /^SERVICE_CONTROL_POLICY +12 +FullAWSAccess, aws-guardrails-/m);
    assert.match(said, /^Control Tower +1 +yes, up to 3 policies at a unit$/m);
    assert.match(
      said,
      /^ {2}! accounts are directly below the root.*:\n {6}Payments \(legacy\) 100000000001\n {4}→ say /m,
    );
    const marked = [...said.matchAll(/^ {2}[!-] /gm)].length;
    assert.equal([...said.matchAll(/^ {4}→ \S/gm)].length, marked);
    assert.match(said, /^ {2}Mend what stands in the way\.$/m);
  });

  for (const name of ["access-denied", "access-denied-late", "no-organization"])
    it(`writes nothing on ${name}`, async () => {
      await assert.rejects(adoptInto(folder, name), { name: "UsageError" });
      assert.deepEqual(readdirSync(folder), []);
    });

  it("ends with 2 where access is denied, in a line that says what is needed", async () => {
    const url = await listen(recordingOf("access-denied"));
    const env = { ...credentials, AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: url };
    const { status, stdout, stderr } = await lz(["adopt", "--to", "."], env);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^error: AWS refuses ListRoots: .*organizations:ListRoots.*111122223333.*\n$/);
    assert.match((await lz(["--debug", "adopt", "--to", "."], env)).stderr, /^ +at .*:\d+:\d+/m);
  });

  it("ends with 2 where there are no credentials, no such profile or no region, and says so in a line", async () => {
    const region = { AWS_REGION: "eu-central-1" };
    for (const [args, env, says] of [
      [[], region, /^error: there are no AWS credentials; set AWS_PROFILE or --profile/],
      [["--profile", "nobody"], region, /^error: the profile nobody gives no AWS credentials/],
      [[], credentials, /^error: no region is configured: set AWS_REGION/],
    ] as const) {
      const { status, stdout, stderr } = await lz(["adopt", "--to", "adopted", ...args], env);
      assert.deepEqual([status, stdout], [2, ""], stderr);
      assert.match(stderr, says);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      assert.ok(!existsSync(join(folder, "adopted")));
    }
  });

  it("overwrites nothing without --force, says which, and asks AWS nothing", async () => {
    writeFileSync(join(folder, "ids.json"), "{}\n");
    writeFileSync(join(folder, "organization.ts"), "mine\n");
    const playback = new Playback(recordingOf("bare"));
    await assert.rejects(adopt({ to: folder }, playback.settings), (error: Error) => {
      assert.equal(error.name, "UsageError");
      assert.match(error.message, /organization\.ts, \S*ids\.json are there already; --force/);
      return true;
    });
    assert.equal(playback.asked.length, 0);
    assert.equal(readFileSync(join(folder, "organization.ts"), "utf8"), "mine\n");
    await adopt({ to: folder, force: true }, playback.settings);
    assert.deepEqual(readdirSync(folder).sort(), files);
    assert.match(readFileSync(join(folder, "organization.ts"), "utf8"), /^import /);
  });

  it("overwrites the example no more than anything else", async () => {
    await assert.rejects(adopt({}, new Playback([]).settings), /stacks\/landing-zone\/organization\.ts, /);
  });

  it("writes all files or none", async () => {
    mkdirSync(join(folder, "import.json"));
    await assert.rejects(
      adoptInto(folder, "bare", { force: true }),
      /import\.json can not be written: it is a folder/,
    );
    assert.deepEqual(readdirSync(folder), ["import.json"]);
  });

  it("is not loaded, and neither is the SDK, for another command", async () => {
    const loaded = `process.on("exit", () => {
      const loaded = Object.keys(require.cache).filter(file => /@aws-sdk|cli.adopt\\//.test(file));
      process.stderr.write(JSON.stringify(loaded));
    });`;
    writeFileSync(join(folder, "loaded.cjs"), loaded);
    const { status, stderr } = await lz(["stacks"], {
      NODE_OPTIONS: `--require=${join(folder, "loaded.cjs")}`,
    });
    assert.deepEqual([status, stderr], [0, "[]"]);
  });
});
