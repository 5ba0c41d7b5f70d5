import { narrowsCaller } from "../../iam/conditions";
import type { Statement } from "../../iam/document";
import { mustBe } from "../demands";
import type { Stack, StackResource } from "../graph";
import { isOpenToWorld } from "../network-ranges";
import { eachStatement } from "../policy-documents";
import { isProduction } from "../resource-tags";
import { autoScalingGroups, instances, securityGroups, vpcEndpoints, vpcs } from "../resource-types";
import type { Rule } from "../rule";
import { someFits } from "../some-known";
import { openingsInto } from "./ec2-openings";
import { roleOf, sourcesOf, subnetsOf } from "./ec2-references";

/** An account's interface endpoints, asked for by Security Hub service by service. */
interface Wanted {
  readonly name: string;
  readonly service: string;
  readonly purpose: string;
  readonly controls: Rule["controls"];
  /** Which VPCs of a stack call the service. */
  readonly by: (vpc: StackResource, stack: Stack) => boolean;
  readonly of: string;
}

const inProduction = (vpc: StackResource): boolean => isProduction(vpc);
const withAny = (types: RegExp) => (_: StackResource, stack: Stack) =>
  stack.resources.some(({ type }) => types.test(type));
const machines = [...instances, ...autoScalingGroups];
const policiesApart = ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"];

const wanted: readonly Wanted[] = [
  {
    name: "ec2-vpce-ecr-api",
    service: "ecr.api",
    purpose: "the sign-in to image repositories",
    controls: ["FSBP EC2.55"],
    by: inProduction,
    of: "A production VPC",
  },
  {
    name: "ec2-vpce-ecr-dkr",
    service: "ecr.dkr",
    purpose: "pulling images",
    controls: ["FSBP EC2.56"],
    by: inProduction,
    of: "A production VPC",
  },
  {
    name: "ec2-vpce-ssm",
    service: "ssm",
    purpose: "parameters and sessions",
    controls: ["FSBP EC2.57"],
    by: inProduction,
    of: "A production VPC",
  },
  {
    name: "ec2-vpce-ec2",
    service: "ec2",
    purpose: "what instances ask about themselves and their volumes",
    controls: ["FSBP EC2.10"],
    by: (_, stack) => stack.ofType(machines).length > 0,
    of: "A VPC that is in a stack with instances",
  },
  {
    name: "ec2-vpce-ssm-contacts",
    service: "ssm-contacts",
    purpose: "calling who is on duty",
    controls: ["FSBP EC2.58"],
    by: withAny(/^aws:ssmcontacts\//),
    of: "A VPC that is in a stack with contacts of Incident Manager",
  },
  {
    name: "ec2-vpce-ssm-incidents",
    service: "ssm-incidents",
    purpose: "reporting incidents",
    controls: ["FSBP EC2.60"],
    by: withAny(/^aws:ssmincidents\//),
    of: "A VPC that is in a stack with response plans of Incident Manager",
  },
];

const rulesOfWanted: readonly Rule[] = wanted.map(({ name, service, purpose, controls, by, of }) => ({
  name,
  theme: "network",
  title: `${of} has an endpoint of ${service}`,
  why: `Without it ${purpose} goes out to the internet and stops when the way out does`,
  fix: `add a VpcEndpoint of type Interface with the service name com.amazonaws.<region>.${service}`,
  severity: "low",
  level: "advisory",
  controls,
  types: vpcs,
  scope: "stack",
  check(stack, report) {
    report.each(stack.ofType(vpcs), (vpc, report) => {
      if (!holdsWorkloads(vpc, stack) || hasEndpoint(vpc, stack, service)) return;
      if (by(vpc, stack)) report.refuse(`no VpcEndpoint of ${service} is in it`);
    });
  },
}));

export const ec2Endpoints: readonly Rule[] = [
  ...rulesOfWanted,
  {
    name: "ec2-vpce-gateway-s3-ddb",
    theme: "network",
    title: "A VPC reaches S3 and DynamoDB by gateway endpoints",
    why: "They cost nothing; the way by a NAT gateway costs by the gigabyte and leaves the VPC",
    fix: "add two VpcEndpoints of type Gateway with the route tables of all subnets that call",
    severity: "low",
    level: "advisory",
    controls: [],
    types: vpcs,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcs), (vpc, report) => {
        if (!holdsWorkloads(vpc, stack)) return;
        for (const service of ["s3", "dynamodb"])
          report.attempt(() => {
            if (!hasEndpoint(vpc, stack, service)) report.refuse(`no VpcEndpoint of ${service} is in it`);
          });
      });
    },
  },
  {
    name: "ec2-vpce-policy-scoped",
    theme: "least-privilege",
    title: "An endpoint lets the organization's principals through, not everyone",
    why: "AWS's default lets credentials of any account carry data out to any account",
    fix: "set a policy whose statements say aws:PrincipalOrgID, or the resources that anyone may reach",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: vpcEndpoints,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcEndpoints), (endpoint, report) => {
        if (isPrivateLink(endpoint, stack) || !takesPolicy(endpoint)) return;
        const written = endpoint.at("policy").isSet
          ? [endpoint.at("policy")]
          : stack.companions(endpoint, policiesApart, "vpcEndpointId").map(one => one.at("policy"));
        if (!written.some(({ isSet }) => isSet))
          return report.refuse("policy is not set, so that it lets everyone through");
        report.each(written, policy =>
          eachStatement(policy, report, (statement, report) => {
            if (statement.effect === "Allow" && letsEveryoneThrough(statement))
              report.refuse("it lets everyone through to everything");
          }),
        );
      });
    },
  },
  {
    name: "ec2-vpce-private-dns",
    theme: "network",
    title: "An interface endpoint answers to the service's own name",
    why: "Programs call the public name, and so go round the endpoint",
    fix: "set privateDnsEnabled: true, or point a private zone's record to the endpoint",
    severity: "low",
    level: "advisory",
    controls: [],
    types: vpcEndpoints,
    scope: "stack",
    check(stack, report) {
      const later = ["aws:vpc/endpointPrivateDns:EndpointPrivateDns"];
      const records = stack.ofType(["aws:route53/record:Record"]);
      report.each(stack.ofType(vpcEndpoints), (endpoint, report) => {
        if (!endpoint.at("vpcEndpointType").is("Interface")) return;
        const isNamed = records.some(record => sourcesOf(record, /^(aliases|records)$/).has(endpoint));
        if (isNamed || stack.ofType(later).some(one => one.names("vpcEndpointId", endpoint))) return;
        if (!endpoint.at("privateDnsEnabled").is(true)) report.refuse("privateDnsEnabled is not true");
      });
    },
  },
  {
    name: "ec2-vpce-sg-443-only",
    theme: "network",
    title: "An endpoint of AWS's services is called on port 443, from private ranges",
    why: "It listens on nothing else, so that other rules are mistakes or meant for something else",
    fix: "set fromPort and toPort to 443 and the range to the VPC's, in a group of the endpoints' own",
    severity: "low",
    level: "advisory",
    controls: [],
    types: vpcEndpoints,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(vpcEndpoints), (endpoint, report) => {
        const groups = endpoint
          .madeFrom("securityGroupIds")
          .filter(({ type }) => securityGroups.includes(type));
        if (groups.length === 0 || isPrivateLink(endpoint, stack)) return;
        for (const group of groups)
          report.each(openingsInto(group, stack), (opening, report) => {
            if (!opening.isWithin([443])) report.refuse(`${group.name} lets other ports than 443 in`);
            report.each(opening.ranges(), range => {
              if (isOpenToWorld(range.text() ?? "")) report.refuse(`${group.name} lets ${range.text()} in`);
            });
          });
      });
    },
  },
  {
    name: "ec2-vpce-service-acceptance",
    theme: "exposure",
    title: "Who connects to an endpoint service is accepted first",
    why: "Whoever learns the service's name could else connect",
    fix: "set acceptanceRequired: true",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:ec2/vpcEndpointService:VpcEndpointService"],
    check: mustBe("acceptanceRequired", true),
  },
];

