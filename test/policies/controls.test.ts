import assert from "node:assert/strict";
import { controlsOf, partsOf, reference, related, relatedControls, standards } from "../../policies/controls";
import { rules } from "../../policies/rules";

const isListed = (id: string): boolean => {
  const { standard, control } = partsOf(id as Parameters<typeof partsOf>[0]);
  return (standards[standard].controls as readonly string[]).includes(control);
};

describe("the lists of controls", () => {
  it("have each control once, in the form of its standard", () => {
    const forms = {
      FSBP: /^[A-Z][A-Za-z0-9]+\.\d+$/,
      "Security Hub": /^[A-Z][A-Za-z0-9]+\.\d+$/,
      "CIS 3.0": /^\d(\.\d+){1,2}$/,
      "CIS 5.0": /^\d(\.\d+){1,2}$/,
      "CIS 7.0": /^\d(\.\d+){1,2}$/,
      "NIST 800-53": /^[A-Z]{2}-\d+(\(\d+\))?$/,
      "PCI DSS": /^(A?\d+)(\.\d+){1,3}$/,
    };
    for (const [name, form] of Object.entries(forms)) {
      const { controls } = standards[name as keyof typeof forms];
      assert.deepEqual(
        controls.filter((control, index) => controls.indexOf(control) !== index || !form.test(control)),
        [],
        name,
      );
    }
  });

  it("are as long as the standards are", () => {
    const lengths = Object.entries(standards).map(([name, { controls }]) => [name, controls.length]);
    assert.deepEqual(Object.fromEntries(lengths.filter(([name]) => name !== "Security Hub")), {
      FSBP: 340,
      "CIS 3.0": 62,
      "CIS 5.0": 63,
      "CIS 7.0": 70,
      "NIST 800-53": 476,
      "PCI DSS": 140,
    });
  });

  it("tell FSBP and what Security Hub has beyond it apart", () => {
    const { FSBP, "Security Hub": beyond } = standards;
    assert.deepEqual(
      beyond.controls.filter(control => FSBP.controls.includes(control)),
      [],
    );
  });

  it("are all that the crosswalk leads from and to", () => {
    const from = new Set([...standards.FSBP.controls, ...standards["Security Hub"].controls]);
    assert.deepEqual(
      relatedControls.filter(control => !from.has(control)),
      [],
    );
    const to = relatedControls.flatMap(control => related([`FSBP ${control}`]));
    assert.deepEqual(
      to.filter(id => !isListed(id)),
      [],
    );
  });
});

describe("a rule's controls", () => {
  it("stand in the dated lists of their standards", () => {
    const quoted = rules.flatMap(({ name, controls }) => controls.map(control => [name, control] as const));
    assert.deepEqual(
      quoted.filter(([, control]) => !isListed(control)),
      [],
      'what Security Hub has beyond FSBP is quoted as "Security Hub", see policies/controls/security-hub.ts',
    );
  });

  it("lead to those of NIST and PCI DSS, each once", () => {
    const all = controlsOf({ controls: ["FSBP S3.5", "CIS 5.0 2.1.1", "FSBP ELB.1"] });
    assert.deepEqual(all.slice(0, 4), ["FSBP S3.5", "CIS 5.0 2.1.1", "FSBP ELB.1", "NIST 800-53 AC-4"]);
    assert.ok(all.includes("NIST 800-53 SC-8(1)") && all.includes("PCI DSS 4.2.1"));
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual(related(["CIS 5.0 2.1.1"]), []);
  });

  it("have a page where Security Hub checks them", () => {
    assert.deepEqual(reference("FSBP S3.5"), {
      framework: {
        name: "FSBP",
        version: "2025-12",
        reference: "S3.5",
        specification: "AWS Foundational Security Best Practices",
      },
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
    });
    assert.equal(reference("CIS 5.0 2.1.1").url, undefined);
    assert.throws(() => partsOf("FSBPS3.5" as "FSBP S3.5"), /FSBPS3.5 is of no known standard/);
  });
});
