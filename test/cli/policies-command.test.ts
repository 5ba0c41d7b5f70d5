import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, exampleText, ruleNamed } from "../../cli/policies/catalogue";
import { cases } from "../../policies/examples";
import { rules } from "../../policies/rules";
import { ProjectCopy } from "./project-copy";

describe("the catalogue", () => {
  it("has every rule once, with a good and a bad example, by theme", () => {
    const entries = catalogue();
    assert.deepEqual(entries.map(({ rule }) => rule).sort(), rules.map(({ name }) => name).sort());
    assert.deepEqual(
      entries.filter(({ bad }) => bad.length === 0).map(({ rule }) => rule),
      rules
        .map(({ name }) => name)
        .filter(name => !cases.some(({ rule, refuses }) => rule === name && refuses.length > 0)),
    );
    const themes = entries.map(({ theme }) => theme);
    assert.equal(new Set(themes).size, themes.filter((theme, at) => theme !== themes[at - 1]).length);
  });

  it("shows the very examples that the tests run", () => {
    const entry = ruleNamed("sqs-encrypted");
    assert.deepEqual(entry.bad, [{ type: "aws:sqs/queue:Queue", props: { sqsManagedSseEnabled: false } }]);
    assert.equal(exampleText(entry.bad), "aws:sqs/queue:Queue { sqsManagedSseEnabled: false }");
  });

  it("writes unknowns and JSON so that they can be read", () => {
    const text = exampleText(catalogue().flatMap(({ good, bad }) => [...good, ...bad]));
    assert.doesNotMatch(text, /04da6b54-80e4/);
    assert.match(text, /\[unknown\]/);
    assert.doesNotMatch(text, /"\{\\"/);
  });

  it("is filtered by theme, service, framework and control", () => {
    const of = (filter: Parameters<typeof catalogue>[0]) => catalogue(filter);
    assert.ok(of({ theme: "exposure" }).every(({ theme }) => theme === "exposure"));
    assert.ok(of({ service: "s3" }).every(({ rule }) => rule.startsWith("s3-")));
    assert.ok(of({ framework: "cis" }).every(({ controls }) => controls.some(id => id.startsWith("CIS "))));
    const precise = of({ framework: "FSBP S3.5" });
    assert.ok(precise.length > 0 && precise.every(({ controls }) => controls.includes("FSBP S3.5")));
    assert.ok(of({ framework: "CIS 7.0", service: "s3" }).length < of({ framework: "CIS 7.0" }).length);
  });

  const wrong: readonly (readonly [what: string, ask: () => unknown, says: RegExp])[] = [
    ["a theme", () => catalogue({ theme: "beauty" }), /no theme "beauty"; there are encryption-in-transit, /],
    ["a service", () => catalogue({ service: "s4" }), /no rule is about "s4"; there are .*\bs3\b/],
    [
      "a framework",
      () => catalogue({ framework: "SOX" }),
      /"SOX" is no framework and no control; there are FSBP/,
    ],
    [
      "a control",
      () => catalogue({ framework: "FSBP S3.999" }),
      /"FSBP S3.999" is no framework and no control/,
    ],
    ["a rule", () => ruleNamed("sqs-encrypt"), /no rule "sqs-encrypt"; there are .*sqs-encrypted/],
  ];
  for (const [what, ask, says] of wrong)
    it(`refuses ${what} that it has not, with those that it has`, () => {
      assert.throws(ask, (error: Error) => error.name === "UsageError" && says.test(error.message));
    });
});

