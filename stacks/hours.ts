/** What outside an environment's hours is otherwise: databases that stop. */
import type * as aws from "@pulumi/aws";
import { DatabaseHours, type HourlyDatabase } from "../components/data/database-hours";
import type { EnvironmentName, LandingZone, Product } from "./description";
import { isStopped } from "./description/hours";
import { accountOf, livesIn } from "./description/product-places";
import { resourceName } from "./kinds";
import type { StackDefinition } from "./names";
import { environmentOf, workloadAccount } from "./places";
import { platformAlarmTopics } from "./platform-names";
import { locationOf } from "./providers";

const hoursName = "landing-zone-database-hours";

/** A product's databases that stop in an environment, as AWS calls them. */
export function stoppedDatabases(
  zone: LandingZone,
  product: Product,
  environment: EnvironmentName,
): HourlyDatabase[] {
  if (!livesIn(product, environment)) return [];
  const account = accountOf(zone, product, environment);
  const where = {
    at: locationOf(zone, account, zone.environments[environment].region),
    domain: workloadAccount(zone, account).domain,
  };
  return Object.entries(product.data ?? {}).flatMap(([name, resource]) =>
    isStopped(zone, product, resource, environment)
      ? [
          {
            kind: resource.kind === "aurora" ? ("cluster" as const) : ("instance" as const),
            name: resourceName(product, name, resource, where),
          },
        ]
      : [],
  );
}

/** Those of all products of an account. */
export function databaseHoursIn(zone: LandingZone, stack: StackDefinition, provider: aws.Provider): void {
  const { name: environment, hours } = environmentOf(zone, stack);
  const databases = zone.products
    .filter(
      product => livesIn(product, environment) && accountOf(zone, product, environment) === stack.account,
    )
    .flatMap(product => stoppedDatabases(zone, product, environment));
  if (hours === undefined || databases.length === 0) return;
  new DatabaseHours(
    "hours",
    {
      at: locationOf(zone, stack.account, stack.region),
      hoursName,
      hours,
      databases,
      alarmTopics: platformAlarmTopics(zone, stack.region),
    },
    { provider },
  );
}
