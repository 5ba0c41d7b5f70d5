import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Aws } from "../../../cli/doctor/aws";
import type { Check } from "../../../cli/doctor/check";
import type { Run } from "../../../cli/doctor/machine";
import { type Examination, examined, reportOf } from "../../../cli/doctor-command";
import { select } from "../../../cli/selection";
import { type LandingZone, pulumiCloud } from "../../../stacks/description";
import example from "../../../stacks/landing-zone";

const root = join(__dirname, "../../..");
const plugin = (require(join(root, "node_modules/@pulumi/aws/package.json")) as { version: string }).version;

const answers: Readonly<Record<string, string | Error | "missing">> = {
  "pulumi version": "v3.259.0\n",
  "pulumi plugin ls --json": JSON.stringify([{ name: "aws", version: plugin }]),
  "pulumi whoami --non-interactive": "somebody\n",
  "git status --porcelain": "",
};

const machine =
  (other: typeof answers = {}): Run =>
  (program, words) =>
    other[[program, ...words].join(" ")] ??
    answers[[program, ...words].join(" ")] ??
    new Error("not scripted");

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

const healthy: Aws = {
  caller: async () => ({
    accountId: "111122223333",
    arn: "arn:aws:sts::111122223333:assumed-role/landing-zone-apply-dev/somebody",
  }),
  assume: async () => ({ credentials: { accessKeyId: "a", secretAccessKey: "b" } }),
  bucket: async () => ({ versioned: true, encryption: "aws:kms" }),
  bootstrapped: async () => undefined,
  quota: async () => 1_000,
};

async function examine(
  other: Partial<Examination> = {},
  zone: LandingZone = example,
  names: readonly string[] = ["delivery-dev"],
): Promise<Check[]> {
  return await examined(zone, select(zone, names), { run: machine(), aws: healthy, whole: false, ...other });
}

const bad = (checks: readonly Check[]) => checks.filter(({ verdict }) => verdict === "fail");

