import assert from "node:assert/strict";
import type { Aws } from "../../../cli/doctor/aws";
import { offlineQuotaChecks, quotaChecks, quotaNeeds } from "../../../cli/doctor/quota-checks";
import { fargateCpus, quotas } from "../../../cli/doctor/quota-table";
import type { PlannedResource } from "../../../cli/planner";
import example from "../../../stacks/landing-zone";
import { examplePlan } from "../bootstrap/bootstrapped";

const resource = (
  type: string,
  inputs: PlannedResource["inputs"] = {},
  more: Partial<PlannedResource> = {},
): PlannedResource => ({
  urn: `urn:pulumi:shop-service-dev::landing-zone::${type}::${JSON.stringify(inputs)}`,
  type,
  name: "a",
  parent: null,
  custom: true,
  inputs,
  provider: null,
  protect: false,
  dependencies: [],
  propertyDependencies: {},
  retainOnDelete: false,
  ignoreChanges: [],
  aliases: [],
  region: "eu-central-1",
  account: "555566667777",
  ...more,
});

const definition = resource("aws:ecs/taskDefinition:TaskDefinition", { cpu: "512" });
const service = (name: string, desiredCount: number, inputs: PlannedResource["inputs"] = {}) =>
  resource(
    "aws:ecs/service:Service",
    { name, desiredCount, cluster: "arn:aws:ecs:eu-central-1:555566667777:cluster/shop", ...inputs },
    { propertyDependencies: { taskDefinition: [definition.urn] } },
  );
const target = (name: string, maxCapacity: number) =>
  resource("aws:appautoscaling/target:Target", { resourceId: `service/shop/${name}`, maxCapacity });

/** What is planned, the quota, and how much of it that takes. */
const rows: readonly (readonly [what: string, code: string, needed: number, planned: PlannedResource[]])[] = [
  ["two VPCs", "L-F678F1CE", 2, [1, 2].map(n => resource("aws:ec2/vpc:Vpc", { n }))],
  ["a default VPC", "L-F678F1CE", 1, [resource("aws:ec2/defaultVpc:DefaultVpc")]],
  ["an address", "L-0263D0A3", 1, [resource("aws:ec2/eip:Eip")]],
  [
    "four gateways in three zones",
    "L-FE5A380F",
    2,
    [1, 2, 3, 4].map(n => resource("aws:ec2/natGateway:NatGateway", { n })),
  ],
  [
    "endpoints of both kinds",
    "L-29B6F2EB",
    1,
    ["Interface", "Gateway"].map(vpcEndpointType =>
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType }),
    ),
  ],
  [
    "load balancers of both kinds",
    "L-53DA6B97",
    1,
    ["application", "network"].map(loadBalancerType =>
      resource("aws:lb/loadBalancer:LoadBalancer", { loadBalancerType }),
    ),
  ],
  [
    "rules of two products",
    "L-7EED9B64",
    2,
    ["shop", "shop", "orders"].map((product, n) =>
      resource(
        "aws:lb/listenerRule:ListenerRule",
        { n },
        { urn: `urn:pulumi:${product}-service-dev::a::b::${n}` },
      ),
    ),
  ],
  ["a service that scales", "L-3032A538", 4, [definition, service("web", 1), target("web", 8)]],
  ["a service that does not", "L-3032A538", 2, [definition, service("web", 3)]],
  ["a service on instances", "L-3032A538", 0, [definition, service("web", 3, { launchType: "EC2" })]],
  ["a function", "L-B99A9384", 1, [resource("aws:lambda/function:Function")]],
  [
    "a function that keeps some for itself",
    "L-B99A9384",
    120,
    [resource("aws:lambda/function:Function", { reservedConcurrentExecutions: 20 })],
  ],
  ["accounts", "L-E619E033", 3, [1, 2].map(n => resource("aws:organizations/account:Account", { n }))],
  [
    "instances of a cluster",
    "L-7B6409FD",
    2,
    [1, 2].map(n => resource("aws:rds/clusterInstance:ClusterInstance", { n })),
  ],
];

