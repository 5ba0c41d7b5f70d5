import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Plan } from "../../cli/planner";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";

const root = resolve(__dirname, "../..");

/** A copy of the project that a test may spoil. */
class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "landing-zone-"));

  constructor() {
    for (const part of [
      "cli",
      "components",
      "policies",
      "iam",
      "reach",
      "routing",
      "stacks",
      "package.json",
      "Pulumi.yaml",
      "tsconfig.json",
    ])
      cpSync(join(root, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  change(file: string, from: string | RegExp, to: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = before.replace(from, to);
    assert.notEqual(after, before, `${file} has no ${from}`);
    writeFileSync(path, after);
  }

  lz(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/lz.js", ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, stdout, stderr };
  }
}

describe("lz", function () {
  this.timeout(60_000);
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => rmSync(project.folder, { recursive: true }));

  it("explains what guardrails say to a request, and finds nothing wrong with that", () => {
    const asked = project.lz("guardrails", "explain", "dev", "ec2:CreateInternetGateway");
    assert.equal(asked.status, 0);
    assert.match(
      asked.stdout,
      /^denied {2}ec2:CreateInternetGateway in dev, eu-central-1, as .*role\/someone$/m,
    );
    assert.match(asked.stdout, /NoInternetGateway .*policy landing-zone-root-1, attached to root$/m);
    const exempt = ["--as", "OrganizationAccountAccessRole", "--json"];
    const platform = project.lz("guardrails", "explain", "dev", "ec2:CreateInternetGateway", ...exempt);
    assert.equal((JSON.parse(platform.stdout) as { outcome: string }).outcome, "not denied");
  });

  it("lists the guardrails, and in a plan of the organization what was packed where", () => {
    const listed = project.lz("guardrails").stdout;
    assert.match(listed, /^landing-zone-root-1 {2}.*for root {2}[\d,]+ of 10,240 characters$/m);
    assert.match(listed, /^ {2}NoInternetGateway$/m);
    const plan = project.lz("plan", "organization").stdout;
    assert.match(plan, /^landing-zone-root-1 +root +service control +\d+ +[\d,]+ +10,240$/m);
  });

  /** What is spoilt, what is asked, how it ends. */
  const failures: readonly [
    what: string,
    spoil: (project: Project) => void,
    args: string[],
    status: number,
    says: readonly RegExp[],
  ][] = [
    [
      "an unknown stack",
      () => {},
      ["plan", "orders-service-test"],
      2,
      [/no stack or environment "orders-service-test"/, /^ {2}orders-service-dev$/m, /^ {2}prod$/m],
    ],
    [
      "a stack of an account that is not far enough",
      () => {},
      ["plan", "baseline-analytics"],
      2,
      [/the stack "baseline-analytics" is not planned: the account analytics is vended/],
    ],
    [
      "a guardrail that locks the platform out",
      spoilt =>
        spoilt.change(
          "stacks/landing-zone/organization.ts",
          'Action: ["backup:DeleteRecoveryPoint", "backup:DeleteBackupVault"]',
          'Action: "*"',
        ),
      ["stacks"],
      2,
      [/organization\.guardrails: .*ProdKeepsItsBackups1/, /to the role OrganizationAccountAccessRole/],
    ],
    [
      "guardrails that do not fit",
      spoilt =>
        spoilt.change(
          "stacks/landing-zone/organization.ts",
          "guardrails: {",
          "guardrails: { limits: { SERVICE_CONTROL_POLICY: { perNode: 2, characters: 5_120 } },",
        ),
      ["plan", "orders-service-dev"],
      2,
      [/organization\.guardrails: "root"/, /characters are too many/],
    ],
    [
      "an explanation of an action that there is not",
      () => {},
      ["guardrails", "explain", "dev", "ec2:RunInstancs"],
      2,
      [/the service ec2 has no action "RunInstancs"; there is RunInstances/],
    ],
    [
      "an explanation for an account that there is not",
      () => {},
      ["guardrails", "explain", "nowhere", "ec2:RunInstances"],
      2,
      [/there is no account "nowhere"; there are: management/],
    ],
    [
      "an unknown environment",
      () => {},
      ["stacks", "--env", "staging"],
      2,
      [/no environment "staging"; there are: dev, int, prod/],
    ],
    ["an unknown option", () => {}, ["plan", "--ful"], 2, [/unknown option '--ful'/]],
    ["an unknown command", () => {}, ["plot"], 2, [/unknown command 'plot'/]],
    [
      "a file that can not be written",
      () => {},
      ["plan", "organization", "--json", "no/such/folder/plan.json"],
      2,
      [/no\/such\/folder\/plan\.json can not be written/],
    ],
    [
      "overlapping ranges and a region without three zones, both at once",
      spoilt => {
        spoilt.change("stacks/landing-zone/environments.ts", "10.32.0.0/12", "10.16.0.0/12");
        spoilt.change("stacks/landing-zone/environments.ts", '"eu-central-1"', '"us-west-1"');
      },
      ["plan"],
      2,
      [
        /environments\.int\.addresses: "10\.16\.0\.0\/12"\n.*overlaps environments\.dev\.addresses/,
        /environments\.dev\.region: "us-west-1"\n.*asks for 3 availability zones, and us-west-1 has 2/,
      ],
    ],
    [
      "a product's name that is too long",
      spoilt =>
        spoilt.change("stacks/landing-zone/products/orders.ts", '"orders"', '"orders-of-the-whole-company"'),
      ["plan"],
      2,
      [/products\.orders-of-the-whole-company\.name: .*\n.*at most 20 characters/],
    ],
    [
      "an empty description",
      spoilt => writeFileSync(join(spoilt.folder, "stacks/landing-zone/index.ts"), "export {};\n"),
      ["plan"],
      2,
      [/the description: \(absent\)\n.*must be a landing zone/],
    ],
    [
      "a description that throws",
      spoilt =>
        spoilt.change(
          "stacks/landing-zone/products/orders.ts",
          "export default",
          'throw new Error("oops");\nexport default',
        ),
      ["stacks"],
      2,
      [
        /the description in stacks\/landing-zone failed to load: Error: oops \(stacks\/landing-zone\/products\/orders\.ts:\d+\)/,
      ],
    ],
    [
      "a description that is no TypeScript",
      spoilt => spoilt.change("stacks/landing-zone/products/orders.ts", "export default", "export default ]"),
      ["stacks"],
      2,
      [/the description in stacks\/landing-zone failed to load: .*orders\.ts:\d+/s],
    ],
    [
      "a program that throws",
      spoilt =>
        spoilt.change("stacks/network.ts", "const provider", 'throw new Error("oops");\n  const provider'),
      ["plan", "dev"],
      3,
      [/the program of network failed: oops \(stacks\/network\.ts:\d+\)/],
    ],
    [
      "a program that never settles",
      spoilt => {
        spoilt.change("stacks/delivery.ts", "export function delivery(", "export async function delivery(");
        spoilt.change(
          "stacks/delivery.ts",
          "): Handed<DeliveryOutputs> {",
          "): Promise<Handed<DeliveryOutputs>> {",
        );
        spoilt.change(
          "stacks/delivery.ts",
          "const roleOf =",
          "await new Promise(() => {});\n  const roleOf =",
        );
      },
      ["plan", "delivery-dev"],
      3,
      [/the program of delivery-dev failed: it does not settle/],
    ],
    [
      "a policy that throws",
      spoilt =>
        spoilt.change(
          "policies/rules/tags.ts",
          /check\(resource, report\) \{/,
          '$&\n    throw new Error("oops");',
        ),
      ["plan", "organization"],
      3,
      [/the policy pack fails on urn:pulumi:organization::.*: tags-.*oops \(policies\/rules\/tags\.ts:\d+\)/],
    ],
    [
      "a mandatory violation",
      spoilt => spoilt.change("components/observability/log-group.ts", ", kmsKeyId: args.keyArn", ""),
      ["plan", "baseline-int"],
      1,
      [],
    ],
  ];

  for (const [what, spoil, args, status, says] of failures)
    it(`ends with ${status} on ${what}, and says so without a stack trace`, () => {
      spoil(project);
      const ended = project.lz(...args);
      for (const pattern of says) assert.match(ended.stderr, pattern);
      assert.doesNotMatch(ended.stderr + ended.stdout, /^\s+at .*:\d+:\d+\)?$/m);
      assert.equal(ended.status, status, ended.stderr);
    });

  it("shows the stack trace with --debug", () => {
    project.change("stacks/network.ts", "const provider", 'throw new Error("oops");\n  const provider');
    assert.match(project.lz("--debug", "plan", "network").stderr, /^\s+at .*stacks\/network\.ts:\d+:\d+/m);
  });

  it("tells of a violation the rule, the resource, why and how to mend it", () => {
    project.change("components/observability/log-group.ts", ", kmsKeyId: args.keyArn", "");
    const { stdout } = project.lz("plan", "baseline-int");
    assert.match(stdout, /logs-cmk +baseline-int +aws:cloudwatch\/logGroup:LogGroup int\n/);
    assert.match(stdout, /Fix: /);
    assert.match(stdout, /^int +1 +1 +\d+ +1 /m);
  });

  it("plans one stack, and shows that one only", () => {
    const { status, stdout } = project.lz("plan", "orders-service-dev");
    assert.equal(status, 0);
    assert.match(stdout, /^orders-service-dev {2}dev 555566667777 eu-central-1 {2}114 resources$/m);
    assert.match(stdout, /landing-zone:compute:Service +api +51 resources/);
    assert.doesNotMatch(stdout, /baseline-dev/);
    assert.doesNotMatch(stdout, /aws:ecs\/service:Service/);
  });

  it("unfolds components with --full", () => {
    assert.match(
      project.lz("plan", "orders-service-dev", "--full").stdout,
      /│ {2}├─ aws:ecs\/service:Service +api/,
    );
  });

  it("plans an environment", () => {
    const { status, stdout } = project.lz("plan", "int");
    assert.equal(status, 0);
    const shown = [...stdout.matchAll(/^(\S+) {2}\S+ \d{12} /gm)].map(match => match[1]);
    assert.deepEqual(
      shown,
      stacksOf(example)
        .filter(({ environment }) => environment === "int")
        .map(({ name }) => name),
    );
  });

  it("writes the same JSON twice but for the milliseconds, and nothing unfinished", () => {
    const read = (file: string) => {
      assert.equal(project.lz("plan", "network", "orders-persistent-dev", "--json", file).status, 0);
      assert.ok(!existsSync(join(project.folder, `${file}.unfinished`)));
      return readFileSync(join(project.folder, file), "utf8");
    };
    const [one, two] = [read("one.json"), read("two.json")];
    const still = (text: string) => text.replace(/"ms": \d+/g, '"ms": 0');
    assert.equal(still(one), still(two));
    const { stacks } = JSON.parse(one) as Plan;
    assert.deepEqual(
      stacks.map(({ name, references, environment }) => [name, references, environment]),
      [
        ["network", ["security"], null],
        ["orders-persistent-dev", ["baseline-dev"], "dev"],
      ],
    );
    assert.deepEqual(Object.keys(stacks[0] ?? {}), [
      "name",
      "account",
      "region",
      "environment",
      "ms",
      "resources",
      "outputs",
      "references",
      "violations",
    ]);
  });

  it("lists the stacks in order, as text and as JSON", () => {
    const names = stacksOf(example).map(({ name }) => name);
    const text = project.lz("stacks").stdout;
    assert.deepEqual(
      text
        .trim()
        .split("\n")
        .slice(1)
        .filter(line => !line.endsWith("is vended") && !line.endsWith("is suspended"))
        .map(line => line.split(/\s+/)[0]),
      names,
    );
    assert.match(text, /^baseline-analytics is not planned: the account analytics is vended$/m);
    const json = JSON.parse(project.lz("stacks", "--json", "--env", "prod").stdout) as {
      name: string;
      dependsOn: string[];
    }[];
    assert.ok(json.length > 0 && json.every(({ name }) => names.includes(name)));
    assert.deepEqual(json.find(({ name }) => name === "orders-service-prod")?.dependsOn, [
      "orders-persistent-prod",
    ]);
  });
});
