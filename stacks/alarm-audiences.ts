/** Who hears of alarms: the topics of products and of the platform, and the chats that are told. */
import type * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { ChatChannel } from "../components/detection/chat-channel";
import type { Location } from "../components/location";
import {
  AlarmAudience,
  type AlarmAudienceArgs,
  alarmTopicArns,
  alarmTopicsUseKey,
} from "../components/observability/alarm-audience";
import { type Severity, severities } from "../components/observability/severity";
import { EncryptionKey } from "../components/security/encryption-key";
import type { Alerts, EnvironmentName, LandingZone, Product, SlackChannel } from "./description";
import { accountsInUse } from "./organization-tree";
import { platformAlarmTopicNames } from "./platform-names";
import { alarmTopicNames } from "./product-names";
import { accountIdOf } from "./providers";

type Hearing = NonNullable<Alerts["critical"]>;

/** Nobody is woken for dev and int. */
export function hearing(
  { organization: { operations, contacts } }: LandingZone,
  { product, environment }: { product?: Product; environment?: EnvironmentName } = {},
): Record<Severity, Hearing> {
  const wakes = environment === undefined || environment === "prod";
  const of = (severity: Severity): Hearing => {
    const said: Hearing = product?.alerts?.[severity] ?? operations?.alerts?.[severity] ?? {};
    const { pager, ...others } = said;
    const heard = { ...others, ...(wakes && pager !== undefined ? { pager } : {}) };
    return Object.keys(heard).length > 0 ? heard : { mail: [contacts.operations.email] };
  };
  return { critical: of("critical"), warning: of("warning") };
}

/** A topic that a chat is told of. */
export interface Told {
  readonly channel: SlackChannel;
  readonly topicArn: string;
  readonly after: Resource;
}

interface Audience {
  readonly name: string;
  readonly topicNames: Readonly<Record<Severity, string>>;
  readonly hears: Record<Severity, Hearing>;
}

/** The topics of an account in a region, with the one key they share. Says which chats are to be told of which. */
function audiences(
  name: string,
  at: Location,
  heard: readonly Audience[],
  provider: aws.Provider,
  more: Pick<AlarmAudienceArgs, "alsoFrom"> = {},
): Told[] {
  const kept = { provider, protect: true };
  const topicArns = heard.map(({ topicNames }) => alarmTopicArns(at, topicNames));
  const key = new EncryptionKey(
    name,
    {
      alias: "landing-zone/alarms",
      description: "What alarms tell",
      at,
      services: ["sns.amazonaws.com"],
      statements: [alarmTopicsUseKey(topicArns.flatMap(arns => severities.map(severity => arns[severity])))],
    },
    kept,
  );
  return heard.flatMap(({ name: audience, topicNames, hears }) => {
    const made = new AlarmAudience(
      audience,
      { at, topicNames, keyArn: key.arn, hearers: hears, ...more },
      kept,
    );
    return severities.flatMap(severity => {
      const { slack } = hears[severity];
      return slack === undefined ? [] : [{ channel: slack, topicArn: made.topicArns[severity], after: made }];
    });
  });
}

/** An account may tell a chat by one configuration only, so that each has all of its topics. */
export function chats(accountId: string, told: readonly Told[], provider: aws.Provider): void {
  const channels = new Map(told.map(({ channel }) => [channel.channelId, channel]));
  for (const { channelId, teamId } of channels.values()) {
    const its = told.filter(({ channel }) => channel.channelId === channelId);
    new ChatChannel(
      `alarms-${channelId.toLowerCase()}`,
      {
        accountId,
        slackTeamId: teamId,
        slackChannelId: channelId,
        topicArns: its.map(({ topicArn }) => topicArn).sort(),
        after: its.map(({ after }) => after),
      },
      { provider },
    );
  }
}

/** Those of the products of an account. */
export function productAudiences(
  zone: LandingZone,
  environment: EnvironmentName,
  at: Location,
  products: readonly Product[],
  provider: aws.Provider,
): void {
  if (products.length === 0) return;
  const told = audiences(
    "alarms",
    at,
    products.map(product => ({
      name: `alarms-${product.name}`,
      topicNames: alarmTopicNames(product),
      hears: hearing(zone, { product, environment }),
    })),
    provider,
  );
  chats(at.accountId, told, provider);
}

/** Those of the platform, in the audit account, in each region where the platform has alarms. */
export function platformAudiences(zone: LandingZone, audit: Location, provider: aws.Provider): Told[] {
  const { organization, environments } = zone;
  const regions = new Set([
    organization.region,
    ...Object.values(environments).map(({ region }) => region),
    "us-east-1",
  ]);
  const accountIds = accountsInUse(organization)
    .filter(name => name !== organization.roles.audit)
    .map(name => accountIdOf(zone, name));
  return [...regions].sort().flatMap(region =>
    audiences(
      `platform-alarms-${region}`,
      { ...audit, region },
      [
        {
          name: `platform-alarms-${region}`,
          topicNames: platformAlarmTopicNames,
          hears: hearing(zone),
        },
      ],
      provider,
      { alsoFrom: accountIds },
    ),
  );
}
