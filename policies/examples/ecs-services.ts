import { type Cases, type Given, unknown } from "./example";
import { part } from "./small-network";

const prod = { tags: { environment: "prod" } };
const dev = { tags: { environment: "dev" } };
const called = { loadBalancers: [{ containerName: "api", containerPort: 8443 }] };
const inSubnets = (...subnets: readonly string[]) => ({ networkConfiguration: { subnets } });

const taskSet = "aws:ecs/taskSet:TaskSet";
const codeDeploy = { deploymentController: { type: "CODE_DEPLOY" } };

const service = (props: Readonly<Record<string, unknown>>) => part("ecs/service:Service", "api", props);
const subnet = (name: string, props: Readonly<Record<string, unknown>> = {}) =>
  part("ec2/subnet:Subnet", name, props);
const routedOut = (name: string): readonly Given[] => [
  part("ec2/internetGateway:InternetGateway", "gateway"),
  part("ec2/routeTable:RouteTable", "table"),
  part("ec2/route:Route", "out", { routeTableId: "@table", gatewayId: "@gateway" }),
  part("ec2/routeTableAssociation:RouteTableAssociation", "association", {
    routeTableId: "@table",
    subnetId: `@${name}`,
  }),
];

const cluster = (logging: string | undefined, logConfiguration: object) =>
  part("ecs/cluster:Cluster", "cluster", {
    name: "shop",
    configuration: { executeCommandConfiguration: { kmsKeyId: "alias/shop", logging, logConfiguration } },
  });
const recording = cluster("OVERRIDE", {
  cloudWatchLogGroupName: "/shop/sessions",
  cloudWatchEncryptionEnabled: true,
});
const shell = (on: unknown, where: Readonly<Record<string, unknown>>) =>
  service({ enableExecuteCommand: on, ...where });

const connected = (...services: readonly object[]) => ({
  props: { serviceConnectConfiguration: { enabled: true, services } },
});
const volume = (managedEbsVolume: object) => ({
  props: { volumeConfiguration: { name: "data", managedEbsVolume } },
});

