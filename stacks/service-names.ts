/** Names that are the same in every environment, in the zone that the environment's own account has. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ServiceName, type ServiceNameArgs } from "../components/names/service-name";
import type { EnvironmentName, LandingZone, Product } from "./description";
import type { StackDefinition } from "./names";
import { namesRole } from "./platform-names";
import { accountProvider, ofProduct } from "./providers";

export interface ServiceNamesArgs {
  readonly zone: LandingZone;
  readonly stack: StackDefinition;
  readonly product: Product;
  readonly environment: { readonly name: EnvironmentName };
  /** The stack's own, which does where the zone is in its account. */
  readonly provider: aws.Provider;
  readonly serviceZoneId: pulumi.Input<string>;
  /** Without the domain, and what it leads to. */
  readonly names: Readonly<Record<string, ServiceNameArgs["loadBalancer"]>>;
}

export function serviceNames(args: ServiceNamesArgs): void {
  const { zone, stack, product, environment, serviceZoneId } = args;
  const names = Object.entries(args.names);
  if (names.length === 0) return;
  const home = zone.environments[environment.name].account;
  const provider =
    home === stack.account
      ? args.provider
      : accountProvider(zone, home, stack.region, ofProduct(product, environment.name), { role: namesRole });
  for (const [service, loadBalancer] of names)
    new ServiceName(
      service,
      { names: { zoneId: serviceZoneId, domainName: zone.network.serviceDomain }, service, loadBalancer },
      { provider },
    );
}
