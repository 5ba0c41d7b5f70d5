/** What begins jobs and functions by itself: schedules, rules on objects, and sources that are read for a function. */
import { shortName } from "../../components/short-name";
import type { Product } from "../../stacks/description";
import { workloadsOf } from "../../stacks/description/workloads";
import { workloadName } from "../../stacks/product-names";
import type { Step } from "./step";
import { stepName } from "./step";

/** How one of them is stopped, and started again if it was on. */
interface Trigger {
  readonly stop: Step;
  readonly start: Step;
}

export const stoppedTriggers = (product: Product): Step[] => triggersOf(product).map(({ stop }) => stop);
export const startedTriggers = (product: Product): Step[] => triggersOf(product).map(({ start }) => start);

const triggersOf = (product: Product): Trigger[] =>
  workloadsOf(product).flatMap(({ group, name, words }) => {
    if (group === "services") return [];
    const what = `the ${group === "jobs" ? "job" : "function"} ${name}`;
    const called = workloadName(product, name);
    return [
      ...(words.schedule === undefined ? [] : [schedule(name, what, called)]),
      ...(words.on === undefined ? [] : [rule(name, what, called)]),
      ...(group === "functions" && words.from !== undefined ? [source(name, what, called)] : []),
    ];
  });

/** Sources: EventBridge Scheduler API reference, "UpdateSchedule"; components/compute/job-schedule.ts for the names. */
function schedule(name: string, what: string, called: string): Trigger {
  const scheduleName = shortName(called, 64);
  const ask = `to scheduler get-schedule --name ${scheduleName} --group-name ${scheduleName}`;
  return {
    stop: {
      name: stepName("stop_schedule", name),
      title: `Stop the schedule of ${what}`,
      body: `if ! exists ${ask}; then
  keep ${name}.schedule absent
  return 0
fi
if ! has ${name}.schedule; then
  keep ${name}.schedule "$(${ask} --query State | text)"
fi
set_schedule ${scheduleName} DISABLED`,
    },
    start: {
      name: stepName("start_schedule", name),
      title: `Start the schedule of ${what}, if it was on`,
      body: `if [[ "$(kept ${name}.schedule)" == ENABLED ]]; then set_schedule ${scheduleName} ENABLED; fi`,
    },
  };
}

/** What a restore puts into a bucket would wake what runs on objects, too. */
function rule(name: string, what: string, called: string): Trigger {
  const ruleName = shortName(called, 64);
  return {
    stop: {
      name: stepName("stop_rule", name),
      title: `Stop the rule that starts ${what} on objects`,
      body: `if ! exists to events describe-rule --name ${ruleName}; then
  keep ${name}.rule absent
  return 0
fi
if ! has ${name}.rule; then
  keep ${name}.rule "$(to events describe-rule --name ${ruleName} --query State | text)"
fi
to events disable-rule --name ${ruleName}`,
    },
    start: {
      name: stepName("start_rule", name),
      title: `Start the rule that starts ${what} on objects, if it was on`,
      body: `if [[ "$(kept ${name}.rule)" == ENABLED ]]; then to events enable-rule --name ${ruleName}; fi`,
    },
  };
}

/**
 * Messages and records wait meanwhile.
 * Source: Lambda API reference, "UpdateEventSourceMapping", "GetEventSourceMapping" on the states.
 */
function source(name: string, what: string, called: string): Trigger {
  const mappings = `to lambda list-event-source-mappings --function-name ${called}`;
  const each = (
    change: string,
    state: string,
  ) => `if [[ "$(kept ${name}.sources)" == none ]]; then return 0; fi
for id in $(kept ${name}.sources); do
  to lambda update-event-source-mapping --uuid "$id" ${change} >/dev/null
  await ${state} '' to lambda get-event-source-mapping --uuid "$id" --query State
done`;
  return {
    stop: {
      name: stepName("stop_source", name),
      title: `Stop reading what ${what} handles`,
      body: `local id
if ! exists to lambda get-function-configuration --function-name ${called}; then keep ${name}.sources none; fi
if ! has ${name}.sources; then
  keep ${name}.sources "$(${mappings} --query "join(' ', EventSourceMappings[?State!='Disabled'].UUID) || 'none'" | text)"
fi
${each("--no-enabled", "Disabled")}`,
    },
    start: {
      name: stepName("start_source", name),
      title: `Read what ${what} handles again, if it was read`,
      body: `local id
${each("--enabled", "Enabled")}`,
    },
  };
}
