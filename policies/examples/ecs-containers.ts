import { type Cases, unknown } from "./example";

const containers = (...definitions: unknown[]) => ({
  props: { containerDefinitions: JSON.stringify(definitions) },
});
const unknownContainers = [{ props: { containerDefinitions: unknown } }];
const capabilities = (of: unknown) => ({ name: "api", linuxParameters: { capabilities: of } });
const logging = (options: unknown) => ({ name: "api", logConfiguration: { logDriver: "awslogs", options } });
const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const image = (reference: unknown) => ({ name: "api", image: reference });
const sidecar = { name: "proxy" };

export default [
  {
    rule: "ecs-task-not-privileged",
    accepts: [containers({ name: "app" }, { name: "proxy", privileged: false })],
    refuses: [
      containers({ name: unknown }, { name: "app", privileged: true }),
      {},
      { props: { containerDefinitions: "{" } },
    ],
    unknown: [...unknownContainers, containers({ name: "app", privileged: unknown })],
  },
  {
    rule: "ecs-task-readonly-root",
    accepts: [containers({ name: "app", image: unknown, readonlyRootFilesystem: true })],
    refuses: [
      containers({ name: "app" }),
      containers("app"),
      { props: { containerDefinitions: '{"name":"app"}' } },
    ],
    unknown: [...unknownContainers, containers({ readonlyRootFilesystem: unknown })],
  },
  {
    rule: "ecs-task-non-root",
    accepts: [
      containers({ user: "1000:1000" }),
      containers({ user: "app" }),
      { props: { containerDefinitions: [{ user: "1" }] } },
    ],
    refuses: [
      containers({}),
      containers({ user: "root" }),
      containers({ user: "0:1000" }),
      containers({ user: "root:app" }),
    ],
    unknown: [...unknownContainers, containers({ user: unknown })],
  },
  {
    rule: "ecs-task-no-secrets-in-env",
    accepts: [
      containers({
        environment: [
          { name: "LOG_LEVEL", value: unknown },
          { name: "DB_SECRET_ARN", value: "arn" },
        ],
      }),
      containers({ secrets: [{ name: "DB_PASSWORD", valueFrom: unknown }] }),
    ],
    refuses: [
      containers({ environment: [{ name: unknown }, { name: "DB_PASSWORD", value: unknown }] }),
      containers({ environment: [{ name: "STRIPE_API_KEY" }] }),
      containers({ environment: [{ name: "githubToken" }] }),
    ],
    unknown: [...unknownContainers, containers({ environment: [{ name: unknown }] })],
  },
  {
    rule: "ecs-task-no-added-capabilities",
    accepts: [containers({ name: "api" }), containers(capabilities({ drop: ["ALL"], add: [] }))],
    refuses: [
      containers(capabilities({ add: ["SYS_ADMIN"] })),
      containers(sidecar, capabilities({ add: ["NET_RAW"] })),
    ],
    unknown: [...unknownContainers, containers(capabilities({ add: unknown }))],
  },
  {
    rule: "ecs-task-drop-capabilities",
    accepts: [
      containers(capabilities({ drop: ["ALL"] })),
      containers(capabilities({ drop: [unknown, "ALL"] })),
      {
        props: {
          containerDefinitions: JSON.stringify([{ name: "api" }]),
          runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
        },
      },
    ],
    refuses: [
      containers({ name: "api" }),
      containers(capabilities({ drop: ["NET_RAW"] })),
      containers(capabilities({ drop: ["ALL"] }), sidecar),
    ],
    unknown: [...unknownContainers, containers(capabilities({ drop: [unknown] }))],
  },
  {
    rule: "ecs-task-no-secret-values",
    accepts: [
      containers({
        name: "api",
        command: ["serve", "--port", "8443"],
        healthCheck: { command: ["CMD", "ok"] },
      }),
      containers({ environment: [{ name: "ORIGIN", value: "https://shop.example.com:8443/a@b" }] }),
    ],
    refuses: [
      containers({
        name: "api",
        environment: [{ name: "DATABASE", value: "postgres://shop:hunter22@db.example.com" }],
      }),
      containers({
        name: "api",
        command: ["serve", "--from", "postgres://shop:hunter22@db.example.com/shop"],
      }),
      containers(sidecar, { name: "api", entryPoint: ["login", "AKIAIOSFODNN7EXAMPLE"] }),
      containers({ name: "api", healthCheck: { command: ["CMD", "curl", "https://a:b1c2@localhost"] } }),
    ],
    unknown: [
      ...unknownContainers,
      containers({ name: "api", command: ["serve", unknown] }),
      containers({ environment: [{ value: unknown }] }),
    ],
  },
  {
    rule: "ecs-task-no-secrets-in-log-options",
    accepts: [
      containers(logging({ "awslogs-group": "/shop/api", log_key: "log" })),
      containers({ name: "api" }),
      containers({
        name: "api",
        logConfiguration: {
          logDriver: "splunk",
          secretOptions: [{ name: "splunk-token", valueFrom: unknown }],
        },
      }),
    ],
    refuses: [
      containers(logging({ "splunk-token": unknown })),
      containers(sidecar, logging({ http_passwd: "hunter22" })),
      containers(logging({ apikey: "x" })),
    ],
    unknown: [...unknownContainers, containers(logging(unknown))],
  },
  {
    rule: "ecs-task-logging",
    accepts: [containers({ name: "api", logConfiguration: { logDriver: "awslogs" } })],
    refuses: [
      containers({ name: "api" }),
      containers({ name: "api", logConfiguration: { logDriver: "none" } }),
      containers({ name: "api", logConfiguration: { logDriver: "awslogs" } }, sidecar),
    ],
    unknown: [...unknownContainers, containers({ name: "api", logConfiguration: { logDriver: unknown } })],
  },
  {
    rule: "ecs-task-log-group-managed",
    accepts: [
      containers(logging({ "awslogs-group": "/shop/api" })),
      containers(logging({ "awslogs-create-group": "false" })),
    ],
    refuses: [
      containers(logging({ "awslogs-create-group": "true" })),
      containers(sidecar, logging({ "awslogs-create-group": true })),
    ],
    unknown: [...unknownContainers, containers(logging({ "awslogs-create-group": unknown }))],
  },
  {
    rule: "ecs-task-image-from-own-ecr",
    accepts: [
      containers(image(`${registry}/orders/api:1.4.2`)),
      containers(image(`111122223333.dkr-ecr.eu-central-1.on.aws/orders/api@${digest}`)),
    ],
    refuses: [
      containers(image("nginx:1.29")),
      containers(image("public.ecr.aws/docker/library/nginx:1.29")),
      containers(image(`registry.example.com/${registry}/api:1.4.2`)),
      containers(image(`${registry}.example.com/api:1.4.2`)),
      containers(image(`${registry}/orders/api:1.4.2`), image("docker.io/library/redis:8")),
      containers({ name: "api" }),
    ],
    unknown: [...unknownContainers, containers(image(unknown))],
  },
  {
    rule: "ecs-task-image-pinned",
    accepts: [
      containers(image(`${registry}/orders/api:1.4.2`)),
      containers(image(`${registry}/orders/api@${digest}`)),
      containers(image(`${registry}/orders/api:latest@${digest}`)),
    ],
    refuses: [
      containers(image(`${registry}/orders/api:latest`)),
      containers(image(`${registry}/orders/api`)),
      containers(image("registry.example.com:5000/api")),
      containers(image(`${registry}/orders/api:1.4.2`), image("redis:latest")),
    ],
    unknown: [...unknownContainers, containers(image(unknown))],
  },
  {
    rule: "ecs-task-version-consistency",
    accepts: [containers({ name: "api" }), containers({ name: "api", versionConsistency: "enabled" })],
    refuses: [
      containers({ name: "api", versionConsistency: "disabled" }),
      containers(sidecar, { name: "api", versionConsistency: "disabled" }),
    ],
    unknown: [...unknownContainers, containers({ name: "api", versionConsistency: unknown })],
  },
] satisfies Cases[];
