import assert from "node:assert/strict";
import { Cluster } from "../../../components/compute/cluster";
import { FargateBatch, type FargateBatchArgs } from "../../../components/compute/fargate-batch";
import { FargateService, type FargateServiceArgs } from "../../../components/compute/fargate-service";
import { queueAccess } from "../../../components/data/queue-access";
import { tableAccess } from "../../../components/data/table-access";
import { at, type Planned, planned, statements } from "../planned";

const common = (cluster: Cluster) => ({
  cluster,
  product: "orders",
  workload: "api",
  at,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  repositoryName: "orders/api",
  tag: "1.2.3",
  cpu: 256,
  memory: 512,
  environment: { ORDERS_TABLE: "orders-orders" },
  statements: [],
  keyArn: "arn:aws:kms:eu-central-1:111122223333:key/orders",
  logRetentionDays: 30,
});
const route = {
  kind: "listener" as const,
  listenerArn: "arn:listener",
  loadBalancerSecurityGroupId: "sg-balancer",
  priority: 7,
  conditions: { path: "/orders/*" },
  protocol: "http1" as const,
  health: "/health",
};

const service = (args: Partial<FargateServiceArgs> = {}): Promise<Planned> =>
  planned(() => {
    const cluster = new Cluster("orders", { clusterName: "orders", at });
    new FargateService("api", {
      ...common(cluster),
      scaling: { min: 2, max: 6 },
      port: 8443,
      routes: { internal: route },
      ...args,
    });
  });

const batch = (on: FargateBatchArgs["on"]): Promise<Planned> =>
  planned(() => {
    const cluster = new Cluster("orders", { clusterName: "orders", at });
    new FargateBatch("api", { ...common(cluster), on });
  });

const container = (stack: Planned) => {
  const [only, ...others] = JSON.parse(String(stack.one("TaskDefinition").inputs["containerDefinitions"]));
  assert.deepEqual(others, []);
  return only as Record<string, unknown>;
};