describe("quotas", function () {
  this.timeout(120_000);

  for (const [what, code, needed, planned] of rows)
    it(`are taken by ${what}: ${needed} of ${code}`, () => {
      const found = quotaNeeds(example, planned).find(({ quota }) => quota.code === code);
      assert.equal(found?.needed ?? 0, needed);
    });

  it("have each a code, which Service Quotas takes, and one only", () => {
    for (const { code, service: name } of quotas)
      assert.match(`${name} ${code}`, /^[a-z0-9]+ L-[0-9A-F]{8}$/);
    assert.equal(new Set(quotas.map(({ code }) => code)).size, quotas.length);
  });

  it("are counted an account and region, and what is global an account", () => {
    const needs = quotaNeeds(example, [
      resource("aws:ec2/vpc:Vpc"),
      resource("aws:ec2/vpc:Vpc", {}, { region: "eu-west-1" }),
      resource("aws:ec2/vpc:Vpc", {}, { account: "777788889999" }),
      resource("aws:iam/role:Role"),
      resource("aws:iam/role:Role", { n: 1 }, { region: "eu-west-1" }),
    ]);
    assert.deepEqual(
      needs.map(({ account, region, quota, needed }) => [account, region, quota.name, needed]).sort(),
      [
        ["dev", "eu-central-1", "VPCs", 1],
        ["dev", "eu-west-1", "VPCs", 1],
        ["dev", "us-east-1", "IAM roles", 2],
        ["prod", "eu-central-1", "VPCs", 1],
      ],
    );
  });

  it("count every task of the example at its largest", async () => {
    const resources = (await examplePlan()).flatMap(stack => stack.resources);
    for (const [account, least] of [
      ["555566667777", 6],
      ["777788889999", 20],
    ] as const)
      assert.ok(fargateCpus(resources.filter(its => its.account === account)) > least);
  });

  const needs = quotaNeeds(example, [definition, service("web", 1), target("web", 10)]);
  const aws = (limit: number | undefined | Error): Aws =>
    ({
      quota: async () => {
        if (limit instanceof Error) throw limit;
        return limit;
      },
    }) as unknown as Aws;
  const session = { credentials: { accessKeyId: "a", secretAccessKey: "b" } };
  const own = new Map([["555566667777", session]]);

  for (const [limit, verdict, found] of [
    [4, "fail", /5 vCPUs of Fargate, and there may be 4/],
    [5, "warn", /5 vCPUs of Fargate, and there may be 5/],
    [100, "ok", /and there may be 100/],
    [undefined, "unknown", /does not say/],
    [new Error("too many questions"), "unknown", /too many questions/],
  ] as const)
    it(`say ${verdict} where AWS says ${limit}`, async () => {
      const [check] = await quotaChecks(example, needs, own, aws(limit));
      assert.equal(check?.verdict, verdict);
      assert.match(check?.found ?? "", found);
      if (verdict === "fail" || verdict === "warn")
        assert.match(
          check?.next ?? "",
          /--region eu-central-1 --service-code fargate --quota-code L-3032A538 --desired-value 8`$/,
        );
    });

  it("are not known where the account can not be asked", async () => {
    const [check] = await quotaChecks(example, needs, new Map(), aws(1));
    assert.equal(check?.verdict, "unknown");
  });

  it("are shown without AWS too, with a word where AWS usually gives less", () => {
    assert.deepEqual(
      offlineQuotaChecks(needs).map(({ verdict }) => verdict),
      ["unknown"],
    );
    const many = quotaNeeds(example, [definition, service("web", 1), target("web", 13)]);
    assert.deepEqual(
      offlineQuotaChecks(many).map(({ verdict, found }) => [verdict, found]),
      [["warn", "dev (555566667777), eu-central-1: 7 vCPUs of Fargate, of 6 that AWS usually gives"]],
    );
  });
});