describe("lz doctor", function () {
  this.timeout(180_000);
  const backend = process.env["PULUMI_BACKEND_URL"];
  beforeEach(() => {
    delete process.env["PULUMI_BACKEND_URL"];
  });
  after(() => {
    if (backend !== undefined) process.env["PULUMI_BACKEND_URL"] = backend;
  });

  it("finds nothing where nothing is amiss", async () => {
    const checks = await examine();
    assert.deepEqual(
      checks.filter(({ verdict }) => verdict !== "ok"),
      [],
    );
    assert.deepEqual(
      [...new Set(checks.map(({ group }) => group))],
      ["this machine", "description", "credentials", "state", "roles", "quotas"],
    );
  });

  /** What is amiss, what the doctor finds, and the next step. */
  const ailments: readonly (readonly [
    what: string,
    amiss: Partial<Examination>,
    verdict: "fail" | "warn",
    found: RegExp,
    next: RegExp,
  ])[] = [
    ["an old Node.js", { node: "18.20.0" }, "fail", /Node\.js 18\.20\.0 is not \^20/, /install one that is/],
    [
      "no CLI",
      { run: machine({ "pulumi version": "missing" }) },
      "fail",
      /no `pulumi` on the PATH/,
      /pulumi\.com\/docs\/install/,
    ],
    [
      "an old CLI",
      { run: machine({ "pulumi version": "v3.100.0" }) },
      "fail",
      /the Pulumi CLI is 3\.100\.0, older than 3\.248\.0/,
      /pulumi\.com\/docs\/install/,
    ],
    [
      "something else by that name",
      { run: machine({ "pulumi version": "hello" }) },
      "fail",
      /says "hello", which is no version/,
      /install/,
    ],
    [
      "no plugin",
      { run: machine({ "pulumi plugin ls --json": "[]" }) },
      "warn",
      /the plugin aws .* is not here/,
      /pulumi plugin install resource aws \d/,
    ],
    [
      "another version of the plugin",
      { run: machine({ "pulumi plugin ls --json": '[{"name":"aws","version":"6.0.0"}]' }) },
      "warn",
      /the plugin aws .* is not here/,
      /pulumi plugin install/,
    ],
    [
      "work that is not committed",
      { run: machine({ "git status --porcelain": " M stacks/a.ts\n?? b\n" }) },
      "warn",
      /2 files are not committed/,
      /commit first/,
    ],
    [
      "no credentials",
      {
        aws: {
          ...healthy,
          caller: async () => Promise.reject(named("CredentialsProviderError", "Could not load credentials")),
        },
      },
      "fail",
      /there are no AWS credentials/,
      /aws sso login/,
    ],
    [
      "an expired session",
      { aws: { ...healthy, caller: async () => Promise.reject(named("ExpiredToken", "it is expired")) } },
      "fail",
      /does not accept the credentials: it is expired/,
      /aws sso login/,
    ],
    [
      "no network",
      {
        aws: {
          ...healthy,
          caller: async () => Promise.reject(named("Error", "connect", { code: "ENOTFOUND" })),
        },
      },
      "fail",
      /AWS can not be reached/,
      /HTTPS_PROXY/,
    ],
    [
      "the wrong account",
      {
        aws: {
          ...healthy,
          caller: async () => ({
            accountId: "555566667777",
            arn: "arn:aws:sts::555566667777:assumed-role/a/b",
          }),
        },
      },
      "fail",
      /is in the account dev \(555566667777\)/,
      /sign in to the management account, management \(111122223333\)/,
    ],
    [
      "an account that nobody knows",
      {
        aws: {
          ...healthy,
          caller: async () => ({ accountId: "010101010101", arn: "arn:aws:iam::010101010101:user/a" }),
        },
      },
      "fail",
      /in the account 010101010101, which the description does not know/,
      /sign in to the management account/,
    ],
    [
      "no bucket",
      {
        aws: {
          ...healthy,
          bucket: async () => Promise.reject(named("NotFound", "", { $metadata: { httpStatusCode: 404 } })),
        },
      },
      "fail",
      /the bucket landing-zone-state-111122223333 is not there/,
      /lz bootstrap/,
    ],
    [
      "a bucket that is closed to one",
      {
        aws: {
          ...healthy,
          bucket: async () => Promise.reject(named("Forbidden", "", { $metadata: { httpStatusCode: 403 } })),
        },
      },
      "fail",
      /may not be looked at by these credentials/,
      /landing-zone-plan/,
    ],
    [
      "a bucket that can not be reached",
      { aws: { ...healthy, bucket: async () => Promise.reject(named("TimeoutError", "it took too long")) } },
      "fail",
      /can not be reached: it took too long/,
      /network/,
    ],
    [
      "a bucket without versions",
      { aws: { ...healthy, bucket: async () => ({ versioned: false, encryption: "aws:kms" }) } },
      "fail",
      /keeps no old versions/,
      /lz bootstrap/,
    ],
    [
      "a bucket with another encryption",
      { aws: { ...healthy, bucket: async () => ({ versioned: true, encryption: "AES256" }) } },
      "fail",
      /encrypted with AES256/,
      /lz bootstrap/,
    ],
    [
      "a role that can not be taken",
      {
        aws: {
          ...healthy,
          assume: async arn =>
            arn.includes("555566667777")
              ? Promise.reject(named("AccessDenied", "not authorized to perform: sts:AssumeRole"))
              : healthy.assume(arn),
        },
      },
      "fail",
      /OrganizationAccountAccessRole in dev \(555566667777\) can not be taken: not authorized/,
      /trusting management/,
    ],
    [
      "a quota that is too low",
      { aws: { ...healthy, quota: async () => 0 } },
      "fail",
      /dev \(555566667777\), us-east-1: \d+ IAM roles, and there may be 0/,
      /request-service-quota-increase --region us-east-1 --service-code iam/,
    ],
  ];
  for (const [what, amiss, verdict, found, next] of ailments)
    it(`finds ${what}, and says what to do`, async () => {
      const checks = await examine(amiss);
      const check = checks.find(its => its.verdict === verdict && found.test(its.found));
      assert.ok(
        check,
        JSON.stringify(
          checks.filter(its => its.verdict !== "ok"),
          null,
          1,
        ),
      );
      assert.match(check.next ?? "", next);
      assert.doesNotMatch(check.found, /\n/);
    });

  it("says once that there is nobody to ask for, and not with every role", async () => {
    const checks = await examine({
      aws: { ...healthy, caller: async () => ({ accountId: "555566667777", arn: "arn:a" }) },
    });
    assert.equal(bad(checks).length, 1);
    assert.ok(!checks.some(({ group }) => group === "roles"));
  });

  it("only warns of a role that the stacks make themselves", async () => {
    const deny = async () => Promise.reject(named("AccessDenied", "not authorized"));
    const about = (checks: readonly Check[]) =>
      checks.find(({ found }) => found.startsWith("landing-zone-deploy in dev"))?.verdict;
    const aws = { ...healthy, assume: deny };
    assert.equal(about(await examine({ aws }, example, ["orders-persistent-dev"])), "fail");
    assert.equal(about(await examine({ aws }, example, ["orders-persistent-dev", "delivery-dev"])), "warn");
  });

  it("asks nothing of AWS where it is to be without", async () => {
    const { aws: _, ...offline } = { aws: healthy, run: machine(), whole: true };
    const checks = await examined(example, select(example, []), offline);
    assert.deepEqual(bad(checks), []);
    assert.ok(
      checks.some(({ verdict, found }) => verdict === "warn" && /13 accounts of the organ/.test(found)),
    );
    const report = stripVTControlCharacters(reportOf(checks));
    assert.match(report, /^ {2}- +\d+ more, each less than half used/m);
    assert.match(report, /, 0 failed, \d+ not asked$/);
  });

  it("looks at Pulumi Cloud or at a folder, where the state is there", async () => {
    const zone = { ...example, organization: { ...example.organization, state: pulumiCloud("example") } };
    const state = (checks: readonly Check[]) => checks.find(({ group }) => group === "state");
    assert.match(state(await examine({}, zone))?.found ?? "", /^https:\/\/api\.pulumi\.com, as somebody$/);
    const out = { run: machine({ "pulumi whoami --non-interactive": new Error("no") }) };
    const refused = state(await examine(out, zone));
    assert.deepEqual([refused?.verdict, refused?.next?.startsWith("`pulumi login`")], ["fail", true]);
    const folder = mkdtempSync(join(tmpdir(), "state-"));
    process.env["PULUMI_BACKEND_URL"] = `file://${folder}`;
    assert.equal(state(await examine())?.verdict, "warn");
    rmSync(folder, { recursive: true });
    assert.equal(state(await examine())?.verdict, "fail");
    delete process.env["PULUMI_BACKEND_URL"];
  });

  it("says whether the bootstrap is as the description says today", async () => {
    const about = async (bootstrapped: Aws["bootstrapped"]) =>
      (await examine({ whole: true, aws: { ...healthy, bootstrapped } }, example, [])).find(({ found }) =>
        /bootstrap/.test(found),
      );
    assert.equal((await about(async () => undefined))?.verdict, "fail");
    assert.equal((await about(async () => "{}"))?.verdict, "warn");
    assert.equal((await about(async () => Promise.reject(new Error("denied"))))?.verdict, "unknown");
  });
});

