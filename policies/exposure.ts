import { eachContainer } from "./containers";
import type { Stack, StackResource } from "./graph";
import { isOpenToWorld } from "./network-ranges";
import { declaredReason } from "./resource-tags";
import {
  buckets,
  defaultSecurityGroups,
  distributions,
  loadBalancers,
  publicAccessBlocks,
  securityGroupRules,
  securityGroups,
  subnets,
  taskDefinitions,
  vpcs,
} from "./resource-types";
import type { Rule } from "./rule";
import type { Value } from "./value";

export const exposure: readonly Rule[] = [
  {
    name: "ec2-sg-not-open",
    title: "No security group is open to the internet",
    why: "What listens behind it is found within minutes",
    fix: "name the ranges or groups that may call; for a public entry, say why in the group's tag allow-public, in 20 characters or more",
    severity: "critical",
    level: "mandatory",
    controls: [
      "FSBP EC2.18",
      "FSBP EC2.19",
      "Security Hub EC2.53",
      "Security Hub EC2.54",
      "CIS 5.0 5.3",
      "CIS 5.0 5.4",
    ],
    types: [...securityGroups, ...securityGroupRules],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType([...securityGroups, ...securityGroupRules]), (resource, report) => {
        report.each(ingressRanges(resource), range => {
          if (!isOpenToWorld(range.text() ?? "")) return;
          const reason = declaredReason(groupOf(resource, stack), "allow-public");
          if (reason) report.remark(`open to ${range.text()}: ${reason}`);
          else report.refuse(`${range.path} is ${range.text()}`);
        });
      });
    },
  },
  {
    name: "ec2-subnet-no-auto-public-ip",
    title: "A subnet gives out no public addresses",
    why: "Whatever starts in it would be on the internet without anybody's decision",
    fix: "leave mapPublicIpOnLaunch out, in public subnets too: load balancers and NAT gateways do not need it",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.15"],
    types: subnets,
    check(subnet, report) {
      if (subnet.at("mapPublicIpOnLaunch").is(true)) report.refuse("mapPublicIpOnLaunch is true");
    },
  },
  {
    name: "ecs-service-no-public-ip",
    title: "Tasks have no public addresses",
    why: "A task with one can be called past the load balancer and its firewall",
    fix: "leave networkConfiguration.assignPublicIp out",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.2"],
    types: ["aws:ecs/service:Service"],
    check(service, report) {
      if (service.at("networkConfiguration", "assignPublicIp").is(true))
        report.refuse("assignPublicIp is true");
    },
  },
  {
    name: "lb-public-needs-approval",
    title: "A load balancer is internal",
    why: "A public one is a way in from the internet",
    fix: "set internal: true, or say in the tag allow-public why it is public, in 20 characters or more",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: loadBalancers,
    check(loadBalancer, report) {
      if (loadBalancer.at("loadBalancerType").is("gateway") || loadBalancer.at("internal").is(true)) return;
      const reason = declaredReason(loadBalancer, "allow-public");
      if (reason) report.remark(`open to the internet: ${reason}`);
      else report.refuse("internal is not true");
    },
  },
  {
    name: "lb-drop-invalid-headers",
    title: "A load balancer drops malformed headers",
    why: "A target that reads them another way than the load balancer can be made to answer the wrong caller",
    fix: "set dropInvalidHeaderFields: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ELB.4"],
    types: loadBalancers,
    check(loadBalancer, report) {
      const type = loadBalancer.at("loadBalancerType");
      // The others do not look at headers.
      if (type.isSet && !type.is("application")) return;
      if (!loadBalancer.at("dropInvalidHeaderFields").is(true))
        report.refuse("dropInvalidHeaderFields is not true");
    },
  },
  {
    name: "s3-bucket-has-public-access-block",
    title: "A bucket blocks public access",
    why: "One wrong policy or ACL would publish all that is in it",
    fix: "add a BucketPublicAccessBlock with all four settings true",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP S3.8", "CIS 3.0 2.1.4", "CIS 5.0 2.1.4"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const [block] = stack.companions(bucket, publicAccessBlocks, "bucket");
        if (!block) return report.refuse("no BucketPublicAccessBlock names it");
        const settings = [
          "blockPublicAcls",
          "blockPublicPolicy",
          "ignorePublicAcls",
          "restrictPublicBuckets",
        ];
        report.each(settings, setting => {
          if (!block.at(setting).is(true)) report.refuse(`${setting} is not true`);
        });
      });
    },
  },
  {
    name: "ec2-default-sg-empty",
    title: "A default security group lets nothing through",
    why: "It is what a resource gets that names no group",
    fix: "leave ingress and egress out",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.2", "CIS 3.0 5.4", "CIS 5.0 5.5"],
    types: defaultSecurityGroups,
    check(group, report) {
      report.each(["ingress", "egress"], direction => {
        if (group.at(direction).list().length > 0) report.refuse(`${direction} is not empty`);
      });
    },
  },
  {
    name: "ec2-vpc-default-sg-adopted",
    title: "A VPC's default security group is in the program",
    why: "AWS makes it open within the VPC, and only a program that holds it closes it",
    fix: "add a DefaultSecurityGroup with the VPC's vpcId and no rules",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.2", "CIS 3.0 5.4", "CIS 5.0 5.5"],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        if (stack.companions(vpc, defaultSecurityGroups, "vpcId").length === 0) {
          report.refuse("no DefaultSecurityGroup names it");
        }
      });
    },
  },
  {
    name: "ecs-task-not-privileged",
    title: "No container is privileged",
    why: "A privileged container is root on its host",
    fix: "leave privileged out",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP ECS.4"],
    types: taskDefinitions,
    check(definition, report) {
      eachContainer(definition, report, (container, report) => {
        if (container.at("privileged").is(true)) report.refuse("privileged is true");
      });
    },
  },
  {
    name: "ecs-task-readonly-root",
    title: "Containers cannot change their own files",
    why: "An intruder then cannot leave anything behind",
    fix: "set readonlyRootFilesystem: true, and mount a volume for what must be written",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECS.5"],
    types: taskDefinitions,
    check(definition, report) {
      eachContainer(definition, report, (container, report) => {
        if (!container.at("readonlyRootFilesystem").is(true))
          report.refuse("readonlyRootFilesystem is not true");
      });
    },
  },
  {
    name: "ecs-task-non-root",
    title: "Containers run as a user other than root",
    why: "Root in a container is one fault of the kernel away from root on the host",
    fix: "set user to a number of the image's, for example 1000:1000",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub ECS.20"],
    types: taskDefinitions,
    check(definition, report) {
      eachContainer(definition, report, (container, report) => {
        const user = container.at("user").text();
        if (!user) report.refuse("user is not set, so the image decides");
        else if (/^(root|0+)(:|$)/.test(user)) report.refuse(`user is ${user}`);
      });
    },
  },
  {
    name: "ecs-task-no-secrets-in-env",
    title: "Containers take secrets from a store, not from plain settings",
    why: "Whoever may describe a task definition reads its settings, and every old revision keeps them",
    fix: "move it to secrets, with valueFrom the ARN of a secret or parameter",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP ECS.8"],
    types: taskDefinitions,
    check(definition, report) {
      eachContainer(definition, report, (container, report) => {
        report.each(container.at("environment").list(), setting => {
          const name = setting.at("name").text() ?? "";
          if (secretName.test(name) && !namesSecret.test(name)) report.refuse(`${name} looks like a secret`);
        });
      });
    },
  },
  {
    name: "cf-waf",
    title: "A distribution has a web application firewall",
    why: "It is the first thing that the internet meets",
    fix: "set webAclId to the ARN of a web ACL of scope CLOUDFRONT",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.6"],
    types: distributions,
    check(distribution, report) {
      if (!distribution.at("webAclId").isSet) report.refuse("webAclId is not set");
    },
  },
];

const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|_KEY$|_KEY_/i;
/** Where a secret is kept, or how long it lives, is none. */
const namesSecret = /_(ARN|NAME|URL|TTL|SECONDS)$/i;

/** The ranges that a group or a rule lets in. */
function ingressRanges(resource: StackResource): Value[] {
  if (resource.type.includes("securityGroupIngressRule"))
    return [resource.at("cidrIpv4"), resource.at("cidrIpv6")];
  if (securityGroups.includes(resource.type)) return resource.at("ingress").list().flatMap(cidrBlocks);
  return resource.at("type").is("ingress") ? cidrBlocks(resource.props) : [];
}

function cidrBlocks(rule: Value): Value[] {
  return ["cidrBlocks", "ipv6CidrBlocks"].flatMap(family => rule.at(family).list());
}

/** A rule of its own belongs to the group that it names; where another stack made that, it answers for itself. */
function groupOf(resource: StackResource, stack: Stack): StackResource {
  return stack.ofType(securityGroups).find(group => resource.names("securityGroupId", group)) ?? resource;
}
