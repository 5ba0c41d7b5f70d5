/** The options of services in all combinations: which of them the language takes, and what each comes to. */
import assert from "node:assert/strict";
import type { Plan } from "../../cli/planner";
import { DescriptionError, type Fault } from "../../stacks/description";
import {
  type Combination,
  combinations,
  isValid,
  type Option,
  options,
  productsToPlan,
  productWith,
  reasonsAgainst,
} from "./workload-combinations";
import {
  containersOf,
  type Inputs,
  type Part,
  partOf,
  planOfProducts,
  stackOf,
  zoneOf,
} from "./workload-zones";

const said = (combination: Combination): string => Object.values(combination).join(" ");

describe("the options of a service", () => {
  it("are taken in every combination but those that can not work, which are refused for that", () => {
    // A product for all that is alike but for the way in: one service of a product is behind a Network Load Balancer.
    const alike = new Map<string, Combination[]>();
    for (const its of combinations) {
      const key = said({ ...its, way: "path" });
      alike.set(key, [...(alike.get(key) ?? []), its]);
    }
    const named = [...alike.values()].map((services, number) =>
      Object.fromEntries(services.map(its => [`products.p${number}.services.${its.way.toLowerCase()}`, its])),
    );
    const products = named.map((services, number) =>
      productWith(
        `p${number}`,
        Object.fromEntries(Object.values(services).map(its => [its.way.toLowerCase(), its])),
      ),
    );
    let faults: readonly Fault[] = [];
    try {
      zoneOf(...products);
    } catch (error) {
      assert.ok(error instanceof DescriptionError);
      faults = error.faults;
    }
    const expected = named.flatMap(services =>
      Object.entries(services).flatMap(([at, its]) =>
        reasonsAgainst.flatMap(({ holds, word }) => (holds(its) ? [`${at}.${word}`] : [])),
      ),
    );
    assert.deepEqual(faults.map(({ path }) => path).sort(), expected.sort());
    assert.equal(combinations.length, 2016);
    assert.equal(combinations.filter(isValid).length, 1158);
  });

  it("have a table of what each comes to", () => {
    for (const [option, values] of Object.entries(options))
      assert.deepEqual(Object.keys(comesTo[option as Option]), [...values], option);
  });
});

interface Planned {
  readonly product: string;
  readonly name: string;
  readonly its: Combination;
  /** Without what is below it. */
  readonly path: string;
  readonly part: Part;
  readonly service: Inputs;
  readonly definition: Inputs;
  /** All of the product's service stack. */
  readonly stack: ReturnType<typeof stackOf>;
}

type Expectation = (planned: Planned) => void;

/** By name, what stands in a list of objects. */
const by = (list: unknown, key: string): Readonly<Record<string, Inputs>> =>
  Object.fromEntries(((list ?? []) as Inputs[]).map(item => [String(item[key]), item]));

const shifts = ({ deployment }: Combination): boolean => deployment !== "rolling";

/** Conditions of each of its rules: those of the internal load balancer, without what is for tests. */
const conditionsOf = ({ part, product, name }: Planned, way = "") =>
  part.all("ListenerRule").find(rule => rule.name === `${product}-${name}${way}`)?.inputs["conditions"] as
    | Inputs[]
    | undefined;

const valuesOf = (conditions: readonly Inputs[] | undefined, of: string): readonly string[] | undefined =>
  (conditions?.find(condition => of in condition)?.[of] as { values: string[] } | undefined)?.values;

/** Calls from these, by the rules into its tasks' group. */
const callersOf = ({ part, name }: Planned): string[] =>
  part
    .all("SecurityGroupIngressRule")
    .filter(rule => rule.name.startsWith(`${name}-from-`))
    .map(rule => {
      assert.deepEqual(
        [rule.inputs["fromPort"], rule.inputs["toPort"], rule.inputs["cidrIpv4"]],
        [8443, 8443, undefined],
      );
      return rule.name.slice(`${name}-from-`.length);
    })
    .sort();

