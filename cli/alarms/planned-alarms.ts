/** The alarms of a plan, by what they ask of people. */
import { type Severity, severities } from "../../components/observability/severity";
import type { PlannedResource, StackPlan, Value } from "../planner/model";

export interface PlannedAlarm {
  readonly stack: string;
  /** Its own name, or what the program calls it where AWS's name ends in chance. */
  readonly name: string;
  readonly severity: Severity;
  /** What it means, and what to do. */
  readonly says: string;
  /** ARNs of topics. */
  readonly tells: readonly string[];
}

/** An alarm that people do not hear of: it scales, or another alarm is made of it. */
export interface SilentAlarm {
  readonly stack: string;
  readonly name: string;
  readonly does: "scales" | "is part of another";
}

/** An alarm that would go off and nobody would know what to do, or at all. */
export interface FaultyAlarm {
  readonly stack: string;
  readonly name: string;
  readonly problem: string;
}

export interface Alarms {
  readonly told: readonly PlannedAlarm[];
  readonly silent: readonly SilentAlarm[];
  readonly faulty: readonly FaultyAlarm[];
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const scalingPolicy = "aws:appautoscaling/policy:Policy";

/** The critical ones first, each severity as the stacks and their resources are. */
export function alarmsOf(stacks: readonly StackPlan[]): Alarms {
  const told: PlannedAlarm[] = [];
  const silent: SilentAlarm[] = [];
  const faulty: FaultyAlarm[] = [];
  for (const { name: stack, resources } of stacks) {
    const parts = new Set(
      resources.flatMap(({ type, inputs }) =>
        type === compositeAlarm
          ? [...textOf(inputs["alarmRule"]).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, part]) => part)
          : [],
      ),
    );
    const scalers = new Set(resources.flatMap(({ type, urn }) => (type === scalingPolicy ? [urn] : [])));
    for (const alarm of resources) {
      if (alarm.type !== metricAlarm && alarm.type !== compositeAlarm) continue;
      const name = nameOf(alarm);
      if (scales(alarm, scalers)) silent.push({ stack, name, does: "scales" });
      else if (parts.has(name)) silent.push({ stack, name, does: "is part of another" });
      else {
        const judged = heardOf(stack, name, alarm);
        if ("problem" in judged) faulty.push(judged);
        else told.push(judged);
      }
    }
  }
  const place = ({ severity }: PlannedAlarm) => severities.indexOf(severity);
  return { told: told.sort((one, other) => place(one) - place(other)), silent, faulty };
}

function heardOf(stack: string, name: string, { inputs }: PlannedResource): PlannedAlarm | FaultyAlarm {
  const [, begins, says] = /^([A-Z]+): (\S[\s\S]*)$/.exec(textOf(alarmText(inputs))) ?? [];
  const severity = severities.find(its => its.toUpperCase() === begins);
  const tells = listOf(inputs["alarmActions"]);
  const over = listOf(inputs["okActions"]);
  if (severity === undefined || says === undefined)
    return { stack, name, problem: "its description does not begin with a severity" };
  if (tells.length === 0) return { stack, name, problem: "nobody is told when it goes off" };
  if (tells.some(topic => !topic.endsWith(`-${severity}`)))
    return { stack, name, problem: `is ${severity}, and tells ${tells.join(", ")}` };
  if (tells.join() !== over.join()) return { stack, name, problem: "nobody is told when it is over" };
  return { stack, name, severity, says, tells };
}

const alarmText = (inputs: PlannedResource["inputs"]): Value => inputs["alarmDescription"] ?? "";

const nameOf = ({ inputs, name }: PlannedResource): string =>
  textOf(inputs["name"] ?? inputs["alarmName"]) || name;

const scales = ({ propertyDependencies }: PlannedResource, scalers: ReadonlySet<string>): boolean => {
  const actions = propertyDependencies["alarmActions"] ?? [];
  return actions.length > 0 && actions.every(urn => scalers.has(urn));
};

const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

const listOf = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.map(each => textOf(each as Value)) : [];
