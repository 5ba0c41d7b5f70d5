import assert from "node:assert/strict";
import { catalogue as guardrails } from "../../components/organization/guardrails/catalogue";
import { controlsOf, partsOf, standards } from "../../policies/controls";
import { inCis7 } from "../../policies/controls/cis-editions";
import { coverage, coveredStandards, servicesOf } from "../../policies/controls/coverage";
import { uncovered } from "../../policies/controls/uncovered";
import { rules } from "../../policies/rules";

/** Of each standard, at least so many of its controls for our services are covered by rules. */
const least = {
  FSBP: 254,
  "CIS 3.0": 51,
  "CIS 5.0": 53,
  "CIS 7.0": 61,
  "NIST 800-53": 121,
  "PCI DSS": 91,
} as const;

describe("the coverage of the frameworks", () => {
  for (const standard of coveredStandards) {
    const controls = coverage(standard, rules);

    it(`${standard}: has each control of our services in exactly one state, with the reason where no rule stands for it`, () => {
      assert.equal(new Set(controls.map(({ control }) => control)).size, controls.length);
      assert.deepEqual(
        controls.filter(({ by, why }) => by === undefined || (by !== "rule" && !why)).map(one => one.control),
        [],
        "say in policies/controls/uncovered.ts why no rule stands for these",
      );
    });

    it(`${standard}: has no fewer rules than it had`, () => {
      const covered = controls.filter(({ by }) => by === "rule").length;
      assert.ok(covered >= least[standard], `${covered} of ${controls.length}`);
    });
  }

  it("reaches at least 205 of FSBP", () => assert.ok(least.FSBP >= 205));

  it("asks of FSBP for whole services", () => {
    const services = servicesOf(rules);
    assert.ok(services.has("S3") && services.has("EC2") && !services.has("WorkSpaces"));
    const asked = new Set(coverage("FSBP", rules).map(({ control }) => control));
    for (const control of standards.FSBP.controls)
      assert.equal(asked.has(control), services.has(control.split(".")[0] ?? ""), control);
  });

  it("knows each rule that stands for a control", () => {
    const s35 = coverage("FSBP", rules).find(({ control }) => control === "S3.5");
    const quoting = rules.filter(({ controls }) => controls.includes("FSBP S3.5")).map(({ name }) => name);
    assert.deepEqual(s35?.names, quoting);
    assert.equal(s35?.title, "S3 buckets should require requests to use Secure Socket Layer");
  });

  it("gives no reason for what a rule stands for, nor for what is no control", () => {
    const covered = new Set<string>(rules.flatMap(controlsOf));
    const stale = Object.keys(uncovered).filter(id => {
      const { standard, control } = partsOf(id as Parameters<typeof partsOf>[0]);
      return covered.has(id) || !standards[standard].controls.includes(control);
    });
    assert.deepEqual(stale, []);
  });

  it("names guardrails that there are", () => {
    for (const [id, entry] of Object.entries(uncovered))
      if (entry?.by === "guardrail")
        assert.ok(entry.name && entry.name in guardrails, `${id}: ${entry.name}`);
  });

  it("leads from edition 5.0 of the CIS benchmark into 7.0, to each recommendation once", () => {
    const led = standards["CIS 5.0"].controls.flatMap(control => inCis7(control) ?? []);
    assert.deepEqual(
      led.filter(
        (control, index) =>
          !standards["CIS 7.0"].controls.includes(control) || led.indexOf(control) !== index,
      ),
      [],
    );
    const beyond = standards["CIS 7.0"].controls.filter(control => !led.includes(control));
    assert.deepEqual(beyond, ["2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5", "2.1.6", "2.21", "4.10", "6.8"]);
    assert.equal(inCis7("1.12"), undefined);
    assert.equal(inCis7("5.1.2"), "6.1.2");
  });
});
