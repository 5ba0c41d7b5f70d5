/** How a service's tasks come and go. */
export interface ScalingRules {
  /** Tasks. None at all only with `backlog`. */
  readonly min: number;
  readonly max: number;
  /** Of average CPU, in per cent. Default, without `targets` and `backlog` too: above 35, below 5, by 1. */
  readonly steps?: StepRules;
  /** Average CPU and memory in per cent, and requests a task a minute. */
  readonly targets?: TargetRules;
  readonly backlog?: BacklogRules;
  /** Other bounds from a time on, by a short name. */
  readonly planned?: Readonly<Record<string, PlannedRules>>;
  readonly asleep?: AsleepRules;
}

export interface StepRules {
  /** For a minute: `by` tasks more. */
  readonly above: number;
  /** For ten minutes: `by` tasks less. */
  readonly below: number;
  readonly by?: number;
}

export interface TargetRules {
  readonly cpu?: number;
  readonly memory?: number;
  readonly requests?: number;
}

export interface BacklogRules {
  readonly queueName: string;
  /** Messages that each task may have before it. */
  readonly perTask: number;
}

export interface PlannedRules {
  /** `cron(...)`, `at(...)` or `rate(...)`. */
  readonly at: string;
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
  readonly min: number;
  readonly max: number;
}

export interface AsleepRules {
  /** `HH:MM`, of the clock in `timezone`. */
  readonly from: string;
  readonly until: string;
  /** As in the IANA database; default `UTC`. */
  readonly timezone?: string;
  /** From Friday evening until Monday morning too. Default true. */
  readonly weekends?: boolean;
}
