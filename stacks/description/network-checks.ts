/** What no single value of a network shows: domains that must not meet, and ways that lead nowhere. */
import { type Fault, twice } from "./faults";
import { zonesOf } from "./regions";
import { type EnvironmentName, environmentNames, type LandingZone } from "./types";

export const networkChecks = [reachFaults, wayFaults, namesFaults, zoneCountFaults];

const isEnvironment = (domain: string): domain is EnvironmentName =>
  (environmentNames as readonly string[]).includes(domain);

function reachFaults({ network }: LandingZone): Fault[] {
  return Object.entries(network.reaches).flatMap(([from, targets]) => [
    ...twice((targets ?? []).map((to, index) => [`network.reaches.${from}[${index}]`, to])),
    ...(targets ?? []).flatMap((to, index) => {
      const path = `network.reaches.${from}[${index}]`;
      if (to === from)
        return [{ path, value: to, problem: "is the domain itself, which always reaches itself" }];
      if (isEnvironment(from) && isEnvironment(to))
        return [
          {
            path,
            value: to,
            problem:
              "is an environment; environments never reach one another. Let both reach `shared` and put what they share there",
          },
        ];
      if ((to === "on-premises" || from === "on-premises") && network.onPremises === undefined)
        return [{ path, value: to, problem: "leads nowhere: network.onPremises does not say how" }];
      return [];
    }),
  ]);
}

function wayFaults({ network, environments }: LandingZone): Fault[] {
  return environmentNames.flatMap(name => {
    const { nat, endpoints } = environments[name].network;
    return [
      ...(nat === "central" && network.egress === undefined
        ? [
            {
              path: `environments.${name}.network.nat`,
              value: nat,
              problem: "goes through the hub, which has no way out; say network.egress",
            },
          ]
        : []),
      ...(endpoints === "shared" && network.sharedEndpoints !== true
        ? [
            {
              path: `environments.${name}.network.endpoints`,
              value: endpoints,
              problem: "are the hub's, which has none; say network.sharedEndpoints: true",
            },
          ]
        : []),
      ...(endpoints === "shared" && network.reaches[name]?.includes("shared") !== true
        ? [
            {
              path: `network.reaches.${name}`,
              value: network.reaches[name],
              problem: `must hold shared, because environments.${name}.network.endpoints are there`,
            },
          ]
        : []),
    ];
  });
}

/** A profile that would be empty costs as much as a full one. */
function namesFaults({ network, environments }: LandingZone): Fault[] {
  if (network.namesProfile !== true) return [];
  const brings = environmentNames.some(
    name =>
      environments[name].network.endpoints === "shared" ||
      (network.onPremises?.names !== undefined && network.reaches[name]?.includes("on-premises") === true),
  );
  return brings
    ? []
    : [
        {
          path: "network.namesProfile",
          value: true,
          problem:
            'has no names to bring: no environment has endpoints: "shared", and none reaches on-premises where network.onPremises.names are; leave it out',
        },
      ];
}

function zoneCountFaults(zone: LandingZone): Fault[] {
  return environmentNames.flatMap(name => {
    const { region, zones } = zone.environments[name];
    const there = zonesIn(region);
    const asked = zones === undefined ? 3 : typeof zones === "number" ? zones : zones.length;
    return asked <= there.length
      ? []
      : [
          {
            path: `environments.${name}.${zones === undefined ? "region" : "zones"}`,
            value: zones ?? region,
            problem: `asks for ${asked} availability zones, and ${region} has ${there.length} for new accounts (${there.join(", ")}); ask for fewer by \`zones\`, or choose another region`,
          },
        ];
  });
}

const zonesIn = (region: string): readonly string[] => zonesOf(region) ?? [];
