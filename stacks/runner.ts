/** A runner in an environment's own account, which pipelines run on. */
import type * as aws from "@pulumi/aws";
import { GitlabRunner } from "../components/delivery/gitlab-runner";
import { iamArn } from "../components/location";
import { accessLogBucketName } from "../components/logs/access-log-bucket";
import { zonesFor } from "./addresses";
import {
  type EnvironmentName,
  environmentNames,
  type LandingZone,
  runnerDefaults,
  runnerPipelines,
} from "./description";
import { deploysTo } from "./description/pipelines";
import { livesIn } from "./description/product-places";
import { hubProvider } from "./hub-roles";
import { builtIn } from "./images";
import { hasRunner, type StackDefinition, workloadAccountsIn } from "./names";
import type { NetworkOutputs } from "./network";
import { chosenNetwork } from "./network-profiles";
import { environmentOf } from "./places";
import {
  applyRole,
  deployRole,
  flowLogBucket,
  planRole,
  platformAlarmTopics,
  runnerName,
  runnerRole,
  testRole,
} from "./platform-names";
import { accountIdOf, locationOf, platform, tagsOf } from "./providers";
import type { Upstream } from "./references";
import { runnerDomain, runnerPropagationsOf, runnersAskCompany } from "./route-domains";

type Scope = EnvironmentName | "shared";

/**
 * ARNs of the roles that jobs on runners have, by what they may deploy, where they deploy by that and not by tokens:
 * the roles they take let them in. `plan` is for all of them.
 */
export const runnersTrusted = (zone: LandingZone, to: Scope | "plan"): string[] =>
  rolesOfJobs(
    zone,
    name =>
      to === "plan" ||
      to === name ||
      (to === "shared" && zone.environments[name].runner?.deploysShared === true),
  );

/** The same, of those that try releases in an account of an environment. */
export const runnersTrying = (zone: LandingZone, environment: EnvironmentName, account: string): string[] =>
  rolesOfJobs(zone, name => triesIn(zone, name, environment, account));

function rolesOfJobs(zone: LandingZone, may: (name: EnvironmentName) => boolean): string[] {
  const pipelines = runnerPipelines(zone.organization.pipelines);
  if (pipelines === undefined) return [];
  return environmentNames.flatMap(name => {
    const { account, runner } = zone.environments[name];
    return runner === undefined ||
      !deploysTo(pipelines, name) ||
      !may(name) ||
      zone.organization.ids.accounts[account] === undefined
      ? []
      : [iamArn(accountIdOf(zone, account), `role/${runnerRole(name)}`)];
  });
}

/** In its own accounts, and in those where images that come to it were pushed, and scanned, first. */
const triesIn = (
  zone: LandingZone,
  name: EnvironmentName,
  environment: EnvironmentName,
  account: string,
): boolean =>
  name === environment ||
  zone.products.some(product => livesIn(product, name) && builtIn(zone, account).includes(product.name));

/** The roles that jobs of an environment's runner take. */
function jobRoles(zone: LandingZone, environment: EnvironmentName): string[] {
  const { organization, environments } = zone;
  const pipelines = runnerPipelines(organization.pipelines);
  if (pipelines === undefined || !deploysTo(pipelines, environment)) return [];
  const inManagement = (name: string) =>
    iamArn(accountIdOf(zone, organization.roles.management), `role/${name}`);
  return [
    inManagement(planRole),
    inManagement(applyRole(environment)),
    ...(environments[environment].runner?.deploysShared === true ? [inManagement(applyRole("shared"))] : []),
    ...workloadAccountsIn(zone, environment).map(account =>
      iamArn(accountIdOf(zone, account), `role/${deployRole}`),
    ),
    ...environmentNames.flatMap(its =>
      workloadAccountsIn(zone, its)
        .filter(account => triesIn(zone, environment, its, account))
        .map(account => iamArn(accountIdOf(zone, account), `role/${testRole}`)),
    ),
  ];
}

export function runnerOf(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
  provider: aws.Provider,
): void {
  const environment = environmentOf(zone, stack);
  const { name, runner } = environment;
  if (runner === undefined || !hasRunner(zone, stack)) return;
  const { organization, network } = zone;
  const hub = upstream.outputsOf<NetworkOutputs>("network");
  const at = locationOf(zone, stack.account, stack.region);
  const tableOf = (domain: string) => hub.routeTableIds.apply(tables => tables[domain] as string);
  const { workers, through, manager = runnerDefaults.manager[workers.kind] } = runner;
  const usual =
    network.egress === undefined || chosenNetwork(environment.network).endpoints === "local"
      ? "local"
      : "none";
  const names =
    through === "on-premises" && runnersAskCompany(zone) ? network.onPremises?.names?.domains : [];
  const subject = platform(zone, name);
  new GitlabRunner(
    "runner",
    {
      at,
      runnerName: runnerName(name),
      roleName: runnerRole(name),
      host: runner.host,
      version: runner.version ?? runnerDefaults.version,
      addresses: runner.addresses,
      zones: zonesFor(environment),
      transit: {
        transitGatewayId: hub.transitGatewayId,
        domainRouteTableId: tableOf(runnerDomain),
        propagatesTo: Object.fromEntries(runnerPropagationsOf(zone).map(domain => [domain, tableOf(domain)])),
        hub: hubProvider(zone, name),
      },
      ...(names === undefined || names.length === 0
        ? {}
        : {
            forwardingRuleIds: Object.fromEntries(
              names.map(domain => [domain, hub.forwardingRuleIds.apply(rules => rules[domain] as string)]),
            ),
          }),
      endpoints: (runner.endpoints ?? usual) === "local",
      workers:
        workers.kind === "spot"
          ? {
              kind: "spot",
              types: workers.types,
              least: workers.least ?? 0,
              most: workers.most,
              jobs: workers.jobsEach ?? 1,
              privileged: workers.allowPrivileged !== undefined,
            }
          : { ...workers, image: `${at.accountId}.dkr.ecr.${at.region}.amazonaws.com/${workers.image}` },
      managerType: manager,
      jobMinutes: runner.jobMinutes ?? runnerDefaults.jobMinutes,
      jobRoles: jobRoles(zone, name),
      organizationId: organization.ids.organization,
      archiveBucketArn: `arn:aws:s3:::${flowLogBucket(zone)}`,
      accessLogBucketName: accessLogBucketName(at),
      logRetentionDays: environment.logRetentionDays,
      alarmTopics: platformAlarmTopics(zone, at.region),
      tags: tagsOf(subject),
    },
    { provider },
  );
}
