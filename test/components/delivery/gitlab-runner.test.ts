import assert from "node:assert/strict";
import type { GitlabRunnerArgs } from "../../../components/delivery/gitlab-runner";
import { readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import { refusals } from "../logs/judged";
import { at, type Planned, statements } from "../planned";
import { alarmTopics, toldOf } from "../told";
import { fargate, jobRoles, runner, spot } from "./runner-arguments";

const onFargate = { workers: fargate, managerType: "t3.small" } as const;
const kinds: Readonly<Record<string, Partial<GitlabRunnerArgs>>> = {
  "spot workers": {},
  "spot workers whose jobs have a role": { jobRoles },
  fargate: onFargate,
  "fargate whose jobs have a role": { ...onFargate, jobRoles },
  "endpoints of its own": { endpoints: true },
};

const template = (stack: Planned, name: string) => stack.one("LaunchTemplate", name).inputs;
const scriptOf = (inputs: Readonly<Record<string, unknown>>) =>
  Buffer.from(String(inputs["userData"]), "base64").toString("utf8");

describe("a runner of GitLab", () => {
  for (const [kind, more] of Object.entries(kinds)) {
    it(`is what the policies take, also in prod: ${kind}`, async () => {
      assert.deepEqual(await refusals(await runner(more)), []);
    });

    it(`lets nobody in but its manager to where jobs run: ${kind}`, async () => {
      const stack = await runner(more);
      for (const type of ["InternetGateway", "Eip", "NatGateway", "LoadBalancer"])
        assert.equal(stack.all(type).length, 0, type);
      for (const { inputs } of stack.all("Subnet")) assert.equal(inputs["mapPublicIpOnLaunch"], false);
      const rules = stack
        .all("SecurityGroupIngressRule")
        .filter(rule => stack.from(rule, "securityGroupId")[0] !== undefined)
        .map(rule => ({
          port: [rule.inputs["fromPort"], rule.inputs["toPort"]],
          to: stack.from(rule, "securityGroupId"),
          from: rule.inputs["cidrIpv4"] ?? stack.from(rule, "referencedSecurityGroupId"),
        }));
      const port = more.workers?.kind === "fargate" ? 2222 : 22;
      const workers = more.workers?.kind === "fargate" ? "runner-jobs" : "runner-workers";
      assert.deepEqual(rules, [
        // The runner's own network to endpoints of AWS.
        ...(more.endpoints === true ? [{ port: [443, 443], to: ["runner"], from: "10.18.0.0/22" }] : []),
        { port: [port, port], to: [workers], from: ["runner-manager"] },
      ]);
    });
  }

  it("has a manager that is replaced and never mended, one at a time", async () => {
    const stack = await runner();
    const { inputs } = stack.one("aws:autoscaling/group:Group", "runner-manager");
    assert.deepEqual([inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]], [1, 1, 1]);
    assert.equal(inputs["maxInstanceLifetime"], 7 * 86_400);
    const replacing = { minHealthyPercentage: 0, maxHealthyPercentage: 100 };
    assert.deepEqual(inputs["instanceMaintenancePolicy"], replacing);
    const { strategy, preferences } = inputs["instanceRefresh"] as Record<string, object>;
    assert.equal(strategy, "Rolling");
    assert.deepEqual({ ...preferences, ...replacing }, preferences);
    const { inputs: hook } = stack.one("LifecycleHook");
    assert.equal(hook["lifecycleTransition"], "autoscaling:EC2_INSTANCE_TERMINATING");
    // Longer than jobs get, and no longer than AWS waits.
    assert.equal(hook["heartbeatTimeout"], 3_900);
    assert.match(scriptOf(template(stack, "runner-manager")), /TimeoutStopSec=3600\n/);
    assert.match(
      scriptOf(template(stack, "runner-manager")),
      new RegExp(`--lifecycle-hook-name ${hook["name"]} `),
    );
  });

  it("starts instances closed, encrypted, without keys for SSH and with the newest image", async () => {
    const stack = await runner();
    for (const [name, types] of [
      ["runner-manager", "t4g.small"],
      ["runner-workers", undefined],
    ] as const) {
      const inputs = template(stack, name);
      assert.equal(inputs["instanceType"], types);
      assert.equal(inputs["keyName"], undefined);
      assert.equal(
        inputs["imageId"],
        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      );
      assert.deepEqual(inputs["metadataOptions"], {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      const [{ ebs }] = inputs["blockDeviceMappings"] as [{ ebs: Record<string, unknown> }];
      assert.equal(ebs["encrypted"], "true");
      assert.equal(ebs["volumeType"], "gp3");
      assert.deepEqual(stack.from(stack.one("LaunchTemplate", name), "blockDeviceMappings"), ["runner"]);
    }
    const x86 = await runner({ workers: { ...spot, types: ["m7i.large"] } });
    assert.match(String(template(x86, "runner-workers")["imageId"]), /-x86_64$/);
    assert.match(String(template(x86, "runner-manager")["imageId"]), /-arm64$/);
  });

  it("leaves its Spot workers to the manager", async () => {
    const stack = await runner();
    const { inputs } = stack.one("aws:autoscaling/group:Group", "runner-workers");
    assert.deepEqual([inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]], [0, 4, undefined]);
    assert.equal(inputs["protectFromScaleIn"], true);
    assert.deepEqual(inputs["suspendedProcesses"], ["AZRebalance"]);
    const { instancesDistribution, launchTemplate } = inputs["mixedInstancesPolicy"] as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual(instancesDistribution, {
      onDemandBaseCapacity: 0,
      onDemandPercentageAboveBaseCapacity: 0,
      spotAllocationStrategy: "capacity-optimized-prioritized",
    });
    assert.deepEqual(launchTemplate?.["overrides"], [
      { instanceType: "m7g.large" },
      { instanceType: "c7g.large" },
    ]);
    assert.equal((inputs["vpcZoneIdentifiers"] as unknown[]).length, 2);
  });

  it("gives containers the workers' role where jobs deploy by it, and the manager's to nobody", async () => {
    for (const [roles, hops] of [
      [[], 1],
      [jobRoles, 2],
    ] as const) {
      const stack = await runner({ jobRoles: roles });
      const hopsOf = (name: string) =>
        (template(stack, name)["metadataOptions"] as Record<string, number>)["httpPutResponseHopLimit"];
      assert.equal(hopsOf("runner-workers"), hops);
      assert.equal(hopsOf("runner-manager"), 1);
    }
  });

  it("keeps its cache private, encrypted with its own key, recorded and for 30 days", async () => {
    const stack = await runner();
    const bucket = stack.one("aws:s3/bucket:Bucket");
    assert.equal(bucket.inputs["bucket"], `landing-zone-runner-cache-${at.accountId}-${at.region}`);
    assert.equal(bucket.protect, true);
    const { inputs } = stack.one("BucketLifecycleConfiguration");
    const [rule] = inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(rule?.["expiration"], { days: 30 });
    assert.deepEqual(stack.from(stack.one("BucketServerSideEncryptionConfiguration"), "rules"), ["runner"]);
    assert.equal(stack.one("BucketLogging").inputs["targetBucket"], "access-logs-111122223333");
  });

  it("takes its token from a secret that it makes without a value", async () => {
    const stack = await runner();
    const secret = stack.one("aws:secretsmanager/secret:Secret");
    assert.equal(secret.inputs["name"], "landing-zone-runner/gitlab");
    assert.equal(stack.all("SecretVersion").length, 0);
    assert.match(
      scriptOf(template(stack, "runner-manager")),
      /get-secret-value --secret-id landing-zone-runner\/gitlab /,
    );
  });

  it("tells where it is not heard of, and where jobs wait for workers", async () => {
    const stack = await runner();
    const heartbeat = stack.one("MetricAlarm", "runner-manager-heartbeat").inputs;
    assert.equal(heartbeat["treatMissingData"], "breaching");
    assert.equal(heartbeat["name"], "landing-zone-runner-manager-heartbeat");
    assert.deepEqual(heartbeat["dimensions"], { Runner: "landing-zone-runner-manager" });
    const full = stack.one("MetricAlarm", "runner-full").inputs;
    assert.equal(full["threshold"], 3);
    assert.deepEqual(full["dimensions"], { AutoScalingGroupName: "landing-zone-runner-workers" });
    const tasks = (await runner(onFargate)).one("MetricAlarm", "runner-full").inputs;
    assert.deepEqual(tasks["dimensions"], { ClusterName: "landing-zone-runner-workers" });
    for (const alarm of [heartbeat, full, tasks]) {
      assert.deepEqual(alarm["alarmActions"], toldOf(alarm));
      assert.deepEqual(alarm["alarmActions"], [alarmTopics.warning]);
    }
  });

  it("runs jobs of Fargate as no root, in a container that can write to its folder alone", async () => {
    const stack = await runner(onFargate);
    const { inputs } = stack.one("TaskDefinition");
    const [only, ...others] = JSON.parse(String(inputs["containerDefinitions"])) as Record<string, unknown>[];
    assert.equal(others.length, 0);
    assert.equal(only?.["name"], "ci-coordinator");
    assert.equal(only?.["readonlyRootFilesystem"], true);
    assert.deepEqual(only?.["mountPoints"], [
      { sourceVolume: "work", containerPath: "/opt/gitlab-runner", readOnly: false },
    ]);
    assert.deepEqual(stack.from(stack.one("TaskDefinition"), "taskRoleArn"), ["runner-jobs"]);
    assert.equal(stack.all("RolePolicy").filter(({ name }) => name === "runner-jobs").length, 0);
    assert.equal(stack.all("aws:autoscaling/group:Group").length, 1);
  });

  it("is made as often as it is named", async () => {
    const one = await runner();
    const two = await runner({}, ["runner", "other"]);
    const own = (stack: Planned) => stack.resources.filter(({ type }) => type.startsWith("aws:")).length;
    assert.equal(own(two), 2 * own(one));
  });

  const refused: readonly (readonly [string, Partial<GitlabRunnerArgs>, RegExp])[] = [
    ["a name that is too long", { runnerName: "r".repeat(41) }, /runnerName is r+; it must be at most 40/],
    ["a version that moves", { version: "latest" }, /version is latest; .* for example 18\.6\.6/],
    ["no workers", { workers: { ...spot, most: 0 } }, /workers\.most is 0; .* 1 to 100/],
    [
      "more workers that wait than there are",
      { workers: { ...spot, least: 5 } },
      /workers\.least is 5; .* 4/,
    ],
    ["workers that do nothing", { workers: { ...spot, jobs: 0 } }, /workers\.jobs is 0/],
    ["no types", { workers: { ...spot, types: [] } }, /types is empty/],
    [
      "types of two architectures",
      { workers: { ...spot, types: ["m7g.large", "m7i.large"] } },
      /m7g\.large and m7i\.large, of two architectures/,
    ],
    ["a type twice", { workers: { ...spot, types: ["m7g.large", "m7g.large"] } }, /m7g\.large twice/],
    ["what is no type", { managerType: "small" }, /instanceType is "small"/],
    ["jobs that are longer than a hook waits", { jobMinutes: 111 }, /jobMinutes is 111; .* 1 to 110/],
    [
      "a network that is too small",
      { addresses: "10.18.0.0/23" },
      /addresses is 10\.18\.0\.0\/23; .* \/16 to \/22/,
    ],
    ["no zones", { zones: [] }, /0 zones; a runner has 1 to 6/],
    [
      "an image from elsewhere",
      { ...onFargate, workers: { ...fargate, image: "docker.io/library/node:22" } },
      /image is docker\.io\/library\/node:22; it must be 111122223333/,
    ],
  ];
  for (const [what, more, message] of refused)
    it(`refuses ${what}`, async () => {
      await assert.rejects(runner(more), message);
    });
});

describe("what a runner's roles may", () => {
  const document = (stack: Planned, name: string) =>
    readDocument(stack.one("RolePolicy", name).inputs["policy"]);
  const may = (
    stack: Planned,
    name: string,
    action: string,
    resource: string,
    context: Record<string, string> = {},
  ) => {
    const principal = {
      kind: "role",
      arn: `arn:aws:iam::${at.accountId}:role/${name}`,
      account: at.accountId,
    } as const;
    // Whoever they let in: what is asked is what the role itself may.
    const trust = readDocument({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${at.accountId}:root` },
        Action: "sts:*",
        Resource: "*",
      },
    });
    return (
      evaluate(
        { principal, action, resource, context, absentKeys: "absent" },
        {
          identity: [document(stack, name)],
          ...(action.startsWith("sts:") ? { resource: trust } : {}),
        },
      ).outcome === "allowed"
    );
  };
  const inPlace = (service: string, rest: string) =>
    `arn:aws:${service}:${at.region}:${at.accountId}:${rest}`;
  const groupArn = (name: string) =>
    inPlace("autoscaling", `autoScalingGroup:1-2-3:autoScalingGroupName/${name}`);

  it("is for the manager to scale its own workers, and to end itself", async () => {
    const stack = await runner();
    const manager = (action: string, resource: string, context?: Record<string, string>) =>
      may(stack, "runner-manager", action, resource, context);
    for (const action of ["SetDesiredCapacity", "TerminateInstanceInAutoScalingGroup"]) {
      assert.ok(manager(`autoscaling:${action}`, groupArn("landing-zone-runner-workers")));
      assert.ok(!manager(`autoscaling:${action}`, groupArn("landing-zone-runner-manager")));
      assert.ok(!manager(`autoscaling:${action}`, groupArn("others")));
    }
    for (const action of ["CompleteLifecycleAction", "SetInstanceHealth"]) {
      assert.ok(manager(`autoscaling:${action}`, groupArn("landing-zone-runner-manager")));
      assert.ok(!manager(`autoscaling:${action}`, groupArn("landing-zone-runner-workers")));
    }
    for (const [action, resource] of [
      ["sts:AssumeRole", "arn:aws:iam::222233334444:role/landing-zone-apply-dev"],
      ["iam:PassRole", `arn:aws:iam::${at.accountId}:role/landing-zone-runner`],
      ["ec2:RunInstances", inPlace("ec2", "instance/*")],
      ["autoscaling:UpdateAutoScalingGroup", groupArn("landing-zone-runner-workers")],
      ["ec2-instance-connect:SendSSHPublicKey", inPlace("ec2", "instance/i-1")],
      ["ssm:StartSession", inPlace("ec2", "instance/i-1")],
      ["secretsmanager:GetSecretValue", inPlace("secretsmanager", "secret:orders/psp-key-AbCdEf")],
      ["s3:GetObject", "arn:aws:s3:::orders-invoices/1.pdf"],
      ["ssm:PutParameter", inPlace("ssm", "parameter/landing-zone/vpc/id")],
    ] as const)
      assert.ok(!manager(action, resource), action);
    for (const [action, resource] of [
      [
        "secretsmanager:GetSecretValue",
        inPlace("secretsmanager", "secret:landing-zone-runner/gitlab-AbCdEf"),
      ],
      ["s3:PutObject", `arn:aws:s3:::landing-zone-runner-cache-${at.accountId}-${at.region}/project/1`],
      ["ssm:PutParameter", inPlace("ssm", "parameter/landing-zone/runner/landing-zone-runner.pub")],
      ["logs:PutLogEvents", inPlace("logs", "log-group:/landing-zone/landing-zone-runner:log-stream:i-1")],
    ] as const)
      assert.ok(manager(action, resource), action);
  });

  it("is for jobs to take the roles they deploy with, and nothing else", async () => {
    for (const [roles, deploys] of [
      [jobRoles, true],
      [[], false],
    ] as const) {
      const stack = await runner({ jobRoles: roles });
      const job = (action: string, resource: string) => may(stack, "runner-workers", action, resource);
      for (const role of jobRoles) assert.equal(job("sts:AssumeRole", role), deploys);
      assert.ok(
        job("ssm:GetParameter", inPlace("ssm", "parameter/landing-zone/runner/landing-zone-runner.pub")),
      );
      for (const [action, resource] of [
        ["sts:AssumeRole", "arn:aws:iam::222233334444:role/landing-zone-apply-prod"],
        ["sts:AssumeRole", `arn:aws:iam::${at.accountId}:role/OrganizationAccountAccessRole`],
        [
          "secretsmanager:GetSecretValue",
          inPlace("secretsmanager", "secret:landing-zone-runner/gitlab-AbCdEf"),
        ],
        ["s3:GetObject", `arn:aws:s3:::landing-zone-runner-cache-${at.accountId}-${at.region}/project/1`],
        ["ssm:PutParameter", inPlace("ssm", "parameter/landing-zone/runner/landing-zone-runner.pub")],
        ["autoscaling:SetDesiredCapacity", groupArn("landing-zone-runner-workers")],
        ["ssm:UpdateInstanceInformation", inPlace("ec2", "instance/i-1")],
      ] as const)
        assert.ok(!job(action, resource), `${action} ${resource}`);
    }
  });

  it("is for the manager of Fargate to run and stop its own task, with its own roles", async () => {
    const stack = await runner({ ...onFargate, jobRoles });
    const cluster = { "ecs:cluster": inPlace("ecs", "cluster/landing-zone-runner-workers") };
    const manager = (action: string, resource: string, context: Record<string, string> = cluster) =>
      may(stack, "runner-manager", action, resource, context);
    assert.ok(manager("ecs:RunTask", inPlace("ecs", "task-definition/landing-zone-runner-workers:3")));
    assert.ok(!manager("ecs:RunTask", inPlace("ecs", "task-definition/orders-api:3")));
    assert.ok(
      !manager("ecs:RunTask", inPlace("ecs", "task-definition/landing-zone-runner-workers:3"), {
        "ecs:cluster": inPlace("ecs", "cluster/orders"),
      }),
    );
    assert.ok(manager("ecs:StopTask", inPlace("ecs", "task/landing-zone-runner-workers/1")));
    assert.ok(!manager("ecs:StopTask", inPlace("ecs", "task/orders/1")));
    const handed = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    for (const name of ["landing-zone-runner", "landing-zone-runner-start"])
      assert.ok(manager("iam:PassRole", `arn:aws:iam::${at.accountId}:role/${name}`, handed), name);
    assert.ok(!manager("iam:PassRole", `arn:aws:iam::${at.accountId}:role/landing-zone-deploy`, handed));
    assert.deepEqual(
      statements(stack.one("RolePolicy", "runner-jobs")).map(({ Action, Resource }) => [Action, Resource]),
      [["sts:AssumeRole", jobRoles]],
    );
  });
});
