import {
  all,
  type Check,
  eachOf,
  inProduction,
  mustBe,
  mustBeAtLeast,
  mustBeOneOf,
  mustBeSet,
  mustNotBe,
  mustNotBeEmpty,
} from "../demands";
import type { Resource, Stack, StackResource } from "../graph";
import type { Report } from "../report";
import { isProduction } from "../resource-tags";
import { containerClusters, containerServices, taskSets } from "../resource-types";
import type { Rule } from "../rule";
import { whyUnrecorded } from "./ecs-clusters";
import { whyInOneZone } from "./placed-in-zones";
import { subnetsOf, whyPublic } from "./public-subnets";

const either = [...containerServices, ...taskSets];

/** What keeps tasks running, and where. */
export const ecsServices: readonly Rule[] = [
  {
    name: "ecs-service-no-public-ip",
    theme: "exposure",
    title: "Tasks have no public addresses",
    why: "A task with one can be called past the load balancer and its firewall",
    fix: "leave networkConfiguration.assignPublicIp out",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.2"],
    types: containerServices,
    check: refusePublicAddress,
  },
  {
    name: "ecs-taskset-no-public-ip",
    theme: "exposure",
    title: "The tasks of a task set have no public addresses",
    why: "A task with one can be called past the load balancer and its firewall",
    fix: "leave networkConfiguration.assignPublicIp out",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub ECS.16"],
    types: taskSets,
    check: refusePublicAddress,
  },
  {
    name: "ecs-service-private-subnets",
    theme: "network",
    title: "Tasks run in private subnets",
    why: "In a public one a task is one setting away from the internet",
    fix: "set networkConfiguration.subnets to subnets without a route to an internet gateway",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: either,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(either), (service, report) =>
        report.each(subnetsOf(service, "networkConfiguration"), subnet => {
          const why = whyPublic(subnet, stack);
          if (why) report.refuse(`the subnet ${subnet.name} ${why}`);
        }),
      );
    },
  },
  {
    name: "ecs-service-own-security-group",
    theme: "network",
    title: "Tasks have a security group that is meant for them",
    why: "Without one they take the network's default group, and all that do may call each other",
    fix: "set networkConfiguration.securityGroups",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: either,
    check(service, report) {
      // Tasks without a network interface of their own have none, and nothing to say of it.
      if (service.at("networkConfiguration").isSet)
        mustNotBeEmpty("networkConfiguration.securityGroups")(service, report);
    },
  },
  {
    name: "ecs-service-platform-latest",
    theme: "images-and-compute",
    title: "Tasks on Fargate run on its newest platform",
    why: "Security patches of the platform are made for the newest only",
    fix: "leave platformVersion out or set it to LATEST",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP ECS.10"],
    types: either,
    // ECS takes LATEST, which is 1.4.0.
    check: mustBeOneOf("platformVersion", ["LATEST", "1.4.0"], { otherwise: "LATEST" }),
  },
  {
    name: "ecs-service-exec-recorded",
    theme: "logging-and-detection",
    title: "Shells are opened only in services whose cluster records them",
    why: "Who may open one is a matter of permissions; what was done in it, nobody could tell afterwards",
    fix: "leave enableExecuteCommand out, or have the cluster record sessions: see ecs-cluster-exec-logging",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: containerServices,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(containerServices), (service, report) => {
        if (!service.at("enableExecuteCommand").is(true)) return;
        // The cluster that every account has by itself records nothing.
        if (!service.at("cluster").isSet) return report.refuse("it runs on the default cluster");
        // One of another stack answers for itself, where it is made.
        const sessions = clusterOf(service, stack)?.at("configuration", "executeCommandConfiguration");
        const why = sessions && whyUnrecorded(sessions);
        if (why) report.refuse(`enableExecuteCommand is true, and of its cluster ${why}`);
      });
    },
  },
  {
    name: "ecs-service-circuit-breaker",
    theme: "resilience-and-backup",
    title: "A release whose tasks do not become well takes itself back",
    why: "ECS else starts its tasks again and again, for as long as nobody looks",
    fix: "set deploymentCircuitBreaker: { enable: true, rollback: true }",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: containerServices,
    check: ofEcs(
      all(mustBe("deploymentCircuitBreaker.enable", true), mustBe("deploymentCircuitBreaker.rollback", true)),
    ),
  },
  {
    name: "ecs-service-rollback-on-alarm",
    theme: "resilience-and-backup",
    title: "A production release of what is called takes itself back when an alarm goes off",
    why: "Tasks can be well and answer nothing but errors",
    fix: "set alarms with alarmNames, enable: true and rollback: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: containerServices,
    check: inProduction((service, report) => {
      // Of a worker nothing says at once whether a release answers well.
      if (isCalled(service))
        ofEcs(all(mustBe("alarms.enable", true), mustBe("alarms.rollback", true)))(service, report);
    }),
  },
  {
    name: "ecs-service-keeps-capacity",
    theme: "resilience-and-backup",
    title: "A production release does not stop tasks before others have taken their place",
    why: "Until then the rest has all of the load, at the moment when the new release is least known",
    fix: "leave deploymentMinimumHealthyPercent out or set it to 100, and deploymentMaximumPercent to 200",
    severity: "low",
    level: "advisory",
    controls: [],
    types: containerServices,
    check: inProduction((service, report) => {
      // One task an instance can only be replaced by stopping it first.
      if (service.at("schedulingStrategy").is("DAEMON")) return;
      // ECS takes 100 of a service whose tasks it replaces one by one.
      mustBeAtLeast("deploymentMinimumHealthyPercent", 100, { otherwise: 100 })(service, report);
    }),
  },
  {
    name: "ecs-service-multi-az",
    theme: "resilience-and-backup",
    title: "A production service that is called runs in two zones or more",
    why: "With one task, or one zone, the end of it is the end of the service",
    fix: "set desiredCount to 2 or more, and networkConfiguration.subnets to subnets of two zones",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: containerServices,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(containerServices), (service, report) => {
        if (!isCalled(service) || !isProduction(service)) return;
        report.attempt(() => {
          // The provider takes 0 where nothing is said, and a scaler adds to it.
          if (!service.at("schedulingStrategy").is("DAEMON"))
            mustBeAtLeast("desiredCount", 2, { otherwise: 0 })(service, report);
        });
        const why = whyInOneZone(service, ["networkConfiguration", "subnets"]);
        if (why) report.refuse(why);
      });
    },
  },
  {
    name: "ecs-service-az-rebalancing",
    theme: "resilience-and-backup",
    title: "Tasks go back to all zones after one was away",
    why: "Else they stay together in the zone that was left, until it fails in turn",
    fix: 'set availabilityZoneRebalancing: "ENABLED"',
    severity: "low",
    level: "advisory",
    controls: [],
    types: containerServices,
    // ECS takes ENABLED for new services.
    check: mustNotBe("availabilityZoneRebalancing", "DISABLED", { otherwise: "ENABLED" }),
    remediate: () => ({ availabilityZoneRebalancing: "ENABLED" }),
  },
  {
    name: "ecs-service-tags-propagated",
    theme: "governance-and-cost",
    title: "Tasks carry the tags of their service",
    why: "What is paid for is tasks; without tags it belongs to nobody",
    fix: 'set propagateTags: "SERVICE"',
    severity: "low",
    level: "advisory",
    controls: [],
    types: containerServices,
    check: mustBeOneOf("propagateTags", ["SERVICE", "TASK_DEFINITION"]),
    remediate: () => ({ propagateTags: "SERVICE" }),
  },
  {
    name: "ecs-service-volumes-encrypted",
    theme: "encryption-at-rest",
    title: "A volume that a service makes for its tasks is encrypted with a key of the company's",
    why: "It is read by whoever restores a snapshot of it",
    fix: "set volumeConfiguration.managedEbsVolume with encrypted: true and a kmsKeyId",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: containerServices,
    check: eachOf(
      "volumeConfiguration",
      all(mustBe("managedEbsVolume.encrypted", true), mustBeSet("managedEbsVolume.kmsKeyId")),
    ),
  },
  {
    name: "ecs-service-connect-tls",
    theme: "encryption-in-transit",
    title: "Services that find each other by Service Connect speak TLS",
    why: "The proxies of Service Connect speak plain HTTP between tasks unless they are given a certificate authority",
    fix: "set tls.issuerCertAuthority in each of serviceConnectConfiguration.services",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: containerServices,
    check(service, report) {
      if (service.at("serviceConnectConfiguration", "enabled").is(true))
        eachOf("serviceConnectConfiguration.services", mustBeSet("tls.issuerCertAuthority"))(service, report);
    },
  },
];

