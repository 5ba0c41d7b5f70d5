import assert from "node:assert/strict";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { differences } from "../../cli/diff/differences";
import { confirm } from "../../cli/promote/confirmation";
import { ProjectCopy } from "./project-copy";

const orders = "stacks/landing-zone/products/orders.ts";
const literal = 'int: "1.7.2"';

/** Programs that make an image's task definition and a service of it, and nothing else: the same in a tenth of the time. */
const programs = `import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inEnvironment, type LandingZone } from "./description";
import { stackNamed } from "./names";
import { environmentOf, productOf } from "./places";

export = async function main(zone: LandingZone): Promise<object> {
  const stack = stackNamed(zone, pulumi.getStack());
  if (stack.layer !== "service") return {};
  const product = productOf(zone, stack);
  const environment = environmentOf(zone, stack).name;
  for (const [name, { release }] of Object.entries(product.services ?? {})) {
    const released = inEnvironment(release, environment);
    const definition = new aws.ecs.TaskDefinition(name, {
      family: name,
      containerDefinitions: JSON.stringify([{ name, image: \`repository/\${name}:\${String(released)}\` }]),
    });
    new aws.ecs.Service(name, { taskDefinition: definition.arn });
  }
  return {};
};
`;

describe("lz promote", function () {
  this.timeout(60_000);
  let project: ProjectCopy;
  beforeEach(() => {
    project = new ProjectCopy();
    project.write("stacks/index.ts", programs);
  });
  afterEach(() => project.remove());

  const promote = (...args: string[]) => project.lz("promote", ...args);
  const onward = ["--from", "dev", "--to", "int"];
  const written = (): Map<string, string> =>
    new Map(
      readdirSync(join(project.folder, "stacks"), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .map(file => [file, readFileSync(file, "latin1")]),
    );

  /** Whatever is refused, nothing is written. */
  const refused = (args: readonly string[], ...says: readonly RegExp[]) => {
    const before = written();
    const { status, stderr } = promote(...args);
    for (const pattern of says) assert.match(stderr, pattern);
    assert.equal(status, 2, stderr);
    assert.doesNotMatch(stderr, /mistake in lz itself|^\s+at /m);
    assert.deepEqual(written(), before);
  };

  it("writes the one literal and nothing else, and says what the plans change", () => {
    chmodSync(join(project.folder, orders), 0o640);
    const before = written();
    const text = project.read(orders);
    const { status, stdout, stderr } = promote("orders", "api", ...onward);
    assert.equal(status, 0, stderr);
    const line = text.slice(0, text.indexOf(literal)).split("\n").length;
    assert.ok(
      stdout.includes(`${orders}:${line}\n- release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" },\n`),
    );
    assert.ok(stdout.includes('+ release: { dev: "1.8.0", int: "1.8.0", prod: "1.7.2" },\n'));
    assert.match(
      stdout,
      /^ {2}~ orders-service-int {2}aws:ecs\/taskDefinition:TaskDefinition api\n {4}containerDefinitions\.api\.image: "repository\/api:1\.7\.2" -> "repository\/api:1\.8\.0"\nand what refers to it follows:\n {2}~ aws:ecs\/service:Service api: taskDefinition\n\nWritten to/m,
    );
    const after = written();
    const file = join(project.folder, orders);
    assert.equal(after.get(file), text.replace(literal, 'int: "1.8.0"'));
    assert.equal(statSync(file).mode & 0o777, 0o640);
    before.delete(file);
    after.delete(file);
    assert.deepEqual(after, before);
    assert.match(
      promote("orders", "api", ...onward).stdout,
      /^nothing to promote: orders api is 1\.8\.0 in int, too/,
    );
  });

  it("changes in the real plans the task definition of the service, and what refers to it", () => {
    const real = new ProjectCopy();
    try {
      const { status, stdout, stderr } = real.lz("promote", "orders", "api", ...onward, "--dry-run");
      assert.equal(status, 0, stderr);
      assert.match(
        stdout,
        /containerDefinitions\.api\.image: "\d+\..*orders\/api:1\.7\.2" -> ".*orders\/api:1\.8\.0"$/m,
      );
      assert.match(stdout, /^ {2}~ aws:ecs\/service:Service api: taskDefinition$/m);
    } finally {
      real.remove();
    }
  });

  it("keeps comments, quotation marks, ends of lines and everything around as they are", () => {
    const strange = project
      .read(orders)
      .replace('release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" },', "RELEASE")
      .replace(/\n/g, "\r\n")
      .replace(
        "RELEASE",
        "'release' : ({\t/* the newest */ dev:`1.8.0`,int :\r\n // é before 1.7.2\r\n '1.7.2' /* \"1.7.2\" */ ,prod: ('1.7.2')} as const),",
      );
    project.write(orders, `\uFEFF${strange}`);
    const { status, stderr } = promote("orders", "api", ...onward);
    assert.equal(status, 0, stderr);
    assert.equal(project.read(orders), `\uFEFF${strange.replace("'1.7.2' /*", "'1.8.0' /*")}`);
  });

  it("writes nothing with --dry-run, not for prod either", () => {
    const before = written();
    const { status, stdout } = promote(
      "orders",
      "api",
      "--from",
      "dev",
      "--to",
      "prod",
      "--skip",
      "--dry-run",
    );
    assert.equal(status, 0);
    assert.match(stdout, /^\+ release: \{ dev: "1\.8\.0", int: "1\.7\.2", prod: "1\.8\.0" \},$/m);
    assert.match(stdout, /--dry-run/);
    assert.deepEqual(written(), before);
  });

  it("goes to prod only with --yes where there is no terminal", () => {
    assert.equal(promote("orders", "api", ...onward).status, 0);
    refused(
      ["orders", "api", "--from", "int", "--to", "prod"],
      /must be confirmed, and this is no terminal; say --yes/,
    );
    assert.equal(promote("orders", "api", "--from", "int", "--to", "prod", "--yes").status, 0);
    assert.ok(project.read(orders).includes('release: { dev: "1.8.0", int: "1.8.0", prod: "1.8.0" }'));
  });

  it("takes the tag or digest of what is built", () => {
    const digest = `sha256:${"ab".repeat(32)}`;
    project.change(orders, 'dev: "1.8.0"', 'dev: { build: "./services/api" }');
    refused(["orders", "api", ...onward], /dev builds it from \.\/services\/api/, /say --release/);
    refused(["orders", "api", ...onward, "--release", "latest"], /release\.int: "latest"/);
    refused(["orders", "api", ...onward, "--release", 'x", y: "'], /must be an image's tag/);
    assert.equal(promote("orders", "api", ...onward, "--release", digest).status, 0);
    assert.ok(project.read(orders).includes(`int: "${digest}"`));
  });

  it("has nothing to do where a release is the same everywhere", () => {
    const before = written();
    const { status, stdout } = promote("orders", "returns", ...onward);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^nothing to promote: products\.orders\.services\.returns\.release is "1\.2\.0" in every env/,
    );
    assert.deepEqual(written(), before);
  });

  const asked: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
    [
      "a product that there is not",
      ["order", "api", ...onward],
      /no product "order"; there are: orders, payments/,
    ],
    [
      "a service that there is not",
      ["orders", "apis", ...onward],
      /no service, job or function "apis"; there are: api/,
    ],
    [
      "an unknown environment",
      ["orders", "api", "--from", "test", "--to", "int"],
      /--from test: .*dev, int, prod/,
    ],
    ["a way past int", ["orders", "api", "--from", "dev", "--to", "prod"], /goes past int.*--skip/],
    ["a way back", ["orders", "api", "--from", "prod", "--to", "dev"], /goes back.*roll back/],
    ["a way to where it is", ["orders", "api", "--from", "int", "--to", "int"], /are both int/],
    [
      "another release than the one there",
      ["orders", "api", ...onward, "--release", "1.9.0"],
      /dev has "1\.8\.0"/,
    ],
  ];
  for (const [what, args, says] of asked) it(`refuses ${what}`, () => refused(args, says));

  it("goes past an environment that the product does not live in, and refuses to go there", () => {
    project.change(orders, 'team: "checkout"', 'environments: ["dev", "prod"], team: "checkout"');
    refused(["orders", "api", ...onward], /orders does not live in int; it lives in dev, prod/);
    const gone = promote("orders", "api", "--from", "dev", "--to", "prod", "--yes");
    assert.equal(gone.status, 0, gone.stderr);
  });

  const release = 'release: { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" }';
  const head = "/** Takes and follows orders";
  const hidden: readonly (readonly [
    what: string,
    spoil: readonly (readonly [string, string])[],
    says: RegExp,
  ])[] = [
    [
      "a const",
      [
        [literal, "int: stable"],
        [head, `const stable = "1.7.2";\n${head}`],
      ],
      /orders\.ts:\d+: products\.orders\.services\.api\.release\.int is `stable`, which .*orders\.ts:\d+ declares; lz changes nothing but .*release\.int from "1\.7\.2" to "1\.8\.0" by hand/,
    ],
    [
      "a shorthand",
      [
        [release, "release"],
        [head, `const ${release.replace(":", " =")};\n${head}`],
      ],
      /orders\.ts:\d+: products\.orders\.services\.api\.release comes from `release`, which .*:\d+ declares/,
    ],
    [
      "a spread",
      [
        [release, 'release: { int: "1.7.2", ...others }'],
        [head, `const others = { dev: "1.8.0", int: "1.7.2", prod: "1.7.2" };\n${head}`],
      ],
      /orders\.ts:\d+: .*release\.int comes from the spread `\.\.\.others`/,
    ],
    ["a computed name", [[literal, '["in" + "t"]: "1.7.2"']], /release\.int comes from the computed name/],
    [
      "an expression",
      [[literal, 'int: ["1", "7", "2"].join(".")']],
      /release\.int is `\["1", "7", "2"\]\.join/,
    ],
    [
      "a product of another name in its file",
      [['name: "orders"', 'name: ["orders"][0]!']],
      /not written in exactly one/,
    ],
  ];
  for (const [what, spoil, says] of hidden)
    it(`refuses to guess what ${what} says`, () => {
      for (const [from, to] of spoil) project.change(orders, from, to);
      refused(["orders", "api", ...onward], says);
    });

  it("refuses a literal that something else is read from", () => {
    project.change(
      "stacks/landing-zone/products/shop.ts",
      'release: "2.3.1"',
      'release: (orders.services?.["api"]?.release as { int: string }).int',
    );
    project.change(
      "stacks/landing-zone/products/shop.ts",
      "import {",
      'import orders from "./orders";\nimport {',
    );
    refused(
      ["orders", "api", ...onward],
      /orders\.ts:\d+ is read by others, too/,
      /^ {2}products\.shop\.services\.cart\.release: "1\.7\.2" -> "1\.8\.0"$/m,
    );
  });

  it("refuses where the plans change more than what runs the image", () => {
    project.change(
      "stacks/index.ts",
      "new aws.ecs.Service(",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
      "new aws.cloudwatch.LogGroup(name, { name: `/logs/${String(released)}` });\n    new aws.ecs.Service(",
    );
    refused(["orders", "api", ...onward], /~ orders-service-int {2}aws:cloudwatch\/logGroup:LogGroup api/);
  });
});

describe("what is typed to go to prod", () => {
  const typed = (text: string) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    input.end(text);
    return confirm("orders api", "promoting", { input, output: new PassThrough() });
  };
  it("must be what is asked for", async () => {
    await typed("orders api\n");
    for (const text of ["orders\n", "yes\n", "\n", ""])
      await assert.rejects(typed(text), /nothing is written/);
  });
});

describe("differences", () => {
  it("are told by path, name and value, through each way that leads there", () => {
    const shared = (release: string) => {
      const api = { release };
      return [
        { name: "orders", api },
        { name: "shop", cart: api, more: [1] },
      ];
    };
    assert.deepEqual(differences(shared("1"), shared("1")), []);
    assert.deepEqual(
      differences(shared("1"), shared("2")).map(({ path }) => path),
      ["orders.api.release", "shop.cart.release"],
    );
    assert.deepEqual(differences({ a: [1, 2] }, { a: [1] }), [{ path: "a.1", before: 2, after: undefined }]);
  });

  it("see what was one thing and is two, and come to an end in circles", () => {
    const one = { release: "1" };
    assert.equal(differences({ a: one, b: one }, { a: { ...one }, b: { ...one } }).length, 1);
    const circle = (value: number) => {
      const self: Record<string, unknown> = { value };
      self["self"] = self;
      return self;
    };
    assert.deepEqual(differences(circle(1), circle(1)), []);
    assert.equal(differences(circle(1), circle(2))[0]?.path, "value");
  });
});
