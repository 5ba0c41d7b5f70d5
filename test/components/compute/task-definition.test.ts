import assert from "node:assert/strict";
import fc from "fast-check";
import {
  FargateTaskDefinition,
  type FargateTaskDefinitionArgs,
} from "../../../components/compute/fargate-task-definition";
import type { Statement } from "../../../components/identity/policy-document";
import { at, planned, statements } from "../planned";

const definition = (args: Partial<FargateTaskDefinitionArgs> = {}, made: FargateTaskDefinition[] = []) =>
  planned(() =>
    made.push(
      new FargateTaskDefinition("api", {
        product: "orders",
        workload: "api",
        at,
        repositoryName: "orders/web",
        tag: "1.2.3",
        cpu: 1_024,
        memory: 2_048,
        environment: {},
        statements: [],
        keyArn: "arn:key",
        logRetentionDays: 90,
        ...args,
      }),
    ),
  );
const container = async (args?: Partial<FargateTaskDefinitionArgs>) => {
  const text = (await definition(args)).one("TaskDefinition").inputs["containerDefinitions"];
  const [only] = JSON.parse(String(text)) as Record<string, unknown>[];
  assert.ok(only);
  return only;
};

describe("a Fargate task definition", () => {
  it("is for Fargate on ARM64, of the size it is told, with two roles of its own", async () => {
    const stack = await definition();
    const { inputs, propertyDependencies } = stack.one("TaskDefinition");
    assert.deepEqual(
      [inputs["family"], inputs["cpu"], inputs["memory"], inputs["networkMode"]],
      ["orders-api", "1024", "2048", "awsvpc"],
    );
    assert.deepEqual(inputs["requiresCompatibilities"], ["FARGATE"]);
    assert.deepEqual(inputs["runtimePlatform"], {
      cpuArchitecture: "ARM64",
      operatingSystemFamily: "LINUX",
    });
    assert.deepEqual(propertyDependencies["taskRoleArn"], [stack.one("Role", "api-task").urn]);
    assert.deepEqual(propertyDependencies["executionRoleArn"], [stack.one("Role", "api-execution").urn]);
  });

  it("has roles below the products' path and within the products' boundary, and tells where they are", async () => {
    const made: FargateTaskDefinition[] = [];
    const stack = await definition({}, made);
    for (const purpose of ["task", "execution"] as const) {
      const { inputs } = stack.one("aws:iam/role:Role", `api-${purpose}`);
      assert.deepEqual(
        [inputs["name"], inputs["path"], inputs["permissionsBoundary"]],
        [
          `orders-api-${purpose}`,
          "/product/",
          "arn:aws:iam::111122223333:policy/landing-zone-product-boundary",
        ],
      );
      // What is known of it before it is there is what AWS will call it.
      assert.equal(
        made[0]?.roleArns[purpose],
        `arn:aws:iam::111122223333:role${inputs["path"]}${inputs["name"]}`,
      );
    }
  });

  it("logs to its own group, which forgets in time and is encrypted", async () => {
    assert.deepEqual((await container())["logConfiguration"], {
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/landing-zone/orders/api",
        "awslogs-region": "eu-central-1",
        "awslogs-stream-prefix": "task",
      },
    });
    assert.deepEqual((await definition()).one("aws:cloudwatch/logGroup:LogGroup").inputs, {
      kmsKeyId: "arn:key",
      name: "/landing-zone/orders/api",
      retentionInDays: 90,
    });
  });

  it("mounts nothing but an empty /tmp", async () => {
    assert.deepEqual((await definition()).one("TaskDefinition").inputs["volumes"], [{ name: "tmp" }]);
    assert.deepEqual((await container())["mountPoints"], [
      { sourceVolume: "tmp", containerPath: "/tmp", readOnly: false },
    ]);
  });

  it("mounts file systems over TLS, through an access point and as its role, even one that is called tmp", async () => {
    const of = (name: string) => ({ fileSystemId: `fs-${name}`, accessPointId: `fsap-${name}` });
    const mounts = {
      tmp: { ...of("a"), path: "/data", readOnly: false },
      pictures: { ...of("b"), path: "/var/pictures", readOnly: true },
    };
    const volume = (name: string, its: string) => ({
      name: `efs-${name}`,
      efsVolumeConfiguration: {
        fileSystemId: `fs-${its}`,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: `fsap-${its}`, iam: "ENABLED" },
      },
    });
    assert.deepEqual((await definition({ mounts })).one("TaskDefinition").inputs["volumes"], [
      { name: "tmp" },
      volume("tmp", "a"),
      volume("pictures", "b"),
    ]);
    assert.deepEqual((await container({ mounts }))["mountPoints"], [
      { sourceVolume: "tmp", containerPath: "/tmp", readOnly: false },
      { sourceVolume: "efs-tmp", containerPath: "/data", readOnly: false },
      { sourceVolume: "efs-pictures", containerPath: "/var/pictures", readOnly: true },
    ]);
  });

  it("reads what it is told from parameters, by the role that starts it", async () => {
    const host = "arn:aws:ssm:eu-central-1:111122223333:parameter/orders-ledger/host";
    const fromParameters = { LEDGER_HOST: host };
    assert.deepEqual((await container({ fromParameters }))["secrets"], [
      { name: "LEDGER_HOST", valueFrom: host },
    ]);
    const policies = (await definition({ fromParameters })).all("RolePolicy");
    const reading = policies.flatMap(policy =>
      statements(policy)
        .filter(({ Sid }) => Sid === "Parameters")
        .map(({ Action, Resource }) => [policy.name, Action, Resource]),
    );
    assert.deepEqual(reading, [["api-execution", "ssm:GetParameters", [host]]]);
  });

  it("says a port and a command where it is told them", async () => {
    const bare = await container();
    assert.deepEqual([bare["portMappings"], bare["command"]], [undefined, undefined]);
    const { portMappings, command } = await container({ port: 8443, command: ["run", "--all"] });
    assert.deepEqual(portMappings, [{ containerPort: 8443, protocol: "tcp" }]);
    assert.deepEqual(command, ["run", "--all"]);
  });

  const statement = fc
    .record({
      action: fc.constantFrom("dynamodb:GetItem", "sqs:SendMessage", "sns:Publish"),
      name: fc.stringMatching(/^[a-z]{1,12}$/),
    })
    .map(
      ({ action, name }): Statement => ({ Effect: "Allow", Action: action, Resource: `arn:aws:x:::${name}` }),
    );

  it("lets the task do what it is told, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { maxLength: 6 }), async allowed => {
        const policies = (await definition({ statements: allowed }))
          .all("RolePolicy")
          .filter(({ name }) => /task/.test(name));
        assert.deepEqual(
          policies.map(policy => statements(policy)),
          allowed.length === 0 ? [] : [allowed],
        );
      }),
      { numRuns: 10 },
    );
  });

  it("gives its roles no whole service, and nothing on everything but a login that knows no resource", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { maxLength: 6 }), async allowed => {
        for (const policy of (await definition({ statements: allowed })).all("RolePolicy"))
          for (const { Action, Resource } of statements(policy)) {
            for (const action of [Action].flat()) assert.match(action, /^[a-z0-9]+:[A-Za-z]+$/);
            if ([Resource].flat().includes("*")) assert.equal(Action, "ecr:GetAuthorizationToken");
          }
      }),
      { numRuns: 10 },
    );
  });
});
