/** What no single value of a runner shows: ways that lead nowhere, ranges that overlap, types that guardrails refuse. */
import { containsCidr, overlapCidr } from "cidr-tools";
import { fargateMemory, nearestSizes } from "./fargate";
import { type Fault, twice } from "./faults";
import { deploysTo } from "./pipelines";
import { type GitlabRunner, runnerDefaults } from "./runner-types";
import { type EnvironmentName, environmentNames, type LandingZone } from "./types";

export const runnerChecks = [runnerFaults, tokenFaults];

interface Place {
  readonly zone: LandingZone;
  readonly environment: EnvironmentName;
  readonly runner: GitlabRunner;
  readonly fault: (word: string, value: unknown, problem: string) => Fault;
}

function runnerFaults(zone: LandingZone): Fault[] {
  return environmentNames.flatMap(environment => {
    const { runner } = zone.environments[environment];
    if (runner === undefined) return [];
    const at = `environments.${environment}.runner`;
    const place: Place = {
      zone,
      environment,
      runner,
      fault: (word, value, problem) => ({ path: `${at}.${word}`, value, problem }),
    };
    return [wayFaults, domainFaults, rangeFaults, workerFaults, typeFaults].flatMap(check => check(place));
  });
}

/** Source: GitLab Runner documentation, "Install GitLab Runner using the official GitLab repositories". */
const packagesHost = "packages.gitlab.com";
/** Source: GitLab Runner documentation, "Install the fleeting plugin", "Autoscaling GitLab CI on AWS Fargate". */
const programHosts = {
  spot: "registry.gitlab.com",
  fargate: "gitlab-runner-custom-fargate-downloads.s3.amazonaws.com",
};

function wayFaults({ zone: { network }, runner, fault }: Place): Fault[] {
  const { host, through = "internet", workers, endpoints } = runner;
  const { egress, onPremises, reaches } = network;
  const allow = egress?.allow;
  const passes = (name: string) =>
    allow === undefined ||
    allow.some(allowed => (allowed.startsWith(".") ? name.endsWith(allowed) : name === allowed));
  const needed = [...(through === "internet" ? [host] : []), packagesHost, programHosts[workers.kind]];
  return [
    ...(through === "internet" && egress === undefined
      ? [
          fault(
            "through",
            runner.through,
            'needs a way out of the hub, and there is none: say network.egress, for example egress: {}; or through: "on-premises"',
          ),
        ]
      : []),
    ...(through === "on-premises" && onPremises === undefined
      ? [fault("through", through, "leads nowhere: network.onPremises does not say how")]
      : []),
    ...(through === "on-premises" && reaches.runner?.includes("on-premises") !== true
      ? [
          {
            path: "network.reaches.runner",
            value: reaches.runner,
            problem: 'must hold "on-premises", because a runner gets to GitLab there',
          },
        ]
      : []),
    ...(egress === undefined && endpoints === "none"
      ? [
          fault(
            "endpoints",
            endpoints,
            "leaves no way to AWS's services, for the hub has no way out; leave it out, or say network.egress",
          ),
        ]
      : []),
    ...needed
      .filter(name => !passes(name))
      .map(name => ({
        path: "network.egress.allow",
        value: allow,
        problem: `must hold ${name}, which the runner calls`,
      })),
  ];
}

/** All runners are in one route domain, so that whom it reaches every runner reaches. */
function domainFaults({ zone: { network }, environment }: Place): Fault[] {
  return (network.reaches.runner ?? []).flatMap((to, index) =>
    to === environment || !(environmentNames as readonly string[]).includes(to)
      ? []
      : [
          {
            path: `network.reaches.runner[${index}]`,
            value: to,
            problem: `is an environment that the runner of ${environment} would reach too, and environments never reach one another; leave it out, or environments.${environment}.runner`,
          },
        ],
  );
}

function rangeFaults({ zone, environment, runner, fault }: Place): Fault[] {
  const { addresses } = runner;
  const outer = zone.environments[environment].addresses;
  const taken = Object.entries(zone.organization.accounts).map(([name, account]) => ({
    path: `organization.accounts.${name}.addresses`,
    range: account.addresses,
  }));
  return [
    ...(containsCidr(outer, addresses)
      ? []
      : [fault("addresses", addresses, `must lie inside environments.${environment}.addresses, ${outer}`)]),
    ...taken.flatMap(({ path, range }) =>
      range !== undefined && overlapCidr(range, addresses)
        ? [
            fault(
              "addresses",
              addresses,
              `overlaps ${path}, ${range}; what is routed inside a company must be unique`,
            ),
          ]
        : [],
    ),
  ];
}

