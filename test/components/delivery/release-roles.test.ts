import assert from "node:assert/strict";
import { ReleaseRoles, type ReleaseRolesArgs } from "../../../components/delivery/release-roles";
import { planned } from "../planned";

const at = { accountId: "555566667777", region: "eu-central-1" } as const;
const platform = (subject: string) => ({
  issuer: "gitlab.com",
  audience: "https://gitlab.com",
  subjects: [`project_path:${subject}:ref_type:branch:ref:main`],
});
const args: ReleaseRolesArgs = {
  at,
  testRoleName: "landing-zone-test",
  platforms: [platform("example/landing-zone")],
  testJobs: ["orders-test"],
  images: ["orders", "shop"],
  pushers: [
    { roleName: "landing-zone-push-orders", product: "orders", platforms: [platform("example/orders")] },
    { roleName: "landing-zone-push-shop", product: "shop", platforms: [platform("example/shop")] },
  ],
};
const role = "aws:iam/role:Role";
const made = (more: Partial<ReleaseRolesArgs> = {}) =>
  planned(() => new ReleaseRoles("releases", { ...args, ...more }));
const documentOf = (text: unknown) =>
  (JSON.parse(String(text)) as { Statement: readonly Record<string, unknown>[] }).Statement;

describe("the roles of releases", () => {
  it("lets a product's repository push into its own repositories, and do nothing else", async () => {
    const stack = await made();
    for (const product of ["orders", "shop"]) {
      const trust = documentOf(stack.one(role, `releases-push-${product}`).inputs["assumeRolePolicy"]);
      assert.equal(trust.length, 1);
      assert.deepEqual(trust[0]?.["Condition"], {
        StringEquals: { "gitlab.com:aud": "https://gitlab.com" },
        StringLike: { "gitlab.com:sub": platform(`example/${product}`).subjects },
      });
      const may = documentOf(stack.one("RolePolicy", `releases-push-${product}`).inputs["policy"]);
      assert.deepEqual(
        may.map(({ Action, Resource }) => [Action, Resource]),
        [
          ["ecr:GetAuthorizationToken", "*"],
          [
            [
              "ecr:BatchCheckLayerAvailability",
              "ecr:CompleteLayerUpload",
              "ecr:InitiateLayerUpload",
              "ecr:PutImage",
              "ecr:UploadLayerPart",
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer",
            ],
            `arn:aws:ecr:eu-central-1:555566667777:repository/${product}/*`,
          ],
        ],
      );
    }
  });

  it("lets the landing zone's pipelines start the jobs that try releases, and read scans", async () => {
    const stack = await made();
    const may = documentOf(stack.one("RolePolicy", "releases-test").inputs["policy"]);
    assert.deepEqual(
      may.map(({ Action }) => Action),
      [
        "states:StartExecution",
        "states:DescribeExecution",
        "ecr:DescribeImageScanFindings",
        ["inspector2:ListCoverage", "inspector2:ListFindings"],
      ],
    );
    assert.match(JSON.stringify(may), /stateMachine:orders-test"/);
    assert.match(JSON.stringify(may), /execution:orders-test:\*"/);
  });

  it("lets them start a drill and wait for it, with the key of its runs, as long as a session may be", async () => {
    const stack = await made({ drills: { machines: ["landing-zone-drill-orders"], keyAlias: "drills" } });
    const may = documentOf(stack.one("RolePolicy", "releases-test").inputs["policy"]);
    const resources = (action: string) => may.find(({ Action }) => Action === action)?.["Resource"];
    const states = "arn:aws:states:eu-central-1:555566667777";
    assert.deepEqual(resources("states:StartExecution"), [
      `${states}:stateMachine:orders-test`,
      `${states}:stateMachine:landing-zone-drill-orders`,
    ]);
    assert.deepEqual(resources("states:DescribeExecution"), [
      `${states}:execution:orders-test:*`,
      `${states}:execution:landing-zone-drill-orders:*`,
    ]);
    const key = may.find(({ Sid }) => Sid === "Key");
    assert.deepEqual(key?.["Condition"], {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/drills" },
      StringEquals: { "kms:ViaService": ["states.eu-central-1.amazonaws.com"] },
    });
    assert.equal(stack.one(role, "releases-test").inputs["maxSessionDuration"], 14_400);
    const without = await made();
    assert.equal(without.one(role, "releases-test").inputs["maxSessionDuration"], 3600);
    assert.doesNotMatch(String(without.one("RolePolicy", "releases-test").inputs["policy"]), /kms:/);
  });

  it("lets runners in by the role that they have, and push nothing", async () => {
    const runner = "arn:aws:iam::666677778888:role/landing-zone-runner-int";
    const stack = await made({ platforms: [], runnerRoleArns: [runner] });
    assert.deepEqual(documentOf(stack.one(role, "releases-test").inputs["assumeRolePolicy"]), [
      {
        Sid: "Runner1",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::666677778888:root" },
        Action: "sts:AssumeRole",
        Condition: { ArnEquals: { "aws:PrincipalArn": runner } },
      },
    ]);
    for (const { name, inputs } of stack.all(role).filter(its => its.name.includes("push")))
      assert.ok(!String(inputs["assumeRolePolicy"]).includes("runner"), name);
  });

  it("trusts no platform of which nothing deploys here", async () => {
    const [own] = args.platforms;
    const none = { ...own, subjects: [] } as (typeof args.platforms)[number];
    const names = (await made({ platforms: [none], pushers: [] })).all(role).map(({ name }) => name);
    assert.deepEqual(names, []);
  });

  it("makes nothing that nobody needs or may take", async () => {
    const names = async (more: Partial<ReleaseRolesArgs>) =>
      (await made(more)).all(role).map(({ name }) => name);
    assert.deepEqual(await names({ testJobs: [], images: [], pushers: [] }), []);
    assert.deepEqual(
      await names({ platforms: [], pushers: args.pushers.map(one => ({ ...one, platforms: [] })) }),
      [],
    );
    assert.deepEqual(await names({ testJobs: [], pushers: [] }), ["releases-test"]);
  });
});
