import assert from "node:assert/strict";
import { Cluster } from "../../../components/compute/cluster";
import { Instances } from "../../../components/compute/instances";
import { Service, type ServiceArgs } from "../../../components/compute/service";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";
import {
  clusterArgs,
  ecs,
  fromInternet,
  image,
  internal,
  network,
  options,
  service,
  serviceArgs,
} from "./service-planned";

const lambda = "arn:aws:lambda:eu-central-1:111122223333:function:orders-smoke";
const blueGreen = { deployment: { strategy: "blueGreen" } } as const satisfies Partial<ServiceArgs>;

describe("a service", () => {
  it("runs in its subnets without public addresses, spread over zones, and leaves its size to the scaler", async () => {
    const { inputs, ignoreChanges } = ecs(await service());
    assert.deepEqual(inputs["networkConfiguration"], {
      assignPublicIp: false,
      securityGroups: ["[unknown]"],
      subnets: ["subnet-a", "subnet-b", "subnet-c"],
    });
    assert.equal(inputs["name"], "orders-api");
    assert.equal(inputs["cluster"], "arn:aws:ecs:eu-central-1:111122223333:cluster/orders");
    assert.equal(inputs["desiredCount"], 2);
    assert.deepEqual(ignoreChanges, ["desiredCount"]);
    assert.equal(inputs["availabilityZoneRebalancing"], "ENABLED");
    // AWS refuses to balance where no task may be added before another is taken.
    assert.ok(Number(inputs["deploymentMaximumPercent"]) > 100);
    assert.deepEqual([inputs["enableEcsManagedTags"], inputs["propagateTags"]], [true, "SERVICE"]);
    assert.deepEqual(inputs["tags"], { service: "api" });
  });

  it("is begun with the least number of tasks, none at all where it waits for messages", async () => {
    const scaling = { min: 0, max: 3, backlog: { queueName: "orders-in", perTask: 10 } };
    assert.equal(ecs(await service({ routes: {}, scaling })).inputs["desiredCount"], 0);
  });

  it("is scaled when it is there", async () => {
    const stack = await service();
    const target = stack.one("Target");
    assert.ok(target.dependencies.includes(ecs(stack).urn));
    const { minCapacity, maxCapacity, resourceId } = target.inputs;
    assert.deepEqual([minCapacity, maxCapacity, resourceId], [2, 6, "service/orders/orders-api"]);
  });

  it("is made when all is there that its tasks need to start and to become well", async () => {
    const stack = await service({ calls: { ledger: { securityGroupId: "sg-ledger", port: 5432 } } });
    const { dependencies } = ecs(stack);
    const needed = [
      stack.one("aws:ecs/cluster:Cluster"),
      stack.one("ClusterCapacityProviders"),
      stack.one("aws:ecs/taskDefinition:TaskDefinition"),
      ...stack.all("SecurityGroupIngressRule"),
      ...stack.all("SecurityGroupEgressRule"),
      ...stack.all("ListenerRule"),
    ].filter(({ custom }) => custom);
    assert.ok(needed.length >= 8);
    for (const { urn } of needed) assert.ok(dependencies.includes(urn), urn);
  });

  for (const deployment of [undefined, { strategy: "linear" }] as const)
    it(`fails an update with its deployment, ${deployment?.strategy ?? "rolling"}`, async () => {
      const given = deployment === undefined ? {} : { deployment };
      const { inputs } = ecs(await service(given));
      assert.deepEqual([inputs["waitForSteadyState"], inputs["sigintRollback"]], [true, true]);
      // Without it the provider does not look at how a deployment ended.
      assert.deepEqual(inputs["deploymentController"], { type: "ECS" });
      const waits = (await options(given)).get("Service api")?.customTimeouts;
      const minutes = deployment === undefined ? "40m" : "65m";
      assert.deepEqual(waits, { create: minutes, update: minutes });
    });

  it("is taken back by the alarms that its callers would raise", async () => {
    const stack = await service({ routes: { internal, public: fromInternet } });
    const { alarms } = ecs(stack).inputs as {
      alarms: { enable: boolean; rollback: boolean; alarmNames: string[] };
    };
    assert.deepEqual([alarms.enable, alarms.rollback], [true, true]);
    assert.ok(alarms.alarmNames.length >= 2);
    const made = stack.all("MetricAlarm");
    for (const name of alarms.alarmNames) {
      const alarm = made.find(({ inputs }) => inputs["name"] === name);
      assert.ok(alarm !== undefined, name);
      assert.ok(ecs(stack).dependencies.includes(alarm.urn), name);
      assert.ok(!alarm.dependencies.includes(ecs(stack).urn), name);
    }
  });

  it("has alarms about both of its target groups, and about a Network Load Balancer's where that is known", async () => {
    const dimensions = async (args: Partial<ServiceArgs>) =>
      (await service(args))
        .all("MetricAlarm")
        .map(({ inputs }) => (inputs["dimensions"] ?? {}) as Record<string, string>);
    const balancers = async (args: Partial<ServiceArgs>) =>
      new Set((await dimensions(args)).flatMap(({ LoadBalancer }) => LoadBalancer ?? []));
    assert.deepEqual([...(await balancers({ routes: { network } }))], []);
    const measured = { loadBalancer: "net/orders/1", targetGroup: "targetgroup/orders-network/1" };
    assert.deepEqual(
      [...(await balancers({ routes: { network: { ...network, measured } } }))],
      ["net/orders/1"],
    );
    const made = await service(blueGreen);
    const about = new Set(
      made
        .all("MetricAlarm")
        .flatMap(alarm => [...made.from(alarm, "dimensions"), ...made.from(alarm, "metricQueries")]),
    );
    assert.deepEqual([...about].sort(), ["orders-api", "orders-api-other"]);
  });

  it("may be looked into from a shell only where that is said", async () => {
    assert.equal(ecs(await service()).inputs["enableExecuteCommand"], false);
    assert.equal(ecs(await service({ shell: true })).inputs["enableExecuteCommand"], true);
  });

  it("runs on Fargate, in part on Spot, or on instances, always by a strategy", async () => {
    const capacity = async (args: Partial<ServiceArgs>) => {
      const stack = await service(args);
      const { inputs } = ecs(stack);
      assert.equal(inputs["launchType"], undefined);
      assert.equal(inputs["forceNewDeployment"], true);
      return [
        inputs["capacityProviderStrategies"],
        inputs["platformVersion"],
        stack.one("aws:ecs/taskDefinition:TaskDefinition").inputs["requiresCompatibilities"],
      ];
    };
    const onDemand = [{ capacityProvider: "FARGATE", weight: 1 }];
    const half = [
      { capacityProvider: "FARGATE", base: 2, weight: 50 },
      { capacityProvider: "FARGATE_SPOT", weight: 50 },
    ];
    assert.deepEqual(await capacity({}), [onDemand, "LATEST", ["FARGATE"]]);
    assert.deepEqual(await capacity({ spot: 50 }), [half, "LATEST", ["FARGATE"]]);
    // ECS's own blue/green takes capacity providers; CodeDeploy's would not.
    assert.deepEqual(await capacity({ spot: 50, ...blueGreen }), [half, "LATEST", ["FARGATE"]]);
    await assert.rejects(capacity({ spot: 101 }), /spot is 101/);
  });

  it("runs on the product's instances, once they are there", async () => {
    const stack = await planned(() => {
      const place = { vpcId: "vpc-1", subnetIds: ["subnet-a"], at };
      const instances = new Instances("orders", {
        ...place,
        product: "orders",
        clusterName: "orders",
        instanceType: "m7g.large",
        tags: {},
      });
      const cluster = new Cluster("orders", { ...clusterArgs, instances });
      new Service("api", { ...serviceArgs(cluster), ...blueGreen, instances });
    });
    const provider = stack.one("CapacityProvider");
    const { inputs, dependencies } = ecs(stack);
    assert.deepEqual(inputs["capacityProviderStrategies"], [
      { capacityProvider: provider.inputs["name"], weight: 1 },
    ]);
    assert.deepEqual([inputs["launchType"], inputs["platformVersion"]], [undefined, undefined]);
    for (const { urn } of [provider, stack.one("ClusterCapacityProviders")])
      assert.ok(dependencies.includes(urn));
    const { requiresCompatibilities } = stack.one("aws:ecs/taskDefinition:TaskDefinition").inputs;
    assert.deepEqual(requiresCompatibilities, ["EC2"]);
  });

  it("without a way in has no load balancer, no grace and no ingress", async () => {
    const stack = await service({ routes: {} });
    for (const type of ["TargetGroup", "ListenerRule", "SecurityGroupIngressRule"])
      assert.deepEqual(stack.all(type), []);
    const { inputs } = ecs(stack);
    for (const word of ["loadBalancers", "healthCheckGracePeriodSeconds", "serviceRegistries"])
      assert.equal(inputs[word], undefined, word);
    assert.deepEqual(inputs["deploymentCircuitBreaker"], { enable: true, rollback: true });
    assert.deepEqual(
      stack.all("SecurityGroupEgressRule").map(({ name }) => name),
      ["api-tls-out"],
    );
  });

  it("is called by load balancers alone, each with TLS at the task's port", async () => {
    const stack = await service({ routes: { internal, public: fromInternet, network } });
    const into = stack.all("SecurityGroupIngressRule").map(({ inputs }) => inputs);
    assert.deepEqual(
      into.map(rule => [rule["referencedSecurityGroupId"], rule["fromPort"], rule["toPort"]]),
      [
        ["sg-balancer", 8443, 8443],
        ["sg-network", 8443, 8443],
        ["sg-public", 8443, 8443],
      ],
    );
    const out = stack.one("SecurityGroupEgressRule", "api-out-of-internal");
    assert.equal(out.inputs["securityGroupId"], "sg-balancer");
    assert.deepEqual(stack.from(out, "referencedSecurityGroupId"), ["api"]);
    assert.deepEqual(ecs(stack).inputs["loadBalancers"], [
      { containerName: "api", containerPort: 8443, targetGroupArn: "[unknown]" },
      { containerName: "api", containerPort: 8443, targetGroupArn: "[unknown]" },
      { containerName: "api", containerPort: 8443, targetGroupArn: "arn:network" },
    ]);
    assert.equal(
      stack.one("ListenerRule", "orders-api-public").inputs["listenerArn"],
      fromInternet.listenerArn,
    );
  });

  it("is called at the proxy that speaks TLS for it", async () => {
    const stack = await service({ tlsProxy: { listensOn: 8443, proxyTo: 8080, protocol: "http1" } });
    const [balancer] = ecs(stack).inputs["loadBalancers"] as {
      containerName: string;
      containerPort: number;
    }[];
    const containers = JSON.parse(
      String(stack.one("aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]),
    ) as { name: string; portMappings?: { containerPort: number }[] }[];
    const called = containers.find(({ name }) => name === balancer?.containerName);
    assert.notEqual(called?.name, "api");
    assert.equal(balancer?.containerPort, 8443);
    assert.ok(called?.portMappings?.some(({ containerPort }) => containerPort === 8443));
    assert.equal(stack.one("SecurityGroupIngressRule").inputs["fromPort"], 8443);
  });

  it("is found by name where it says so, and lets nobody in for that", async () => {
    const stack = await service({ routes: {}, foundIn: "ns-1" });
    const registry = stack.one("aws:servicediscovery/service:Service");
    assert.equal(registry.inputs["name"], "api");
    assert.deepEqual(registry.inputs["dnsConfig"], {
      namespaceId: "ns-1",
      routingPolicy: "MULTIVALUE",
      dnsRecords: [{ type: "A", ttl: 10 }],
    });
    assert.deepEqual(registry.inputs["healthCheckCustomConfig"], { failureThreshold: 1 });
    assert.equal(registry.inputs["forceDestroy"], true);
    assert.deepEqual(ecs(stack).propertyDependencies["serviceRegistries"], [registry.urn]);
    assert.equal(ecs(stack).inputs["healthCheckGracePeriodSeconds"], undefined);
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
    assert.deepEqual((await service()).all("aws:servicediscovery/service:Service"), []);
    const both = ecs(await service({ foundIn: "ns-1" })).inputs;
    assert.ok(both["loadBalancers"] !== undefined && both["serviceRegistries"] !== undefined);
  });

  it("that is called or found must listen", async () => {
    const message = /orders-api is called, but listens on no port/;
    await assert.rejects(service({ port: undefined }), message);
    await assert.rejects(service({ routes: {}, port: undefined, foundIn: "ns-1" }), message);
    await service({ routes: {}, port: undefined });
  });
});

describe("a new release of a service", () => {
  const differing = (before: Planned, after: Planned) => {
    assert.deepEqual(
      after.resources.map(({ urn }) => urn),
      before.resources.map(({ urn }) => urn),
    );
    return after.resources
      .filter(({ inputs }, i) => JSON.stringify(inputs) !== JSON.stringify(before.resources[i]?.inputs))
      .map(({ type }) => type);
  };

  for (const strategy of ["rolling", "blueGreen"] as const)
    it(`changes the task definition, and through it the service, and nothing else: ${strategy}`, async () => {
      const [before, after] = await Promise.all(
        ["1.2.3", "1.2.4"].map(tag =>
          service({ image: image.replace("1.2.3", tag), deployment: { strategy } }),
        ),
      );
      assert.ok(before !== undefined && after !== undefined);
      assert.deepEqual(differing(before, after), ["aws:ecs/taskDefinition:TaskDefinition"]);
      assert.deepEqual(ecs(after).propertyDependencies["taskDefinition"], [
        after.one("aws:ecs/taskDefinition:TaskDefinition").urn,
      ]);
      assert.deepEqual(ecs(after).inputs["taskDefinition"], "[unknown]");
    });
});

describe("the security group of a service's tasks", () => {
  it("is the same whatever else of the service changes, as another could not be deleted while it is used", async () => {
    const group = async (args: Partial<ServiceArgs>) => (await service(args)).one("SecurityGroup").inputs;
    const usual = await group({});
    assert.equal(usual["description"], "Tasks of orders-api");
    // With a name of Pulumi's own a new one may be there before the old one goes.
    for (const word of ["name", "namePrefix", "revokeRulesOnDelete", "ingress", "egress"])
      assert.equal(usual[word], undefined, word);
    const changes: readonly Partial<ServiceArgs>[] = [
      { port: 9443 },
      { routes: {} },
      { routes: { public: fromInternet, network } },
      { image: image.replace("1.2.3", "2") },
      { scaling: { min: 5, max: 50 } },
      { calls: { ledger: { securityGroupId: "sg-ledger", port: 5432 } } },
      { foundIn: "ns-1" },
      blueGreen,
    ];
    for (const args of changes) assert.deepEqual(await group(args), usual);
  });

  it("and its rules in other groups go after the service, and the rules before the group", async () => {
    const stack = await service();
    const group = stack.one("SecurityGroup");
    assert.ok(ecs(stack).dependencies.includes(group.urn));
    for (const type of ["SecurityGroupIngressRule", "SecurityGroupEgressRule"])
      for (const rule of stack.all(type)) {
        assert.ok(rule.dependencies.includes(group.urn), rule.name);
        assert.ok(!rule.dependencies.includes(ecs(stack).urn), rule.name);
      }
  });
});

describe("the role of a service's deployments", () => {
  const hooked = {
    deployment: { strategy: "canary", hooks: { postTestTrafficShift: "smoke" } },
    hookFunctions: { smoke: { arn: lambda }, other: { arn: `${lambda}-other` } },
  } as const satisfies Partial<ServiceArgs>;

  it("is there only where requests are shifted", async () => {
    assert.equal(
      (await service()).all("Role").some(({ name }) => name === "api-deployment"),
      false,
    );
  });

  it("is taken by ECS for this account only, within the products' boundary", async () => {
    const role = (await service(hooked)).one("Role", "api-deployment");
    const [trust, ...others] = statements(role, "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Service: "ecs.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
    assert.deepEqual(
      [role.inputs["name"], role.inputs["path"], role.inputs["permissionsBoundary"]],
      [
        "orders-api-deployment",
        "/product/",
        "arn:aws:iam::111122223333:policy/landing-zone-product-boundary",
      ],
    );
  });

  it("may do what it needs with the target groups and rules that there are, before the service is", async () => {
    const stack = await service({ ...hooked, routes: { internal, public: fromInternet } });
    const policy = stack.one("RolePolicy", "api-deployment");
    assert.ok(ecs(stack).dependencies.includes(policy.urn));
    const [, targets, weights, hooks, ...more] = statements(policy);
    assert.deepEqual(more, []);
    const prefix = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/";
    assert.deepEqual(
      targets?.Resource,
      stack.all("TargetGroup").map(({ name }) => `${prefix}${name}-???????/*`),
    );
    assert.equal(stack.all("TargetGroup").length, 4);
    const tags = weights?.Condition?.["StringEquals"] ?? {};
    for (const { inputs } of stack.all("ListenerRule"))
      for (const [key, value] of Object.entries(tags))
        assert.equal((inputs["tags"] as Record<string, string>)[key.replace("aws:ResourceTag/", "")], value);
    assert.deepEqual([hooks?.Action, hooks?.Resource], ["lambda:InvokeFunction", [lambda]]);
  });

  it("asks the hooks that the service names", async () => {
    const stack = await service(hooked);
    const { lifecycleHooks } = ecs(stack).inputs["deploymentConfiguration"] as { lifecycleHooks: object[] };
    assert.deepEqual(lifecycleHooks, [
      { hookTargetArn: lambda, roleArn: "[unknown]", lifecycleStages: ["POST_TEST_TRAFFIC_SHIFT"] },
    ]);
    assert.deepEqual(stack.from(ecs(stack), "deploymentConfiguration"), ["api-deployment"]);
  });
});

describe("services in one stack", () => {
  it("have names of their own, for AWS and for Pulumi", async () => {
    const stack = await planned(() => {
      const cluster = new Cluster("orders", clusterArgs);
      for (const workload of ["api", "returns"])
        new Service(workload, {
          ...serviceArgs(cluster),
          ...blueGreen,
          workload,
          routes: { internal: { ...internal, testListenerArn: "arn:test" }, public: fromInternet },
          foundIn: "ns-1",
        });
    });
    const urns = stack.resources.map(({ urn }) => urn);
    assert.equal(new Set(urns).size, urns.length);
    for (const type of [
      "aws:ecs/service:Service",
      "Role",
      "MetricAlarm",
      "aws:servicediscovery/service:Service",
    ]) {
      const names = stack.all(type).map(({ inputs }) => String(inputs["name"]));
      assert.equal(new Set(names).size, names.length, type);
    }
  });

  it("say how CloudWatch knows them, and who may be let in", async () => {
    let made: Service | undefined;
    await planned(() => {
      made = new Service("api", {
        ...serviceArgs(new Cluster("orders", clusterArgs)),
        routes: { internal, public: fromInternet, network },
      });
    });
    assert.equal(made?.serviceName, "orders-api");
    assert.deepEqual(Object.keys(made?.targetGroups ?? {}), ["internal", "public"]);
    assert.ok(made?.securityGroupId !== undefined);
  });
});

describe("the policies", () => {
  const kinds: Readonly<Record<string, Partial<ServiceArgs>>> = {
    worker: { routes: {}, port: undefined },
    rolling: { routes: { internal, public: fromInternet, network } },
    shifted: {
      deployment: { strategy: "linear", hooks: { preScaleUp: "smoke" } },
      hookFunctions: { smoke: { arn: lambda } },
      routes: { internal: { ...internal, testListenerArn: "arn:test", sticky: 60 }, public: fromInternet },
      spot: 30,
      foundIn: "ns-1",
    },
    objective: { objective: { availability: 99.9, latency: { percent: 99, milliseconds: 500 } } },
    shell: { shell: true },
  };
  for (const [kind, args] of Object.entries(kinds))
    it(`refuse nothing of a service: ${kind}`, async () => {
      assert.deepEqual(await refusals(await service(args)), []);
    });
});
