import { eventRuleArn } from "../../components/data/event-bus-access";
import { Queue } from "../../components/data/queue";
import { queueAccess } from "../../components/data/queue-access";
import { arn } from "../../components/location";
import {
  type Queue as Described,
  type EnvironmentName,
  inEnvironment,
  type LandingZone,
  type Product,
  queueOf,
  type Topic,
} from "../description";
import { hoursUnread } from "../description/hours";
import { orderedName } from "./fifo";
import { type Kind, usualName } from "./kind";

const hour = 3_600;

export const queue: Kind<Described> = {
  nameIn: (product, name, _where, resource) => orderedName(product, name, resource),
  make: ({ zone, name, resource, resourceName, keeping, product, environment, opts }) => {
    const { fifo: _, lateAfter: _late, ...args } = resource.args;
    return {
      component: new Queue(
        name,
        {
          ...keeping,
          ...args,
          queueName: resourceName,
          visibilityTimeout: args.visibilityTimeout ?? 60,
          maxReceives: args.maxReceives ?? 5,
          ...latenessOf(zone, resource, environment.name),
          topics: topicsInto(product, resource).map(topic =>
            arn("sns", keeping.at, orderedName(product, topic, product.data?.[topic] as Topic)),
          ),
          rules: rulesInto(product, resource).map(([bus, rule]) =>
            eventRuleArn(keeping.at, usualName(product, bus), rule),
          ),
        },
        opts,
      ),
    };
  },
  access: (at, name, access) => queueAccess(at, name, access as Described["offers"][number]),
};

/** Nobody is told of messages that wait because who empties the queue sleeps, unless they are nearly lost. */
function latenessOf(
  zone: LandingZone,
  resource: Described,
  environment: EnvironmentName,
): { readonly lateAfter?: number } {
  const { lateAfter, retentionHours = 96 } = resource.args;
  const said = lateAfter === undefined ? undefined : inEnvironment(lateAfter, environment);
  const unread = hoursUnread(zone, resource, environment) * hour;
  if (unread === 0) return said === undefined ? {} : { lateAfter: said };
  const kept = retentionHours * hour;
  // An hour before the first is lost at the latest.
  return { lateAfter: Math.max(60, Math.min(unread + (said ?? kept / 2), kept - hour)) };
}

/** The topics of the product that deliver to a queue. */
export const topicsInto = (product: Product, into: Described): string[] =>
  Object.entries(product.data ?? {})
    .filter(
      ([, resource]) =>
        resource.kind === "topic" &&
        (resource.args.deliversTo ?? []).some(delivery => queueOf(delivery) === into),
    )
    .map(([name]) => name);

/** The event buses of the product that deliver to a queue, and by which rules. */
const rulesInto = (product: Product, into: Described): [bus: string, rule: string][] =>
  Object.entries(product.data ?? {}).flatMap(([name, resource]) =>
    resource.kind === "eventBus"
      ? Object.entries(resource.args.deliversTo ?? {}).flatMap(([rule, delivery]): [string, string][] =>
          delivery.queue === into ? [[name, rule]] : [],
        )
      : [],
  );
