/** The least that a team writes for a service, and the most that it need not ask for. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { refusalsOf } from "./plan-of";
import smallest from "./smallest-product";
import { cloud, planOfProducts, stackOf, zoneOf } from "./workload-zones";

/** By type, how many there are, and what a reviewer would have asked otherwise. */
const persistent: Readonly<Record<string, readonly [count: number, asked: string]>> = {
  "aws:kms/key:Key": [3, "Who may decrypt data, logs and images? Not the same ones."],
  "aws:kms/alias:Alias": [3, "By which names do policies know the keys?"],
  "aws:ecr/repository:Repository": [1, "Where do its images come from?"],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": [1, "Are they kept for ever?"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": [1, "Who else may pull them?"],
  "aws:lb/loadBalancer:LoadBalancer": [1, "What do its callers call?"],
  "aws:lb/listener:Listener": [2, "By TLS alone? What of those who try without?"],
  "aws:lb/listenerCertificate:ListenerCertificate": [1, "And by the name that is the same everywhere?"],
  "aws:acm/certificate:Certificate": [1, "With whose certificate?"],
  "aws:acm/certificateValidation:CertificateValidation": [1, "Is it there before it is used?"],
  "aws:route53/record:Record": [3, "Under which names, and who says that they are ours?"],
  "aws:ec2/securityGroup:SecurityGroup": [1, "Who reaches the load balancer?"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [4, "From which networks, on which ports?"],
  "aws:cloudwatch/logGroup:LogGroup": [2, "Where are its logs, and what people did in a shell?"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [2, "Does anybody notice that a certificate runs out?"],
};
const service: typeof persistent = {
  "aws:ecs/cluster:Cluster": [1, "Where does it run, and can one see into it?"],
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": [1, "On what?"],
  "aws:ecs/taskDefinition:TaskDefinition": [1, "As whom, with which file system, settings and limits?"],
  "aws:ecs/service:Service": [1, "What if a release does not work?"],
  "aws:iam/role:Role": [2, "With whose rights does it start, and with whose does it work?"],
  "aws:iam/rolePolicy:RolePolicy": [2, "Which are they?"],
  "aws:ec2/securityGroup:SecurityGroup": [1, "Who may call it?"],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [1, "Nobody but the load balancer?"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [2, "Whom does it call?"],
  "aws:lb/targetGroup:TargetGroup": [1, "Is it well?"],
  "aws:lb/listenerRule:ListenerRule": [1, "Which paths are its?"],
  "aws:appautoscaling/target:Target": [1, "How many are there?"],
  "aws:appautoscaling/policy:Policy": [2, "And when there is more to do, or less?"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [9, "Who learns that it is slow, full, wrong or gone?"],
  "aws:cloudwatch/eventRule:EventRule": [1, "And that a release was taken back?"],
  "aws:cloudwatch/eventTarget:EventTarget": [1, "Told whom?"],
  "aws:cloudwatch/dashboard:Dashboard": [1, "Where does one look first?"],
};

describe("the smallest useful service", function () {
  this.timeout(60_000);

  it("is described in no more than ten lines, the first of them an import", () => {
    const text = readFileSync(join(__dirname, "smallest-product.ts"), "utf8");
    const lines = text.split("\n").filter(line => line.trim() !== "");
    assert.ok(lines.length <= 10, `${lines.length} lines`);
    assert.match(text, /^import { product } from/);
  });

  it("gets all that a reviewer would have asked for, and is refused by no policy", async () => {
    const plan = await planOfProducts(zoneOf(smallest), "judged", ["dev", "prod"]);
    const ours = plan.stacks.filter(({ name }) => name.startsWith("parcels-"));
    assert.deepEqual(refusalsOf({ ...plan, stacks: ours }), []);
    for (const environment of ["dev", "prod"])
      for (const [layer, expected] of Object.entries({ persistent, service })) {
        const counts: Record<string, number> = {};
        for (const { type } of cloud(stackOf(plan, `parcels-${layer}-${environment}`)))
          counts[type] = (counts[type] ?? 0) + 1;
        assert.deepEqual(
          counts,
          Object.fromEntries(Object.entries(expected).map(([type, [count]]) => [type, count])),
          `${layer} in ${environment}`,
        );
      }
  });

  it("that is at least 25 resources, all of them with a question that they answer", () => {
    const all = [persistent, service].flatMap(layer => Object.values(layer));
    const count = all.reduce((sum, [its]) => sum + its, 0);
    assert.ok(count >= 25, `${count} resources`);
    for (const [, asked] of all) assert.match(asked, /\?/);
  });
});
