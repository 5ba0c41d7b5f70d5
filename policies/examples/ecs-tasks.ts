import { type Cases, unknown } from "./example";
import { part } from "./small-network";

const prod = { tags: { environment: "prod" } };
const dev = { tags: { environment: "dev" } };
const arn = "arn:aws:iam::111122223333:role/";

const efs = (efsVolumeConfiguration: unknown) => ({
  props: { volumes: [{ name: "tmp" }, { name: "files", efsVolumeConfiguration }] },
});
const authorizationConfig = { iam: "ENABLED", accessPointId: unknown };

const task = (name: string, taskRoleArn?: unknown, executionRoleArn?: unknown) =>
  part("ecs/taskDefinition:TaskDefinition", name, { family: name, taskRoleArn, executionRoleArn });
const role = (name: string, props: Readonly<Record<string, unknown>> = {}) =>
  part("iam/role:Role", name, props);
const roles = [role("api-task"), role("api-execution"), role("web-task"), role("web-execution")];
const api = task("api", "@api-task", "@api-execution");

const containers = (...definitions: unknown[]) => JSON.stringify(definitions);

export default [
  {
    rule: "ecs-task-no-host-network",
    accepts: [{ props: { networkMode: "awsvpc" } }, {}],
    refuses: [{ props: { networkMode: "host" } }],
    unknown: [{ props: { networkMode: unknown } }],
  },
  {
    rule: "ecs-task-awsvpc",
    accepts: [{ props: { networkMode: "awsvpc" } }],
    refuses: [{}, { props: { networkMode: "bridge" } }],
    unknown: [{ props: { networkMode: unknown } }],
  },
  {
    rule: "ecs-task-no-host-pid",
    accepts: [{}, { props: { pidMode: "task" } }],
    refuses: [{ props: { pidMode: "host" } }],
    unknown: [{ props: { pidMode: unknown } }],
  },
  {
    rule: "ecs-task-no-host-ipc",
    accepts: [{}, { props: { ipcMode: "task" } }, { props: { ipcMode: "none" } }],
    refuses: [{ props: { ipcMode: "host" } }],
    unknown: [{ props: { ipcMode: unknown } }],
  },
  {
    rule: "ecs-task-no-host-volumes",
    accepts: [{ props: { volumes: [{ name: "tmp" }] } }, {}],
    refuses: [
      { props: { volumes: [{ name: "docker", hostPath: "/var/run/docker.sock" }] } },
      { props: { volumes: [{ name: "tmp" }, { name: "etc", hostPath: unknown }] } },
    ],
    unknown: [{ props: { volumes: unknown } }, { props: { volumes: [unknown] } }],
  },
  {
    rule: "ecs-task-efs-tls",
    accepts: [
      efs({ fileSystemId: unknown, transitEncryption: "ENABLED" }),
      { props: { volumes: [{ name: "tmp" }] } },
    ],
    refuses: [efs({ fileSystemId: unknown }), efs({ transitEncryption: "DISABLED" })],
    unknown: [efs({ transitEncryption: unknown }), efs(unknown)],
  },
  {
    rule: "ecs-task-efs-role",
    accepts: [efs({ fileSystemId: unknown, authorizationConfig }), { props: { volumes: [{ name: "tmp" }] } }],
    refuses: [
      efs({ fileSystemId: unknown }),
      efs({ authorizationConfig: { ...authorizationConfig, iam: "DISABLED" } }),
      efs({ authorizationConfig: { ...authorizationConfig, accessPointId: undefined } }),
      efs({ authorizationConfig: { iam: unknown } }),
    ],
    unknown: [efs({ authorizationConfig: { ...authorizationConfig, iam: unknown } })],
  },
  {
    rule: "ecs-task-separate-roles",
    accepts: [
      [api, ...roles],
      [task("api", `${arn}api-task`, `${arn}api-execution`)],
      [task("api", `${arn}api-task`, "@api-execution"), role("api-execution", { name: "start" })],
      [task("api", "@api-task", `${arn}api-execution`), role("api-task", { name: "run" })],
    ],
    refuses: [
      [task("api", "@api-task", "@api-task"), ...roles],
      [task("api", `${arn}api`, `${arn}api`)],
      [task("api", `${arn}api`)],
      [task("api")],
      [task("api", undefined, "@api-execution"), ...roles],
      [task("api", `${arn}run`, "@api"), role("api", { name: "run" })],
      [task("api", "@api", `${arn}run`), role("api", { name: "run" })],
    ],
    unknown: [
      [task("api", "@api-task", `${arn}api-execution`), ...roles],
      [task("api", unknown, `${arn}api-execution`)],
      [task("api", "@of-another-stack", "@of-another-stack")],
      [task("api", `${arn}run`, "@api"), role("api", { name: unknown })],
    ],
  },
  {
    rule: "ecs-task-own-role",
    accepts: [
      [api, task("web", "@web-task", "@api-execution"), ...roles],
      [task("orders", "arn:a"), task("carts", "arn:b"), task("prices")],
    ],
    refuses: [
      [api, task("web", "@api-task", "@web-execution"), ...roles],
      [task("orders", "arn:a"), task("carts", "arn:a")],
      [task("orders", "arn:a"), task("carts"), task("prices", "arn:a")],
      // One that starts another task, and those of other kinds.
      [task("web", "@web-task", "@api-task"), api, ...roles],
      [api, task("web", "@web-task", "@api-task"), ...roles],
      [api, part("lambda/function:Function", "resize", { role: "@api-task" }), ...roles],
      [api, part("sfn/stateMachine:StateMachine", "nightly", { roleArn: "@api-task" }), ...roles],
    ],
    unknown: [
      [task("orders", "arn:a"), task("carts", unknown)],
      [api, task("web", "@of-another-stack", "@web-execution"), ...roles],
    ],
  },
  {
    rule: "ecs-task-own-execution-role",
    accepts: [[api, task("web", "@web-task", "@web-execution"), ...roles]],
    refuses: [[api, task("web", "@web-task", "@api-execution"), ...roles]],
    unknown: [[api, task("web", "@web-task", "@of-another-stack"), ...roles]],
  },
  {
    rule: "ecs-task-fault-injection-off",
    accepts: [{ props: prod }, { props: { ...dev, enableFaultInjection: true } }],
    refuses: [{ props: { ...prod, enableFaultInjection: true } }, { props: { enableFaultInjection: true } }],
    unknown: [{ props: { ...prod, enableFaultInjection: unknown } }],
  },
  {
    rule: "ecs-task-memory-limit",
    accepts: [
      { props: { memory: "512" } },
      { props: { containerDefinitions: containers({ name: "api", memory: 256 }) } },
      { props: { memory: unknown } },
    ],
    refuses: [
      { props: { containerDefinitions: containers({ name: "api", memory: 256 }, { name: "proxy" }) } },
      { props: { containerDefinitions: containers({ name: "api" }) } },
    ],
    unknown: [{ props: { containerDefinitions: unknown } }],
  },
] satisfies Cases[];
