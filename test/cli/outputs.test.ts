import assert from "node:assert/strict";
import { evidenceCsv } from "../../cli/outputs/evidence";
import { junitXml } from "../../cli/outputs/junit";
import { sarifJson } from "../../cli/outputs/sarif";
import { isDisabled, verdictsOf } from "../../cli/outputs/verdicts";
import type { Plan, PlannedResource, StackPlan, Violation } from "../../cli/planner";
import type { ResourceRule, StackRule } from "../../policies/rule";

const demand = {
  name: "queue-named",
  theme: "governance-and-cost",
  title: "A queue has a name",
  why: 'People look for "it" & <us>',
  fix: "set name",
  severity: "high",
  level: "mandatory",
  controls: ["FSBP SQS.1"],
  types: ["aws:sqs/queue:Queue"],
  check() {},
} as const;
const rule: ResourceRule = demand;
const whole: StackRule = { ...demand, name: "queues-few", scope: "stack", level: "advisory", controls: [] };
const other: ResourceRule = { ...rule, name: "topic-named", types: ["aws:sns/topic:Topic"] };
const rules = [rule, whole, other];

const stackUrn = "urn:pulumi:shop-dev::p::pulumi:pulumi:Stack::p-shop-dev";
const urnOf = (name: string) => `urn:pulumi:shop-dev::p::aws:sqs/queue:Queue::${name}`;

const resource = (name: string, further: Partial<PlannedResource> = {}): PlannedResource => ({
  urn: urnOf(name),
  type: "aws:sqs/queue:Queue",
  name,
  parent: stackUrn,
  custom: true,
  inputs: {},
  provider: null,
  protect: false,
  dependencies: [],
  propertyDependencies: {},
  retainOnDelete: false,
  ignoreChanges: [],
  aliases: [],
  region: null,
  account: null,
  ...further,
});

const root = resource("p-shop-dev", {
  urn: stackUrn,
  type: "pulumi:pulumi:Stack",
  parent: null,
  custom: false,
});

function planOf(violations: readonly Violation[], resources = [resource("a"), resource("b")]): Plan {
  const stack: StackPlan = {
    name: "shop-dev",
    account: "111122223333",
    region: null,
    environment: "dev",
    ms: 1,
    resources: [root, ...resources],
    outputs: {},
    references: [],
    violations,
  };
  return { stacks: [stack], ms: 1 };
}

const violation = (message: string, further: Partial<Violation> = {}): Violation => ({
  policy: "queue-named",
  level: "mandatory",
  urn: urnOf("a"),
  message,
  ...further,
});

const refused = violation('A queue has a name\nname is "" & <none>. Why. Fix: set name.');
const advised = { level: "advisory" } as const;
const excepted = violation(
  "excepted: name is not set: A queue has a name\nReason: The old shop is taken down\nOwner: team-shop, ticket: SHOP-17, expires: 2027-03-31",
  advised,
);
const undecided = violation("unknown: name cannot be read yet", advised);
const accepted = violation("accepted: it is as it should be", advised);

const verdicts = (given: Plan, config = {}) =>
  given.stacks.flatMap(stack =>
    verdictsOf(stack, rules, config).map(({ rule, verdict, passed }) => [
      rule.name,
      verdict,
      passed.map(urn => urn.split("::").at(-1)).join(" "),
    ]),
  );

