/** Who may talk to whom, as the hub's route tables have it. */
import { type DomainRanges, domainPropagations, type Reaches } from "../components/network/route-domains";
import { hubRanges } from "./addresses";
import { type EnvironmentName, environmentNames, type LandingZone } from "./description";
import { chosenNetwork } from "./network-profiles";

/** Where runners are. */
export const runnerDomain = "runner";

/** The ranges of all runners, by their environment. */
export const runnerRanges = ({ environments }: LandingZone): Partial<Record<EnvironmentName, string>> =>
  Object.fromEntries(
    environmentNames.flatMap(name => {
      const { runner } = environments[name];
      return runner === undefined ? [] : [[name, runner.addresses]];
    }),
  );

/** Environments that leave by the hub. */
export const centralEnvironments = (zone: LandingZone): EnvironmentName[] =>
  environmentNames.filter(name => chosenNetwork(zone.environments[name].network).nat === "central");

/** Whether a runner resolves names that the company's own servers answer. */
export const runnersAskCompany = ({ environments, network }: LandingZone): boolean =>
  network.onPremises?.names !== undefined &&
  environmentNames.some(name => environments[name].runner?.through === "on-premises");

/** The domains that leave by the hub, and their ranges: environments that say so, and runners. */
export function centralDomains(zone: LandingZone): Record<string, readonly string[]> {
  const runners = Object.values(runnerRanges(zone));
  return {
    ...Object.fromEntries(centralEnvironments(zone).map(name => [name, [zone.environments[name].addresses]])),
    ...(runners.length === 0 ? {} : { [runnerDomain]: runners }),
  };
}

/** The domain that stands before the way out, where there is one. */
export const wayOut = ({ network }: LandingZone): "egress" | "inspection" | undefined =>
  network.egress === undefined ? undefined : network.egress.allow === undefined ? "egress" : "inspection";

/** Every route domain that has a table. */
export function domainsOf(zone: LandingZone): string[] {
  const { network } = zone;
  const way = wayOut(zone);
  return [
    ...environmentNames,
    "shared",
    runnerDomain,
    ...(network.onPremises === undefined ? [] : ["on-premises"]),
    ...(way === undefined ? [] : ["egress"]),
    ...(way === "inspection" ? ["inspection"] : []),
  ];
}

/** What the description says, and the way to the internet, for those that have none of their own. */
export function reachesOf(zone: LandingZone): Reaches {
  const way = wayOut(zone);
  const central = Object.keys(centralDomains(zone));
  return Object.fromEntries(
    domainsOf(zone).map(domain => [
      domain,
      [
        ...(zone.network.reaches[domain as EnvironmentName] ?? []),
        ...(way !== undefined && central.includes(domain) ? [way] : []),
      ],
    ]),
  );
}

/** All addresses of a domain. */
export function rangesOf(zone: LandingZone): DomainRanges {
  const { environments, network } = zone;
  const runners = Object.values(runnerRanges(zone));
  const hub = hubRanges(network.addresses);
  return {
    ...Object.fromEntries(environmentNames.map(name => [name, [environments[name].addresses]])),
    shared: [hub.shared],
    ...(runners.length === 0 ? {} : { [runnerDomain]: runners }),
    ...(network.onPremises === undefined ? {} : { "on-premises": network.onPremises.ranges }),
  };
}

/** The domains whose tables an attachment of this one propagates into. */
export const propagationsOf = (zone: LandingZone, domain: string): readonly string[] =>
  domainPropagations(reachesOf(zone))[domain] ?? [];

/** The same for a runner's attachment, but for its own: runners of different environments never meet. */
export const runnerPropagationsOf = (zone: LandingZone): readonly string[] =>
  propagationsOf(zone, runnerDomain).filter(domain => domain !== runnerDomain);

/** Ranges beyond an environment's own that may call into it, by the name of their domain. */
export function callersOf(zone: LandingZone, environment: EnvironmentName): Record<string, string> {
  const ranges = rangesOf(zone);
  return Object.fromEntries(
    Object.entries(zone.network.reaches).flatMap(([domain, targets]) =>
      domain === environment || !(targets ?? []).includes(environment)
        ? []
        : (ranges[domain] ?? []).map((range, index) => [
            index === 0 ? domain : `${domain}-${index + 1}`,
            range,
          ]),
    ),
  );
}

/** What a domain sends to the hub: its own range, and those of the domains it reaches. */
export function routedRanges(zone: LandingZone, domain: string): string[] {
  const ranges = rangesOf(zone);
  return propagationsOf(zone, domain).flatMap(other => ranges[other] ?? []);
}
