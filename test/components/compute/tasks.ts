/** How the tests of what runs in tasks have it run. */
import { TaskDefinition, type TaskDefinitionArgs } from "../../../components/compute/task-definition";
import { at, type Planned, planned } from "../planned";

/** The component is called as the resource is. */
export const definitionType = "aws:ecs/taskDefinition:TaskDefinition";
export const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

export const usual: TaskDefinitionArgs = {
  product: "orders",
  workload: "api",
  at,
  image: `${registry}/orders/web:1.2.3`,
  repositories: ["orders/web"],
  cpu: 1_024,
  memory: 2_048,
  environment: {},
  statements: [],
  logGroup: { name: "/landing-zone/orders/api" },
};

export const definition = (args: Partial<TaskDefinitionArgs> = {}, made: TaskDefinition[] = []) =>
  planned(() => made.push(new TaskDefinition("api", { ...usual, ...args })));

export type Container = Readonly<Record<string, unknown>>;

export const containersOf = (stack: Planned): Readonly<Record<string, Container>> => {
  const text = stack.one(definitionType).inputs["containerDefinitions"];
  const all = JSON.parse(String(text)) as Container[];
  return Object.fromEntries(all.map(container => [String(container["name"]), container]));
};

export const containers = async (args?: Partial<TaskDefinitionArgs>) => containersOf(await definition(args));

export const container = async (args?: Partial<TaskDefinitionArgs>, name = "api"): Promise<Container> => {
  const found = (await containers(args))[name];
  if (found === undefined) throw new Error(`no container ${name}`);
  return found;
};

export const environmentOf = (its: Container): Record<string, string> =>
  Object.fromEntries(
    (its["environment"] as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );

/** All that may be said of a task at once. */
export const everything: Partial<TaskDefinitionArgs> = {
  restart: true,
  shell: true,
  shellLogs: { logGroupName: "/landing-zone/orders/shells", keyAlias: "orders/operations" },
  port: 8443,
  tlsProxy: { listensOn: 8443, proxyTo: 8080, protocol: "http1" },
  logs: { kind: "bucket", bucketName: "orders-logs", keyAlias: "orders/data" },
  telemetry: { metrics: { workspaceName: "orders-metrics" } },
  sidecars: { cache: { image: `${registry}/bases/ecr-public/docker/library/valkey:8.1.0` } },
};
