/** A proxy before a database: who gets to it, as whom it goes on, and that it keeps no secret. */
import assert from "node:assert/strict";
import { databaseAccess } from "../../../components/data/database-access";
import { DatabaseProxy, type DatabaseProxyArgs } from "../../../components/data/database-proxy";
import { evaluate } from "../../../iam/evaluate";
import { document, request } from "../../iam/requests";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";
import { alarmTopics } from "../told";
import { cluster, dev, instance, logKeyArn } from "./databases";

const make = (more: Partial<DatabaseProxyArgs> = {}) =>
  planned(
    () =>
      new DatabaseProxy("proxy", {
        at,
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b"],
        alarmTopics,
        logs: { keyArn: logKeyArn, retentionDays: 30 },
        proxyName: "orders-ledger",
        engine: "aurora-postgresql",
        users: ["orders_ledger"],
        target: { clusterName: "orders-ledger" },
        databaseSecurityGroupId: "sg-database",
        ...more,
      }),
  );

describe("a database proxy", () => {
  it("takes IAM tokens over TLS, goes on with its own, and has no secret", async () => {
    const stack = await make();
    const { inputs } = stack.one("aws:rds/proxy:Proxy");
    assert.equal(inputs["defaultAuthScheme"], "IAM_AUTH");
    assert.equal(inputs["auths"], undefined);
    assert.equal(inputs["requireTls"], true);
    assert.equal(inputs["debugLogging"], false);
    assert.equal(inputs["engineFamily"], "POSTGRESQL");
    assert.deepEqual(await refusals(stack), []);
    assert.doesNotMatch(JSON.stringify(stack.resources.map(({ inputs }) => inputs)), /secretsmanager/);
  });

  it("may connect as its users, and do nothing else", async () => {
    const stack = await make({ users: ["orders_ledger", "orders_ledger__ro"] });
    const policy = stack.one("RolePolicy");
    const may = (user: string, action = "rds-db:connect") =>
      evaluate(
        request({ action, resource: `arn:aws:rds-db:eu-central-1:111122223333:dbuser:cluster-1/${user}` }),
        { identity: [document(...statements(policy))] },
      ).outcome;
    assert.equal(may("orders_ledger"), "allowed");
    assert.equal(may("orders_ledger__ro"), "allowed");
    for (const other of ["orders", "orders_ledger2", "maintainer", "rdsadmin"])
      assert.equal(may(other), "denied");
    assert.equal(statements(policy).length, 1);
    const role = stack.one("Role");
    assert.equal(role.inputs["path"], "/product/");
    assert.deepEqual(statements(role, "assumeRolePolicy")[0]?.Principal, { Service: "rds.amazonaws.com" });
  });

  it("gets to the database, and to nothing else", async () => {
    const stack = await make();
    const out = stack.one("SecurityGroupEgressRule");
    const into = stack.one("SecurityGroupIngressRule");
    assert.deepEqual(stack.from(out, "securityGroupId"), ["proxy"]);
    assert.equal(out.inputs["referencedSecurityGroupId"], "sg-database");
    assert.equal(into.inputs["securityGroupId"], "sg-database");
    assert.deepEqual(stack.from(into, "referencedSecurityGroupId"), ["proxy"]);
    for (const { inputs } of [out, into])
      assert.deepEqual([inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"]], ["tcp", 5432, 5432]);
  });

  it("logs to its own group", async () => {
    const { inputs } = (await make()).one("aws:cloudwatch/logGroup:LogGroup");
    assert.equal(inputs["name"], "/aws/rds/proxy/orders-ledger");
    assert.equal(inputs["kmsKeyId"], logKeyArn);
  });

  it("is for a cluster or for an instance", async () => {
    const forCluster = (await make()).one("ProxyTarget").inputs;
    assert.equal(forCluster["dbClusterIdentifier"], "orders-ledger");
    assert.equal(forCluster["dbInstanceIdentifier"], undefined);
    const forInstance = (await make({ target: { instanceName: "orders-ledger" }, engine: "mysql" })).one(
      "ProxyTarget",
    ).inputs;
    assert.equal(forInstance["dbInstanceIdentifier"], "orders-ledger");
    assert.equal(forInstance["dbClusterIdentifier"], undefined);
  });

  it("is what callers reach, where there is one, and lets in exactly the users that are offered", async () => {
    const offered = (["connect", "connectReadOnly"] as const).flatMap(access =>
      databaseAccess("aurora-postgresql")(at, "orders-ledger", access).statements.flatMap(
        ({ Resource }) => Resource ?? [],
      ),
    );
    for (const [program, name] of [
      [() => cluster({ proxy: true }), "ledger-proxy"],
      [() => instance({ proxy: true }), "ledger-proxy"],
    ] as const) {
      const stack = await planned(program);
      const [host, reader] = stack.all("Parameter");
      assert.ok(host && reader);
      assert.deepEqual(stack.from(host, "value"), [name]);
      const allowed = statements(stack.one("RolePolicy", name)).flatMap(({ Resource }) => Resource ?? []);
      assert.deepEqual(allowed, offered);
    }
  });

  it("has an endpoint to read from where there is a reader", async () => {
    const prodStack = await planned(() => cluster({ proxy: true }));
    const endpoint = prodStack.one("ProxyEndpoint");
    assert.equal(endpoint.inputs["targetRole"], "READ_ONLY");
    assert.equal(endpoint.inputs["dbProxyEndpointName"], "orders-ledger-reader");
    const reader = prodStack.one("Parameter", "ledger-reader-host");
    assert.deepEqual(prodStack.from(reader, "value"), ["ledger-proxy-reader"]);
    const devStack = await planned(() => cluster({ ...dev, proxy: true }));
    assert.equal(devStack.all("ProxyEndpoint").length, 0);
    const same = devStack.one("Parameter", "ledger-reader-host");
    assert.deepEqual(devStack.from(same, "value"), ["ledger-proxy"]);
  });

  it("is not there unless it is chosen", async () =>
    assert.equal((await planned(() => [cluster(), instance({}, "two")])).all("Proxy").length, 0));

  it("refuses what it can not do", async () => {
    await assert.rejects(
      make({ engine: "mariadb" }),
      /engine is mariadb; a proxy that authenticates with IAM/,
    );
    await assert.rejects(make({ users: [] }), /users is empty; the proxy could connect as nobody/);
    await assert.rejects(make({ proxyName: "a--b" }), /proxyName is a--b;/);
  });
});
