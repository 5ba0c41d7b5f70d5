/** How pipelines get into a workload account. */
import { PreviewRole } from "../components/delivery/preview-role";
import type { LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { environmentOf } from "./places";
import { accountProvider, locationOf, platform } from "./providers";
import type { Handed } from "./references";

export interface DeliveryOutputs {
  previewRoleArn: string;
}

export function delivery(zone: LandingZone, stack: StackDefinition): Handed<DeliveryOutputs> {
  const subject = platform(zone, environmentOf(zone, stack).name);
  const provider = accountProvider(zone, stack.account, stack.region, subject);
  const at = locationOf(zone, stack.account, stack.region);
  const role = new PreviewRole("preview", { at, ...zone.organization.pipelines }, { provider });
  return { previewRoleArn: role.arn };
}
