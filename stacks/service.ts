/** What a release replaces: a product's clusters, its services, jobs and functions. It keeps nothing. */
import { ProductDashboard } from "../components/observability/dashboard";
import { clustersOf } from "./clusters";
import type { RunningPlace } from "./containers";
import type { LandingZone } from "./description";
import { runDrillJobs } from "./drill-jobs";
import { runFunctions } from "./functions";
import { runJobs } from "./jobs";
import { resourceName } from "./kinds";
import { links } from "./links";
import type { StackDefinition } from "./names";
import type { PersistentOutputs } from "./persistent";
import { environmentFor, productOf, workloadAccount } from "./places";
import { deployRole } from "./platform-names";
import { workloadName } from "./product-names";
import { accountProvider, locationOf, ofProduct } from "./providers";
import type { Handed, Upstream } from "./references";
import { runServices } from "./services";
import { letTasksCall } from "./task-names";

export interface ServiceOutputs {
  /** What everybody looks at first. */
  dashboardName: string;
}

export function service(
  zone: LandingZone,
  stack: StackDefinition,
  upstream: Upstream,
): Handed<ServiceOutputs> {
  const product = productOf(zone, stack);
  const environment = environmentFor(zone, stack, product);
  const kept = upstream.outputsOf<PersistentOutputs>(`${product.name}-persistent-${environment.name}`);
  const at = locationOf(zone, stack.account, stack.region);
  const subject = ofProduct(product, environment.name);
  const provider = accountProvider(zone, stack.account, stack.region, subject, { role: deployRole });
  const place: RunningPlace = {
    zone,
    product,
    environment,
    where: { at, domain: workloadAccount(zone, stack.account).domain },
    kept,
    upstream,
    provider,
    linked: links({ zone, stack, product, environment, kept, upstream, provider }),
  };

  const clusters = clustersOf(place);
  const functions = runFunctions(place);
  const services = runServices(place, clusters, functions);
  const jobs = runJobs(place, clusters);
  runDrillJobs(place, clusters);
  letTasksCall(
    product,
    Object.fromEntries([...services, ...jobs].map(({ name, securityGroupId }) => [name, securityGroupId])),
    { provider },
  );

  const dashboard = new ProductDashboard(
    product.name,
    {
      product: product.name,
      environment: environment.name,
      at,
      services: services.map(({ shown }) => shown),
      queues: Object.entries(product.data ?? {}).flatMap(([name, resource]) =>
        resource.kind === "queue" ? [resourceName(product, name, resource, place.where)] : [],
      ),
      jobs: Object.keys(product.jobs ?? {}).map(name => workloadName(product, name)),
      functions: Object.keys(product.functions ?? {}).map(name => workloadName(product, name)),
    },
    { provider },
  );
  return { dashboardName: dashboard.dashboardName };
}
