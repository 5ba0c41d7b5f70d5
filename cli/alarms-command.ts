import pc from "picocolors";
import { type Severity, severities } from "../components/observability/severity";
import { hearing } from "../stacks/alarm-audiences";
import type { LandingZone } from "../stacks/description";
import type { StackDefinition } from "../stacks/names";
import { alarmTopicNames } from "../stacks/product-names";
import { type Alarms, alarmsOf } from "./alarms/planned-alarms";
import { planStacks } from "./planner";
import { toJson } from "./planner/json";
import { progress } from "./progress";
import { loadDescription, projectName, projectRoot } from "./project";
import { stacksToPlan } from "./pulumi-program";
import { select } from "./selection";
import { plainTable } from "./table";

/** Every alarm of stacks, what it asks of people, and who hears of it. */
export async function alarmsCommand(
  names: readonly string[],
  options: { readonly json?: boolean },
): Promise<void> {
  const zone = loadDescription("unasked");
  const { asked, needed } = select(zone, names);
  const alarms = alarmsOf(await planned(zone, asked, needed));
  const hearers = hearersOf(zone, asked, alarms);
  if (options.json === true) console.log(toJson({ hearers, ...alarms }).trimEnd());
  else console.log(alarmsText(alarms, hearers));
}

async function planned(
  zone: LandingZone,
  asked: readonly StackDefinition[],
  needed: readonly StackDefinition[],
) {
  const show = progress(needed.length);
  const { stacks } = await planStacks(stacksToPlan(zone, needed), {
    project: projectName,
    root: projectRoot,
    ...show.hooks,
  }).finally(show.end);
  return stacks.filter(({ name }) => asked.some(stack => stack.name === name));
}

/** What alarms of stacks ask, and who hears of that. */
interface Hearers {
  readonly stacks: readonly string[];
  readonly severity: Severity;
  readonly hear: string;
}

/** Stacks of whose alarms the same people hear are one line; a product may tell the platform of some, too. */
function hearersOf(zone: LandingZone, asked: readonly StackDefinition[], { told }: Alarms): Hearers[] {
  const groups = new Map<string, { stacks: string[]; severity: Severity; hear: string }>();
  for (const severity of severities)
    for (const { stack, tells } of told.filter(alarm => alarm.severity === severity)) {
      const product = zone.products.find(its =>
        tells.some(topic => topic.endsWith(`:${alarmTopicNames(its)[severity]}`)),
      );
      const environment = asked.find(({ name }) => name === stack)?.environment;
      const heard = hearing(
        zone,
        product === undefined || environment === undefined ? {} : { product, environment },
      )[severity];
      const hear = [
        ...(heard.mail === undefined ? [] : [`mail to ${heard.mail.join(", ")}`]),
        ...(heard.slack === undefined ? [] : [`Slack ${heard.slack.channelId}`]),
        ...("pager" in heard && heard.pager !== undefined ? [`pager ${new URL(heard.pager).hostname}`] : []),
      ].join("; ");
      const group = groups.get(`${severity} ${hear}`) ?? { stacks: [], severity, hear };
      groups.set(`${severity} ${hear}`, group);
      if (!group.stacks.includes(stack)) group.stacks.push(stack);
    }
  return [...groups.values()];
}

function alarmsText({ told, silent, faulty }: Alarms, hearers: readonly Hearers[]): string {
  const shown = { critical: pc.red("critical"), warning: pc.yellow("warning") };
  const several = new Set(told.map(({ stack }) => stack)).size > 1;
  const scaling = silent.filter(({ does }) => does === "scales").length;
  return [
    plainTable(
      ["Severity", ...(several ? ["Stack"] : []), "Alarm", "Means"],
      told.map(({ severity, stack, name, says }) => [
        shown[severity],
        ...(several ? [stack] : []),
        name,
        meaning(says),
      ]),
    ),
    "",
    ...hearers.map(({ severity, hear, stacks }) => `${shown[severity]} of ${listed(stacks)}: ${hear}`),
    `${told.length} alarms tell somebody; ${scaling} scale, and ${silent.length - scaling} are parts of others`,
    ...faulty.map(({ stack, name, problem }) => pc.red(`${stack}: ${name}: ${problem}`)),
  ].join("\n");
}

/** `--json` has all of it. */
const meaning = (says: string): string =>
  says.length <= longest ? says : `${says.slice(0, longest - 1).trimEnd()}…`;

const longest = 100;

const listed = (stacks: readonly string[]): string =>
  stacks.length <= 3 ? stacks.join(", ") : `${stacks.slice(0, 2).join(", ")} and ${stacks.length - 2} more`;
