import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { planChanges } from "../../../cli/diff/changes";
import { diffMarkdown, diffText } from "../../../cli/diff/text";
import type { PlannedResource, StackPlan } from "../../../cli/planner";
import { ProjectCopy } from "../project-copy";

const resource = (name: string, inputs: Record<string, unknown> = {}, more: Partial<PlannedResource> = {}) =>
  ({
    urn: `urn:pulumi:s::landing-zone::aws:sqs/queue:Queue::${name}`,
    type: "aws:sqs/queue:Queue",
    name,
    custom: true,
    protect: false,
    inputs,
    propertyDependencies: {},
    ...more,
  }) as unknown as PlannedResource;

const stack = (name: string, resources: PlannedResource[], violations: StackPlan["violations"] = []) =>
  ({ name, resources, violations }) as unknown as StackPlan;

const said = (before: StackPlan[], after: StackPlan[], full = false) =>
  stripVTControlCharacters(diffText(planChanges(before, after), { full, stacks: after.length }));

describe("what differs between plans", () => {
  const old = stack("a", [resource("kept", { delay: 1 }), resource("old", {}, { protect: true })]);

  it("is each resource, with what it was and is", () => {
    const now = stack("a", [resource("kept", { delay: 2, fifo: true }), resource("new")]);
    assert.equal(
      said([old], [now]),
      `a  1 new, 1 changed, 1 gone
  ~ aws:sqs/queue:Queue  kept
      delay: 1 → 2
      fifo: none → true
  + aws:sqs/queue:Queue  new
  - aws:sqs/queue:Queue  old  protected: Pulumi refuses to delete it

1 of 1 stacks differ: 1 new, 1 changed, 1 gone`,
    );
  });

  it("is nothing where plans are alike", () => {
    assert.equal(said([old], [old]), "no difference in 1 stack");
  });

  it("looks into documents", () => {
    const of = (action: string) => [
      stack("a", [resource("q", { policy: JSON.stringify({ Statement: [{ Action: action }] }) })]),
    ];
    assert.match(
      said(of("sqs:SendMessage"), of("sqs:*")),
      /^ {6}policy\.Statement\.0\.Action: sqs:SendMessage → sqs:\*$/m,
    );
  });

  it("calls members of lists by their names, and not by their places", () => {
    const of = (...statements: object[]) => [
      stack("a", [resource("q", { policy: JSON.stringify(statements) })]),
    ];
    const [read, write] = [
      { Sid: "Read", Action: ["b"] },
      { Sid: "Write", Action: ["c"] },
    ];
    assert.match(
      said(of(write), of(read, { ...write, Action: ["a", "c"] })),
      /\n {6}policy\.Write\.Action: \+ a\n {6}policy\.Read: none → \{ Sid: 'Read'.*\n\n/,
    );
    assert.match(said(of(read, write), of(write)), /\n {6}policy\.Read: \{.*\} → none\n\n/);
  });

  it("tells of another order, where nothing else differs", () => {
    const of = (...command: string[]) => [stack("a", [resource("q", { command })])];
    assert.match(said(of("a", "b"), of("b", "a")), /command\.0: a → b\n {6}command\.1: b → a/);
  });

  it("tells to what something refers only where it refers to something else", () => {
    const of = (urn: string, queue: string) => [
      stack("a", [resource("q", { queue }, { propertyDependencies: { queue: [urn] } })]),
    ];
    assert.match(
      said(of("urn:1", "x"), of("urn:2", "x")),
      /refers to\.queue: - urn:1\n {6}refers to\.queue: \+ urn:2/,
    );
    assert.doesNotMatch(said(of("urn:1", "x"), of("urn:2", "y")), /refers to/);
  });

  it("shows long values from where they part", () => {
    const of = (tag: string) => [stack("a", [resource("q", { image: `${"r".repeat(150)}:${tag}` })])];
    assert.match(said(of("1"), of("2")), /image: …r{19}:1 → …r{19}:2$/m);
    assert.match(said(of("1"), of("2"), true), /image: r{150}:1 → r{150}:2$/m);
  });

  it("says what it leaves out", () => {
    const many = Array.from({ length: 20 }, (_, index) => resource(`q${index}`));
    const text = said([stack("a", [])], [stack("a", many)]);
    assert.match(text, /^a {2}20 new$/m);
    assert.match(text, /^ {2}and 8 more; --full shows them$/m);
    assert.doesNotMatch(said([stack("a", [])], [stack("a", many)], true), /more/);
  });

  it("counts what is in new stacks and in those that are gone", () => {
    const text = said([old], [stack("b", [resource("new")])]);
    assert.match(text, /^b {2}new stack: 1 new$/m);
    assert.match(text, /^a {2}no stack any more: 2 gone$/m);
  });

  it("has new violations, and those that are mended", () => {
    const violation = { policy: "sqs-dlq", level: "mandatory", urn: "", message: "none\nmore" } as const;
    assert.match(
      said([stack("a", [])], [stack("a", [], [violation])]),
      /! sqs-dlq {2}none\n\n.*1 new violations refuse it/,
    );
    assert.match(said([stack("a", [], [violation])], [stack("a", [])]), /ok no more sqs-dlq {2}none/);
    assert.match(
      said([stack("a", [], [violation])], [stack("a", [], [violation])]),
      /no difference in 1 stack/,
    );
  });

  it("is a comment with a part for each stack", () => {
    const text = diffMarkdown(planChanges([old], [stack("a", [])]), "main", { full: false, stacks: 1 });
    assert.match(
      text,
      /^### What differs from main\n\n1 of 1 stacks differ: 2 gone\n\n<details><summary>a: 2 gone<\/summary>/,
    );
  });

  it("turned around is the same the other way round", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"));
    const plans = fc.tuple(names, fc.infiniteStream(fc.nat(2))).map(([all, numbers]) => [
      stack(
        "s",
        all.map(name => resource(name, { n: numbers.next().value })),
      ),
    ]);
    fc.assert(
      fc.property(plans, plans, (one, other) => {
        const turned = { new: "gone", gone: "new", changed: "changed" } as const;
        const list = (before: StackPlan[], after: StackPlan[]) =>
          planChanges(before, after).flatMap(({ changed }) =>
            changed.map(({ how, resource: { urn } }) => ({ how, urn })),
          );
        const sorted = (found: { how: string; urn: string }[]) =>
          found.map(({ how, urn }) => `${how} ${urn}`).sort();
        assert.deepEqual(
          sorted(list(one, other)),
          sorted(list(other, one).map(({ how, urn }) => ({ how: turned[how], urn }))),
        );
      }),
    );
  });
});

