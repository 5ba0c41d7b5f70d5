import assert from "node:assert/strict";
import { callerOf, StubbedAws } from "./stubbed-aws";

const at = "eu-central-1:555566667777";
const executionArn = `arn:aws:states:${at}:execution:statements-close:11111111-2222-3333-4444-555555555555`;
const started = {
  ...callerOf("555566667777"),
  "stepfunctions start-execution": { executionArn, startDate: "2030-01-31T08:00:00+00:00" },
};
const run = (...more: string[]) => ["run", "statements", "close", "--env", "dev", ...more];
const inputOf = (calls: readonly string[][]): unknown => JSON.parse(calls[1]?.[5] ?? "");

describe("lz run", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("starts the job's state machine, and says where the run is to be seen", () => {
    const { status, stdout, stderr, calls } = aws.lz(run(), started);
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls[1], [
      ...["stepfunctions", "start-execution"],
      ...["--state-machine-arn", `arn:aws:states:${at}:stateMachine:statements-close`, "--input", "{}"],
      ...["--region", "eu-central-1", "--output", "json"],
    ]);
    assert.equal(calls.length, 2);
    assert.deepEqual(stdout.trim().split("\n"), [
      executionArn,
      `https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/${executionArn}`,
    ]);
  });

  it("hands over a command and settings for this run, as they are", () => {
    const { status, stderr, calls } = aws.lz(
      run("--set", "DAY=2030-01-31", "--set", "NOTE=a=b; $(c) 'd'", "--", "close-day", "--again", "x y"),
      started,
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(inputOf(calls), {
      command: ["close-day", "--again", "x y"],
      environment: [
        { name: "DAY", value: "2030-01-31" },
        { name: "NOTE", value: "a=b; $(c) 'd'" },
      ],
    });
  });

  const ends: readonly [what: string, ended: object, status: number, says: readonly RegExp[]][] = [
    [
      "well",
      { status: "SUCCEEDED", output: '{"skipped":false}' },
      0,
      [/^statements-close has run to its end$/m],
    ],
    ["without a run", { status: "SUCCEEDED", output: '{"skipped":true}' }, 0, [/left out: another run/]],
    [
      "badly, as ECS describes it",
      {
        status: "FAILED",
        error: "States.TaskFailed",
        cause: JSON.stringify({
          StoppedReason: "Essential container in task exited",
          Containers: [
            { Name: "close", ExitCode: 3 },
            { Name: "proxy", Reason: "OutOfMemory" },
          ],
        }),
      },
      1,
      [
        /^statements-close failed: States\.TaskFailed$/m,
        /^ {2}Essential container in task exited$/m,
        /^ {2}close: exit code 3$/m,
        /^ {2}proxy: no exit code, OutOfMemory$/m,
        /lz logs statements close --env dev/,
      ],
    ],
    [
      "badly, for a reason in words",
      { status: "FAILED", error: "E", cause: "no capacity" },
      1,
      [/^ {2}no capacity$/m],
    ],
    ["too late", { status: "TIMED_OUT" }, 1, [/^statements-close took too long$/m]],
    ["because somebody stops it", { status: "ABORTED" }, 1, [/^statements-close was stopped$/m]],
  ];
  for (const [what, ended, expected, says] of ends)
    it(`waits until it ends ${what}`, () => {
      const { status, stdout, stderr, calls } = aws.lz(run("--wait"), {
        ...started,
        "stepfunctions describe-execution": [{ status: "RUNNING" }, ended],
      });
      assert.equal(status, expected, stderr);
      for (const one of says) assert.match(stdout + stderr, one);
      assert.deepEqual(
        calls.slice(2).map(call => call.slice(0, 4)),
        Array.from({ length: 2 }, () => [
          ...["stepfunctions", "describe-execution", "--execution-arn", executionArn],
        ]),
      );
    });

  it("only shows in a dry run", () => {
    const { status, stdout, calls } = aws.lz(run("--wait", "--dry-run"), {}, []);
    assert.deepEqual([status, calls], [0, []]);
    assert.match(stdout, /^aws stepfunctions start-execution --state-machine-arn \S+:statements-close /m);
    assert.match(stdout, /^aws stepfunctions describe-execution --execution-arn EXECUTION /m);
  });

  const refused: readonly [args: string[], says: RegExp][] = [
    [["run", "orders", "close", "--env", "dev"], /orders has no job "close"; there are: none/],
    [["run", "statements", "delivery", "--env", "dev"], /no job "delivery"; that is a service; there are: /],
    [run("--set", "DAY"), /--set DAY: say NAME=VALUE/],
    [run("--set", "2=3"), /--set 2=3: say NAME=VALUE/],
    [run("--set", "A=1", "--set", "A=2"), /--set A: is said twice/],
    [run("--set", "DB_PASSWORD=x"), /--set DB_PASSWORD: .*secret does not belong/],
    [run("close-day", "--again"), /unknown option '--again'/],
  ];
  for (const [args, says] of refused)
    it(`refuses ${args.join(" ")} before any call`, () => {
      const { status, stderr, calls } = aws.lz(args, started);
      assert.deepEqual([status, calls], [2, []]);
      assert.match(stderr, says);
    });

  it("fails where AWS refuses", () => {
    const { status, stderr } = aws.lz(run(), {
      ...started,
      "stepfunctions start-execution": { stderr: "StateMachineDoesNotExist", status: 254 },
    });
    assert.equal(status, 2);
    assert.match(stderr, /`aws stepfunctions start-execution` failed: StateMachineDoesNotExist/);
  });
});