function workerFaults({ runner: { workers }, fault }: Place): Fault[] {
  if (workers.kind === "fargate") {
    const { cpu, memory } = workers.size;
    const memories: readonly number[] | undefined = fargateMemory(cpu);
    if (memories === undefined)
      return [fault("workers.size.cpu", cpu, "must be one of 256, 512, 1024, 2048, 4096, 8192, 16384")];
    return memories.includes(memory)
      ? []
      : [
          fault(
            "workers.size",
            workers.size,
            `is no size of Fargate; ${nearestSizes(cpu, memory)
              .map(size => `{ cpu: ${size.cpu}, memory: ${size.memory} }`)
              .join(" or ")} is`,
          ),
        ];
  }
  const { least = 0, most, types } = workers;
  const [first = ""] = types;
  return [
    ...(least > most ? [fault("workers.least", least, `must be at most workers.most, ${most}`)] : []),
    ...twice(types.map((type, index) => [fault(`workers.types[${index}]`, type, "").path, type])),
    ...types.flatMap((type, index) =>
      isArm(type) === isArm(first)
        ? []
        : [
            fault(
              `workers.types[${index}]`,
              type,
              `is ${isArm(type) ? "arm64" : "x86_64"}, and ${first} is not; jobs are built for one architecture`,
            ),
          ],
    ),
  ];
}

function typeFaults({ zone, runner, fault }: Place): Fault[] {
  const { workers, manager } = runner;
  const families = zone.organization.guardrails.instanceFamilies;
  const manages = manager ?? runnerDefaults.manager[workers.kind];
  const types: (readonly [word: string, type: string])[] = [
    ["manager", manages],
    ...(workers.kind === "spot"
      ? workers.types.map((type, index) => [`workers.types[${index}]`, type] as const)
      : []),
  ];
  return [
    ...types.flatMap(([word, type]) =>
      families.includes(type.split(".")[0] ?? "")
        ? []
        : [
            fault(
              word,
              type,
              `is not of a family that guardrails let in; organization.guardrails.instanceFamilies has ${families.join(", ")}`,
            ),
          ],
    ),
    ...(workers.kind === "fargate" && isArm(manages)
      ? [
          fault(
            "manager",
            manages,
            "is arm64, and GitLab builds its Fargate driver for x86_64 only; name another type, for example t3.small",
          ),
        ]
      : []),
  ];
}

/** Source: Amazon EC2 instance types guide, "Amazon EC2 instance type naming conventions". */
const isArm = (type: string): boolean => /^(a1|[a-z]+\d+[a-z]*g[a-z]*)[.-]/.test(type);

/** Where AWS can not fetch a GitLab's keys, only what runs in an account comes in. */
function tokenFaults({ organization, environments }: LandingZone): Fault[] {
  const trusting = organization.pipelines.findIndex(
    one => one.platform !== "codePipeline" && one.tokens === "runner",
  );
  const runners = environmentNames.filter(name => environments[name].runner !== undefined);
  const shared = runners.filter(name => environments[name].runner?.deploysShared === true);
  if (trusting < 0)
    return shared.map(name => ({
      path: `environments.${name}.runner.deploysShared`,
      value: true,
      problem:
        'has no effect: jobs come in with tokens of the platform, not with what the runner has; leave it out, or say tokens: "runner" in organization.pipelines',
    }));
  const pipelines = organization.pipelines[trusting];
  const deployed = environmentNames.filter(name => pipelines === undefined || deploysTo(pipelines, name));
  const host = pipelines?.platform === "codePipeline" ? undefined : pipelines?.issuer;
  return [
    ...deployed
      .filter(name => environments[name].runner === undefined)
      .map(name => ({
        path: `environments.${name}.runner`,
        value: undefined,
        problem: `is needed, because organization.pipelines[${trusting}].tokens is "runner": nothing else could deploy to ${name}`,
      })),
    ...shared
      .filter(name => name !== "prod" || !deployed.includes(name))
      .map(name => ({
        path: `environments.${name}.runner.deploysShared`,
        value: true,
        problem:
          "lets jobs do what none does: what all environments share is deployed with prod, from its branch; leave it out, or say it of prod's runner",
      })),
    ...runners
      .filter(name => environments[name].runner?.host !== host)
      .map(name => ({
        path: `environments.${name}.runner.host`,
        value: environments[name].runner?.host,
        problem: `must be ${host}, whose pipelines organization.pipelines[${trusting}] lets deploy by the runner`,
      })),
    ...(pipelines?.platform === "github"
      ? [
          {
            path: `organization.pipelines[${trusting}].tokens`,
            value: "runner",
            problem: "is for GitLab, whose runner is in the account; leave it out",
          },
        ]
      : []),
  ];
}
