import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { type ConfirmOptions, confirmed } from "../../../cli/deploy/confirmation";
import { parallelOf } from "../../../cli/deploy/options";
import example from "../../../stacks/landing-zone";
import { stackNamed } from "../../../stacks/names";

async function asked(names: readonly string[], options: ConfirmOptions, typed?: string, whole?: string) {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const output = new PassThrough();
  const said: string[] = [];
  output.on("data", (text: Buffer) => said.push(text.toString()));
  if (typed !== undefined) input.end(typed);
  const intent = {
    verb: "deploy",
    stacks: names.map(name => stackNamed(example, name)),
    resources: () => 7,
    backend: "s3://state",
    ...(whole !== undefined && { typed: whole }),
  };
  await confirmed(example, intent, options, { input, output });
  return said.join("");
}

describe("the confirmation of a deployment", () => {
  it("names the accounts with their numbers, and how much it is", async () => {
    const text = await asked(["organization", "delivery-dev", "orders-service-dev"], {}, "yes\n");
    assert.match(text, /To deploy: 3 stacks, 21 resources.*, state in s3:\/\/state/);
    assert.match(text, /shared +management +111122223333 +1 +7/);
    assert.match(text, /dev +dev +555566667777 +2 +14/);
    assert.match(text, /Type "yes" to go on/);
  });

  const refused: readonly (readonly [
    string,
    readonly string[],
    ConfirmOptions,
    string | undefined,
    RegExp,
  ])[] = [
    ["another word", ["delivery-dev"], {}, "no\n", /that was not "yes"/],
    ["no word", ["delivery-dev"], {}, "", /that was not "yes"/],
    ["yes for prod", ["delivery-dev", "delivery-prod"], {}, "yes\n", /that was not "prod"/],
    ["--yes for prod", ["delivery-prod"], { yes: true }, undefined, /say `--confirm prod`/],
    [
      "another environment",
      ["delivery-dev"],
      { confirm: "int" },
      undefined,
      /--confirm says int, and the stacks are of dev/,
    ],
    ["one of two", ["delivery-dev", "delivery-int"], { confirm: "int" }, undefined, /are of dev, int/],
    ["prod, which it is not", ["delivery-dev"], { yes: true, confirm: "prod" }, undefined, /are of dev/],
    ["no environment", ["delivery-dev"], { confirm: "test" }, undefined, /there are: shared, dev, int, prod/],
    [
      "dev, where prod is among them",
      ["delivery-dev", "delivery-prod"],
      { yes: true, confirm: "dev" },
      undefined,
      /are of dev, prod/,
    ],
  ];
  for (const [what, names, options, typed, message] of refused)
    it(`takes no ${what}`, () => assert.rejects(asked(names, options, typed), message));

  const taken: readonly (readonly [string, readonly string[], ConfirmOptions, string | undefined])[] = [
    ["yes", ["delivery-dev"], {}, " yes \n"],
    ["--yes", ["delivery-dev", "organization"], { yes: true }, undefined],
    ["prod typed", ["delivery-prod"], {}, "prod\n"],
    ["prod typed in spite of --yes", ["delivery-prod"], { yes: true }, "prod\n"],
    ["--confirm prod", ["organization", "delivery-prod"], { confirm: "prod" }, undefined],
    [
      "--yes --confirm prod for all",
      ["delivery-dev", "delivery-prod"],
      { yes: true, confirm: "prod" },
      undefined,
    ],
    ["--confirm shared", ["organization"], { confirm: "shared" }, undefined],
  ];
  for (const [what, names, options, typed] of taken)
    it(`takes ${what}`, async () => {
      await asked(names, options, typed);
    });

  it("has the name of an environment typed that ends as a whole", async () => {
    await assert.rejects(asked(["delivery-dev"], {}, "yes\n", "dev"), /that was not "dev"/);
    await asked(["delivery-dev"], {}, "dev\n", "dev");
    await asked(["delivery-dev"], { confirm: "dev" }, undefined, "dev");
  });
});

describe("stacks at once", () => {
  it("are four unless said otherwise", () =>
    assert.deepEqual([parallelOf(undefined), parallelOf("9")], [4, 9]));
  for (const said of ["0", "-1", "many", "1.5", "65", ""])
    it(`are not ${JSON.stringify(said)}`, () => {
      assert.throws(() => parallelOf(said), /a whole number from 1 to 64/);
    });
});
