import assert from "node:assert/strict";
import fc from "fast-check";
import { instanceVolumeStatements } from "../../../components/compute/instance-role";
import { architectureOf } from "../../../components/compute/instance-type";
import { Instances, type InstancesArgs } from "../../../components/compute/instances";
import { EncryptionKey } from "../../../components/security/encryption-key";
import { refusals } from "../logs/judged";
import { at, type Planned, planned, statements } from "../planned";

const args: InstancesArgs = {
  product: "orders",
  clusterName: "orders",
  at,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  instanceType: "m7g.large",
  tags: { product: "orders", team: "checkout" },
};
const instances = (more: Partial<InstancesArgs> = {}) =>
  planned(() => new Instances("orders", { ...args, ...more }));
const template = (stack: Planned) => stack.one("LaunchTemplate").inputs;
const group = (stack: Planned) => stack.one("aws:autoscaling/group:Group");
const userData = (stack: Planned) => Buffer.from(String(template(stack)["userData"]), "base64").toString();
const provider = (stack: Planned) =>
  stack.one("aws:ecs/capacityProvider:CapacityProvider").inputs["autoScalingGroupProvider"] as Record<
    string,
    unknown
  >;

describe("an instance type", () => {
  for (const [instanceType, architecture] of [
    ...["m7g.large", "c6gn.2xlarge", "x2gd.metal", "t4g.nano", "a1.medium", "im4gn.large"].map(
      type => [type, "ARM64"] as const,
    ),
    ...["is4gen.8xlarge", "g5g.xlarge", "hpc7g.16xlarge", "r8gd.metal-24xl", "c7gd.large"].map(
      type => [type, "ARM64"] as const,
    ),
    ...["m7i.large", "m7i-flex.large", "c7a.48xlarge", "g6.xlarge", "g4dn.12xlarge", "gr6.4xlarge"].map(
      type => [type, "X86_64"] as const,
    ),
    ...["t3.micro", "trn1.32xlarge", "inf2.xlarge", "u7i-12tb.224xlarge", "r7iz.metal-16xl"].map(
      type => [type, "X86_64"] as const,
    ),
  ])
    it(`${instanceType} is of ${architecture}`, () => {
      assert.equal(architectureOf(instanceType), architecture);
    });

  for (const wrong of [
    "",
    "m7g",
    "m7g.",
    "large",
    "M7G.LARGE",
    "m7g.huge",
    "m7g.large ",
    "mac2.metal",
    "7g.large",
  ])
    it(`${JSON.stringify(wrong)} is none`, () => {
      assert.throws(() => architectureOf(wrong), /instanceType is .*as m7g\.large or c7i\.xlarge/);
    });

  it("that is none is refused by the whole", async () => {
    await assert.rejects(instances({ instanceType: "large" }), /instanceType is "large"/);
  });
});

