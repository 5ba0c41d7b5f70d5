import assert from "node:assert/strict";
import { Cluster, type ClusterArgs, fargateStorageStatements } from "../../../components/compute/cluster";
import { Instances } from "../../../components/compute/instances";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { refusals } from "../logs/judged";
import { at, planned, statements } from "../planned";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/orders";
const args = {
  clusterName: "orders",
  at,
  keyArn,
  logGroup: { name: "/landing-zone/orders/sessions" },
};
const cluster = (more: Partial<ClusterArgs> = {}) =>
  planned(() => new Cluster("orders", { ...args, ...more }));

describe("a cluster", () => {
  it("is looked into by enhanced Container Insights", async () => {
    const { settings } = (await cluster()).one("aws:ecs/cluster:Cluster").inputs;
    assert.deepEqual(settings, [{ name: "containerInsights", value: "enhanced" }]);
  });

  it("records what people do in its containers, encrypted on the way and where it is kept", async () => {
    const { configuration } = (await cluster()).one("aws:ecs/cluster:Cluster").inputs;
    assert.deepEqual(configuration, {
      executeCommandConfiguration: {
        kmsKeyId: keyArn,
        logging: "OVERRIDE",
        logConfiguration: {
          cloudWatchEncryptionEnabled: true,
          cloudWatchLogGroupName: "/landing-zone/orders/sessions",
        },
      },
    });
  });

  it("has tasks' disks encrypted with the key that it is given", async () => {
    const { configuration } = (await cluster({ storageKeyArn: keyArn })).one(
      "aws:ecs/cluster:Cluster",
    ).inputs;
    assert.deepEqual((configuration as Record<string, unknown>)["managedStorageConfiguration"], {
      fargateEphemeralStorageKmsKeyId: keyArn,
    });
  });

  it("runs on Fargate, on Spot, and on instances where there are some, which are there first", async () => {
    const providers = (stack: Awaited<ReturnType<typeof cluster>>) =>
      stack.one("ClusterCapacityProviders").inputs["capacityProviders"];
    assert.deepEqual(providers(await cluster()), ["FARGATE", "FARGATE_SPOT"]);
    const stack = await planned(() => {
      const instances = new Instances("orders", {
        ...{ product: "orders", clusterName: "orders", at, vpcId: "vpc-1", subnetIds: ["subnet-a"] },
        ...{ instanceType: "m7g.large", tags: {} },
      });
      new Cluster("orders", { ...args, instances });
    });
    assert.deepEqual(providers(stack), ["FARGATE", "FARGATE_SPOT", "instances-orders"]);
    const made = stack.one("aws:ecs/capacityProvider:CapacityProvider");
    assert.ok(stack.one("ClusterCapacityProviders").dependencies.includes(made.urn));
  });

  it("runs on Fargate, not on Spot, what does not say on what", async () => {
    assert.deepEqual(
      (await cluster()).one("ClusterCapacityProviders").inputs["defaultCapacityProviderStrategies"],
      [{ capacityProvider: "FARGATE", weight: 1 }],
    );
  });

  it("says its ARN before there is one", async () => {
    let arn = "";
    await planned(() => {
      arn = new Cluster("orders", args).arn;
    });
    assert.equal(arn, "arn:aws:ecs:eu-central-1:111122223333:cluster/orders");
  });

  for (const clusterName of ["", "orders.eu", "a b", "o".repeat(256)])
    it(`can not be called ${JSON.stringify(clusterName).slice(0, 20)}`, async () => {
      await assert.rejects(cluster({ clusterName }), /clusterName is .*letters, digits, hyphens/);
    });

  it("comes twice in a stack, and no policy refuses it", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new Cluster(name, { ...args, clusterName: name, storageKeyArn: keyArn });
    });
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("the key of tasks' disks", () => {
  const key = () =>
    planned(
      () =>
        new EncryptionKey(
          "orders",
          { alias: "orders", description: "d", at, statements: fargateStorageStatements(at, ["orders"]) },
          { protect: true },
        ),
    );

  it("lets Fargate make data keys and let hosts decrypt them, for this account's cluster alone", async () => {
    const only = {
      "kms:EncryptionContext:aws:ecs:clusterAccount": at.accountId,
      "kms:EncryptionContext:aws:ecs:clusterName": ["orders"],
    };
    const said = statements((await key()).one("Key")).filter(({ Sid }) => /OfTasks$/.test(Sid ?? ""));
    assert.deepEqual(
      said.map(({ Action, Principal, Condition }) => ({ Action, Principal, Condition })),
      [
        {
          Action: "kms:GenerateDataKeyWithoutPlaintext",
          Principal: { Service: "fargate.amazonaws.com" },
          Condition: { StringEquals: only },
        },
        {
          Action: "kms:CreateGrant",
          Principal: { Service: "fargate.amazonaws.com" },
          Condition: {
            StringEquals: only,
            Null: { "kms:GrantOperations": "false" },
            "ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" },
          },
        },
      ],
    );
  });

  it("is refused by no policy", async () => {
    assert.deepEqual(await refusals(await key()), []);
  });
});