describe("lz with policies", function () {
  this.timeout(120_000);
  let project: ProjectCopy;
  before(() => {
    project = new ProjectCopy();
  });
  after(() => project.remove());

  it("lists rules and shows one", () => {
    const list = project.lz("policies", "--service", "sqs");
    assert.equal(list.status, 0, list.stderr);
    assert.match(list.stdout, /^ {2}sqs-encrypted +mandatory +high +A queue is encrypted$/m);
    assert.match(list.stdout, /^No exceptions in policies\/exceptions\.ts\.$/m);
    const one = project.lz("policies", "sqs-encrypted").stdout;
    for (const says of [
      /^Why +Messages wait/m,
      /^Fix +/m,
      /^Controls +FSBP SQS\.1, NIST /m,
      /^Good$/m,
      /^Bad$/m,
    ])
      assert.match(one, says);
    const json = JSON.parse(project.lz("policies", "sqs-encrypted", "--json").stdout) as { rule: string };
    assert.equal(json.rule, "sqs-encrypted");
    assert.equal(project.lz("policies", "sqs-nothing").status, 2);
  });

  it("plans with exceptions, which stay visible, and writes what other programs read", () => {
    const urn = (name: string) => `urn:pulumi:baseline-dev::landing-zone::*$aws:kms/key:Key::${name}`;
    const entry = (rule: string, resource: string, expires: string) =>
      `{ rule: "${rule}", resource: "${resource}", reason: "Keys of the old shop go in spring",
         owner: "team-platform", ticket: "LZ-17", expires: "${expires}" },`;
    // Such a key would be refused by a rule that is made up for this, on the first key that there is.
    project.change(
      "policies/rules/kms.ts",
      /export const kms: readonly Rule\[\] = \[/,
      `export const kms: readonly Rule[] = [
  {
    name: "kms-never", theme: "governance-and-cost", title: "There is no key", why: "It is tested", fix: "none",
    severity: "low", level: "mandatory", controls: [], types: ["aws:kms/key:Key"],
    check(_key, report) { report.refuse("there is one"); },
  },`,
    );
    const list = (...entries: string[]) =>
      project.write(
        "policies/exceptions.ts",
        `import type { Exception } from "./exception-register";\nexport const exceptions: readonly Exception[] = [${entries.join("\n")}];\n`,
      );
    const files = ["sarif", "xml", "csv"].map(ending => join(project.folder, `plan.${ending}`));
    const [sarif = "", junit = "", evidence = ""] = files;

    list(entry("kms-never", urn("*"), "2999-01-01"), entry("sqs-dlq", urn("none"), "2999-01-01"));
    const args = [
      "--sarif",
      sarif,
      "--junit",
      junit,
      "--evidence",
      evidence,
      "--json",
      join(project.folder, "plan.json"),
    ];
    const plan = project.lz("plan", "baseline-dev", ...args);
    assert.match(plan.stdout, /^Exceptions: let be for a time/m, plan.stderr);
    assert.match(
      plan.stdout,
      /^ {6}excepted: there is one: There is no key\n {6}Reason: Keys of the old shop go in spring$/m,
    );
    assert.match(plan.stdout, /^ {6}unmatched: the exception from sqs-dlq for /m);
    const { stacks } = JSON.parse(project.read("plan.json")) as {
      stacks: { exceptions: { rule: string; state: string; owner: string; expires: string }[] }[];
    };
    assert.deepEqual(
      [...new Set(stacks[0]?.exceptions.map(({ rule, state }) => `${rule} ${state}`))].sort(),
      ["kms-never excepted", "sqs-dlq unmatched"],
    );
    const [result] =
      (
        JSON.parse(readFileSync(sarif, "utf8")) as {
          runs: { results: { ruleId: string; locations: { physicalLocation: Location }[] }[] }[];
        }
      ).runs[0]?.results.filter(({ ruleId }) => ruleId === "kms-never") ?? [];
    const place = result?.locations[0]?.physicalLocation;
    const line = project.read(place?.artifactLocation.uri ?? "").split("\n")[
      (place?.region.startLine ?? 0) - 1
    ];
    assert.match(line ?? "", /new aws\.kms\.Key\(/);
    assert.match(readFileSync(junit, "utf8"), /<testsuite name="baseline-dev" /);
    assert.match(readFileSync(evidence, "utf8"), /"kms-never","advisory","","urn:[^"]*","excepted",/);

    list(entry("kms-never", urn("*"), "2020-01-01"));
    const past = project.lz("plan", "baseline-dev");
    assert.equal(past.status, 1);
    assert.match(
      past.stdout,
      /^ {6}expired: the exception from kms-never for .* excuses nothing since 2020-01-01$/m,
    );
    assert.doesNotMatch(past.stdout, /excepted: /);

    list(entry("kms-nevr", urn("*"), "2020-01-01"), entry("provider-no-static-keys", urn("*"), "soon"));
    const wrong = project.lz("plan", "baseline-dev");
    assert.equal(wrong.status, 3);
    assert.match(wrong.stderr, /exceptions\[0\] \(kms-nevr\): rule: "kms-nevr" is no rule/);
    assert.match(wrong.stderr, /exceptions\[1\] \(provider-no-static-keys\): rule: nothing is ever excepted/);
    assert.match(wrong.stderr, /exceptions\[1\] .*: expires: "soon" is no day/);
  });
});

interface Location {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number };
}
