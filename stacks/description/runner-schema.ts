/** The shape of a runner, checked on load. */
import { z } from "zod";
import { domain, oneOf, range, reason, text, whole } from "./forms";

/** Source: Amazon EC2 instance types guide, "Amazon EC2 instance type naming conventions". */
const instanceType = text(
  /^(?!mac)[a-z]+\d+[a-z]*(-[a-z0-9]+)?\.(nano|micro|small|medium|large|\d*xlarge|metal|metal-\d+xl)$/,
  "a type of EC2 that runs Linux, as m7g.large or c7i.xlarge",
);

const most = whole(1, 100, "jobs at once");

const workers = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("spot"),
      types: z.array(instanceType).min(1, "must name at least one instance type"),
      least: whole(0, 100, "workers that wait").optional(),
      most,
      jobsEach: whole(1, 1_000, "jobs").optional(),
      allowPrivileged: reason.optional(),
    }),
    z.strictObject({
      kind: z.literal("fargate"),
      most,
      size: z.strictObject({ cpu: z.number(), memory: z.number() }),
      image: text(
        /^[a-z0-9]+([._/-][a-z0-9]+)*(:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|@sha256:[0-9a-f]{64})$/,
        "a repository with a tag other than latest, or with a digest, for example ci/jobs:1.4.0",
      ),
      driver: z.strictObject({
        version: text(/^v\d+\.\d+\.\d+$/, "a version, for example v0.5.1"),
        sha256: text(/^[0-9a-f]{64}$/, "64 hexadecimal digits, as sha256sum shows them"),
      }),
    }),
  ],
  { error: 'must be of kind: "spot" or kind: "fargate"' },
);

export const gitlabRunner = z.strictObject(
  {
    host: domain,
    addresses: range(16, 22),
    workers,
    through: oneOf(["internet", "on-premises"]).optional(),
    endpoints: oneOf(["local", "none"]).optional(),
    version: text(/^\d+\.\d+\.\d+$/, "three numbers, for example 18.6.6").optional(),
    manager: instanceType.optional(),
    jobMinutes: whole(1, 110, "minutes").optional(),
    deploysShared: z.boolean({ error: "must be true or false" }).optional(),
  },
  { error: "must be made by gitlabRunner()" },
);