function routed(planned: Planned, ways: readonly string[]): void {
  const { part, its, service, product, name } = planned;
  const groups = ways.flatMap(way => {
    const first = `${product}-${name}${way === "internal" ? "" : `-${way}`}`;
    return shifts(its) ? [first, `${first}-other`] : [first];
  });
  assert.deepEqual(
    part
      .all("TargetGroup")
      .map(group => group.name)
      .sort(),
    [...groups].sort(),
  );
  for (const { inputs } of part.all("TargetGroup"))
    assert.deepEqual([inputs["protocol"], inputs["targetType"]], ["HTTPS", "ip"]);
  // Callers from the internet try no releases.
  const rules = [
    ...groups.filter(group => !group.endsWith("-other")),
    ...(shifts(its) ? [`${product}-${name}-test`] : []),
  ];
  assert.deepEqual(
    part
      .all("ListenerRule")
      .map(rule => rule.name)
      .sort(),
    rules.sort(),
  );
  assert.equal((service["loadBalancers"] as unknown[]).length, ways.length);
  assert.equal(service["healthCheckGracePeriodSeconds"], 60);
  assert.deepEqual(callersOf(planned), [...ways].sort());
}

function onlyCalledDirectly(planned: Planned): void {
  const { part, service } = planned;
  for (const type of ["TargetGroup", "ListenerRule"]) assert.deepEqual(part.all(type), []);
  assert.deepEqual(callersOf(planned), []);
  assert.equal(service["loadBalancers"], undefined);
  assert.equal(service["healthCheckGracePeriodSeconds"], undefined);
}

/** What scales it: its bounds are always there. */
function scaled(
  { part, name, product }: Planned,
  {
    policies,
    alarms,
    actions = {},
  }: {
    readonly policies: Readonly<Record<string, Inputs>>;
    readonly alarms: Readonly<
      Record<string, readonly [operator: string, threshold: number, minutes: number]>
    >;
    readonly actions?: Readonly<Record<string, readonly [schedule: string, min: number, max: number]>>;
  },
): void {
  const target = part.one("Target");
  assert.deepEqual(
    [target["minCapacity"], target["maxCapacity"], target["resourceId"]],
    [2, 6, `service/${product}/${product}-${name}`],
  );
  const short = (full: string) => full.slice(name.length + 1);
  assert.deepEqual(
    Object.fromEntries(
      part.all("Policy").map(policy => {
        const { stepScalingPolicyConfiguration: step, targetTrackingScalingPolicyConfiguration: track } =
          policy.inputs as Readonly<Record<string, Inputs>>;
        const [adjustment] = (step?.["stepAdjustments"] ?? []) as Inputs[];
        const metric = track?.["predefinedMetricSpecification"] as Inputs | undefined;
        return [
          short(policy.name),
          adjustment === undefined
            ? { near: track?.["targetValue"], of: metric?.["predefinedMetricType"] ?? "its own metric" }
            : { by: adjustment["scalingAdjustment"] },
        ];
      }),
    ),
    policies,
  );
  const its = part.all("MetricAlarm").filter(alarm => ["add", "take", "wake"].includes(short(alarm.name)));
  assert.deepEqual(
    Object.fromEntries(
      its.map(({ name: alarm, inputs, propertyDependencies }) => {
        assert.equal(propertyDependencies["alarmActions"]?.length, 1);
        return [
          short(alarm),
          [inputs["comparisonOperator"], inputs["threshold"], inputs["evaluationPeriods"]],
        ];
      }),
    ),
    alarms,
  );
  assert.deepEqual(
    Object.fromEntries(
      part.all("ScheduledAction").map(({ name: action, inputs }) => {
        const { minCapacity, maxCapacity } = inputs["scalableTargetAction"] as Inputs;
        return [short(action), [inputs["schedule"], minCapacity, maxCapacity]];
      }),
    ),
    actions,
  );
}

