/** How an environment is seen as a whole: one page in its own account, to which the others show their metrics. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EnvironmentDashboard } from "../components/observability/environment-dashboard";
import { criticalServiceAlarms } from "../components/observability/service-alarms";
import { MetricsLink, MetricsSink } from "../components/observability/shared-metrics";
import type { BaselineOutputs } from "./baseline";
import type { EnvironmentName, LandingZone } from "./description";
import { accountOf, livesIn } from "./description/product-places";
import { type StackDefinition, workloadAccountsIn } from "./names";
import { environmentOf, workloadAccount } from "./places";
import { workloadName } from "./product-names";
import { accountIdOf, locationOf } from "./providers";
import type { Upstream } from "./references";

/**
 * The hub shows what it measures of networks: a Transit Gateway is measured where it is.
 * @returns the ARN of the environment's sink.
 */
export function environmentSeen(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
  provider: aws.Provider,
  hubProvider: aws.Provider,
): pulumi.Output<string> {
  const { name: environment, account: home } = environmentOf(zone, stack);
  if (stack.account !== home) {
    const host = workloadAccount(zone, stack.account).subnetsOf ?? home;
    const sinkArn = upstream.outputsOf<BaselineOutputs>(`baseline-${host}`).metricsSinkArn;
    new MetricsLink("metrics", { sinkArn }, { provider });
    return sinkArn;
  }
  const others = workloadAccountsIn(zone, environment).filter(account => account !== home);
  const sink = new MetricsSink(
    "metrics",
    {
      sinkName: "landing-zone",
      accountIds: [zone.organization.roles.network, ...others].map(account => accountIdOf(zone, account)),
    },
    { provider },
  );
  // Networks of all environments meet in one region, or are seen in their own account only.
  if (stack.region === zone.organization.region)
    new MetricsLink(
      `${environment}-networks`,
      { sinkArn: sink.arn, namespaces: ["AWS/TransitGateway", "AWS/NATGateway"] },
      { provider: hubProvider },
    );
  new EnvironmentDashboard(
    "environment",
    {
      environment,
      at: locationOf(zone, home, stack.region),
      products: Object.fromEntries(
        zone.products
          .filter(product => livesIn(product, environment))
          .map(product => [product.name, accountIdOf(zone, accountOf(zone, product, environment))]),
      ),
      alarms: alarmsOf(zone, environment, home),
    },
    { provider },
  );
  return sink.arn;
}

/** The critical alarms of services in an account, which are known by name before there are any. */
const alarmsOf = (zone: LandingZone, environment: EnvironmentName, account: string): string[] =>
  zone.products
    .filter(product => livesIn(product, environment) && accountOf(zone, product, environment) === account)
    .flatMap(product =>
      Object.entries(product.services ?? {}).flatMap(([name, service]) =>
        criticalServiceAlarms(workloadName(product, name), [
          ...(service.path === undefined ? [] : ["internal"]),
          ...(service.public === true ? ["public"] : []),
        ]),
      ),
    );
