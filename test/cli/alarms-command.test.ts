import assert from "node:assert/strict";
import { StubbedAws } from "./stubbed-aws";

describe("lz alarms", function () {
  this.timeout(60_000);
  const lz = (...line: string[]) => {
    const aws = new StubbedAws();
    try {
      return aws.lz(["alarms", ...line], {}, []);
    } finally {
      aws.remove();
    }
  };

  it("shows the critical ones first, what each means, and who hears of which", () => {
    const { stdout, status } = lz("payments-persistent-prod");
    assert.equal(status, 0);
    const severities = [...stdout.matchAll(/^(critical|warning) {3}/gm)].map(([, severity]) => severity);
    assert.ok(severities.includes("critical") && severities.includes("warning"));
    assert.deepEqual(severities, [...severities].sort());
    assert.match(stdout, /^critical of payments-persistent-prod: .*; pager events\.pagerduty\.com$/m);
    assert.match(stdout, /^warning of payments-persistent-prod: mail to payments@example\.com$/m);
    assert.doesNotMatch(stdout, /0123456789abcdef/, "who reads this could wake people");
  });

  it("tells nobody's pager of dev", () => {
    const { stdout } = lz("payments-persistent-dev");
    assert.match(stdout, /^critical of payments-persistent-dev: /m);
    assert.doesNotMatch(stdout, /pager/);
  });

  it("says of what a product has the platform told", () => {
    const { stdout } = lz("shop-persistent-dev", "--json");
    const { told, hearers, faulty } = JSON.parse(stdout) as {
      told: { name: string; tells: string[]; says: string }[];
      hearers: unknown[];
      faulty: unknown[];
    };
    assert.deepEqual(faulty, []);
    assert.ok(hearers.length >= 2);
    const edge = told.filter(({ name }) => name.startsWith("shop-edge-certificate-"));
    assert.equal(edge.length, 2);
    for (const { tells, says } of edge) {
      assert.match(String(tells), /^arn:aws:sns:us-east-1:\d{12}:landing-zone-alarms-(critical|warning)$/);
      assert.match(says, /put its CNAME record back/);
    }
  });

  it("refuses what is no stack", () => {
    const { status, stderr } = lz("payments-persistent-moon");
    assert.equal(status, 2);
    assert.match(stderr, /there is no stack or environment/);
  });
});