const steps = (above: number, below: number, by: number) => ({
  policies: { add: { by }, take: { by: -by } },
  alarms: {
    add: ["GreaterThanThreshold", above, 1],
    take: ["LessThanThreshold", below, 10],
  } as const,
});

function deployed({ service, part, its }: Planned, configuration: Inputs): void {
  assert.deepEqual(service["deploymentConfiguration"], configuration);
  assert.deepEqual(service["deploymentCircuitBreaker"], { enable: true, rollback: true });
  const shifting = shifts(its);
  for (const balancer of (service["loadBalancers"] ?? []) as Inputs[])
    assert.equal("advancedConfiguration" in balancer, shifting);
  assert.equal(
    part.all("Role").some(({ name }) => name.endsWith("-deployment")),
    shifting,
  );
  for (const rule of part.all("ListenerRule")) {
    const [{ forward, targetGroupArn }] = rule.inputs["actions"] as [
      { forward?: Inputs; targetGroupArn?: string },
    ];
    assert.deepEqual(rule.ignoreChanges, shifting ? ["actions"] : []);
    if (shifting)
      assert.deepEqual(
        ((forward?.["targetGroups"] ?? []) as Inputs[]).map(({ weight }) => weight),
        [100, 0],
      );
    else assert.ok(targetGroupArn);
  }
}

