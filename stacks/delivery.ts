/** How pipelines get into a workload account. */
import { PipelineRoles } from "../components/delivery/pipeline-roles";
import { iamArn } from "../components/location";
import type { LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { environmentOf } from "./places";
import { deployRole, namesRole, previewRole } from "./platform-names";
import { accountIdOf, accountProvider, locationOf, platform } from "./providers";
import type { Handed } from "./references";

export interface DeliveryOutputs {
  previewRoleArn: string;
  deployRoleArn: string;
}

export function delivery(zone: LandingZone, stack: StackDefinition): Handed<DeliveryOutputs> {
  const { name: environment, account: home } = environmentOf(zone, stack);
  const { pipelines, roles } = zone.organization;
  const roleOf = new PipelineRoles(
    "pipelines",
    {
      at: locationOf(zone, stack.account, stack.region),
      platforms: pipelines.map(platformOf => ({ ...platformOf, deploy: platformOf.deploy[environment] })),
      alsoTakes: home === stack.account ? [] : [iamArn(accountIdOf(zone, home), `role/${namesRole}`)],
      managementAccountId: accountIdOf(zone, roles.management),
      previewRoleName: previewRole,
      deployRoleName: deployRole,
    },
    { provider: accountProvider(zone, stack.account, stack.region, platform(zone, environment)) },
  );
  return { previewRoleArn: roleOf.previewRoleArn, deployRoleArn: roleOf.deployRoleArn };
}