describe("a Fargate service", () => {
  it("runs its container as nobody, with nothing, from its own repository", async () => {
    const { image, user, privileged, readonlyRootFilesystem, linuxParameters, environment } = container(
      await service(),
    );
    assert.equal(image, "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1.2.3");
    assert.equal(user, "65532:65532");
    assert.deepEqual([privileged, readonlyRootFilesystem], [false, true]);
    assert.deepEqual(linuxParameters, { initProcessEnabled: true, capabilities: { drop: ["ALL"] } });
    assert.deepEqual(environment, [{ name: "ORDERS_TABLE", value: "orders-orders" }]);
  });

  it("may, to start, pull its own image and write to its own log group", async () => {
    const stack = await service();
    const allowed = statements(stack.one("RolePolicy", "api-execution")).map(({ Action, Resource }) => [
      Action,
      Resource,
    ]);
    const logs = "arn:aws:logs:eu-central-1:111122223333:log-group:/landing-zone/orders/api";
    assert.deepEqual(allowed, [
      [
        ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        [logs, `${logs}:*`],
      ],
      [
        ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        "arn:aws:ecr:eu-central-1:111122223333:repository/orders/api",
      ],
      ["ecr:GetAuthorizationToken", "*"],
    ]);
  });

  it("may do what its links say, and without links nothing", async () => {
    const bare = await service();
    assert.deepEqual(
      bare.all("RolePolicy").map(({ name }) => name),
      ["api-execution"],
    );
    const linked = await service({ statements: tableAccess(at, "orders-orders", "read").statements });
    assert.deepEqual(
      linked
        .all("RolePolicy")
        .map(({ name }) => name)
        .sort(),
      ["api-execution", "api-task"],
    );
  });

  it("has roles that ECS takes for this account only", async () => {
    const stack = await service();
    for (const role of ["api-execution", "api-task"]) {
      const [trust, ...others] = statements(stack.one("Role", role), "assumeRolePolicy");
      assert.deepEqual(others, []);
      assert.deepEqual(trust?.Principal, { Service: "ecs-tasks.amazonaws.com" });
      assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
    }
  });

  it("runs in its subnets without public addresses, rolls back by itself, and leaves its size to the scaler", async () => {
    const stack = await service();
    const { inputs, ignoreChanges } = stack.one("Service");
    assert.deepEqual(inputs["networkConfiguration"], {
      assignPublicIp: false,
      securityGroups: ["[unknown]"],
      subnets: ["subnet-a", "subnet-b", "subnet-c"],
    });
    assert.deepEqual(inputs["deploymentCircuitBreaker"], { enable: true, rollback: true });
    assert.equal(inputs["desiredCount"], 2);
    assert.deepEqual(ignoreChanges, ["desiredCount"]);
    const { minCapacity, maxCapacity, resourceId } = stack.one("Target").inputs;
    assert.deepEqual([minCapacity, maxCapacity, resourceId], [2, 6, "service/orders/orders-api"]);
  });

  it("comes in the order that AWS needs: what a task starts with, the service, its scaling", async () => {
    const stack = await service({ statements: queueAccess(at, "q", "send").statements });
    const definition = stack.one("TaskDefinition");
    const needed = [stack.one("RolePolicy", "api-execution"), stack.one("RolePolicy", "api-task")];
    const group = stack.resources.find(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    for (const resource of [...needed, group])
      assert.ok(definition.dependencies.includes(resource?.urn ?? ""));
    assert.deepEqual(stack.from(stack.one("Service"), "taskDefinition"), ["api"]);
    assert.ok(stack.one("Target").dependencies.includes(stack.one("Service").urn));
    const cluster = stack.resources.find(({ type }) => type === "aws:ecs/cluster:Cluster");
    assert.ok(stack.one("Service").dependencies.includes(cluster?.urn ?? ""));
  });

  it("adds a task above 35 % CPU and takes one below 5 %", async () => {
    const stack = await service();
    const alarm = (name: string) => {
      const resource = stack.one("MetricAlarm", name);
      const { comparisonOperator, threshold } = resource.inputs;
      assert.deepEqual(stack.from(resource, "alarmActions"), [name]);
      const { stepScalingPolicyConfiguration } = stack.one("Policy", name).inputs;
      const { stepAdjustments } = stepScalingPolicyConfiguration as {
        stepAdjustments: { scalingAdjustment: number }[];
      };
      return [comparisonOperator, threshold, stepAdjustments.map(step => step.scalingAdjustment)];
    };
    assert.deepEqual(alarm("api-add"), ["GreaterThanThreshold", 35, [1]]);
    assert.deepEqual(alarm("api-take"), ["LessThanThreshold", 5, [-1]]);
  });

  it("is called by the load balancer alone, with TLS, when its rule is there", async () => {
    const stack = await service();
    const target = stack.one("TargetGroup").inputs;
    assert.deepEqual(
      [target["protocol"], target["protocolVersion"], target["port"]],
      ["HTTPS", "HTTP1", 8443],
    );
    const rule = stack.one("ListenerRule");
    assert.equal(rule.inputs["priority"], 7);
    assert.deepEqual(rule.inputs["conditions"], [{ pathPattern: { values: ["/orders", "/orders/*"] } }]);
    assert.ok(stack.one("Service").dependencies.includes(rule.urn));
    const into = stack.all("SecurityGroupIngressRule");
    assert.deepEqual(
      into.map(({ inputs }) => [inputs["referencedSecurityGroupId"], inputs["fromPort"], inputs["toPort"]]),
      [["sg-balancer", 8443, 8443]],
    );
    const out = stack.one("SecurityGroupEgressRule", "api-out-of-internal");
    assert.equal(out.inputs["securityGroupId"], "sg-balancer");
    assert.deepEqual(stack.from(out, "referencedSecurityGroupId"), ["api"]);
  });

  it("speaks gRPC where it says so", async () => {
    const { inputs } = (await service({ routes: { internal: { ...route, protocol: "grpc" } } })).one(
      "TargetGroup",
    );
    assert.equal(inputs["protocolVersion"], "GRPC");
    assert.equal((inputs["healthCheck"] as Record<string, unknown>)["matcher"], "0");
  });

  it("without a route is called by nobody", async () => {
    const stack = await service({ routes: {} });
    for (const type of ["TargetGroup", "ListenerRule", "SecurityGroupIngressRule"])
      assert.deepEqual(stack.all(type), []);
    assert.equal(stack.one("Service").inputs["loadBalancers"], undefined);
  });

  it("has a target group whose name fits, however long the service's is", async () => {
    const { name } = (await service({ product: "a".repeat(20), workload: "b".repeat(20) })).one(
      "TargetGroup",
    );
    assert.ok(name.length + "-1234567".length <= 32, name);
  });

  const protocols = { http1: ["HTTP1", "200"], http2: ["HTTP2", "200"], grpc: ["GRPC", "0"] } as const;
  for (const protocol of ["http1", "http2", "grpc"] as const)
    it(`asks a task over TLS whether it is well, in ${protocol}`, async () => {
      const { inputs } = (await service({ routes: { internal: { ...route, protocol } } })).one("TargetGroup");
      const health = inputs["healthCheck"] as Record<string, unknown>;
      assert.deepEqual([inputs["protocolVersion"], health["matcher"]], protocols[protocol]);
      assert.deepEqual([inputs["protocol"], health["protocol"]], ["HTTPS", "HTTPS"]);
      assert.deepEqual([inputs["targetType"], health["path"]], ["ip", "/health"]);
      // AWS refuses a timeout that is not shorter than the interval.
      assert.ok(Number(health["timeout"]) < Number(health["interval"]));
    });

  for (const [path, values] of Object.entries({
    "/*": ["/*"],
    "/orders/*": ["/orders", "/orders/*"],
    "/orders": ["/orders"],
    "/orders*": ["/orders*"],
  }))
    it(`that answers ${path} is led to by ${values.join(" and ")}`, async () => {
      const rule = (await service({ routes: { internal: { ...route, conditions: { path } } } })).one(
        "ListenerRule",
      );
      assert.equal(rule.inputs["listenerArn"], "arn:listener");
      assert.deepEqual(rule.inputs["conditions"], [{ pathPattern: { values } }]);
    });

  it("hands the load balancer its container, and gives a new task time to come up", async () => {
    const stack = await service();
    const { inputs, propertyDependencies } = stack.one("Service");
    assert.deepEqual(inputs["loadBalancers"], [
      { containerName: "api", containerPort: 8443, targetGroupArn: "[unknown]" },
    ]);
    assert.deepEqual(propertyDependencies["loadBalancers"], [stack.one("TargetGroup").urn]);
    assert.equal(inputs["healthCheckGracePeriodSeconds"], 60);
    assert.deepEqual(stack.from(stack.one("ListenerRule"), "actions"), [stack.one("TargetGroup").name]);
  });

  it("is called by two load balancers, each by a rule and a target group of its own, and by a third's", async () => {
    const stack = await service({
      routes: {
        internal: route,
        public: {
          ...route,
          listenerArn: "arn:public",
          loadBalancerSecurityGroupId: "sg-public",
          requiredHeader: { name: "x-origin", value: "known" },
        },
        network: {
          kind: "network",
          targetGroupArn: "arn:network",
          loadBalancerSecurityGroupId: "sg-network",
        },
      },
    });
    assert.deepEqual(
      stack.all("ListenerRule").map(({ name, inputs }) => [name, inputs["listenerArn"]]),
      [
        ["orders-api", "arn:listener"],
        ["orders-api-public", "arn:public"],
      ],
    );
    assert.deepEqual(stack.one("ListenerRule", "orders-api-public").inputs["conditions"], [
      { pathPattern: { values: ["/orders", "/orders/*"] } },
      { httpHeader: { httpHeaderName: "x-origin", values: ["known"] } },
    ]);
    const balancers = stack.one("Service").inputs["loadBalancers"] as { targetGroupArn: string }[];
    assert.deepEqual(
      balancers.map(({ targetGroupArn }) => targetGroupArn),
      ["[unknown]", "[unknown]", "arn:network"],
    );
    assert.deepEqual(
      stack
        .all("SecurityGroupIngressRule")
        .map(({ inputs }) => inputs["referencedSecurityGroupId"])
        .sort(),
      ["sg-balancer", "sg-network", "sg-public"],
    );
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
    const running = stack.one("aws:ecs/service:Service");
    assert.deepEqual(running.propertyDependencies["serviceRegistries"], [registry.urn]);
    assert.equal(running.inputs["healthCheckGracePeriodSeconds"], undefined);
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
    assert.deepEqual((await service()).all("aws:servicediscovery/service:Service"), []);
    const both = (await service({ foundIn: "ns-1" })).one("aws:ecs/service:Service");
    assert.ok(both.inputs["loadBalancers"] !== undefined && both.inputs["serviceRegistries"] !== undefined);
  });

  it("that is found must listen", async () => {
    await assert.rejects(
      service({ routes: {}, port: undefined, foundIn: "ns-1" }),
      /orders-api is called, but listens on no port/,
    );
  });

  it("that is called must listen", async () => {
    await assert.rejects(service({ port: undefined }), /orders-api is called, but listens on no port/);
  });

  it("as a worker is scaled and rolled back like any other, and nobody is let out to it", async () => {
    const stack = await service({ routes: {} });
    const { inputs } = stack.one("Service");
    assert.equal(inputs["healthCheckGracePeriodSeconds"], undefined);
    assert.deepEqual(inputs["deploymentCircuitBreaker"], { enable: true, rollback: true });
    assert.deepEqual(
      stack.all("SecurityGroupEgressRule").map(({ name }) => name),
      ["api-tls-out"],
    );
    assert.deepEqual(
      stack.all("MetricAlarm").map(({ name }) => name),
      ["api-add", "api-take"],
    );
  });

  it("is quick to add a task and slow to take one, by its own CPU", async () => {
    const stack = await service();
    for (const [verb, minutes] of [
      ["add", 1],
      ["take", 10],
    ] as const) {
      const { inputs } = stack.one("MetricAlarm", `api-${verb}`);
      assert.deepEqual(
        [inputs["period"], inputs["evaluationPeriods"], inputs["statistic"]],
        [60, minutes, "Average"],
      );
      assert.deepEqual(inputs["dimensions"], { ClusterName: "orders", ServiceName: "orders-api" });
      assert.deepEqual([inputs["namespace"], inputs["metricName"]], ["AWS/ECS", "CPUUtilization"]);
      const policy = stack.one("Policy", `api-${verb}`);
      assert.deepEqual(policy.propertyDependencies["resourceId"]?.includes(stack.one("Target").urn), true);
      const { stepAdjustments } = policy.inputs["stepScalingPolicyConfiguration"] as {
        stepAdjustments: object[];
      };
      // An interval on the wrong side of the threshold never applies.
      assert.deepEqual(stepAdjustments, [
        verb === "add"
          ? { metricIntervalLowerBound: "0", scalingAdjustment: 1 }
          : { metricIntervalUpperBound: "0", scalingAdjustment: -1 },
      ]);
    }
  });
});

describe("a Fargate batch", () => {
  it("runs on its schedule", async () => {
    const stack = await batch({ schedule: "rate(1 day)" });
    assert.equal(stack.one("EventRule").inputs["scheduleExpression"], "rate(1 day)");
    assert.equal(stack.one("EventTarget").inputs["inputTransformer"], undefined);
  });

  it("runs on an object's arrival and is told which", async () => {
    const stack = await batch({ bucketName: "incoming", prefix: "camt/" });
    assert.deepEqual(JSON.parse(String(stack.one("EventRule").inputs["eventPattern"])), {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["incoming"] }, object: { key: [{ prefix: "camt/" }] } },
    });
    const { inputTemplate } = stack.one("EventTarget").inputs["inputTransformer"] as {
      inputTemplate: string;
    };
    assert.match(inputTemplate, /"OBJECT_KEY","value":"<key>"/);
  });

  it("is run by a role that may run this task in this cluster and hand over its two roles", async () => {
    const [run, handOver, ...others] = statements(
      (await batch({ schedule: "rate(1 day)" })).one("RolePolicy", "api-events"),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      [run?.Action, run?.Resource],
      ["ecs:RunTask", "arn:aws:ecs:eu-central-1:111122223333:task-definition/orders-api:*"],
    );
    assert.deepEqual(run?.Condition, {
      ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-central-1:111122223333:cluster/orders" },
    });
    assert.deepEqual(handOver?.Resource, [
      "arn:aws:iam::111122223333:role/product/orders-api-task",
      "arn:aws:iam::111122223333:role/product/orders-api-execution",
    ]);
    assert.deepEqual(handOver?.Condition, {
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    });
  });

  it("runs without a public address, in its subnets and group, when its role may run it", async () => {
    const stack = await batch({ schedule: "rate(1 day)" });
    const target = stack.one("EventTarget");
    const { launchType, networkConfiguration } = target.inputs["ecsTarget"] as Record<string, unknown>;
    assert.equal(launchType, "FARGATE");
    assert.deepEqual(networkConfiguration, {
      assignPublicIp: false,
      securityGroups: ["[unknown]"],
      subnets: ["subnet-a", "subnet-b", "subnet-c"],
    });
    assert.deepEqual(target.propertyDependencies["roleArn"], [stack.one("Role", "api-events").urn]);
    assert.ok(target.dependencies.includes(stack.one("RolePolicy", "api-events").urn));
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
  });

  it("is run by EventBridge on behalf of this account, which hands over the roles that there are", async () => {
    const stack = await batch({ schedule: "rate(1 day)" });
    const [trust, ...others] = statements(stack.one("Role", "api-events"), "assumeRolePolicy");
    assert.deepEqual(others, []);
    assert.deepEqual(trust?.Principal, { Service: "events.amazonaws.com" });
    assert.deepEqual(trust?.Condition, { StringEquals: { "aws:SourceAccount": at.accountId } });
    const [run, handOver] = statements(stack.one("RolePolicy", "api-events"));
    // The policy knows them by their names only.
    assert.match(String(run?.Resource), new RegExp(`/${stack.one("TaskDefinition").inputs["family"]}:\\*$`));
    assert.deepEqual(
      handOver?.Resource,
      ["api-task", "api-execution"].map(
        name => `arn:aws:iam::111122223333:role/product/${stack.one("Role", name).inputs["name"]}`,
      ),
    );
  });

  it("has roles below the products' path, each within the products' boundary", async () => {
    const roles = (await batch({ schedule: "rate(1 day)" })).all("aws:iam/role:Role");
    assert.deepEqual(roles.map(({ inputs }) => inputs["name"]).sort(), [
      "orders-api-events",
      "orders-api-execution",
      "orders-api-task",
    ]);
    for (const { inputs } of roles)
      assert.deepEqual(
        [inputs["path"], inputs["permissionsBoundary"]],
        ["/product/", "arn:aws:iam::111122223333:policy/landing-zone-product-boundary"],
      );
  });

  it("fills every blank of what it tells its container", async () => {
    const { inputPaths, inputTemplate } = (await batch({ bucketName: "incoming", prefix: "" })).one(
      "EventTarget",
    ).inputs["inputTransformer"] as { inputPaths: Record<string, string>; inputTemplate: string };
    const { containerOverrides } = JSON.parse(inputTemplate) as {
      containerOverrides: { name: string; environment: { name: string; value: string }[] }[];
    };
    assert.deepEqual(
      containerOverrides.map(({ name }) => name),
      ["api"],
    );
    const blanks = containerOverrides.flatMap(({ environment }) => environment.map(({ value }) => value));
    assert.deepEqual(
      blanks,
      Object.keys(inputPaths).map(path => `<${path}>`),
    );
    assert.deepEqual(inputPaths, { bucket: "$.detail.bucket.name", key: "$.detail.object.key" });
  });
});
