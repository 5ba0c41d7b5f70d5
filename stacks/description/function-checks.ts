/** What Lambda functions say, held to the rest of the description. */
import type { Fault } from "./faults";
import { once, type Standing, standings } from "./in-force-places";
import { timezoneFaults } from "./job-checks";
import { foreign } from "./sharing-checks";
import type { LandingZone, Product } from "./types";
import type { LambdaFunction } from "./workload-types";
import { workloadsOf } from "./workloads";

export const functionChecks = [functionFaults];

function functionFaults(zone: LandingZone, product: Product): Fault[] {
  return workloadsOf(product).flatMap(workload => {
    if (workload.group !== "functions") return [];
    const { at, words } = workload;
    const { on, from } = words;
    return [
      ...codeFaults(at, words),
      ...linkFaults(at, words),
      ...timezoneFaults(at, words),
      ...(on === undefined ? [] : foreign(zone, product, `${at}.on.objectCreated`, on.objectCreated)),
      ...(from === undefined ? [] : foreign(zone, product, `${at}.from`, from)),
      ...once(standings(zone, product, workload).flatMap(waitFaults)),
    ];
  });
}

function codeFaults(at: string, { release, code, image }: LambdaFunction): Fault[] {
  if (release === undefined && code === undefined)
    return [
      {
        path: at,
        value: undefined,
        problem: 'has nothing to run; say `release` of an image, or code: { folder: "./functions/x", ... }',
      },
    ];
  if (code === undefined) return [];
  return Object.entries({ release, image }).flatMap(([word, value]) =>
    value === undefined
      ? []
      : [
          {
            path: `${at}.${word}`,
            value,
            problem: "is of an image, and `code` is what runs instead; say one of them",
          },
        ],
  );
}

/** What is done for a container when it starts, and Lambda does not do. */
function linkFaults(at: string, { uses = [] }: LambdaFunction): Fault[] {
  return uses.flatMap(({ resource, access }, index): Fault[] => {
    const path = `${at}.uses[${index}]`;
    if (resource.kind === "fileSystem")
      return [
        {
          path,
          value: resource.kind,
          problem: "is mounted into containers only; make a service or a job of it",
        },
      ];
    if (access === "signIn")
      return [
        {
          path,
          value: access,
          problem: "hands a secret to containers when they start; make a service of what signs users in",
        },
      ];
    return access === "inject"
      ? [
          {
            path,
            value: access,
            problem: "is handed to containers when they start; a function reads it itself: use its `read`",
          },
        ]
      : [];
  });
}

/**
 * A batch that is tried again must not be handled twice at once.
 * Source: AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source mapping".
 */
const timeoutsHidden = 6;

function waitFaults({ words: { from, timeout }, fault }: Standing<"functions">): Fault[] {
  if (from?.kind !== "queue") return [];
  const { visibilityTimeout = 60 } = from.args;
  const least = timeoutsHidden * timeout;
  if (visibilityTimeout >= least) return [];
  const most = Math.floor(visibilityTimeout / timeoutsHidden);
  const shorter = most < 1 ? "" : `, or the function a timeout of ${most} at most`;
  return [
    fault(
      ["timeout"],
      `needs ${timeoutsHidden} times as long in the queue, which hides a message for ${visibilityTimeout} seconds only; give the queue visibilityTimeout: ${least}${shorter}`,
    ),
  ];
}
