import type { Queue } from "../../components/data/queue";
import { Topic } from "../../components/data/topic";
import { topicAccess } from "../../components/data/topic-access";
import { type Topic as Described, queueOf } from "../description";
import { orderedName } from "./fifo";
import type { Kind } from "./kind";

export const topic: Kind<Described> = {
  nameIn: (product, name, _where, resource) => orderedName(product, name, resource),
  make: ({ name, resource, resourceName, keeping, shortNameOf, madeOf, opts }) => ({
    component: new Topic(
      name,
      {
        ...keeping,
        topicName: resourceName,
        deliversTo: Object.fromEntries(
          (resource.args.deliversTo ?? []).map(delivery => {
            const to = queueOf(delivery);
            const queue = madeOf(to) as Queue;
            return [shortNameOf(to), "queue" in delivery ? { ...delivery, queue } : queue];
          }),
        ),
      },
      opts,
    ),
  }),
  access: (at, name) => topicAccess(at, name, "publish"),
};
