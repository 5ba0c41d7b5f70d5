import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { TaskDefinition, type TaskDefinitionArgs } from "../../../components/compute/task-definition";
import type { Statement } from "../../../components/identity/policy-document";
import { refusals } from "../logs/judged";
import { planned, statements } from "../planned";
import { container, containers, definition, definitionType, everything, registry, usual } from "./tasks";

describe("a Fargate task definition", () => {
  it("is for Fargate on ARM64, of the size it is told, with two roles of its own", async () => {
    const stack = await definition();
    const { inputs, propertyDependencies } = stack.one(definitionType);
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
    const made: TaskDefinition[] = [];
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

  it("logs to the group it is told, which is made elsewhere", async () => {
    assert.deepEqual((await container())["logConfiguration"], {
      logDriver: "awslogs",
      options: {
        "awslogs-group": "/landing-zone/orders/api",
        "awslogs-region": "eu-central-1",
        "awslogs-stream-prefix": "task",
      },
    });
    const stack = await definition();
    assert.deepEqual(stack.all("aws:cloudwatch/logGroup:LogGroup"), []);
    const group = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/api";
    assert.deepEqual(statements(stack.one("RolePolicy", "api-execution"))[0]?.Resource, [
      group,
      `${group}:*`,
    ]);
  });

  it("mounts nothing, and has an empty /tmp in memory", async () => {
    const { inputs } = (await definition()).one(definitionType);
    assert.deepEqual([inputs["volumes"], inputs["ephemeralStorage"]], [[], undefined]);
    const { mountPoints, linuxParameters } = await container();
    assert.deepEqual(mountPoints, []);
    assert.deepEqual((linuxParameters as { tmpfs: unknown }).tmpfs, [
      { containerPath: "/tmp", size: 512, mountOptions: ["exec", "nosuid", "nodev"] },
    ]);
  });

  it("has /tmp on its disk where it is given more of that", async () => {
    const args = { storageGiB: 50 };
    const { inputs } = (await definition(args)).one(definitionType);
    assert.deepEqual(inputs["ephemeralStorage"], { sizeInGib: 50 });
    assert.deepEqual(inputs["volumes"], [{ name: "tmp" }]);
    const { mountPoints, linuxParameters } = await container(args);
    assert.deepEqual(mountPoints, [{ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false }]);
    assert.equal((linuxParameters as { tmpfs?: unknown }).tmpfs, undefined);
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
    const args = { mounts, storageGiB: 21 };
    assert.deepEqual((await definition(args)).one(definitionType).inputs["volumes"], [
      { name: "tmp" },
      volume("tmp", "a"),
      volume("pictures", "b"),
    ]);
    assert.deepEqual((await container(args))["mountPoints"], [
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

  it("keeps earlier revisions, which a deployment goes back to", async () =>
    assert.equal((await definition()).one(definitionType).inputs["skipDestroy"], true));

  for (const [words, args, compatible, architecture] of [
    ["Fargate and x86", { architecture: "X86_64" }, "FARGATE", "X86_64"],
    ["instances", { launch: "EC2" }, "EC2", "ARM64"],
  ] as const)
    it(`runs on ${words} by choice`, async () => {
      const { inputs } = (await definition(args)).one(definitionType);
      assert.deepEqual(inputs["requiresCompatibilities"], [compatible]);
      assert.deepEqual(inputs["runtimePlatform"], {
        cpuArchitecture: architecture,
        operatingSystemFamily: "LINUX",
      });
      assert.equal(inputs["networkMode"], "awsvpc");
    });

  it("restarts containers by choice, however they end, and stops them in the time it is told", async () => {
    for (const its of Object.values(await containers({ ...everything, stopTimeout: 120 }))) {
      assert.deepEqual(its["restartPolicy"], { enabled: true, restartAttemptPeriod: 60 });
      assert.equal(its["stopTimeout"], 120);
    }
    const bare = await container();
    assert.deepEqual([bare["restartPolicy"], bare["stopTimeout"]], [undefined, 30]);
  });

  it("lets nobody in, unless it is told to", async () => {
    const bare = await definition();
    assert.deepEqual(
      bare.all("RolePolicy").map(({ name }) => name),
      ["api-execution"],
    );
    const stack = await definition({ shell: true });
    const [shell, ...others] = statements(stack.one("RolePolicy", "api-task"));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [shell?.Action].flat().map(action => action?.split(":")[0]),
      ["ssmmessages", "ssmmessages", "ssmmessages", "ssmmessages"],
    );
    assert.deepEqual((await container({ shell: true }))["mountPoints"], [
      { sourceVolume: "shell-lib", containerPath: "/var/lib/amazon", readOnly: false },
      { sourceVolume: "shell-log", containerPath: "/var/log/amazon", readOnly: false },
    ]);
    assert.deepEqual(stack.one(definitionType).inputs["volumes"], [
      { name: "shell-lib" },
      { name: "shell-log" },
    ]);
  });

  it("may log what is done in a shell where the cluster logs that", async () => {
    const shellLogs = { logGroupName: "/landing-zone/orders/shells", keyAlias: "orders/operations" };
    const stack = await definition({ shell: true, shellLogs });
    assert.deepEqual(
      statements(stack.one("RolePolicy", "api-task")).map(({ Sid, Resource }) => [Sid, Resource]),
      [
        ["Shell", "*"],
        ["ShellLogGroups", "*"],
        ["ShellLogs", "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/shells:*"],
        ["ShellKey", "arn:aws:kms:eu-central-1:111122223333:key/*"],
      ],
    );
  });

  it("holds every container alike: nobody, with nothing, read-only, and with a log", async () => {
    const all = Object.entries(await containers(everything));
    assert.deepEqual(
      all.map(([name]) => name),
      ["api", "tls-proxy", "log-router", "telemetry", "cache"],
    );
    for (const [name, its] of all) {
      assert.equal(its["user"], "65532:65532", name);
      assert.deepEqual([its["privileged"], its["readonlyRootFilesystem"]], [false, true], name);
      const { capabilities, initProcessEnabled } = its["linuxParameters"] as Record<string, unknown>;
      assert.deepEqual([capabilities, initProcessEnabled], [{ drop: ["ALL"] }, true], name);
      assert.ok(its["logConfiguration"], name);
    }
  });

  it("gives its secrets to the main container only", async () => {
    const secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders-pay";
    const all = await containers({ ...everything, fromSecrets: { PAY: secret } });
    const told = Object.entries(all).filter(([, its]) => JSON.stringify(its).includes("orders-pay"));
    assert.deepEqual(
      told.map(([name]) => name),
      ["api"],
    );
  });

  it("pulls its own image, and of what is cached what runs beside it, and no other", async () => {
    const stack = await definition(everything);
    const pulls = statements(stack.one("RolePolicy", "api-execution"))
      .filter(({ Sid }) => Sid?.startsWith("Pull"))
      .map(({ Sid, Resource }) => [Sid, Resource]);
    const repository = "arn:aws:ecr:eu-central-1:111122223333:repository";
    const cached = `${repository}/bases/ecr-public`;
    assert.deepEqual(pulls, [
      ["Pull", [`${repository}/orders/web`]],
      [
        "PullCached",
        [
          `${cached}/docker/library/nginx`,
          `${cached}/aws-observability/aws-for-fluent-bit`,
          `${cached}/aws-observability/aws-otel-collector`,
          `${cached}/docker/library/valkey`,
        ],
      ],
    ]);
  });

  it("runs other images beside it by choice", async () => {
    const sidecarImages = { tlsProxy: "public.ecr.aws/docker/library/nginx:1.29.0" };
    const { image } = await container({ ...everything, sidecarImages }, "tls-proxy");
    assert.equal(image, `${registry}/bases/ecr-public/docker/library/nginx:1.29.0`);
  });

  it("runs containers of the product's own beside it", async () => {
    const proxy = {
      image: `${registry}/orders/proxy:1`,
      command: ["serve"],
      environment: { LEVEL: "info" },
      cpu: 128,
      memory: 256,
      essential: false,
    };
    const its = await container({ sidecars: { proxy } }, "proxy");
    assert.deepEqual(
      ["image", "command", "environment", "cpu", "memory", "essential"].map(key => its[key]),
      [proxy.image, ["serve"], [{ name: "LEVEL", value: "info" }], 128, 256, false],
    );
    const usually = await container({ sidecars: { proxy: { image: proxy.image } } }, "proxy");
    assert.equal(usually["essential"], true);
    assert.deepEqual([usually["cpu"], usually["command"]], [undefined, undefined]);
  });

  it("breaks no policy with all that may be said of it, twice in a stack", async () => {
    const stack = await planned(() => {
      for (const workload of ["one", "two"])
        new TaskDefinition(workload, { ...usual, ...everything, workload });
    });
    assert.equal(stack.all("aws:ecs/taskDefinition:TaskDefinition").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("is known but for an image that is built in this update", async () => {
    const known = (await definition()).one(definitionType).inputs["containerDefinitions"];
    const built = (await definition({ image: pulumi.output(usual.image) })).one(definitionType);
    assert.equal(built.inputs["containerDefinitions"], known);
  });

  const other = { image: `${registry}/orders/proxy:1` };
  for (const [words, args, message] of [
    ["latest", { image: `${registry}/orders/web:latest` }, /image is .*latest/],
    ["an image without a release", { image: `${registry}/orders/web` }, /a repository and a tag/],
    ["a public image", { image: "public.ecr.aws/nginx/nginx:1" }, /it must be 111122223333\.dkr/],
    ["a repository that it may not pull", { image: `${registry}/shop/web:1` }, /shop\/web; repositories has/],
    ["a public sidecar", { sidecars: { a: { image: "quay.io/a/b:1" } } }, /image is quay\.io/],
    ["a sidecar called as itself", { sidecars: { api: other } }, /sidecar api is called as the main/],
    [
      "a sidecar called as the proxy",
      { sidecars: { "tls-proxy": other } },
      /sidecar tls-proxy is called as one/,
    ],
    ["a sidecar with a dot", { sidecars: { "a.b": other } }, /sidecar a\.b must be called/],
    ["to be called as a router", { workload: "log-router" }, /workload is log-router/],
    ["port 0", { port: 0 }, /port is 0/],
    ["port 65536", { port: 65_536 }, /port is 65536/],
    ["the router's port", { port: 24_224, logs: { kind: "cloudwatch" } }, /port 24224/],
    ["20 GiB", { storageGiB: 20 }, /storageGiB is 20; .* from 21 to 200/],
    ["201 GiB", { storageGiB: 201 }, /storageGiB is 201/],
    ["half a GiB", { storageGiB: 30.5 }, /storageGiB is 30\.5/],
    ["disks on instances", { storageGiB: 30, launch: "EC2" }, /the instances' disks/],
    ["to stop in no time", { stopTimeout: 0 }, /stopTimeout is 0/],
    ["to stop in 121 seconds", { stopTimeout: 121 }, /stopTimeout is 121; .* from 1 to 120/],
  ] as const satisfies readonly (readonly [string, Partial<TaskDefinitionArgs>, RegExp])[])
    it(`refuses ${words}`, async () => assert.rejects(definition(args), message));
});