describe("lz doctor, as it is called", function () {
  this.timeout(300_000);
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
  });

  async function lz(args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [join(root, "cli/lz.js"), "doctor", ...args], {
      env: {
        PATH: "/nonexistent",
        HOME: "/nonexistent",
        NO_COLOR: "1",
        AWS_EC2_METADATA_DISABLED: "true",
        ...env,
      },
    });
    let stdout = "";
    child.stdout.on("data", chunk => {
      stdout += chunk;
    });
    const status = await new Promise<number | null>(resolve => child.on("close", resolve));
    return { status, stdout };
  }

  it("asks STS, S3 and Service Quotas over HTTP, with the credentials of each role", async () => {
    const seen = new Set<string>();
    server = createServer((request, response) => {
      let body = "";
      request.on("data", chunk => {
        body += chunk;
      });
      request.on("end", () => {
        const target = String(request.headers["x-amz-target"] ?? "");
        const key = /Credential=([A-Z0-9]+)\//.exec(String(request.headers.authorization))?.[1];
        const action = new URLSearchParams(body).get("Action");
        const answer = (text: string, type = "text/xml") =>
          response.writeHead(200, { "Content-Type": type }).end(text);
        if (target !== "") {
          seen.add(`quotas by ${key}`);
          return answer(JSON.stringify({ Quota: { Value: 3 } }), "application/x-amz-json-1.1");
        }
        if (action === "GetCallerIdentity")
          return answer(
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/a/b</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
          );
        if (action === "AssumeRole")
          return answer(
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
          );
        seen.add(`state by ${key}`);
        if (request.url?.includes("versioning"))
          return answer("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        if (request.url?.includes("encryption"))
          return answer(
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
          );
        return answer("");
      });
    });
    await new Promise<void>(resolve => server?.listen(0, "127.0.0.1", resolve));
    const { status, stdout } = await lz(["delivery-dev", "--json"], {
      AWS_ACCESS_KEY_ID: "AKIAHOME",
      AWS_SECRET_ACCESS_KEY: "s",
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const { checks } = JSON.parse(stdout) as { checks: Check[] };
    // There is no CLI on this PATH, and three roles are too few.
    assert.equal(status, 1);
    assert.deepEqual(
      [...new Set(bad(checks).map(({ group }) => group))],
      ["this machine", "quotas"],
      JSON.stringify(bad(checks)),
    );
    assert.deepEqual([...seen].sort(), ["quotas by ASIAROLE", "state by AKIAHOME"]);
    assert.ok(
      checks.some(
        ({ group, verdict, found }) => group === "state" && verdict === "ok" && /old ver/.test(found),
      ),
    );
  });

  it("ends with 2 where there is no such stack", async () => {
    const { status } = await lz(["nothing-dev", "--offline"], {});
    assert.equal(status, 2);
  });
});
