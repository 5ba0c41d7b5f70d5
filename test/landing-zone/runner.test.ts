/** A company whose GitLab AWS can not reach: pipelines deploy by the runners they run on. */
import assert from "node:assert/strict";
import { trustOf } from "../../cli/bootstrap/trust";
import type { Plan, PlannedResource } from "../../cli/planner";
import {
  checked,
  environmentNames,
  gitlab,
  gitlabRunner,
  type LandingZone,
  type Network,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { hasRunner, stacksOf } from "../../stacks/names";
import { centralDomains, domainsOf, rangesOf, reachesOf, routedRanges } from "../../stacks/route-domains";
import { runnersTrusted, runnersTrying } from "../../stacks/runner";
import { planOfStacks, refusalsOf } from "./plan-of";

const host = "gitlab.corp.example.net";
const accounts: Readonly<Record<string, string>> = example.organization.ids.accounts;
const roleArn = (account: string, role: string) => `arn:aws:iam::${accounts[account]}:role/${role}`;
const through = "on-premises" as const;
const spot = { kind: "spot", types: ["m7g.large", "c7g.large"], most: 4 } as const;
const { egress: _, ...network } = example.network;
const joined: Network = {
  ...network,
  namesProfile: false,
  reaches: { ...network.reaches, runner: ["shared", "on-premises"] },
  onPremises: {
    ranges: ["172.16.0.0/16"],
    connection: { directConnectGatewayId: "11223344-1122-1122-1122-112233445566" },
    names: { domains: ["corp.example.net"], servers: ["172.16.0.53"] },
  },
};
const { environments, organization } = example;
const zone: LandingZone = {
  ...example,
  network: joined,
  organization: {
    ...organization,
    pipelines: [
      gitlab("example/landing-zone", { dev: "main", int: "release", prod: "production" }, host, "runner"),
    ],
  },
  environments: {
    dev: {
      ...environments.dev,
      runner: gitlabRunner({ host, addresses: "10.18.0.0/22", workers: spot, through }),
    },
    int: {
      ...environments.int,
      runner: gitlabRunner({
        host,
        addresses: "10.34.0.0/22",
        through,
        workers: {
          kind: "fargate",
          most: 4,
          size: { cpu: 1024, memory: 2048 },
          image: "ci/jobs:1.4.0",
          driver: { version: "v0.5.1", sha256: "0".repeat(64) },
        },
      }),
    },
    prod: {
      ...environments.prod,
      runner: gitlabRunner({
        host,
        addresses: "10.50.0.0/22",
        workers: { ...spot, least: 1, allowPrivileged: "Images are built in Docker on this runner" },
        through,
        deploysShared: true,
      }),
    },
  },
};

const inStack = (plan: Plan, stack: string, type: string, name?: string): PlannedResource[] =>
  (plan.stacks.find(its => its.name === stack)?.resources ?? []).filter(
    its =>
      (its.type === type || its.type.split(":").at(-1) === type) && (name === undefined || its.name === name),
  );
const trustIn = (plan: Plan, stack: string, role: string) => {
  const [found] = inStack(plan, stack, "aws:iam/role:Role").filter(({ inputs }) => inputs["name"] === role);
  assert.ok(found, `${stack} has no ${role}`);
  return (JSON.parse(String(found.inputs["assumeRolePolicy"])) as { Statement: Record<string, unknown>[] })
    .Statement;
};

describe("a company that deploys by runners", function () {
  this.timeout(300_000);
  const own = environmentNames.map(name => `delivery-${environments[name].account}`);
  let plan: Plan;
  before(async () => {
    plan = await planOfStacks(checked(zone), [...own, "delivery-payments-dev"]);
  });

  it("is refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("has a runner in each environment's own account, after the hub and the account's baseline", () => {
    for (const stack of stacksOf(zone).filter(({ layer }) => layer === "delivery")) {
      const isHome = own.includes(stack.name);
      assert.equal(hasRunner(zone, stack), isHome);
      assert.deepEqual(stack.dependsOn, isHome ? ["network", `baseline-${stack.account}`] : []);
    }
    for (const stack of own)
      assert.equal(inStack(plan, stack, "landing-zone:delivery:GitlabRunner").length, 1);
    assert.equal(inStack(plan, "delivery-payments-dev", "landing-zone:delivery:GitlabRunner").length, 0);
  });

  it("trusts no tokens, and has no provider of them", () => {
    for (const stack of [...own, "delivery-payments-dev"]) {
      assert.equal(inStack(plan, stack, "OpenIdConnectProvider").length, 0);
      for (const { Action } of trustIn(plan, stack, "landing-zone-deploy"))
        assert.equal(Action, "sts:AssumeRole");
    }
  });

  it("lets what runs on an environment's runner deploy there, in its other accounts too, and nowhere else", () => {
    for (const [stack, environment] of [
      ["delivery-dev", "dev"],
      ["delivery-payments-dev", "dev"],
      ["delivery-int", "int"],
      ["delivery-prod", "prod"],
    ] as const) {
      const runners = trustIn(plan, stack, "landing-zone-deploy").filter(({ Sid }) =>
        String(Sid).startsWith("Runner"),
      );
      assert.deepEqual(runners, [
        {
          Sid: "Runner1",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accounts[environment]}:root` },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": roleArn(environment, `landing-zone-runner-${environment}`) },
          },
        },
      ]);
    }
  });

  it("gives jobs the roles of their environment, and prod's also what is shared, as it is said", () => {
    const taken = (stack: string, name: string) => {
      const [policy] = inStack(plan, stack, "RolePolicy", name);
      const { Statement } = JSON.parse(String(policy?.inputs["policy"])) as {
        Statement: { Sid: string; Resource: string[] }[];
      };
      return Statement.find(({ Sid }) => Sid === "Deploy")?.Resource;
    };
    const inManagement = (role: string) => roleArn("management", role);
    const expected = (name: string) => [
      inManagement("landing-zone-plan"),
      inManagement(`landing-zone-apply-${name}`),
      ...(name === "prod" ? [inManagement("landing-zone-apply-shared")] : []),
      roleArn(name, "landing-zone-deploy"),
      roleArn(`payments-${name}`, "landing-zone-deploy"),
      // Where images were pushed and scanned, and where they are tried.
      ...["dev", "payments-dev", ...(name === "dev" ? [] : [name, `payments-${name}`])].map(account =>
        roleArn(account, "landing-zone-test"),
      ),
    ];
    assert.deepEqual(taken("delivery-dev", "runner-workers"), expected("dev"));
    assert.deepEqual(taken("delivery-int", "runner-jobs"), expected("int"));
    assert.deepEqual(taken("delivery-prod", "runner-workers"), expected("prod"));
  });

  it("is let in by the role that tries releases, where images are scanned from later environments, too", () => {
    const runner = (name: string) => roleArn(name, `landing-zone-runner-${name}`);
    assert.deepEqual(runnersTrying(zone, "dev", "dev"), environmentNames.map(runner));
    assert.deepEqual(runnersTrying(zone, "prod", "payments-prod"), [runner("prod")]);
    assert.deepEqual(runnersTrying(example, "dev", "dev"), []);
    const products = zone.products.map(its => ({ ...its, environments: ["dev", "int"] as const }));
    const without = runnersTrying({ ...zone, products } as LandingZone, "dev", "dev");
    assert.deepEqual(without, [runner("dev"), runner("int")]);
    for (const [stack, environment, account] of [
      ["delivery-dev", "dev", "dev"],
      ["delivery-int", "int", "int"],
      ["delivery-payments-dev", "dev", "payments-dev"],
    ] as const)
      assert.deepEqual(
        trustIn(plan, stack, "landing-zone-test").map(({ Condition }) => Condition),
        runnersTrying(zone, environment, account).map(arn => ({ ArnEquals: { "aws:PrincipalArn": arn } })),
        stack,
      );
    for (const stack of own)
      assert.deepEqual(
        inStack(plan, stack, "aws:iam/role:Role").filter(({ inputs }) =>
          String(inputs["name"]).startsWith("landing-zone-push-"),
        ),
        [],
      );
  });

  it("is let in by the roles of the management account", () => {
    const runner = (name: string) => roleArn(name, `landing-zone-runner-${name}`);
    assert.deepEqual(runnersTrusted(zone, "plan"), environmentNames.map(runner));
    assert.deepEqual(runnersTrusted(zone, "dev"), [runner("dev")]);
    assert.deepEqual(runnersTrusted(zone, "shared"), [runner("prod")]);
    assert.deepEqual(runnersTrusted(example, "plan"), []);
    for (const scope of ["plan", ...environmentNames, "shared"] as const) {
      const letIn = trustOf(zone, scope).flatMap(({ Condition }) => {
        const arn = (Condition as Record<string, Record<string, unknown>> | undefined)?.["ArnEquals"];
        return arn?.["aws:PrincipalArn"] ?? [];
      });
      assert.deepEqual(letIn, runnersTrusted(zone, scope), scope);
      assert.ok(!JSON.stringify(trustOf(zone, scope)).includes("AssumeRoleWithWebIdentity"), scope);
    }
  });

  it("reaches its own network alone, with AWS's services by endpoints, and asks its name servers", () => {
    assert.deepEqual(domainsOf(zone), ["dev", "int", "prod", "shared", "runner", "on-premises"]);
    const runners = ["10.18.0.0/22", "10.34.0.0/22", "10.50.0.0/22"];
    assert.deepEqual(rangesOf(zone)["runner"], runners);
    assert.deepEqual(reachesOf(zone)["runner"], ["shared", "on-premises"]);
    assert.deepEqual(centralDomains(zone), { runner: runners });
    // What Direct Connect announces, and what the shared network answers.
    for (const range of runners) {
      assert.ok(routedRanges(zone, "on-premises").includes(range));
      assert.ok(routedRanges(zone, "shared").includes(range));
      assert.ok(!routedRanges(zone, "dev").includes(range));
    }
    for (const stack of own) {
      const services = inStack(plan, stack, "VpcEndpoint").map(({ inputs }) =>
        String(inputs["serviceName"]).split(".").slice(3).join("."),
      );
      for (const service of ["s3", "sts", "secretsmanager", "ssm", "logs", "autoscaling", "ec2"])
        assert.ok(services.includes(service), `${stack} ${service}`);
      assert.equal(services.includes("ecs"), stack === "delivery-int");
      assert.equal(inStack(plan, stack, "ResolverRuleAssociation").length, 1);
    }
  });

  it("keeps runners of different environments apart", () => {
    for (const stack of own) {
      const propagated = inStack(plan, stack, "RouteTablePropagation").map(({ name }) => name);
      assert.deepEqual(propagated.sort(), ["runner-on-premises", "runner-shared"]);
    }
    const dropped = inStack(plan, "network", "aws:ec2transitgateway/route:Route").filter(({ name }) =>
      name.startsWith("domains-runner-drops-"),
    );
    assert.deepEqual(dropped.map(({ inputs }) => inputs["destinationCidrBlock"]).sort(), [
      "10.16.0.0/12",
      "10.32.0.0/12",
      "10.48.0.0/12",
    ]);
  });
});

describe("a runner beside pipelines that come in with tokens", () => {
  it("gives its jobs no credentials, and leaves by the hub", () => {
    assert.deepEqual(centralDomains(example), { runner: ["10.18.0.0/22"] });
    assert.deepEqual(reachesOf(example)["runner"], ["shared", "egress"]);
    for (const scope of ["plan", "dev", "shared"] as const)
      assert.deepEqual(runnersTrusted(example, scope), []);
  });

  it("is attached to the hub's way out, through the firewall where there is one", () => {
    const guarded: LandingZone = {
      ...example,
      network: { ...example.network, egress: { allow: ["gitlab.com"] } },
    };
    assert.deepEqual(reachesOf(guarded)["runner"], ["shared", "inspection"]);
  });
});
