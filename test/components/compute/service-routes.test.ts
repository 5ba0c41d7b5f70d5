import assert from "node:assert/strict";
import type { ServiceArgs } from "../../../components/compute/service";
import type { ListenerRoute, Route } from "../../../components/compute/service-routes";
import type { Planned } from "../planned";
import { ecs, fromInternet, internal, network, options, service } from "./service-planned";

const routes = (route: Partial<ListenerRoute>) => ({ routes: { internal: { ...internal, ...route } } });
const shifting = { deployment: { strategy: "blueGreen" } } as const satisfies Partial<ServiceArgs>;
const test = { testListenerArn: "arn:test" };

const balancers = (stack: Planned) => ecs(stack).inputs["loadBalancers"] as Record<string, unknown>[];
const rules = (stack: Planned) => stack.all("ListenerRule").map(({ name }) => name);

describe("a way in to a service", () => {
  const conditions: readonly [ListenerRoute["conditions"], object[]][] = [
    [{ path: "/*" }, [{ pathPattern: { values: ["/*"] } }]],
    [{ path: "/orders/*" }, [{ pathPattern: { values: ["/orders", "/orders/*"] } }]],
    [{ path: "/orders" }, [{ pathPattern: { values: ["/orders"] } }]],
    [{ path: "/orders*" }, [{ pathPattern: { values: ["/orders*"] } }]],
    [
      {
        path: "/a",
        hosts: ["admin.orders.example.com"],
        methods: ["GET", "HEAD"],
        headers: { "x-version": ["2", "3"] },
      },
      [
        { pathPattern: { values: ["/a"] } },
        { hostHeader: { values: ["admin.orders.example.com"] } },
        { httpRequestMethod: { values: ["GET", "HEAD"] } },
        { httpHeader: { httpHeaderName: "x-version", values: ["2", "3"] } },
      ],
    ],
  ];
  for (const [said, asked] of conditions)
    it(`of ${JSON.stringify(said)} is a rule of the listener`, async () => {
      const stack = await service(routes({ conditions: said }));
      const rule = stack.one("ListenerRule");
      assert.deepEqual(
        [rule.inputs["listenerArn"], rule.inputs["priority"], rule.inputs["conditions"]],
        ["arn:listener", 7, asked],
      );
      assert.deepEqual(stack.from(rule, "actions"), ["orders-api"]);
    });

  for (const [protocol, version] of [
    ["http1", "HTTP1"],
    ["http2", "HTTP2"],
    ["grpc", "GRPC"],
  ] as const)
    it(`in ${protocol} goes over TLS to the tasks' addresses`, async () => {
      const { inputs } = (await service(routes({ protocol }))).one("TargetGroup");
      assert.deepEqual(
        [inputs["protocol"], inputs["protocolVersion"], inputs["targetType"], inputs["vpcId"]],
        ["HTTPS", version, "ip", "vpc-1"],
      );
      assert.equal((inputs["healthCheck"] as Record<string, unknown>)["protocol"], "HTTPS");
    });

  it("asks the tasks whether they are well as is said", async () => {
    const health = { path: "/live", interval: 10, timeout: 4, healthy: 3, unhealthy: 5, startSeconds: 300 };
    const stack = await service(routes({ health }));
    assert.deepEqual(stack.one("TargetGroup").inputs["healthCheck"], {
      protocol: "HTTPS",
      path: "/live",
      matcher: "200",
      interval: 10,
      timeout: 4,
      healthyThreshold: 3,
      unhealthyThreshold: 5,
    });
    assert.equal(ecs(stack).inputs["healthCheckGracePeriodSeconds"], 300);
    await assert.rejects(
      service(routes({ health: { interval: 1 } })),
      /routes\.internal of orders-api: health\.interval is 1/,
    );
  });

  it("gives a new task as long as the slowest way does, and only where there is a way", async () => {
    const grace = async (ways: Record<string, Route>) =>
      ecs(await service({ routes: ways })).inputs["healthCheckGracePeriodSeconds"];
    assert.equal(await grace({ internal }), 60);
    assert.equal(await grace({ internal: { ...internal, health: { startSeconds: 5 } } }), 5);
    assert.equal(await grace({ internal: { ...internal, health: { startSeconds: 5 } }, network }), 60);
    assert.equal(
      await grace({ internal, public: { ...fromInternet, health: { startSeconds: 1_800 } } }),
      1_800,
    );
    assert.equal(await grace({}), undefined);
  });

  it("leads a client to any task, or for a while to the same", async () => {
    const stickiness = async (sticky?: number) =>
      (await service(routes(sticky === undefined ? {} : { sticky }))).one("TargetGroup").inputs["stickiness"];
    assert.deepEqual(await stickiness(), { type: "lb_cookie", enabled: false });
    assert.deepEqual(await stickiness(3_600), { type: "lb_cookie", enabled: true, cookieDuration: 3_600 });
    for (const sticky of [0, 604_801, 1.5])
      await assert.rejects(
        stickiness(sticky),
        new RegExp(`routes\\.internal of orders-api: sticky is ${sticky}; .* from 1 to 604800`),
      );
  });

  it("is told to leave out a task for as long as it drains, and the task ends after that", async () => {
    const ends = async (drain?: number) => {
      const stack = await service(drain === undefined ? {} : { drain });
      const containers = JSON.parse(
        String(stack.one("aws:ecs/taskDefinition:TaskDefinition").inputs["containerDefinitions"]),
      );
      const main = containers.find(({ name }: { name: string }) => name === "api");
      return [stack.one("TargetGroup").inputs["deregistrationDelay"], main.stopTimeout];
    };
    assert.deepEqual(await ends(), [30, 40]);
    assert.deepEqual(await ends(1), [1, 11]);
    assert.deepEqual(await ends(110), [110, 120]);
    for (const drain of [0, 111, 2.5])
      await assert.rejects(ends(drain), new RegExp(`drain of orders-api is ${drain}; .* from 1 to 110`));
  });

  it("is there before the service, which can not use a target group that nothing leads to", async () => {
    const stack = await service({
      routes: { internal: { ...internal, ...test }, public: fromInternet },
      ...shifting,
    });
    assert.deepEqual(rules(stack), ["orders-api", "orders-api-public", "orders-api-test"]);
    for (const { urn } of stack.all("ListenerRule")) assert.ok(ecs(stack).dependencies.includes(urn));
  });

  it("has a name that fits, however long the service's is, and other names for other ways", async () => {
    for (const deployment of [{ strategy: "rolling" }, { strategy: "canary" }] as const) {
      const stack = await service({
        product: "a".repeat(20),
        workload: "b".repeat(20),
        routes: { internal, public: fromInternet },
        deployment,
      });
      const names = stack.all("TargetGroup").map(({ name }) => name);
      assert.equal(new Set(names).size, deployment.strategy === "rolling" ? 2 : 4);
      for (const name of names) {
        assert.ok(`${name}-1234567`.length <= 32, name);
        assert.match(name, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
      }
    }
  });
});

describe("a target group that is replaced while it is in use", () => {
  it("has a successor under another name before it goes, and the rule moves to that first", async () => {
    const seen = await options(routes({ protocol: "http1" }));
    const before = await service(routes({ protocol: "http1" }));
    const after = await service(routes({ protocol: "grpc" }));
    const group = after.one("TargetGroup");
    assert.equal(group.name, before.one("TargetGroup").name);
    // Pulumi gives each a name of its own, unless one is said; and makes the new one first, unless told otherwise.
    for (const word of ["name", "namePrefix"]) assert.equal(group.inputs[word], undefined);
    assert.notEqual(seen.get("TargetGroup orders-api")?.deleteBeforeReplace, true);
    const rule = after.one("ListenerRule");
    assert.deepEqual(rule.propertyDependencies["actions"], [group.urn]);
    assert.deepEqual(rule.ignoreChanges, []);
    assert.ok(ecs(after).dependencies.includes(rule.urn));
    assert.deepEqual(ecs(after).propertyDependencies["loadBalancers"], [group.urn]);
  });

  it("is not replaced for another port, health, drain, stickiness or way to deploy", async () => {
    const forcing = async (args: Partial<ServiceArgs>) => {
      const { inputs } = (await service(args)).one("TargetGroup", "orders-api");
      return ["port", "protocol", "protocolVersion", "targetType", "vpcId", "name"].map(word => inputs[word]);
    };
    const usual = await forcing({});
    for (const other of [
      { port: 9443 },
      { drain: 100 },
      { image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:2" },
      routes({ sticky: 10, health: { path: "/x" }, priority: 9, conditions: { path: "/y" } }),
      shifting,
    ])
      assert.deepEqual(await forcing(other), usual);
  });

  it("takes the place of the old rule, where that can not be changed and a listener has one of a priority", async () => {
    for (const deployment of [{ strategy: "rolling" }, { strategy: "linear" }] as const) {
      const rule = (await options({ deployment })).get("ListenerRule orders-api");
      assert.deepEqual([rule?.deleteBeforeReplace, rule?.replaceOnChanges], [true, ["tags.targets"]]);
    }
    const leadsTo = async (args: Partial<ServiceArgs>) =>
      ((await service(args)).one("ListenerRule").inputs["tags"] as Record<string, string>)["targets"];
    const http1 = await leadsTo(shifting);
    assert.equal(await leadsTo({ ...shifting, port: 9443, drain: 5 }), http1);
    assert.equal(await leadsTo({ deployment: { strategy: "canary" } }), http1);
    assert.notEqual(await leadsTo({ ...shifting, ...routes({ protocol: "grpc" }) }), http1);
    assert.notEqual(await leadsTo({}), http1);
    // A rolling rule is changed where it is.
    assert.equal(await leadsTo(routes({ protocol: "grpc" })), await leadsTo({}));
  });
});

describe("requests that are shifted", () => {
  for (const strategy of ["blueGreen", "canary", "linear"] as const)
    it(`in ${strategy} go to one of two revisions by weights, which are ECS's once they are there`, async () => {
      const stack = await service({
        deployment: { strategy },
        routes: { internal: { ...internal, ...test } },
      });
      const groups = stack.all("TargetGroup");
      assert.deepEqual(
        groups.map(({ name }) => name),
        ["orders-api", "orders-api-other"],
      );
      const [first, other] = groups;
      assert.deepEqual(first?.inputs, other?.inputs);
      for (const [name, listener] of [
        ["orders-api", "arn:listener"],
        ["orders-api-test", "arn:test"],
      ] as const) {
        const rule = stack.one("ListenerRule", name);
        assert.equal(rule.inputs["listenerArn"], listener);
        assert.deepEqual(rule.inputs["actions"], [
          {
            type: "forward",
            forward: {
              targetGroups: [
                { arn: "[unknown]", weight: 100 },
                { arn: "[unknown]", weight: 0 },
              ],
            },
          },
        ]);
        assert.deepEqual(stack.from(rule, "actions").sort(), ["orders-api", "orders-api-other"]);
        assert.deepEqual(rule.ignoreChanges, ["actions"]);
        assert.equal(rule.inputs["priority"], 7);
        assert.deepEqual(rule.inputs["conditions"], [{ pathPattern: { values: ["/orders", "/orders/*"] } }]);
        assert.equal((rule.inputs["tags"] as Record<string, string>)["shifted-for"], "orders-api");
      }
      assert.deepEqual(balancers(stack), [
        {
          containerName: "api",
          containerPort: 8443,
          targetGroupArn: "[unknown]",
          advancedConfiguration: {
            alternateTargetGroupArn: "[unknown]",
            productionListenerRule: "[unknown]",
            testListenerRule: "[unknown]",
            roleArn: "[unknown]",
          },
        },
      ]);
      assert.deepEqual(
        stack.from(ecs(stack), "loadBalancers").sort(),
        ["api-deployment", "orders-api", "orders-api", "orders-api-other", "orders-api-test"].sort(),
      );
    });

  it("need no test listener", async () => {
    const stack = await service(shifting);
    assert.deepEqual(rules(stack), ["orders-api"]);
    assert.deepEqual(
      balancers(stack).map(its => Object.keys(its["advancedConfiguration"] ?? {}).sort()),
      [["alternateTargetGroupArn", "productionListenerRule", "roleArn"]],
    );
  });

  it("come from inside and from the internet, each by rules and target groups of its own", async () => {
    const stack = await service({
      ...shifting,
      routes: { internal: { ...internal, ...test }, public: { ...fromInternet, testListenerArn: "arn:try" } },
    });
    assert.deepEqual(
      stack
        .all("ListenerRule")
        .map(rule => [rule.name, rule.inputs["listenerArn"], stack.from(rule, "actions")]),
      [
        ["orders-api", "arn:listener", ["orders-api", "orders-api-other"]],
        ["orders-api-public", "arn:public", ["orders-api-public", "orders-api-public-other"]],
        ["orders-api-public-test", "arn:try", ["orders-api-public", "orders-api-public-other"]],
        ["orders-api-test", "arn:test", ["orders-api", "orders-api-other"]],
      ],
    );
    assert.equal(balancers(stack).length, 2);
    for (const balancer of balancers(stack)) assert.ok("advancedConfiguration" in balancer);
    // The header proves that a request came by the content delivery; whoever tries a release comes past it.
    const header = (name: string) =>
      (stack.one("ListenerRule", name).inputs["conditions"] as object[]).some(it => "httpHeader" in it);
    assert.deepEqual([header("orders-api-public"), header("orders-api-public-test")], [true, false]);
  });

  it("may be sticky: then the rule says so too, as AWS demands, and for a second only", async () => {
    const actions = async (args: Partial<ServiceArgs>) =>
      (await service({ ...routes({ sticky: 600 }), ...args })).one("ListenerRule").inputs["actions"] as {
        forward?: { stickiness?: object };
      }[];
    const [shifted] = await actions(shifting);
    assert.deepEqual(shifted?.forward?.stickiness, { enabled: true, duration: 1 });
    const [rolling] = await actions({});
    assert.equal(rolling?.forward, undefined);
  });

  const refused: readonly [string, Partial<ServiceArgs>, RegExp][] = [
    ["a worker", { routes: {} }, /but no rule of a load balancer leads to it; say a path/],
    [
      "one that a Network Load Balancer calls",
      { routes: { network } },
      /but routes\.network comes through a Network Load Balancer/,
    ],
    [
      "one that a Network Load Balancer calls too",
      { routes: { internal, grpc: network } },
      /but routes\.grpc comes through a Network Load Balancer, whose one target group is kept elsewhere; leave it out/,
    ],
    [
      "one that is scaled by requests",
      { scaling: { min: 1, max: 2, targets: { requests: 500 } } },
      /but scaling\.targets\.requests is 500, which would measure one target group of two; scale by CPU/,
    ],
  ];
  for (const [whose, args, message] of refused)
    for (const strategy of ["blueGreen", "canary", "linear"] as const)
      it(`in ${strategy} can not be those of ${whose}`, async () => {
        const attempt = service({ deployment: { strategy }, ...args });
        await assert.rejects(attempt, message);
        await assert.rejects(
          attempt,
          new RegExp(`deployment of orders-api is ${strategy}, .*, or deploy it rolling`),
        );
      });

  it("are not needed of those: rolling they are deployed", async () => {
    for (const [, args] of refused)
      assert.equal(balancers(await service(args))?.some(it => "advancedConfiguration" in it) ?? false, false);
  });
});
