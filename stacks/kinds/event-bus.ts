import { EventBus } from "../../components/data/event-bus";
import { eventBusAccessAs, eventBusKey } from "../../components/data/event-bus-access";
import { arn } from "../../components/location";
import type { EventBus as Described } from "../description";
import type { Kind } from "./kind";

export const eventBus: Kind<Described> = {
  make: ({ name, resource, resourceName, keeping, product, environment, nameOf, madeOf, opts }) => {
    const { deliversTo = {}, archiveDays } = resource.args;
    return {
      component: new EventBus(
        name,
        {
          ...keeping,
          busName: resourceName,
          description: `Events of ${product.name}: ${name}`,
          deliversTo: Object.fromEntries(
            Object.entries(deliversTo).map(([rule, { queue, pattern }]) => [
              rule,
              { queueArn: arn("sqs", keeping.at, nameOf(queue)), pattern },
            ]),
          ),
          ...(archiveDays === undefined ? {} : { archiveDays }),
          logs: {
            logGroupName: `/landing-zone/${product.name}/${name}-bus`,
            retentionDays: environment.logRetentionDays,
          },
        },
        { ...opts, dependsOn: Object.values(deliversTo).map(({ queue }) => madeOf(queue)) },
      ),
    };
  },
  access: (at, name, _access, _resource, user) => eventBusAccessAs(user)(at, name, "publish"),
  keyStatements: eventBusKey,
};