describe("the verdicts of a plan", () => {
  const cases: readonly (readonly [
    what: string,
    found: readonly Violation[],
    verdict: string,
    passed: string,
  ])[] = [
    ["nothing found", [], "passed", "a b"],
    ["a violation", [refused], "failed", "b"],
    ["advice", [{ ...refused, level: "advisory" }], "failed", "b"],
    ["an exception", [excepted], "excepted", "b"],
    ["what is not known", [undecided], "undecided", "b"],
    [
      "what a broken rule leaves open",
      [violation("failed: the rule itself is broken: oops")],
      "undecided",
      "b",
    ],
    ["what the program says is right", [accepted], "passed", "b"],
    ["an exception and a violation", [excepted, { ...refused, urn: urnOf("b") }], "failed", ""],
    ["an exception and something unknown", [excepted, undecided], "undecided", "b"],
  ];
  for (const [what, found, verdict, passed] of cases)
    it(`of a resource rule with ${what} is ${verdict}`, () =>
      assert.deepEqual(verdicts(planOf(found))[0], ["queue-named", verdict, passed]));

  it("of a stack rule is of the stack as a whole, and never passed beside a finding", () => {
    assert.deepEqual(verdicts(planOf([]))[1], ["queues-few", "passed", "p-shop-dev"]);
    const found = violation("too many", { policy: "queues-few", ...advised });
    assert.deepEqual(verdicts(planOf([found]))[1], ["queues-few", "failed", ""]);
  });

  it("says of a rule with nothing to be about that it is not applicable", () => {
    assert.deepEqual(verdicts(planOf([]))[2], ["topic-named", "not applicable", ""]);
    assert.deepEqual(
      verdicts(planOf([], [resource("a", { read: true })])).map(([, verdict]) => verdict),
      ["not applicable", "not applicable", "not applicable"],
    );
  });

  it("never says of a rule that is switched off that anything passed", () => {
    assert.deepEqual(verdicts(planOf([]), { "queue-named": "disabled" })[0], ["queue-named", "disabled", ""]);
    assert.deepEqual(verdicts(planOf([]), { all: "disabled" })[1], ["queues-few", "disabled", ""]);
    const lenient = { ...rule, leniency: "dev" as const };
    const config = { "pack-settings": { environments: { dev: "disabled" } } };
    assert.equal(isDisabled(lenient, config, "dev"), true);
    assert.equal(isDisabled(lenient, config, "prod"), false);
    assert.equal(isDisabled(lenient, config, null), false);
    assert.equal(isDisabled(rule, config, "dev"), false);
    assert.equal(isDisabled(rule, { "queue-named": { environments: { dev: "disabled" } } }, "dev"), true);
    assert.equal(isDisabled(rule, { all: "disabled", "queue-named": "mandatory" }, "dev"), false);
  });
});

