import assert from "node:assert/strict";
import { once } from "node:events";
import { callerOf, StubbedAws, taskId, tasks } from "./stubbed-aws";

const dev = "555566667777";
const int = "666677778888";
const prod = "777788889999";
const shell = (...more: string[]) => ["shell", "orders", "api", "--env", "dev", ...more];
const one = { id: taskId("a") };
const open = { ...callerOf(dev), ...tasks(["api"], one) };
const region = ["--region", "eu-central-1"];

describe("lz shell", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("asks who calls, finds the task, and goes into the service's own container", () => {
    const { status, stderr, calls } = aws.lz(shell(), open);
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls, [
      ["sts", "get-caller-identity", ...region, "--output", "json"],
      [
        ...["ecs", "list-tasks", "--cluster", "orders", "--service-name", "orders-api"],
        ...["--desired-status", "RUNNING", ...region, "--output", "json"],
      ],
      [
        ...["ecs", "describe-tasks", "--cluster", "orders"],
        ...[
          "--tasks",
          `arn:aws:ecs:eu-central-1:${dev}:task/orders/${one.id}`,
          ...region,
          "--output",
          "json",
        ],
      ],
      [
        ...["ecs", "execute-command", "--cluster", "orders", "--task", one.id, "--container", "api"],
        ...["--interactive", "--command", "/bin/sh", ...region],
      ],
    ]);
  });

  it("shows every call before it makes it", () => {
    const { stderr, calls } = aws.lz(shell("--profile", "dev", "--command", "sh -c 'ls /'"), open);
    const shown = stderr.split("\n").filter(line => line.startsWith("aws "));
    assert.equal(shown.length, calls.length);
    assert.match(stderr, /^orders in dev: account dev \(555566667777\), eu-central-1$/m);
    assert.equal(
      shown.at(-1),
      `aws ecs execute-command --cluster orders --task ${one.id} --container api --interactive --command 'sh -c '\\''ls /'\\''' --region eu-central-1 --profile dev`,
    );
    assert.equal(calls.at(-1)?.[10], "sh -c 'ls /'");
    for (const call of calls)
      assert.deepEqual(call.slice(call.indexOf("--profile")).slice(0, 2), ["--profile", "dev"]);
  });

  it("takes the newest of several, and says so, however the CLI writes times", () => {
    for (const [older, newer] of [
      ["2030-01-31T09:00:00+02:00", "2030-01-31T08:00:00+00:00"],
      [1_893_000_000.5, 1_893_000_001],
    ]) {
      const answers = {
        ...callerOf(dev),
        ...tasks(
          ["api"],
          { id: taskId("a"), startedAt: older as string },
          { id: taskId("b"), startedAt: newer as string },
          { id: taskId("c"), startedAt: newer as string, lastStatus: "PENDING" },
        ),
      };
      const { stderr, calls } = aws.lz(shell(), answers);
      assert.match(
        stderr,
        new RegExp(`^Task ${taskId("b")}, the newest of 2 of orders-api, container api$`, "m"),
      );
      assert.equal(calls.at(-1)?.[5], taskId("b"));
    }
  });

  it("goes into the task and the container that are named", () => {
    const answers = { ...callerOf(dev), ...tasks(["api", "proxy"], { id: taskId("d") }) };
    const { status, stderr, calls } = aws.lz(shell("--task", taskId("d"), "--container", "proxy"), answers);
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      calls.map(call => call[1]),
      ["get-caller-identity", "describe-tasks", "execute-command"],
    );
    assert.deepEqual(calls.at(-1)?.slice(4, 8), ["--task", taskId("d"), "--container", "proxy"]);
  });

  it("only shows in a dry run, where nothing need be installed", () => {
    const { status, stdout, calls } = aws.lz(shell("--dry-run"), {}, []);
    assert.equal(status, 0);
    assert.deepEqual(calls, []);
    assert.match(
      stdout,
      /^aws ecs execute-command --cluster orders --task TASK --container api --interactive/m,
    );
    assert.ok(stdout.split("\n").every(line => line === "" || /^(aws|#) /.test(line)));
  });

  const refused: readonly [what: string, args: string[], says: RegExp][] = [
    [
      "prod",
      ["shell", "orders", "api", "--env", "prod"],
      /a shell is not let into prod; in an emergency say --break-glass/,
    ],
    [
      "int",
      ["shell", "orders", "api", "--env", "int"],
      /environments\.int\.shell is absent, which means "breakGlass"/,
    ],
    [
      "a product that there is not",
      ["shell", "order", "api", "--env", "dev"],
      /no product "order"; there are: .*orders/,
    ],
    [
      "an environment that there is not",
      ["shell", "orders", "api", "--env", "test"],
      /no environment "test"; .*dev, int, prod/,
    ],
    [
      "a service that there is not",
      ["shell", "orders", "web", "--env", "dev"],
      /no service "web"; there are: api, returns/,
    ],
    [
      "a job",
      ["shell", "statements", "close", "--env", "dev"],
      /no service "close"; that is a job; there are: delivery/,
    ],
    ["no environment", ["shell", "orders", "api"], /--env/],
    ["a container's name that is none", shell("--container", "a;b"), /--container a;b/],
    ["a task's name that is none", shell("--task", "--tasks"), /--task/],
  ];
  for (const [what, args, says] of refused)
    it(`refuses ${what} before it asks AWS for a task`, () => {
      const { status, stderr, calls } = aws.lz(args, open);
      assert.equal(status, 2, stderr);
      assert.match(stderr, says);
      assert.deepEqual(
        calls.filter(call => call[0] === "ecs"),
        [],
      );
    });

  it("refuses without any call what the description forbids", () => {
    assert.deepEqual(aws.lz(["shell", "orders", "api", "--env", "prod"], open).calls, []);
  });

  it("goes into prod in an emergency, and says what that takes and leaves", () => {
    const answers = {
      ...callerOf(prod, "AWSReservedSSO_break-glass_0123456789abcdef"),
      ...tasks(["api"], one),
    };
    const args = ["shell", "orders", "api", "--env", "prod", "--break-glass"];
    const { status, stderr } = aws.lz(args, answers);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^orders in prod: account prod \(777788889999\)/m);
    assert.match(stderr, /a session of the permission set break-glass/);
    assert.match(stderr, /CloudTrail records who begins it/);
    assert.doesNotMatch(stderr, /expect to be refused/);
    const other = aws.lz(["shell", "orders", "api", "--env", "int", "--break-glass"], {
      ...callerOf(int),
      ...tasks(["api"], one),
    });
    assert.match(other.stderr, /AWSReservedSSO_developer_.*expect to be refused/);
  });

  it("says nothing of emergencies where there is none", () => {
    assert.doesNotMatch(aws.lz(shell("--break-glass"), open).stderr, /permission set/);
  });

  const wrong: readonly [what: string, answers: object, says: RegExp, programs?: string[]][] = [
    [
      "another account",
      callerOf(prod),
      /of the account prod \(777788889999\), and orders lives in the account dev \(555566667777\) in dev/,
    ],
    ["a stranger's account", callerOf("210987654321"), /that the description does not name \(210987654321\)/],
    ["no CLI", open, /no `aws` on the PATH/, ["session-manager-plugin"]],
    ["no plugin", open, /no `session-manager-plugin` on the PATH/, ["aws"]],
    [
      "no credentials",
      {
        "sts get-caller-identity": {
          stderr: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
          status: 253,
        },
      },
      /no credentials.*aws sso login --profile mine/,
    ],
    [
      "an expired session",
      {
        "sts get-caller-identity": {
          stderr: "The SSO session associated with this profile has expired or is otherwise invalid.",
          status: 255,
        },
      },
      /has expired.*`aws sso login --profile mine`/,
    ],
    [
      "a token that is over",
      {
        "sts get-caller-identity": {
          stderr:
            "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
          status: 254,
        },
      },
      /`aws sso login --profile mine`/,
    ],
    [
      "a session that was never begun",
      {
        "sts get-caller-identity": {
          stderr: "Error loading SSO Token: Token for company does not exist",
          status: 255,
        },
      },
      /`aws sso login --profile mine`/,
    ],
    [
      "a profile that there is not",
      { "sts get-caller-identity": { stderr: "The config profile (mine) could not be found", status: 255 } },
      /no profile "mine"; `aws configure list-profiles`/,
    ],
    [
      "no running task",
      { ...callerOf(dev), ...tasks(["api"]) },
      /no task of orders-api runs in dev; `aws ecs describe-services/,
    ],
    [
      "tasks that only begin",
      { ...callerOf(dev), ...tasks(["api"], { ...one, lastStatus: "PENDING" }) },
      /runs in dev yet; 1 is starting/,
    ],
    [
      "tasks that let nobody in",
      { ...callerOf(dev), ...tasks(["api"], { ...one, open: false }) },
      /lets nobody in.*ECS Exec/,
    ],
    [
      "an agent that is not there yet",
      { ...callerOf(dev), ...tasks(["api"], { ...one, agent: "PENDING" }) },
      /its agent is PENDING/,
    ],
    [
      "another container",
      { ...callerOf(dev), ...tasks(["web", "proxy"], one) },
      /no container "api"; it has web, proxy/,
    ],
    [
      "what IAM forbids",
      {
        ...open,
        "ecs list-tasks": {
          stderr:
            "An error occurred (AccessDeniedException) when calling the ListTasks operation: not authorized",
          status: 254,
        },
      },
      /`aws ecs list-tasks` failed: .*AccessDeniedException/,
    ],
    ["an answer that is none", { ...open, "ecs list-tasks": { lines: ["hello"] } }, /what is no JSON: hello/],
    [
      "a session that fails",
      { ...open, "ecs execute-command": { stderr: "TargetNotConnectedException", status: 254 } },
      /`aws ecs execute-command` ended with 254/,
    ],
  ];
  for (const [what, answers, says, programs] of wrong)
    it(`ends with 2 and the next step for ${what}`, () => {
      const { status, stderr } = aws.lz(shell("--profile", "mine"), answers as never, programs);
      assert.equal(status, 2, stderr);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /mistake in lz/);
    });

  it("asks nothing further with credentials of another account", () => {
    assert.deepEqual(
      aws.lz(shell(), { ...open, ...callerOf(prod) }).calls.map(call => call[0]),
      ["sts"],
    );
  });

  it("leaves Ctrl-C to the shell, and goes on until that ends", async () => {
    const child = aws.begin(shell(), { ...open, "ecs execute-command": { seconds: 2 } });
    let said = "";
    child.stdout.on("data", chunk => {
      // What a terminal does: to the command alone, for the stand-in has its own way with it.
      if (said === "") child.kill("SIGINT");
      said += String(chunk);
    });
    const [status, signal] = await once(child, "close");
    assert.deepEqual([status, signal], [0, null]);
    assert.equal(said, "open\nclosed\n");
  });

  it("is over without an error when Ctrl-C ends it", () => {
    const { status } = aws.lz(shell(), { ...open, "ecs execute-command": { stderr: "", status: 130 } });
    assert.equal(status, 0);
  });
});
