import type { Calculation } from "./calculated-alarm";
import {
  failedRequests,
  type ServiceTarget,
  type TargetGroup,
  targetGroupsOf,
  targetMetric,
} from "./service-target";

/** In per cent of a way's requests; 0 where there were fewer requests than said. */
type Indicator = (target: ServiceTarget, fewestRequests: number) => Calculation;

/** Answered by 5xx, or by no task. */
export const failedShare: Indicator = (target, fewest) =>
  shareOf(target, fewest, "Requests that failed, in per cent", (group, number) => ({
    bad: `100 * (FILL(errors${number}, 0) + FILL(refused${number}, 0))`,
    metrics: {
      [`errors${number}`]: targetMetric(group, failedRequests[0], "Sum"),
      [`refused${number}`]: targetMetric(group, failedRequests[1], "Sum"),
    },
  }));

/** Answered later than within so many milliseconds. */
export const slowShare =
  (milliseconds: number): Indicator =>
  (target, fewest) =>
    shareOf(
      target,
      fewest,
      `Requests that took longer than ${milliseconds} ms, in per cent`,
      (group, number) => ({
        bad: `(100 - FILL(quick${number}, 100)) * ${requests(number)}`,
        metrics: {
          [`quick${number}`]: targetMetric(group, "TargetResponseTime", `PR(:${milliseconds / 1_000})`),
        },
      }),
    );

interface Part {
  /** Requests that were bad, times 100. */
  readonly bad: string;
  readonly metrics: Calculation["metrics"];
}

const requests = (number: number) => `FILL(requests${number}, 0)`;

/** Over the one or two target groups, each with its part of the requests. */
function shareOf(
  target: ServiceTarget,
  fewest: number,
  label: string,
  partOf: (group: TargetGroup, number: number) => Part,
): Calculation {
  const parts = targetGroupsOf(target).map((group, index) => {
    const { bad, metrics } = partOf(group, index + 1);
    return {
      all: requests(index + 1),
      bad,
      metrics: { [`requests${index + 1}`]: targetMetric(group, "RequestCount", "Sum"), ...metrics },
    };
  });
  const all = parts.map(part => part.all).join(" + ");
  return {
    label,
    expression: `IF(${all} >= ${fewest}, (${parts.map(({ bad }) => bad).join(" + ")}) / (${all}), 0)`,
    metrics: Object.assign({}, ...parts.map(({ metrics }) => metrics)) as Calculation["metrics"],
  };
}
