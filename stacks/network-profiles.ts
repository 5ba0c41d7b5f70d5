import type { EndpointService } from "../components/network/endpoint-policies";
import type { NetworkChoices, NetworkProfile } from "./description";

export type ChosenNetwork = Required<Omit<NetworkChoices, "profile">>;

/**
 * What a profile chooses where an environment does not say. What each costs is in docs/network.md.
 *
 * - `economy`: one NAT gateway; a lost zone may take the way out with it.
 * - `standard`: a way out in every zone; tasks reach the company's networks; who asks for which name is recorded.
 * - `strict`: AWS's services are reached without the internet, by endpoints in every account; everything is recorded
 *   twice, for long and for fast.
 */
const profiles: Readonly<Record<NetworkProfile, ChosenNetwork>> = {
  economy: {
    nat: "single",
    privateNat: "none",
    endpoints: "none",
    flowLogsInCloudWatch: false,
    queryLogs: false,
    blockedNames: [],
    ipv6: false,
  },
  standard: {
    nat: "per-zone",
    privateNat: "single",
    endpoints: "none",
    flowLogsInCloudWatch: false,
    queryLogs: true,
    blockedNames: [],
    ipv6: false,
  },
  strict: {
    nat: "per-zone",
    privateNat: "per-zone",
    endpoints: "local",
    flowLogsInCloudWatch: true,
    queryLogs: true,
    blockedNames: [],
    ipv6: false,
  },
};

/** What tasks on Fargate call of AWS, beside what gateway endpoints carry. */
export const taskServices: readonly EndpointService[] = [
  "ecr.api",
  "ecr.dkr",
  "ecs",
  "kms",
  "logs",
  "monitoring",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
  "xray",
];

export const chosenNetwork = ({ profile, ...choices }: NetworkChoices): ChosenNetwork => ({
  ...profiles[profile],
  ...choices,
});
