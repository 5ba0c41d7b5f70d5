import assert from "node:assert/strict";
import { type Answers, callerOf, StubbedAws } from "../stubbed-aws";

const completed = (of: string) => ({
  State: "COMPLETED",
  RecoveryPointArn: `arn:aws:backup:eu-central-1:777788889999:recovery-point:${of}`,
});
const well: Answers = {
  ...callerOf("777788889999"),
  "backup start-backup-job": [{ BackupJobId: "one" }, { BackupJobId: "two" }],
  "backup describe-backup-job": [{ State: "RUNNING" }, completed("one"), completed("two")],
  "backup start-copy-job": { CopyJobId: "copy" },
  "backup describe-copy-job": { CopyJob: { State: "COMPLETED", DestinationRecoveryPointArn: "arn:copied" } },
};
const backup = (...more: string[]) => ["backup", "shop", "--env", "prod", ...more];
const started = (calls: readonly string[][]) =>
  calls
    .filter(([, call]) => call === "start-backup-job")
    .map(words => words[words.indexOf("--resource-arn") + 1]);

describe("lz backup", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());

  it("backs up what is named, by its name in AWS, and waits for it", () => {
    const { status, stdout, stderr, calls } = aws.lz(
      backup("--only", "carts", "pictures", "--keep-days", "90"),
      well,
    );
    assert.equal(status, 0, stderr);
    assert.deepEqual(started(calls), [
      "arn:aws:dynamodb:eu-central-1:777788889999:table/shop-carts",
      "arn:aws:s3:::shop-pictures-777788889999-eu-central-1",
    ]);
    const [first = []] = calls.filter(([, call]) => call === "start-backup-job");
    assert.deepEqual(first.slice(2, 4), ["--backup-vault-name", "landing-zone"]);
    assert.equal(first[first.indexOf("--lifecycle") + 1], "DeleteAfterDays=90");
    assert.equal(
      first[first.indexOf("--iam-role-arn") + 1],
      "arn:aws:iam::777788889999:role/landing-zone-backup",
    );
    assert.match(stdout, /^carts \(table\) is backed up: .*:one$/m);
    assert.match(stdout, /^pictures \(bucket\) is backed up: .*:two$/m);
    // All are begun before any is waited for.
    assert.deepEqual(
      calls.map(([, call]) => call),
      ["get-caller-identity", ...Array(2).fill("start-backup-job"), ...Array(3).fill("describe-backup-job")],
    );
  });

  it("copies to the log archive, where the environment has copies", () => {
    const { status, stdout, stderr, calls } = aws.lz(backup("--only", "carts", "--copy"), well);
    assert.equal(status, 0, stderr);
    const copy = calls.find(([, call]) => call === "start-copy-job") ?? [];
    assert.equal(
      copy[copy.indexOf("--destination-backup-vault-arn") + 1],
      "arn:aws:backup:eu-central-1:222233334444:backup-vault:landing-zone-copies",
    );
    assert.match(stdout, /^carts \(table\) is copied to the log archive: arn:copied$/m);
  });

  it("says what failed, and how to do that again", () => {
    const { status, stderr } = aws.lz(backup("--only", "carts", "pictures"), {
      ...well,
      "backup describe-backup-job": [
        { State: "FAILED", StatusMessage: "The table is being restored" },
        completed("two"),
      ],
    });
    assert.equal(status, 1);
    assert.match(stderr, /^carts \(table\) is not backed up: FAILED: The table is being restored$/m);
    assert.match(stderr, /Run the same with --only carts$/m);
  });

  const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [["--keep-days", "7"], /--keep-days 7: must be whole days from 35 to 36,500/],
    [["--keep-days", "x"], /--keep-days x: must be whole days/],
    [["--only", "nothing"], /shop keeps no nothing; to back up there is carts/],
  ];
  for (const [args, message] of refused)
    it(`refuses ${args.join(" ")}, before it asks AWS anything`, () => {
      const { status, stderr, calls } = aws.lz(backup(...args), well);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.deepEqual(calls, []);
    });

  it("refuses what AWS Backup does not keep, and copies where there are none", () => {
    assert.match(
      aws.lz(["backup", "payments", "--env", "prod", "--only", "captures"]).stderr,
      /--only captures: AWS Backup does not keep a queue; to back up there is ledger, accounts/,
    );
    assert.match(
      aws.lz(["backup", "shop", "--env", "dev", "--copy"]).stderr,
      /--copy: environments\.dev\.backup does not say `copies: true`/,
    );
  });

  it("refuses the credentials of another account", () => {
    const { status, stderr, calls } = aws.lz(backup("--only", "carts"), callerOf("555566667777"));
    assert.equal(status, 2);
    assert.match(stderr, /the credentials are of the account dev \(555566667777\)/);
    assert.equal(calls.length, 1);
  });
});
