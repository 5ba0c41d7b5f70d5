/**
 * What deploying the shared stacks takes in the management account itself, where their providers take no role, a theme
 * each. A type of resource that is planned there and stands in no theme is refused by the tests.
 *
 * Most of these actions know no resource but `*`, or act on the organization as a whole; where a resource or a
 * condition can be named, it is.
 *
 * Sources: Service authorization reference, by service; IAM Identity Center user guide, "Identity-based policy
 * examples" for what assignments in the management account take.
 */
import type { LandingZone } from "../../../stacks/description";
import { accountIdOf } from "../../../stacks/providers";
import { costs } from "./costs";
import { detection } from "./detection";
import { hardening } from "./hardening";
import { organization } from "./organization";
import { people } from "./people";
import { records } from "./records";
import type { Theme } from "./theme";

export function managementThemes(zone: LandingZone): Record<string, Theme> {
  const accountId = accountIdOf(zone, zone.organization.roles.management);
  return {
    organization: organization(),
    people: people(accountId),
    costs: costs(accountId),
    detection: detection(accountId),
    hardening: hardening(accountId),
    records: records(accountId),
  };
}
