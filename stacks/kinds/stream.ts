import { Stream } from "../../components/data/stream";
import { streamAccess } from "../../components/data/stream-access";
import { type Stream as Described, inEnvironment } from "../description";
import type { Kind } from "./kind";

export const stream: Kind<Described> = {
  make: ({ name, resource: { args }, resourceName, keeping, environment, opts }) => ({
    component: new Stream(
      name,
      {
        ...keeping,
        streamName: resourceName,
        ...(args.shards === undefined ? {} : { shards: inEnvironment(args.shards, environment.name) }),
        ...(args.retentionHours === undefined ? {} : { retentionHours: args.retentionHours }),
      },
      opts,
    ),
  }),
  access: (at, name, access) => streamAccess(at, name, access as Described["offers"][number]),
};