describe("instances", () => {
  for (const [image, instanceType, parameter] of [
    [undefined, "m7g.large", "/aws/service/bottlerocket/aws-ecs-3/arm64/latest/image_id"],
    ["bottlerocket", "m7i.large", "/aws/service/bottlerocket/aws-ecs-3/x86_64/latest/image_id"],
    [
      "amazon-linux",
      "m7g.large",
      "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    ],
    ["amazon-linux", "m7i.large", "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"],
  ] as const)
    it(`of ${instanceType} start from the newest image of ${image ?? "Bottlerocket"}`, async () => {
      assert.equal(template(await instances({ image, instanceType }))["imageId"], `resolve:ssm:${parameter}`);
    });

  it("of Bottlerocket join their cluster, keep their credentials to themselves, and have no shell", async () => {
    const sections = userData(await instances({ clusterName: "returns" })).split("\n\n");
    assert.deepEqual(
      sections.map(section => section.trim().split("\n")),
      [
        [
          "[settings.ecs]",
          'cluster = "returns"',
          "allow-privileged-containers = false",
          "awsvpc-block-imds = true",
        ],
        ["[settings.host-containers.admin]", "enabled = false"],
        ["[settings.host-containers.control]", "enabled = true"],
      ],
    );
  });

  it("of Amazon Linux do the same by the agent's settings", async () => {
    const said = userData(await instances({ clusterName: "returns", image: "amazon-linux" }));
    assert.match(said, /^#!\/bin\/bash\ncat >> \/etc\/ecs\/ecs\.config <<'END'\n(ECS_\w+=\S+\n)+END\n$/);
    for (const setting of [
      "ECS_CLUSTER=returns",
      "ECS_AWSVPC_BLOCK_IMDS=true",
      "ECS_DISABLE_PRIVILEGED=true",
      "ECS_ENABLE_HIGH_DENSITY_ENI=true",
    ])
      assert.ok(said.includes(`\n${setting}\n`), setting);
  });

  it("tell their credentials by IMDSv2 only, and to no container", async () => {
    assert.deepEqual(template(await instances())["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("have no key pair, no public address and no way in, and out they speak TLS", async () => {
    const stack = await instances();
    const { keyName, networkInterfaces } = template(stack);
    assert.equal(keyName, undefined);
    const [only, ...others] = networkInterfaces as Record<string, unknown>[];
    assert.deepEqual(others, []);
    assert.equal(only?.["associatePublicIpAddress"], "false");
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
    const { fromPort, toPort, ipProtocol } = stack.one("SecurityGroupEgressRule").inputs;
    assert.deepEqual([fromPort, toPort, ipProtocol], [443, 443, "tcp"]);
    const { ingress, egress } = stack.one("SecurityGroup").inputs;
    assert.deepEqual([ingress, egress], [undefined, undefined]);
  });

  for (const [image, devices] of [
    ["bottlerocket", ["/dev/xvda", "/dev/xvdb"]],
    ["amazon-linux", ["/dev/xvda"]],
  ] as const)
    for (const keyArn of [undefined, "arn:aws:kms:eu-central-1:111122223333:key/orders"])
      it(`of ${image} encrypt all disks with ${keyArn === undefined ? "the account's" : "the given"} key`, async () => {
        const disks = template(await instances({ image, keyArn }))["blockDeviceMappings"] as {
          deviceName: string;
          ebs: Record<string, unknown>;
        }[];
        assert.deepEqual(
          disks.map(({ deviceName }) => deviceName),
          devices,
        );
        for (const { ebs } of disks) {
          const { encrypted, volumeType, kmsKeyId, deleteOnTermination } = ebs;
          assert.deepEqual(
            { encrypted, volumeType, kmsKeyId, deleteOnTermination },
            { encrypted: "true", volumeType: "gp3", kmsKeyId: keyArn, deleteOnTermination: "true" },
          );
        }
        assert.equal(disks.at(-1)?.ebs["volumeSize"], 50);
      });

  it("are as many as tasks need, none at first, and ECS says how many", async () => {
    const stack = await instances({ max: 7 });
    const { inputs, ignoreChanges } = group(stack);
    assert.deepEqual([inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]], [0, 7, undefined]);
    assert.deepEqual(ignoreChanges, ["desiredCapacity"]);
    assert.deepEqual(provider(stack)["managedScaling"], {
      status: "ENABLED",
      targetCapacity: 100,
      minimumScalingStepSize: 1,
      maximumScalingStepSize: 7,
      instanceWarmupPeriod: 90,
    });
    assert.equal(group(await instances()).inputs["maxSize"], 4);
    assert.deepEqual(inputs["vpcZoneIdentifiers"], ["subnet-a", "subnet-b"]);
  });

  it("move their tasks elsewhere before they go, by the one hook that ECS answers", async () => {
    const stack = await instances();
    assert.equal(provider(stack)["managedDraining"], "ENABLED");
    assert.deepEqual(stack.all("LifecycleHook"), []);
    assert.equal(group(stack).inputs["initialLifecycleHooks"], undefined);
  });

  it("are replaced when they are two weeks old, which what protects them would prevent", async () => {
    const stack = await instances();
    const { inputs } = group(stack);
    assert.equal(inputs["maxInstanceLifetime"], 14 * 86_400);
    assert.equal(inputs["protectFromScaleIn"], undefined);
    assert.equal(provider(stack)["managedTerminationProtection"], "DISABLED");
  });

  it("are replaced when the template changes, the new ones first", async () => {
    const stack = await instances();
    const { instanceRefresh, instanceMaintenancePolicy, launchTemplate } = group(stack).inputs;
    const bounds = { minHealthyPercentage: 100, maxHealthyPercentage: 200 };
    assert.deepEqual(instanceMaintenancePolicy, bounds);
    const { strategy, preferences } = instanceRefresh as { strategy: string; preferences: object };
    assert.equal(strategy, "Rolling");
    assert.deepEqual({ ...preferences, ...bounds }, preferences);
    // AWS refuses it together with an image that is named by a parameter.
    assert.equal((preferences as Record<string, unknown>)["autoRollback"], undefined);
    assert.notEqual((launchTemplate as Record<string, unknown>)["version"], "$Latest");
    assert.deepEqual(stack.from(group(stack), "launchTemplate"), ["orders"]);
  });

  it("bear the product's tags, with their disks and interfaces, and the mark of ECS", async () => {
    const stack = await instances();
    const given = template(stack)["tagSpecifications"] as { resourceType: string; tags: object }[];
    assert.deepEqual(
      given.map(({ resourceType }) => resourceType),
      ["instance", "volume", "network-interface"],
    );
    for (const { tags } of given) assert.deepEqual(tags, { ...args.tags, Name: "instances-orders" });
    const own = group(stack).inputs["tags"] as { key: string; value: string; propagateAtLaunch: boolean }[];
    assert.ok(own.every(({ propagateAtLaunch }) => propagateAtLaunch));
    assert.deepEqual(Object.fromEntries(own.map(({ key, value }) => [key, value])), {
      ...{ AmazonECSManaged: "true", Name: "instances-orders" },
      ...args.tags,
    });
  });

  it("may join their cluster and no other, and read nothing", async () => {
    const stack = await instances({ clusterName: "returns" });
    const said = statements(stack.one("RolePolicy"));
    const actions = said.flatMap(({ Action }) => Action);
    assert.ok(actions.includes("ecs:RegisterContainerInstance"));
    for (const { Action, Resource } of said)
      for (const action of [Action].flat().filter(one => /^ecs:(?!Discover)/.test(one)))
        for (const resource of [Resource].flat())
          assert.match(String(resource), /:(cluster\/returns|container-instance\/returns\/\*)$/, action);
    assert.ok(actions.every(action => !action.includes("*")));
    assert.ok(actions.every(action => !/^(ecr|s3|secretsmanager|dynamodb):|ssm:GetParameter/.test(action)));
  });

  it("have a role of the product's, with its boundary, that EC2 takes and nobody else", async () => {
    const stack = await instances();
    const role = stack.one("Role");
    assert.equal(role.inputs["name"], "orders-instances");
    assert.equal(role.inputs["path"], "/product/");
    assert.equal(
      role.inputs["permissionsBoundary"],
      "arn:aws:iam::111122223333:policy/landing-zone-product-boundary",
    );
    assert.deepEqual(statements(role, "assumeRolePolicy"), [
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    assert.ok(stack.one("InstanceProfile").dependencies.includes(stack.one("RolePolicy").urn));
  });

  it("are named before they are there, and not as AWS names its own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/), async clusterName => {
        let made = "";
        const stack = await planned(() => {
          made = new Instances("orders", { ...args, clusterName }).capacityProviderName;
        });
        assert.equal(stack.one("aws:ecs/capacityProvider:CapacityProvider").inputs["name"], made);
        assert.match(made, /^(?!aws|ecs|fargate)[A-Za-z0-9_-]{1,255}$/);
        assert.ok(String(template(stack)["name"]).length <= 128);
        assert.ok(made.includes(clusterName));
      }),
      { numRuns: 30 },
    );
  });

  for (const max of [0, 1.5, -1, 1_001])
    it(`can not be ${max} at most`, async () => {
      await assert.rejects(instances({ max }), /max of the instances of orders is .*from 1 to 1000/);
    });

  it("are there for two clusters in a stack, and no policy refuses them", async () => {
    const stack = await planned(() => {
      for (const product of ["one", "two"])
        new Instances(product, { ...args, product, clusterName: product, image: "amazon-linux" });
    });
    assert.equal(stack.all("aws:autoscaling/group:Group").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  it("may have volumes of a product's key, which no policy refuses", async () => {
    const stack = await planned(
      () =>
        new EncryptionKey(
          "orders",
          { alias: "orders", description: "d", at, statements: instanceVolumeStatements(at) },
          { protect: true },
        ),
    );
    assert.deepEqual(await refusals(stack), []);
    for (const { Sid, Condition } of statements(stack.one("Key")).filter(({ Sid }) =>
      /Instances$/.test(Sid ?? ""),
    ))
      assert.match(
        String(Condition?.["StringEquals"]?.["aws:PrincipalArn"]),
        /111122223333:role\/aws-service-role\/autoscaling/,
        Sid,
      );
  });
});
