/** Pipelines in AWS CodePipeline: one in each environment's own account, which deploys the environment. */
import type * as aws from "@pulumi/aws";
import { buildName, CodePipeline, type PipelineStep } from "../components/delivery/code-pipeline";
import { iamArn } from "../components/location";
import {
  codePipelines,
  type EnvironmentName,
  environmentNames,
  inEnvironment,
  type LandingZone,
  tokenPlatforms,
} from "./description";
import { deploysTo } from "./description/pipelines";
import { applyRole, loadBalancerLogBucket, planRole } from "./platform-names";
import { accountIdOf, locationOf } from "./providers";

const pipelineOf = (environment: EnvironmentName): string => `landing-zone-${environment}`;

/** The steps that take a role of the management account, and the role. */
const takes = { deploy: applyRole, drift: () => planRole } as const;

export interface Builders {
  /** ARNs of the roles of builds that may take planRole. */
  readonly plan: readonly string[];
  /** The one that may take an environment's applyRole. */
  readonly apply: Readonly<Partial<Record<EnvironmentName, string>>>;
}

/**
 * Which roles of other accounts the roles of the management account let in: none where no pipeline runs in AWS. They are
 * named by `aws:PrincipalArn`, for they are made after the roles that trust them.
 */
export function buildersOf(zone: LandingZone): Builders {
  const described = codePipelines(zone.organization.pipelines);
  if (described === undefined) return { plan: [], apply: {} };
  const builder = (environment: EnvironmentName, step: keyof typeof takes) =>
    iamArn(
      accountIdOf(zone, zone.environments[environment].account),
      `role/${buildName(pipelineOf(environment), step)}`,
    );
  const numbered = environmentNames.filter(
    name =>
      deploysTo(described, name) &&
      zone.organization.ids.accounts[zone.environments[name].account] !== undefined,
  );
  return {
    plan: numbered.map(name => builder(name, "drift")),
    apply: Object.fromEntries(numbered.map(name => [name, builder(name, "deploy")])),
  };
}

export function codePipelineOf(
  zone: LandingZone,
  environment: EnvironmentName,
  provider: aws.Provider,
): CodePipeline | undefined {
  const { pipelines, roles, contacts } = zone.organization;
  const { account, region, logRetentionDays } = zone.environments[environment];
  const described = codePipelines(pipelines);
  if (described === undefined || !deploysTo(described, environment)) return undefined;
  const inManagement = (step: keyof typeof takes) =>
    iamArn(accountIdOf(zone, roles.management), `role/${takes[step](environment)}`);
  const deploy: PipelineStep = {
    name: "Deploy",
    description: `Deploys the stacks of ${environment}`,
    commands: [
      // Nobody but pipelines changes int: what somebody has changed by hand is put right before it is tested.
      ...(environment === "int" ? ["npx lz refresh int --yes"] : []),
      `npx lz up ${environment} --yes --confirm ${environment}`,
    ],
    takesRoleArn: inManagement("deploy"),
    timeoutMinutes: 180,
    ...(environment === "prod"
      ? { approve: "Deploys to prod what the plan of this run shows; look at it before you say yes." }
      : {}),
  };
  return new CodePipeline(
    "pipeline",
    {
      at: locationOf(zone, account, region),
      pipelineName: pipelineOf(environment),
      source: {
        connectionArn: inEnvironment(described.connection, environment),
        repository: described.repository,
        branch: described.branches[environment],
      },
      steps: [
        {
          name: "Plan",
          description: `Plans and judges the stacks of ${environment}, without AWS`,
          commands: [
            ...(tokenPlatforms(pipelines).length === 0 ? [] : ["npx lz ci --check"]),
            `npx lz plan ${environment}`,
          ],
        },
        deploy,
      ],
      nightly: {
        name: "Drift",
        description: `Looks for what is no longer as the stacks of ${environment} say`,
        commands: [`npx lz refresh ${environment} --check --read-only`],
        takesRoleArn: inManagement("drift"),
        timeoutMinutes: 120,
        schedule: "cron(30 2 * * ? *)",
      },
      mailsTo: [contacts.operations.email],
      logRetentionDays,
      accessLogBucketName: loadBalancerLogBucket(locationOf(zone, account, region)),
    },
    { provider },
  );
}