/** Subnets for attachments, firewalls and the way in or out call no service. */
function holdsWorkloads(vpc: StackResource, stack: Stack): boolean {
  return subnetsOf(vpc, stack).some(
    subnet => !["transit", "ingress", "firewall"].includes(roleOf(subnet) ?? ""),
  );
}

/** A known one suffices, whatever the others are of. */
function hasEndpoint(vpc: StackResource, stack: Stack, service: string): boolean {
  const endpoints = stack.companions(vpc, vpcEndpoints, "vpcId");
  return someFits(endpoints, endpoint => {
    const of = endpoint.at("serviceName").text() ?? "";
    return of.startsWith("com.amazonaws.") && of.endsWith(`.${service}`);
  });
}

/** To a service of the company's or a partner's. AWS's own need nobody to accept. */
function isPrivateLink(endpoint: StackResource, stack: Stack): boolean {
  const acceptances = stack.ofType(["aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter"]);
  if (acceptances.some(one => one.names("vpcEndpointId", endpoint))) return true;
  return endpoint.at("serviceName").text()?.includes(".vpce-svc-") ?? false;
}

/** Source: AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink". */
function takesPolicy(endpoint: StackResource): boolean {
  const type = endpoint.at("vpcEndpointType").text() ?? "Gateway";
  if (type !== "Gateway" && type !== "Interface") return false;
  return !/\.(ecs-agent|ecs-telemetry)$/.test(endpoint.at("serviceName").text() ?? "");
}

function letsEveryoneThrough(statement: Statement): boolean {
  const { principals, notPrincipals, resources, notResources } = statement;
  const everyone = notPrincipals.length > 0 || principals.some(({ id }) => id === "*");
  const everything =
    notResources.length > 0 || resources.some(resource => /^(\*|arn:[^:]*:[^:]*:[:*]*)$/.test(resource));
  return everyone && everything && !narrowsCaller(statement) && !narrowsOwner(statement);
}

/** To resources of the company's only, whoever calls: somebody who signs in has no organization yet. */
function narrowsOwner({ conditions }: Statement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      /^String(Equals|Like)/.test(operator) &&
      /^aws:resource(account|orgid|orgpaths)$/i.test(key) &&
      values.every(value => /[^*?]/.test(value)),
  );
}
