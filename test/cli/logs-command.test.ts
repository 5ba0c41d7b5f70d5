import assert from "node:assert/strict";
import { workloadsOf } from "../../stacks/description/workloads";
import example from "../../stacks/landing-zone";
import { callerOf, StubbedAws } from "./stubbed-aws";

const dev = callerOf("555566667777");
const region = ["--region", "eu-central-1"];
const tails = (calls: readonly string[][]) => calls.filter(call => call[0] === "logs");

describe("lz logs", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("tails the group of a service", () => {
    const lines = ["2030-01-31T08:00:00 taken order 7", "2030-01-31T08:00:01 taken order 8"];
    const { status, stdout, stderr, calls } = aws.lz(["logs", "orders", "api", "--env", "dev"], {
      ...dev,
      "logs tail": { lines },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(tails(calls), [
      ["logs", "tail", "/landing-zone/orders/api", "--since", "10m", "--format", "short", ...region],
    ]);
    assert.equal(stdout, `${lines.join("\n")}\n`);
    assert.match(
      stderr,
      /^aws logs tail \/landing-zone\/orders\/api --since 10m --format short --region eu-central-1$/m,
    );
  });

  it("hands on from when, what is looked for, and whether to go on, whatever it looks like", () => {
    const more = ["--since", "2h", "--filter=-DEBUG $(date) 'x'", "--follow"];
    const { calls } = aws.lz(["logs", "statements", "close", "--env", "dev", ...more], dev);
    assert.deepEqual(tails(calls)[0]?.slice(2, 8), [
      "/landing-zone/statements/close",
      ...["--since", "2h", "--format", "short", "--follow"],
    ]);
    assert.equal(tails(calls)[0]?.[8], "--filter-pattern=-DEBUG $(date) 'x'");
  });

  for (const follow of [[], ["--follow"]])
    it(`${follow.length === 0 ? "shows" : "follows"} all of a product, each line with whose it is`, () => {
      const { status, stdout, calls } = aws.lz(["logs", "orders", "--env", "dev", ...follow], {
        ...dev,
        "logs tail": { lines: ["first", "second"] },
      });
      assert.equal(status, 0);
      const orders = example.products.find(({ name }) => name === "orders") ?? assert.fail();
      const names = workloadsOf(orders).map(({ name }) => name);
      assert.deepEqual(
        tails(calls)
          .map(call => call[2])
          .sort(),
        names.map(name => `/landing-zone/orders/${name}`).sort(),
      );
      const width = Math.max(...names.map(({ length }) => length));
      assert.deepEqual(
        stdout.trimEnd().split("\n").sort(),
        names.flatMap(name => ["first", "second"].map(line => `${name.padEnd(width)}  ${line}`)).sort(),
      );
    });

  it("takes services and jobs for all of a product", () => {
    const { stdout } = aws.lz(["logs", "statements", "--env", "prod", "--dry-run"]);
    for (const name of ["delivery", "import", "close"])
      assert.match(stdout, new RegExp(`^aws logs tail /landing-zone/statements/${name} `, "m"));
  });

  it("says where logs are that do not go to CloudWatch", () => {
    const { stdout } = aws.lz(["logs", "statements", "delivery", "--env", "dev", "--dry-run"]);
    assert.match(
      stdout,
      /^# delivery writes to protocols \(bucket\); its group has what its log router says$/m,
    );
  });

  it("shows the others where one can not be read, and fails in the end", () => {
    const { status, stdout, stderr } = aws.lz(["logs", "orders", "--env", "dev"], {
      ...dev,
      "logs tail": [{ stderr: "ResourceNotFoundException", status: 254 }, { lines: ["there"] }],
    });
    assert.equal(status, 2);
    assert.match(stdout, /there/);
    assert.match(stderr, /ResourceNotFoundException[\s\S]*`aws logs tail` ended with 254/);
  });

  it("suspects an old CLI that does not know the command", () => {
    const { stderr } = aws.lz(["logs", "orders", "api", "--env", "dev"], {
      ...dev,
      "logs tail": { stderr: "Invalid choice: 'tail'", status: 2 },
    });
    assert.match(stderr, /Is it version 2 of the AWS CLI\?/);
  });

  const refused: readonly [string[], RegExp][] = [
    [["logs", "orders", "web", "--env", "dev"], /no service, job or function "web"; there are: api/],
    [["logs", "orders", "api", "--env", "dev", "--since", "yesterday"], /--since yesterday: say a number/],
    [["logs", "orders", "api", "--env", "dev", "--since", "10 m"], /--since 10 m/],
    [["logs", "order", "--env", "dev"], /no product "order"/],
  ];
  for (const [args, says] of refused)
    it(`refuses ${args.slice(1).join(" ")} before any call`, () => {
      const { status, stderr, calls } = aws.lz(args, dev);
      assert.deepEqual([status, calls], [2, []]);
      assert.match(stderr, says);
    });

  it("refuses credentials of another account", () => {
    const { status, stderr, calls } = aws.lz(["logs", "payments", "api", "--env", "dev"], dev);
    assert.deepEqual([status, calls.length], [2, 1]);
    assert.match(
      stderr,
      /of the account dev \(555566667777\), and payments lives in the account payments-dev/,
    );
  });
});