describe("lz diff", function () {
  this.timeout(180_000);
  let copy: ProjectCopy;
  const git = (...words: string[]) =>
    spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...words], { cwd: copy.folder });

  before(() => {
    copy = new ProjectCopy();
    copy.write(".gitignore", "node_modules\n*.json.unfinished\n");
    for (const words of [
      ["init", "-q"],
      ["add", "-A"],
      ["commit", "-qm", "before"],
    ])
      git(...words);
    copy.change("stacks/landing-zone/products/orders.ts", /release: "1\.7\.2"/, 'release: "1.7.3"');
  });
  after(() => copy.remove());

  it("compares with a commit, and leaves no trace of it", () => {
    const { status, stdout } = copy.lz("diff", "HEAD", "orders-service-dev", "orders-persistent-dev");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^orders-service-dev {2}1 changed\n {2}~ aws:ecs\/taskDefinition:TaskDefinition {2}fulfilment\n.*1\.7\.2 → .*1\.7\.3\n\n1 of 2 stacks differ: 1 changed\n$/,
    );
    const { stdout: left } = spawnSync("git", ["status", "--short"], { cwd: copy.folder, encoding: "utf8" });
    assert.equal(left, " M stacks/landing-zone/products/orders.ts\n");
  });

  it("compares with a plan in a file", () => {
    const planned = copy.lz("plan", "orders-service-dev", "--json", "earlier.json");
    assert.equal(planned.status, 0, planned.stderr);
    assert.match(copy.lz("diff", "earlier.json", "orders-service-dev").stdout, /^no difference in 1 stack$/m);
  });

  const refused: readonly (readonly [base: string, text: string | undefined, message: RegExp])[] = [
    ["nowhere", undefined, /git knows no branch, tag or commit "nowhere", and there is no file of that name/],
    ["none.json", undefined, /none\.json can not be read as a plan: ENOENT/],
    ["broken.json", "{", /broken\.json can not be read as a plan: /],
    [
      "other.json",
      "{}",
      /other\.json is no plan: it has no "stacks"; `lz plan --json other\.json` writes one/,
    ],
  ];
  for (const [base, text, message] of refused)
    it(`refuses ${base} before it plans anything`, () => {
      if (text !== undefined) copy.write(base, text);
      const { status, stderr } = copy.lz("diff", base);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /planned/);
    });
});
