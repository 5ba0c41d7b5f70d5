import assert from "node:assert/strict";
import { callerOf, StubbedAws } from "./stubbed-aws";

const int = "666677778888";
const executionArn = `arn:aws:states:eu-central-1:${int}:execution:landing-zone-drill-statements:1234`;
const bucket = `landing-zone-restore-drills-${int}-eu-central-1`;
const drill = (...more: string[]) => ["restore", "statements", "--drill", ...more];

const report = {
  startedAt: "2026-11-22T03:00:05.000Z",
  proven: true,
  cleaned: true,
  failedIn: "",
  problem: "",
  rpoSeconds: 86_400,
  rtoSeconds: 7_200,
  things: [
    {
      name: "bookings",
      to: "statements-bookings-drill",
      restored: true,
      recoveryPointCreated: "2026-11-21T03:00:00Z",
    },
  ],
  left: [],
};

describe("lz restore --drill", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("says what a drill does, and asks AWS nothing", () => {
    const { status, stdout, stderr, calls } = aws.lz(drill());
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls, []);
    assert.match(stdout, /^statements: backups of prod \(prod 777788889999/);
    assert.match(stdout, /statements-bookings +statements-bookings-drill/);
    assert.match(stdout, /prod: backup list-recovery-points-by-backup-vault, backup start-copy-job/);
    assert.match(stdout, /templates +file system .* no +no$/m);
    assert.match(stdout, /deliveries +queue +what is in flight/);
    assert.match(stdout, /Mask what was restored, by the job anonymize, once all is restored/);
  });

  it("says the same for other tools", () => {
    const { status, stdout } = aws.lz(drill("--json"));
    assert.equal(status, 0);
    const { things, steps } = JSON.parse(stdout) as { things: { to: string }[]; steps: unknown[] };
    assert.ok(things.every(({ to }) => to.endsWith("-drill")));
    assert.ok(steps.length > 5);
  });

  it("starts one, and says where it is to be seen", () => {
    const { status, stdout, stderr, calls } = aws.lz(drill("--run"), {
      ...callerOf(int),
      "stepfunctions start-execution": { executionArn },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls[1]?.slice(0, 4), [
      "stepfunctions",
      "start-execution",
      "--state-machine-arn",
      `arn:aws:states:eu-central-1:${int}:stateMachine:landing-zone-drill-statements`,
    ]);
    assert.equal(stdout.split("\n")[0], executionArn);
  });

  for (const [what, ended, expected, says] of [
    [
      "has proven it",
      { status: "SUCCEEDED" },
      0,
      [/^Backups of statements in prod were restored in int, and tested$/m],
    ],
    [
      "has not",
      { status: "FAILED", error: "Drill.Failed", cause: "not proven; in test: 3 bookings are missing" },
      1,
      [
        /^landing-zone-drill-statements failed: Drill\.Failed$/m,
        /^ {2}not proven; in test: 3 bookings are missing$/m,
        /^What it has reported: lz restore statements --drill --evidence$/m,
      ],
    ],
    ["is stopped", { status: "ABORTED" }, 1, [/^landing-zone-drill-statements was stopped$/m]],
  ] as const)
    it(`waits until it ${what}`, () => {
      const { status, stdout, stderr, calls } = aws.lz(drill("--run", "--wait"), {
        ...callerOf(int),
        "stepfunctions start-execution": { executionArn },
        "stepfunctions describe-execution": [{ status: "RUNNING" }, ended],
      });
      assert.equal(status, expected, stderr);
      for (const one of says) assert.match(stdout + stderr, one);
      assert.deepEqual(
        calls.slice(2).map(call => call.slice(0, 4)),
        [1, 2].map(() => ["stepfunctions", "describe-execution", "--execution-arn", executionArn]),
      );
    });

  it("starts none with credentials of another account", () => {
    const { status, stderr, calls } = aws.lz(drill("--run"), callerOf("777788889999"));
    assert.equal(status, 2);
    assert.match(stderr, /the credentials are of the account prod/);
    assert.equal(calls.length, 1);
  });

  it("shows what the latest have reported", () => {
    const { status, stdout, stderr, calls } = aws.lz(drill("--evidence"), {
      ...callerOf(int),
      "s3api list-objects-v2": { lines: [JSON.stringify(["statements/a.json", "statements/b.json"])] },
      "s3 cp": report,
    });
    assert.equal(status, 0, stderr);
    assert.ok(calls[2]?.includes(`s3://${bucket}/statements/b.json`));
    assert.match(stdout, /2026-11-22T03:00:05.000Z: proven\n.* 24.0 hours old; .* within 2.0 hours/);
    assert.match(stdout, /bookings +yes +2026-11-21T03:00:00Z/);
  });

  it("shows what failed and what is left", () => {
    const { status, stdout } = aws.lz(drill("--evidence"), {
      ...callerOf(int),
      "s3api list-objects-v2": { lines: [JSON.stringify(["statements/b.json"])] },
      "s3 cp": {
        ...report,
        proven: false,
        cleaned: false,
        failedIn: "restore",
        problem: "bookings, copy: denied",
        rtoSeconds: null,
        things: [{ ...report.things[0], restored: false, error: "denied" }],
        left: [{ to: "statements-bookings-drill", cleaned: false, note: "in use" }],
      },
    });
    assert.equal(status, 0);
    assert.match(stdout, /not proven, restore: bookings, copy: denied/);
    assert.match(stdout, /bookings +no: denied/);
    assert.match(stdout, /left: statements-bookings-drill: in use/);
  });

  it("says that there is no report yet", () => {
    const { status, stdout } = aws.lz(drill("--evidence"), {
      ...callerOf(int),
      "s3api list-objects-v2": { lines: ["null"] },
    });
    assert.equal(status, 0);
    assert.match(stdout, /There is no report of a drill of statements yet/);
  });

  const refused: readonly [args: string[], says: RegExp][] = [
    [["restore", "shop", "--drill"], /shop has no restore drill; say restoreDrill/],
    [["restore", "nothing", "--drill"], /there is no product "nothing"/],
    [drill("--from", "prod"), /--from has no effect on a drill; products.statements.restoreDrill says it/],
    [drill("--without-masking", "x"), /--without-masking has no effect/],
    [drill("--run", "--evidence"), /exclude each other/],
    [drill("--wait"), /--wait is for a drill that --run starts; say --run, too/],
    [["restore", "shop", "--from", "prod", "--to", "int", "--wait"], /--wait is for drills/],
    [["restore", "shop", "--from", "prod", "--to", "int", "--run"], /--run is for drills; say --drill, too/],
    [["restore", "shop", "--from", "prod", "--to", "int", "--profile", "a"], /--profile is for drills/],
    [["restore", "shop", "--to", "int"], /required option '--from <environment>' not specified/],
    [["restore", "shop", "--from", "prod"], /required option '--to <environment>' not specified/],
  ];
  for (const [args, says] of refused)
    it(`refuses ${args.slice(1).join(" ")}`, () => {
      const { status, stderr, calls } = aws.lz(args);
      assert.equal(status, 2);
      assert.match(stderr, says);
      assert.deepEqual(calls, []);
    });
});