function refusePublicAddress(service: Resource, report: Report): void {
  if (service.at("networkConfiguration", "assignPublicIp").is(true)) report.refuse("assignPublicIp is true");
}

/** Of deployments that ECS makes itself; those of CodeDeploy say so elsewhere. */
function ofEcs(check: Check): Check {
  return (service, report) => {
    const controller = service.at("deploymentController", "type");
    if (!controller.isSet || controller.is("ECS")) check(service, report);
  };
}

/** Somebody waits for its answers; a worker takes its work from a queue, which waits. */
function isCalled(service: Parameters<Check>[0]): boolean {
  return (
    service.at("loadBalancers").list().length > 0 ||
    service.at("serviceRegistries").isSet ||
    service.at("serviceConnectConfiguration").isSet
  );
}

/** Only where the stack makes it. It may be said by its ARN, which ends in the name. */
function clusterOf(service: StackResource, stack: Stack): StackResource | undefined {
  const made = service.madeFrom("cluster").find(({ type }) => containerClusters.includes(type));
  if (made || service.at("cluster").isUnknown) return made;
  const said = service.at("cluster").text()?.split("/").at(-1);
  return stack.ofType(containerClusters).find(({ props }) => {
    const name = props.at("name");
    return !name.isUnknown && name.text() === said;
  });
}
