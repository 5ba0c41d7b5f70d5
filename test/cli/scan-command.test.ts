import assert from "node:assert/strict";
import { type Finding, faultsIn, verdictOn } from "../../cli/scan/verdict";
import { callerOf, StubbedAws } from "./stubbed-aws";

const digest = `sha256:${"ab".repeat(32)}`;
const scan = ["scan", "orders", "api", "--digest", digest];
const found = (status: string, ...all: readonly (readonly [id: string, severity: string])[]) => ({
  imageScanStatus: { status },
  imageScanFindings: {
    enhancedFindings: all.map(([id, severity]) => ({
      severity,
      title: `${id} - openssl`,
      fixAvailable: "YES",
      packageVulnerabilityDetails: { vulnerabilityId: id },
    })),
  },
});

describe("lz scan", function () {
  this.timeout(60_000);
  let aws: StubbedAws;
  beforeEach(() => {
    aws = new StubbedAws();
  });
  afterEach(() => aws.remove());
  const run = (answer: object, ...more: string[]) =>
    aws.lz([...scan, ...more], {
      ...callerOf("555566667777"),
      "ecr describe-image-scan-findings": answer,
    });

  it("lets an image pass that is scanned all the time, and asks where images are pushed first", () => {
    const { status, stdout, stderr, calls } = run(found("ACTIVE", ["CVE-2026-1", "MEDIUM"]));
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /^orders\/api@sha256:\w+ may be released: nothing in it is high or worse\n {2}and 1 less severe$/m,
    );
    assert.ok(calls.some(call => call.includes("orders/api") && call.includes(`imageDigest=${digest}`)));
  });

  it("refuses what is severe, and what nobody has rated", () => {
    for (const severity of ["CRITICAL", "HIGH", "UNTRIAGED"]) {
      const { status, stdout } = run(found("COMPLETE", ["CVE-2026-2", severity]));
      assert.equal(status, 1);
      assert.match(
        stdout,
        /is not released: 1 of what is in it is high or worse\n.*CVE-2026-2.*there is a version without it/,
      );
    }
    assert.equal(run(found("ACTIVE", ["CVE-2026-2", "HIGH"]), "--from", "critical").status, 0);
  });

  it("releases nothing that can not be scanned", () => {
    const { status, stderr } = run(found("UNSUPPORTED_IMAGE"));
    assert.equal(status, 2);
    assert.match(stderr, /can not be scanned: UNSUPPORTED_IMAGE; what nobody has looked at is not released/);
  });

  it("refuses a severity that there is not, and what is no digest", () => {
    assert.match(run({}, "--from", "bad").stderr, /there is no severity "bad"/);
    assert.match(run({}, "--minutes", "0").stderr, /must be a whole number/);
    assert.match(aws.lz(["scan", "orders", "api", "--digest", "1.8.0"]).stderr, /must be an image's digest/);
  });

  it("shows what is accepted, and for how long", () => {
    const finding: Finding = { id: "CVE-2026-3", severity: "high", title: "t", fixed: false };
    const one = {
      id: "CVE-2026-3",
      products: ["orders"],
      reason: "Never called with what comes from outside",
      owner: "team-orders",
      expires: "2027-03-31",
    };
    const on = (day: string, product = "orders") => verdictOn([finding], product, "high", [one], day);
    assert.deepEqual(on("2027-03-31"), { refused: [], accepted: [[finding, one]], others: 0, past: [] });
    assert.deepEqual(on("2027-04-01"), { refused: [finding], accepted: [], others: 0, past: [one] });
    assert.deepEqual(on("2027-03-31", "shop").refused, [finding]);
    assert.deepEqual(faultsIn([one], ["orders"]), []);
    assert.equal(
      faultsIn([{ ...one, reason: "short", owner: " ", expires: "2027-13-01", products: ["x"] }], ["orders"])
        .length,
      4,
    );
  });
});
