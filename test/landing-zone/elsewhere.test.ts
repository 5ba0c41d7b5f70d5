/** A landing zone that is in several regions: what must be in one of them, and what must follow the environment. */
import assert from "node:assert/strict";
import { type PlannedResource, planStacks } from "../../cli/planner";
import { policyPack, projectName, projectRoot } from "../../cli/project";
import { pulumiProgram } from "../../cli/pulumi-program";
import { checked, type LandingZone } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { stacksOf } from "../../stacks/names";

const { dev, int, prod } = example.environments;
const { ids, roles, region: home } = example.organization;
const backup = { ...prod.backup, keepDays: 35, keepMonthlyDays: 365, copies: true };

const elsewhere: LandingZone = checked({
  ...example,
  environments: {
    dev: { ...dev, backup: { keepDays: 7 } },
    int: { ...int, backup: { keepDays: 14, copies: true } },
    prod: {
      ...prod,
      region: "eu-west-1",
      backup: { ...backup, lock: "compliance", changeableForDays: 30, minKeepDays: 30, maxKeepDays: 400 },
    },
  },
  network: { ...example.network, addressPools: true },
});

const short = ({ type }: PlannedResource) => type.split(":").at(-1);

describe("a landing zone in several regions", () => {
  let stacks: Map<string, readonly PlannedResource[]>;
  let refused: string[];
  before(async () => {
    const main = pulumiProgram();
    const plan = await planStacks(
      stacksOf(elsewhere).map(({ name, region, environment, account }) => ({
        name,
        region,
        environment,
        account: ids.accounts[account],
        program: () => main(elsewhere),
      })),
      { project: projectName, root: projectRoot, policyPack, ids: "made-up" },
    );
    stacks = new Map(plan.stacks.map(({ name, resources }) => [name, resources]));
    refused = plan.stacks.flatMap(({ name, violations }) =>
      violations
        .filter(({ level }) => level === "mandatory")
        .map(({ policy, urn }) => `${name} ${policy} ${urn}`),
    );
  });

  const all = (stack: string, type: string) =>
    (stacks.get(stack) ?? []).filter(resource => resource.custom && short(resource) === type);
  const one = (stack: string, type: string, name?: string) => {
    const found = all(stack, type).filter(resource => name === undefined || resource.name === name);
    const [only, ...others] = found;
    assert.ok(only && others.length === 0, `${found.length} of ${type} ${name ?? ""} in ${stack}`);
    return only;
  };
  const workloads = () => [...stacks.keys()].filter(name => /^baseline-.*(dev|int|prod)$/.test(name));
  const idOf = ({ id, urn }: PlannedResource) => {
    assert.ok(id, urn);
    return id;
  };

  it("is refused by no policy", () => assert.deepEqual(refused, []));

  it("sends the flow logs of every VPC to the one archive, and to CloudWatch by choice only", () => {
    for (const stack of [...workloads(), "network"])
      for (const vpc of all(stack, "Vpc")) {
        const logs = all(stack, "FlowLog").filter(({ inputs }) => inputs["vpcId"] === vpc.id);
        assert.deepEqual(
          logs.map(({ inputs }) => inputs["logDestinationType"]).sort(),
          stack.endsWith("prod") ? ["cloud-watch-logs", "s3"] : ["s3"],
          `${stack} ${vpc.name}`,
        );
        assert.deepEqual(
          logs.flatMap(({ inputs }) =>
            inputs["logDestinationType"] === "s3" ? inputs["logDestination"] : [],
          ),
          [`arn:aws:s3:::landing-zone-flow-logs-${ids.accounts[roles.logArchive]}-${home}`],
        );
      }
  });

  it("makes the network account the administrator of addresses before it has pools", () => {
    const administrator = one("organization", "VpcIpamOrganizationAdminAccount");
    assert.deepEqual(administrator.propertyDependencies["delegatedAdminAccountId"], [
      one("organization", "Account", roles.network).urn,
    ]);
    const { inputs } = one("organization", "Organization", "organization");
    assert.ok((inputs["awsServiceAccessPrincipals"] as string[]).includes("ipam.amazonaws.com"));
    assert.equal(stacksOf(elsewhere)[0]?.name, "organization");
  });

  it("shares an environment's addresses with its accounts, where they are", () => {
    assert.deepEqual(one("network", "VpcIpam").inputs["operatingRegions"], [
      { regionName: "eu-central-1" },
      { regionName: "eu-west-1" },
    ]);
    assert.equal(one("network", "VpcIpamPool", "addresses-prod").inputs["locale"], "eu-west-1");
    assert.deepEqual(
      all("network", "PrincipalAssociation")
        .filter(({ name }) => name.startsWith("addresses-prod-"))
        .map(({ inputs }) => inputs["principal"])
        .sort(),
      [ids.accounts["payments-prod"], ids.accounts["prod"]].sort(),
    );
  });

  it("locks vaults as each environment says, for copies where these are", () => {
    const lock = (stack: string, name: string) => {
      const { backupVaultName: _, ...rest } = one(stack, "VaultLockConfiguration", name).inputs;
      return rest;
    };
    assert.deepEqual(lock("baseline-dev", "backups"), { minRetentionDays: 7, region: "eu-central-1" });
    for (const account of ["prod", "payments-prod"])
      assert.deepEqual(lock(`baseline-${account}`, "backups"), {
        minRetentionDays: 30,
        maxRetentionDays: 400,
        changeableForDays: 30,
        region: "eu-west-1",
      });
    assert.deepEqual(lock("security", "backup-copies"), { minRetentionDays: 14, region: "eu-central-1" });
    assert.deepEqual(lock("security", "backup-copies-eu-west-1"), {
      minRetentionDays: 30,
      region: "eu-west-1",
    });
  });

  it("copies to vaults that there are, in the region of what is copied", () => {
    const { plans } = JSON.parse(String(one("organization", "Policy", "policies-backups").inputs["content"]));
    const copies = (environment: string) =>
      Object.values<{ copy_actions?: object }>(plans[`landing-zone-${environment}`].rules).flatMap(
        ({ copy_actions = {} }) => Object.keys(copy_actions),
      );
    const vault = (region: string) =>
      `arn:aws:backup:${region}:${ids.accounts[roles.logArchive]}:backup-vault:landing-zone-copies`;
    assert.deepEqual(copies("dev"), []);
    assert.deepEqual(copies("int"), [vault("eu-central-1")]);
    assert.deepEqual(copies("prod"), [vault("eu-west-1"), vault("eu-west-1")]);
    assert.deepEqual(
      all("security", "Vault").map(({ inputs }) => [inputs["name"], inputs["region"]]),
      [
        ["landing-zone-copies", "eu-central-1"],
        ["landing-zone-copies", "eu-west-1"],
      ],
    );
    assert.deepEqual(one("organization", "GlobalSettings").inputs, {
      globalSettings: { isCrossAccountBackupEnabled: "true" },
    });
  });

  it("tells the audit account of every zone that can not be signed", () => {
    const topic = one("security", "Topic", "platform-alarms-us-east-1-critical");
    const arn = `arn:aws:sns:us-east-1:${ids.accounts[roles.audit]}:${topic.inputs["name"]}`;
    const letIn = (JSON.parse(String(topic.inputs["policy"])).Statement as Record<string, unknown>[])
      .filter(({ Effect }) => Effect === "Allow")
      .map(({ Condition }) => JSON.stringify(Condition));
    for (const stack of [...workloads(), "network"]) {
      const signed = all(stack, "HostedZoneDnsSec");
      assert.ok(signed.length > 0, stack);
      for (const { inputs } of signed) {
        const alarms = all(stack, "MetricAlarm").filter(
          alarm =>
            (alarm.inputs["dimensions"] as Record<string, unknown>)["HostedZoneId"] ===
            inputs["hostedZoneId"],
        );
        assert.equal(alarms.length, 2, stack);
        for (const alarm of alarms) {
          assert.deepEqual(alarm.inputs["alarmActions"], [arn]);
          assert.ok(
            letIn.some(condition => condition.includes(`"${alarm.account}"`)),
            stack,
          );
        }
      }
    }
  });

  it("has a domain in public and inside, delegated by the hub, in every account", () => {
    const parent = idOf(one("network", "Zone", "example.com"));
    for (const stack of workloads()) {
      const name = stack.replace("baseline-", "");
      const domain = elsewhere.organization.accounts[name]?.domain ?? "";
      const open = one(stack, "Zone", `${domain}-public`);
      const inside = one(stack, "Zone", `${domain}-private`);
      assert.deepEqual([open.inputs["name"], inside.inputs["name"]], [domain, domain]);
      assert.equal(open.inputs["vpcs"], undefined);
      assert.deepEqual(inside.inputs["vpcs"], [{ vpcId: idOf(one(stack, "Vpc")) }]);
      const servers = one(stack, "Record", `${domain}-ns`);
      assert.deepEqual([servers.inputs["zoneId"], servers.inputs["name"]], [parent, domain]);
      assert.equal(servers.account, ids.accounts[roles.network]);
      assert.deepEqual(servers.propertyDependencies["records"], [open.urn]);
      assert.equal(one(stack, "Record", `${domain}-ds`).inputs["zoneId"], parent);
    }
  });

  it("proves certificates in the public zone, and answers for load balancers in the private one", () => {
    const balanced = [...stacks].filter(
      ([name]) => /-persistent-/.test(name) && all(name, "LoadBalancer").length > 0,
    );
    assert.ok(balanced.length > 3);
    for (const [stack] of balanced) {
      const { dependsOn, product = "" } = stacksOf(elsewhere).find(({ name }) => name === stack) ?? {};
      const baseline = dependsOn?.find(name => name === `baseline-${accountOf(stack)}`) ?? "";
      const zones = new Map(all(baseline, "Zone").map(zone => [zone.name.split("-").at(-1), idOf(zone)]));
      const proof = one(stack, "Record", `${product}-validation`);
      assert.equal(proof.inputs["zoneId"], zones.get("public"), stack);
      assert.deepEqual(
        one(stack, "CertificateValidation", product).propertyDependencies["validationRecordFqdns"],
        [proof.urn],
      );
      const balancers = all(stack, "LoadBalancer").map(({ urn }) => urn);
      const certified = all(stack, "Certificate").map(({ inputs }) => inputs["domainName"]);
      const names = all(stack, "Record").filter(({ inputs }) => inputs["zoneId"] === zones.get("private"));
      assert.ok(names.length > 0, stack);
      for (const { inputs, propertyDependencies } of names) {
        assert.ok(certified.includes(inputs["name"]), stack);
        const [balancer, ...others] = propertyDependencies["aliases"] ?? [];
        assert.deepEqual(others, []);
        assert.ok(balancers.includes(balancer ?? ""), stack);
      }
    }
  });

  const accountOf = (stack: string) => stacksOf(elsewhere).find(({ name }) => name === stack)?.account;
});