/** What every value of an option must show in the plan of a service that has it. */
const comesTo: { readonly [O in Option]: Readonly<Record<Combination[O], Expectation>> } = {
  way: {
    path: planned => {
      routed(planned, ["internal"]);
      assert.deepEqual(valuesOf(conditionsOf(planned), "pathPattern"), [planned.path, `${planned.path}/*`]);
    },
    host: planned => {
      routed(planned, ["internal"]);
      const name = `${planned.name}.${planned.product}`;
      assert.deepEqual(valuesOf(conditionsOf(planned), "hostHeader"), [`${name}.dev.example.com`]);
    },
    headers: planned => {
      routed(planned, ["internal"]);
      const conditions = conditionsOf(planned);
      assert.deepEqual(valuesOf(conditions, "httpRequestMethod"), ["GET"]);
      assert.deepEqual(conditions?.find(condition => "httpHeader" in condition)?.["httpHeader"], {
        httpHeaderName: "X-Channel",
        values: ["app"],
      });
    },
    public: planned => {
      routed(planned, ["internal", "public"]);
      assert.deepEqual(valuesOf(conditionsOf(planned, "-public"), "pathPattern"), [
        planned.path,
        `${planned.path}/*`,
      ]);
    },
    network: planned => {
      for (const type of ["TargetGroup", "ListenerRule"]) assert.deepEqual(planned.part.all(type), []);
      assert.equal((planned.service["loadBalancers"] as unknown[]).length, 1);
      assert.deepEqual(callersOf(planned), ["network"]);
    },
    calledBy: planned => {
      onlyCalledDirectly(planned);
      const { part, stack, name } = planned;
      assert.equal(part.one("Service", "servicediscovery")["name"], name);
      const caller = partOf(stack, "Service", "caller");
      const [environment] = [containersOf(caller.one("TaskDefinition"))["caller"]?.["environment"]];
      assert.ok(by(environment, "name")[`${name.toUpperCase().replaceAll("-", "_")}_URL`]);
    },
    worker: planned => {
      onlyCalledDirectly(planned);
      assert.equal(planned.service["serviceRegistries"], undefined);
      assert.equal(containersOf(planned.definition)[planned.name]?.["portMappings"], undefined);
    },
  },
  scaling: {
    usual: planned => scaled(planned, steps(35, 5, 1)),
    steps: planned => scaled(planned, steps(60, 20, 2)),
    targets: planned =>
      scaled(planned, {
        policies: {
          cpu: { near: 50, of: "ECSServiceAverageCPUUtilization" },
          memory: { near: 70, of: "ECSServiceAverageMemoryUtilization" },
        },
        alarms: {},
      }),
    requests: planned =>
      scaled(planned, { policies: { requests: { near: 600, of: "ALBRequestCountPerTarget" } }, alarms: {} }),
    backlog: planned =>
      scaled(planned, { policies: { backlog: { near: 100, of: "its own metric" } }, alarms: {} }),
    planned: planned =>
      scaled(planned, {
        ...steps(35, 5, 1),
        actions: {
          morning: ["cron(0 7 ? * MON-FRI *)", 4, 12],
          asleep: ["cron(0 20 ? * MON-FRI *)", 0, 0],
          awake: ["cron(30 6 ? * MON-FRI *)", 2, 6],
        },
      }),
  },
  deployment: {
    rolling: planned => deployed(planned, { strategy: "ROLLING" }),
    blueGreen: planned => deployed(planned, { strategy: "BLUE_GREEN", bakeTimeInMinutes: "10" }),
    canary: planned =>
      deployed(planned, {
        strategy: "CANARY",
        bakeTimeInMinutes: "10",
        canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: "10" },
      }),
    linear: planned =>
      deployed(planned, {
        strategy: "LINEAR",
        bakeTimeInMinutes: "10",
        linearConfiguration: { stepPercent: 20, stepBakeTimeInMinutes: "3" },
      }),
  },
  tls: {
    own: ({ service, definition, name }) => {
      assert.deepEqual(Object.keys(containersOf(definition)), [name]);
      for (const balancer of (service["loadBalancers"] ?? []) as Inputs[])
        assert.deepEqual([balancer["containerName"], balancer["containerPort"]], [name, 8443]);
    },
    proxy: ({ service, definition, name }) => {
      const containers = containersOf(definition);
      assert.deepEqual(Object.keys(containers), [name, "tls-proxy"]);
      assert.deepEqual(containers["tls-proxy"]?.["portMappings"], [{ containerPort: 8443, protocol: "tcp" }]);
      assert.match(JSON.stringify(containers["tls-proxy"]), /listen 8443 ssl.*127\.0\.0\.1:8080/);
      // Nobody gets past the proxy.
      assert.equal(containers[name]?.["portMappings"], undefined);
      for (const balancer of (service["loadBalancers"] ?? []) as Inputs[])
        assert.deepEqual([balancer["containerName"], balancer["containerPort"]], ["tls-proxy", 8443]);
    },
  },
  capacity: {
    fargate: ({ service, definition }) => {
      assert.deepEqual(service["capacityProviderStrategies"], [{ capacityProvider: "FARGATE", weight: 1 }]);
      assert.deepEqual(definition["requiresCompatibilities"], ["FARGATE"]);
      assert.equal(service["platformVersion"], "LATEST");
    },
    spot: ({ service, definition }) => {
      assert.deepEqual(service["capacityProviderStrategies"], [
        { capacityProvider: "FARGATE", base: 2, weight: 50 },
        { capacityProvider: "FARGATE_SPOT", weight: 50 },
      ]);
      assert.deepEqual(definition["requiresCompatibilities"], ["FARGATE"]);
    },
    instances: ({ service, definition, stack, product }) => {
      const [{ capacityProvider = "" } = {}] = service["capacityProviderStrategies"] as {
        capacityProvider?: string;
      }[];
      const provider = stack.find(({ type }) => type.endsWith(":CapacityProvider"));
      assert.ok(provider, `${product} has no capacity provider`);
      assert.equal(capacityProvider, provider.inputs["name"]);
      assert.deepEqual(definition["requiresCompatibilities"], ["EC2"]);
      assert.equal(service["platformVersion"], undefined);
      assert.equal(service["launchType"], undefined);
    },
  },
  architecture: {
    arm64: ({ definition }) => architecture(definition, "ARM64"),
    x86_64: ({ definition }) => architecture(definition, "X86_64"),
  },
};

