/** What tasks run in, come from and are called through. */
import assert from "node:assert/strict";
import { Cluster } from "../../../components/compute/cluster";
import { ImageRepository } from "../../../components/compute/image-repository";
import {
  TaskSecurityGroup,
  type TaskSecurityGroupArgs,
} from "../../../components/compute/task-security-group";
import { at, planned } from "../planned";

describe("a cluster", () => {
  it("is watched, and runs Fargate only", async () => {
    const stack = await planned(() => new Cluster("orders", { clusterName: "orders", at }));
    assert.deepEqual(stack.one("aws:ecs/cluster:Cluster").inputs["settings"], [
      { name: "containerInsights", value: "enhanced" },
    ]);
    const providers = stack.one("ClusterCapacityProviders");
    assert.deepEqual(providers.inputs["capacityProviders"], ["FARGATE", "FARGATE_SPOT"]);
    assert.deepEqual(stack.from(providers, "clusterName"), ["orders"]);
  });
});

describe("an image repository", () => {
  const repository = () =>
    planned(() => new ImageRepository("api", { repositoryName: "orders/api", keyArn: "arn:key" }));

  it("never changes a tag, scans what is pushed, encrypts it, and is not deleted with images in it", async () => {
    const { inputs } = (await repository()).one("Repository");
    assert.equal(inputs["imageTagMutability"], "IMMUTABLE");
    assert.deepEqual(inputs["imageScanningConfiguration"], { scanOnPush: true });
    assert.deepEqual(inputs["encryptionConfigurations"], [{ encryptionType: "KMS", kmsKey: "arn:key" }]);
    assert.equal(inputs["forceDelete"], false);
  });

  it("drops images nobody names, then the oldest, in the order that ECR demands", async () => {
    const policy = (await repository()).one("LifecyclePolicy");
    const { rules } = JSON.parse(String(policy.inputs["policy"])) as {
      rules: { rulePriority: number; selection: { tagStatus: string; countNumber: number } }[];
    };
    // ECR refuses a policy whose rule for any tag has not the highest number.
    assert.deepEqual(
      rules.map(({ rulePriority, selection }) => [rulePriority, selection.tagStatus, selection.countNumber]),
      [
        [1, "untagged", 14],
        [2, "any", 50],
      ],
    );
  });
});

describe("a task's security group", () => {
  const group = (caller?: TaskSecurityGroupArgs["caller"]) =>
    planned(() => new TaskSecurityGroup("api", { vpcId: "vpc-1", description: "Tasks", caller }));
  const shown = (property: Readonly<Record<string, unknown>>) =>
    [
      property["cidrIpv4"] ?? property["referencedSecurityGroupId"],
      property["ipProtocol"],
      property["fromPort"],
      property["toPort"],
    ] as const;

  it("lets tasks speak TLS and be called by nobody", async () => {
    const stack = await group();
    const { inputs } = stack.one("SecurityGroup");
    // Rules in the group itself would fight the ones beside it.
    assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    assert.deepEqual(stack.all("SecurityGroupIngressRule"), []);
    assert.deepEqual(
      stack.all("SecurityGroupEgressRule").map(rule => shown(rule.inputs)),
      [["0.0.0.0/0", "tcp", 443, 443]],
    );
  });

  for (const port of [1, 443, 65_535])
    it(`opens port ${port}, and no other, between a caller and the tasks`, async () => {
      const stack = await group({ securityGroupId: "sg-caller", port });
      const into = stack.one("SecurityGroupIngressRule");
      assert.deepEqual(shown(into.inputs), ["sg-caller", "tcp", port, port]);
      assert.deepEqual(stack.from(into, "securityGroupId"), ["api"]);
      const out = stack.one("SecurityGroupEgressRule", "api-load-balancer-out");
      assert.deepEqual(shown(out.inputs), ["[unknown]", "tcp", port, port]);
      assert.equal(out.inputs["securityGroupId"], "sg-caller");
      assert.deepEqual(stack.from(out, "referencedSecurityGroupId"), ["api"]);
      assert.equal(stack.all("SecurityGroupEgressRule").length, 2);
    });
});