export default [
  {
    rule: "ecs-service-no-public-ip",
    accepts: [{}, { props: { networkConfiguration: { assignPublicIp: false, subnets: [unknown] } } }],
    refuses: [{ props: { networkConfiguration: { assignPublicIp: true } } }],
    unknown: [{ props: { networkConfiguration: unknown } }],
  },
  {
    rule: "ecs-taskset-no-public-ip",
    accepts: [{}, { props: { networkConfiguration: { assignPublicIp: false, subnets: [unknown] } } }],
    refuses: [{ props: { networkConfiguration: { assignPublicIp: true } } }],
    unknown: [{ props: { networkConfiguration: { assignPublicIp: unknown } } }],
  },
  {
    rule: "ecs-service-private-subnets",
    accepts: [
      [service(inSubnets("@private")), subnet("private")],
      [service(inSubnets("@private")), subnet("private"), subnet("public"), ...routedOut("public")],
      [service(inSubnets("@of-another-stack"))],
    ],
    refuses: [
      [service(inSubnets("@public")), subnet("public"), ...routedOut("public")],
      [
        service(inSubnets("@private", "@open")),
        subnet("private"),
        subnet("open", { mapPublicIpOnLaunch: true }),
      ],
      [part("ecs/taskSet:TaskSet", "api", inSubnets("@open")), subnet("open", { mapPublicIpOnLaunch: true })],
    ],
    unknown: [[service(inSubnets("@open")), subnet("open", { mapPublicIpOnLaunch: unknown })]],
  },
  {
    rule: "ecs-service-own-security-group",
    accepts: [
      { props: { networkConfiguration: { subnets: ["subnet-1"], securityGroups: [unknown] } } },
      { props: { launchType: "EC2" } },
    ],
    refuses: [
      { props: { networkConfiguration: { subnets: ["subnet-1"] } } },
      { type: taskSet, props: { networkConfiguration: { subnets: ["subnet-1"], securityGroups: [] } } },
    ],
    unknown: [{ props: { networkConfiguration: { securityGroups: unknown } } }],
  },
  {
    rule: "ecs-service-platform-latest",
    accepts: [
      { props: { platformVersion: "LATEST" } },
      {},
      { type: taskSet, props: { platformVersion: "1.4.0" } },
    ],
    refuses: [
      { props: { platformVersion: "1.3.0" } },
      { type: taskSet, props: { platformVersion: "1.2.0" } },
    ],
    unknown: [{ props: { platformVersion: unknown } }],
  },
  {
    rule: "ecs-service-exec-recorded",
    accepts: [
      [shell(true, { cluster: "@cluster" }), recording],
      [shell(false, {}), cluster(undefined, {})],
      [shell(true, { cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/shop" }), recording],
      [shell(true, { cluster: "of-another-stack" }), cluster(undefined, {})],
      [shell(true, { cluster: unknown })],
      [service({}), cluster(undefined, {})],
    ],
    refuses: [
      [shell(true, {})],
      [shell(true, { cluster: "@cluster" }), cluster("OVERRIDE", {})],
      [
        shell(true, { cluster: "@cluster" }),
        cluster(undefined, { cloudWatchLogGroupName: "/shop/sessions" }),
      ],
      [
        shell(true, { cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/shop" }),
        cluster("OVERRIDE", { cloudWatchLogGroupName: "/shop/sessions" }),
      ],
    ],
    unknown: [[shell(unknown, {})], [shell(true, { cluster: "@cluster" }), cluster(unknown, {})]],
  },
  {
    rule: "ecs-service-circuit-breaker",
    accepts: [
      { props: { deploymentCircuitBreaker: { enable: true, rollback: true } } },
      { props: codeDeploy },
      {
        props: {
          deploymentController: { type: "ECS" },
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
      },
    ],
    refuses: [
      {},
      { props: { deploymentController: { type: "ECS" } } },
      { props: { deploymentCircuitBreaker: { enable: true, rollback: false } } },
      { props: { deploymentCircuitBreaker: { enable: false, rollback: true } } },
    ],
    unknown: [{ props: { deploymentCircuitBreaker: unknown } }],
  },
  {
    rule: "ecs-service-rollback-on-alarm",
    accepts: [
      { props: { ...prod, ...called, alarms: { alarmNames: ["errors"], enable: true, rollback: true } } },
      { props: { ...dev, ...called } },
      { props: prod },
      { props: { ...prod, ...called, ...codeDeploy } },
    ],
    refuses: [
      { props: { ...prod, ...called } },
      { props: called },
      { props: { ...prod, ...called, alarms: { alarmNames: ["errors"], enable: true, rollback: false } } },
      { props: { ...prod, ...called, alarms: { alarmNames: ["errors"], enable: false, rollback: true } } },
    ],
    unknown: [{ props: { ...prod, ...called, alarms: unknown } }, { props: { ...called, tags: unknown } }],
  },
  {
    rule: "ecs-service-keeps-capacity",
    accepts: [
      { props: prod },
      { props: { ...prod, deploymentMinimumHealthyPercent: 100 } },
      { props: { ...dev, deploymentMinimumHealthyPercent: 0 } },
      { props: { ...prod, schedulingStrategy: "DAEMON", deploymentMinimumHealthyPercent: 0 } },
    ],
    refuses: [{ props: { ...prod, deploymentMinimumHealthyPercent: 50 } }],
    unknown: [{ props: { ...prod, deploymentMinimumHealthyPercent: unknown } }],
  },
  {
    rule: "ecs-service-multi-az",
    accepts: [
      [service({ ...prod, ...called, desiredCount: 2, ...inSubnets("subnet-1", "subnet-2") })],
      [service({ ...prod, ...called, desiredCount: 2, ...inSubnets(unknown, unknown) })],
      [
        service({ ...prod, ...called, desiredCount: 2, ...inSubnets("@a", "@b") }),
        subnet("a", { availabilityZone: "eu-central-1a" }),
        subnet("b", { availabilityZone: "eu-central-1b" }),
      ],
      // One that the stack makes, and one of another.
      [
        service({ ...prod, ...called, desiredCount: 2, ...inSubnets("@a", "subnet-2") }),
        subnet("a", { availabilityZone: "eu-central-1a" }),
      ],
      [service({ ...dev, ...called, desiredCount: 1 })],
      [service({ ...prod, desiredCount: 1, ...inSubnets("subnet-1") })],
      [service({ ...prod, ...called, schedulingStrategy: "DAEMON", ...inSubnets("subnet-1", "subnet-2") })],
    ],
    refuses: [
      [service({ ...prod, ...called, desiredCount: 1, ...inSubnets("subnet-1", "subnet-2") })],
      [service({ ...prod, ...called, ...inSubnets("subnet-1", "subnet-2") })],
      [service({ ...prod, ...called, desiredCount: 2, ...inSubnets("subnet-1") })],
      [service({ ...prod, ...called, desiredCount: 2, ...inSubnets("subnet-1", "subnet-1") })],
      [service({ ...called, desiredCount: 1 })],
      [service({ ...prod, serviceRegistries: { registryArn: unknown }, desiredCount: 1 })],
      [service({ ...prod, serviceConnectConfiguration: { enabled: true }, desiredCount: 1 })],
      [
        service({ ...prod, ...called, desiredCount: 2, ...inSubnets("@a", "@b") }),
        subnet("a", { availabilityZone: "eu-central-1a" }),
        subnet("b", { availabilityZone: "eu-central-1a" }),
      ],
    ],
    unknown: [
      [service({ ...prod, ...called, desiredCount: unknown, ...inSubnets("subnet-1", "subnet-2") })],
      [service({ ...prod, ...called, desiredCount: 2, networkConfiguration: { subnets: unknown } })],
      [service({ ...called, desiredCount: 1, tags: unknown })],
    ],
  },
  {
    rule: "ecs-service-az-rebalancing",
    accepts: [{ props: { availabilityZoneRebalancing: "ENABLED" } }, {}],
    refuses: [{ props: { availabilityZoneRebalancing: "DISABLED" } }],
    unknown: [{ props: { availabilityZoneRebalancing: unknown } }],
  },
  {
    rule: "ecs-service-tags-propagated",
    accepts: [{ props: { propagateTags: "SERVICE" } }, { props: { propagateTags: "TASK_DEFINITION" } }],
    refuses: [{}, { props: { propagateTags: "NONE" } }],
    unknown: [{ props: { propagateTags: unknown } }],
  },
  {
    rule: "ecs-service-volumes-encrypted",
    accepts: [volume({ encrypted: true, kmsKeyId: unknown }), {}],
    refuses: [volume({ kmsKeyId: "alias/shop" }), volume({ encrypted: true })],
    unknown: [volume({ encrypted: unknown, kmsKeyId: "alias/shop" })],
  },
  {
    rule: "ecs-service-connect-tls",
    accepts: [
      connected({ portName: "api", tls: { issuerCertAuthority: { awsPcaAuthorityArn: unknown } } }),
      {},
      { props: { serviceConnectConfiguration: { enabled: false, services: [{ portName: "api" }] } } },
      // It calls others, and is called by none.
      connected(),
    ],
    refuses: [
      connected({ portName: "api" }),
      connected(
        { portName: "api", tls: { issuerCertAuthority: { awsPcaAuthorityArn: "arn" } } },
        { portName: "b" },
      ),
    ],
    unknown: [{ props: { serviceConnectConfiguration: { enabled: unknown, services: [{}] } } }],
  },
] satisfies Cases[];