describe("the evidence of a plan", () => {
  it("has a line for each rule on each resource, with controls and the day", () => {
    const [head, ...lines] = evidenceCsv(planOf([refused]), rules, {}, "2026-11-21")
      .trimEnd()
      .split("\r\n");
    assert.equal(
      head,
      '"date","stack","environment","account","rule","level","controls","resource","verdict","finding"',
    );
    assert.equal(lines.length, 4);
    const [failed, passed, stack, not] = lines;
    assert.match(
      failed ?? "",
      /^"2026-11-21","shop-dev","dev","111122223333","queue-named","mandatory","FSBP SQS\.1; NIST [^"]*","urn:[^"]*::a","failed","A queue has a name name is """" & <none>\. Why\. Fix: set name\."$/,
    );
    assert.match(passed ?? "", /::b","passed",""$/);
    assert.match(
      stack ?? "",
      /"queues-few","advisory","","urn:pulumi:shop-dev::p::pulumi:pulumi:Stack::[^"]*","passed",""$/,
    );
    assert.match(not ?? "", /"topic-named",.*,"","not applicable",""$/);
  });

  it("lets no text be a formula of a spreadsheet", () => {
    const text = evidenceCsv(planOf([violation("=HYPERLINK(1)")]), rules, {}, "2026-11-21");
    assert.match(text, /"failed","'=HYPERLINK\(1\)"/);
  });
});

describe("the JUnit report of a plan", () => {
  const report = (...found: Violation[]) => junitXml(planOf(found), rules, {});

  it("has a suite for the stack and a case for each rule that is about something in it", () => {
    const text = report();
    assert.match(
      text,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="policies" tests="2" failures="0" errors="0" skipped="0">\n/,
    );
    assert.match(text, /<testsuite name="shop-dev" tests="2" failures="0" errors="0" skipped="0">/);
    assert.match(text, /<testcase classname="shop-dev" name="queue-named"\/>/);
    assert.doesNotMatch(text, /topic-named/);
  });

  it("fails a case for what refuses a deployment, in text that XML can hold", () => {
    const text = report({ ...refused, message: `${refused.message}\u0000\ud800 ]]>` });
    assert.match(text, /failures="1"/);
    assert.match(
      text,
      /<failure message="A queue has a name">urn:[^<]*name is &quot;&quot; &amp; &lt;none&gt;/,
    );
    assert.ok(!["\u0000", "\ud800", "]]>"].some(one => text.includes(one)));
  });

  it("skips what is not decided, and only writes down advice and exceptions", () => {
    assert.match(
      report(undecided),
      /skipped="1">[\s\S]*<skipped message="unknown: name cannot be read yet"\/>/,
    );
    for (const one of [excepted, { ...refused, level: "advisory" as const }]) {
      const text = report(one);
      assert.match(text, /failures="0" errors="0" skipped="0"/);
      assert.match(text, /<system-out>urn:/);
    }
    assert.match(report(undecided, refused), /failures="1" errors="0" skipped="0"/);
  });

  it("fails for an exception that is past its day", () => {
    const text = report(violation("expired: the exception", { policy: "pack-exceptions", urn: "" }));
    assert.match(text, /name="pack-exceptions">\s*<failure message="expired: the exception">/);
  });
});

interface Sarif {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { name: string; version: string; rules: Record<string, unknown>[] } };
    readonly results: readonly {
      ruleId: string;
      ruleIndex?: number;
      kind: string;
      level: string;
      message: { text: string };
      locations: readonly {
        physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
        logicalLocations: { fullyQualifiedName: string }[];
      }[];
      relatedLocations?: readonly object[];
      suppressions?: readonly object[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}

describe("the SARIF of a plan", () => {
  const component = resource("c", {
    urn: "urn:pulumi:shop-dev::p::x:C::c",
    custom: false,
    places: ["stacks/persistent.ts:12"],
  });
  const resources = [
    component,
    resource("a", { places: ["components/data/queue.ts:40", "stacks/persistent.ts:9"] }),
    resource("b", { parent: component.urn }),
  ];
  const sarif = (...found: Violation[]): Sarif =>
    JSON.parse(sarifJson(planOf(found, resources), rules, "0.1.0")) as Sarif;
  const only = (...found: Violation[]) => {
    const [result] = sarif(...found).runs[0]?.results ?? [];
    assert.ok(result);
    return result;
  };
  const placeOf = ({ locations: [location] }: ReturnType<typeof only>) =>
    `${location?.physicalLocation.artifactLocation.uri}:${location?.physicalLocation.region.startLine}`;

  it("is of version 2.1.0 with a tool, its rules and their help", () => {
    const { $schema, version, runs } = sarif();
    assert.equal(version, "2.1.0");
    assert.match($schema, /sarif-schema-2\.1\.0\.json$/);
    assert.equal(runs.length, 1);
    const driver = runs[0]?.tool.driver;
    assert.ok(driver);
    assert.equal(driver.name, "landing-zone policies");
    assert.deepEqual(
      driver.rules.map(({ id }) => id),
      ["queue-named", "queues-few", "topic-named"],
    );
    const [first] = driver.rules;
    assert.ok(first);
    assert.deepEqual(first["defaultConfiguration"], { level: "error" });
    assert.match(
      (first["help"] as { text: string }).text,
      /People look for "it" & <us>\.\n\nFix: set name\.\n\nControls: FSBP SQS\.1$/,
    );
    assert.match(String(first["helpUri"]), /^https:\/\/docs\.aws\.amazon\.com\/securityhub\//);
    assert.equal((first["properties"] as Record<string, unknown>)["security-severity"], "8.0");
    assert.deepEqual(runs[0]?.results, []);
  });

  it("places a violation at the line that registered its resource, and at those that led there", () => {
    const result = only(refused);
    assert.equal(placeOf(result), "components/data/queue.ts:40");
    assert.equal(result.relatedLocations?.length, 1);
    assert.equal(result.locations[0]?.logicalLocations[0]?.fullyQualifiedName, urnOf("a"));
    assert.deepEqual(
      [result.ruleId, result.ruleIndex, result.kind, result.level],
      ["queue-named", 0, "fail", "error"],
    );
    assert.match(result.message.text, /^shop-dev: aws:sqs\/queue:Queue a: A queue has a name\n/);
  });

  it("places what says no line of its own at its component, and else at the project", () => {
    assert.equal(placeOf(only({ ...refused, urn: urnOf("b") })), "stacks/persistent.ts:12");
    assert.equal(placeOf(only({ ...refused, urn: "" })), "Pulumi.yaml:1");
  });

  it("keeps exceptions as suppressed, what is not decided as open, and has no level but for what fails", () => {
    const found = (one: Violation) => {
      const { kind, level, suppressions } = only(one);
      return [kind, level, suppressions?.length ?? 0];
    };
    assert.deepEqual(found({ ...refused, level: "advisory" }), ["fail", "warning", 0]);
    assert.deepEqual(found(excepted), ["fail", "warning", 1]);
    assert.deepEqual(only(excepted).suppressions, [
      {
        kind: "external",
        status: "accepted",
        justification: "The old shop is taken down (team-shop, SHOP-17, until 2027-03-31)",
      },
    ]);
    assert.deepEqual(found(undecided), ["open", "none", 0]);
    assert.deepEqual(found({ ...undecided, level: "mandatory" }), ["fail", "error", 0]);
    assert.deepEqual(found(accepted), ["review", "none", 0]);
  });

  it("knows the same finding again on another line, and two findings apart", () => {
    assert.deepEqual(only(refused).partialFingerprints, {
      "ruleAndResource/v1": `queue-named ${urnOf("a")}`,
    });
    assert.equal(only({ ...refused, policy: "pack-exceptions" }).ruleIndex, undefined);
  });
});