const architecture = ({ runtimePlatform }: Inputs, cpuArchitecture: string): void =>
  assert.deepEqual(runtimePlatform, { cpuArchitecture, operatingSystemFamily: "LINUX" });

/** Whether what can not be read yet is what another stack will have made, such as subnets. */
function hangsOnAnotherStack(urn: string, message: string, resources: Planned["stack"]): boolean {
  const [, property = ""] = /^unknown: (\w+)/.exec(message) ?? [];
  const urns = resources.find(its => its.urn === urn)?.propertyDependencies[property] ?? [];
  return urns.length > 0 && urns.every(its => its.includes("::pulumi:pulumi:StackReference::"));
}

describe("services with the options in all combinations", function () {
  this.timeout(180_000);
  const products = productsToPlan();
  let plan: Plan;
  let planned: Planned[];
  before(async () => {
    plan = await planOfProducts(zoneOf(...products.map(({ product }) => product)));
    planned = products.flatMap(({ product: { name: product, services: described }, services }) => {
      const stack = stackOf(plan, `${product}-service-dev`);
      return Object.entries(services).map(([name, its]): Planned => {
        const part = partOf(stack, "Service", name);
        return {
          product,
          name,
          its,
          path: (described?.[name]?.path ?? "").replace(/\/\*$/, ""),
          part,
          stack,
          service: part.one("Service", "ecs"),
          definition: part.one("TaskDefinition"),
        };
      });
    });
  });

  it("are at least two hundred, and have every two values together that go together", () => {
    assert.equal(new Set(planned.map(({ its }) => said(its))).size, planned.length);
    assert.ok(planned.length >= 200, `${planned.length} are planned`);
    const pairs = (its: Combination) => {
      const values = Object.entries(its)
        .map(entry => entry.join(": "))
        .sort();
      return values.flatMap(one => values.map(other => `${one}, ${other}`));
    };
    assert.deepEqual(
      [...new Set(planned.flatMap(({ its }) => pairs(its)))].sort(),
      [...new Set(combinations.filter(isValid).flatMap(pairs))].sort(),
    );
  });

  it("are refused by no policy, none of which is left undecided by them or complains of what nobody accepted", () => {
    const ours = plan.stacks.filter(({ name }) => /-(persistent|service)-dev$/.test(name));
    const violations = ours.flatMap(stack => stack.violations.map(violation => ({ ...violation, stack })));
    assert.ok(violations.some(({ message }) => message.startsWith("accepted: ")));
    assert.deepEqual(
      violations
        .filter(({ level, message }) => level !== "advisory" || !message.startsWith("accepted: "))
        .filter(({ urn, message, stack }) => !hangsOnAnotherStack(urn, message, stack.resources))
        .map(({ policy, urn, message }) => `${policy} ${urn}: ${message}`),
      [],
    );
  });

  for (const [option, values] of Object.entries(comesTo))
    for (const [value, expectation] of Object.entries<Expectation>(values))
      it(`show ${option}: ${value}`, () => {
        const having = planned.filter(({ its }) => its[option as Option] === value);
        assert.ok(having.length > 0);
        for (const one of having)
          try {
            expectation(one);
          } catch (error) {
            throw new Error(`${one.product}.${one.name}, ${said(one.its)}: ${(error as Error).message}`);
          }
      });

  it("are left to the scaler, have no public addresses, are spread over zones and waited for", () => {
    for (const { part, service } of planned) {
      const [made] = part.all("Service").filter(({ type }) => type.startsWith("aws:ecs/"));
      assert.deepEqual(made?.ignoreChanges, ["desiredCount"]);
      assert.equal((service["networkConfiguration"] as Inputs)["assignPublicIp"], false);
      assert.equal(service["availabilityZoneRebalancing"], "ENABLED");
      assert.equal(service["waitForSteadyState"], true);
    }
  });
});
