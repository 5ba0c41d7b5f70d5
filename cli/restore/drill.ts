/** What a product's restore drill does, read from its state machine. */
import pc from "picocolors";
import { drillDefinition } from "../../components/delivery/restore-drill/definition";
import type { State, States } from "../../components/delivery/restore-drill/states";
import type { LandingZone } from "../../stacks/description";
import { drillPlaces } from "../../stacks/description/restore-drills";
import { type PlannedDrill, plannedDrill } from "../../stacks/restore-drills";
import { describedProduct } from "../described-product";
import { UsageError } from "../failures";
import { plainTable } from "../table";

export interface DrillStep {
  readonly title: string;
  /** The calls that it may make in each account, as the AWS CLI has them: `backup start-copy-job`. */
  readonly calls: { readonly from: readonly string[]; readonly to: readonly string[] };
}

/** @throws {UsageError} for a product that there is not, or that has no drill, or whose accounts are not ready. */
export function describedDrill(zone: LandingZone, productName: string): PlannedDrill {
  const product = describedProduct(zone, productName);
  const drill = plannedDrill(zone, product);
  if (drill !== undefined) return drill;
  if (product.restoreDrill !== undefined)
    throw new UsageError(
      `${productName} has a restore drill, but the accounts that its backups come from and go to are not both live yet`,
    );
  const places = drillPlaces(zone, product);
  throw new UsageError(
    `${productName} has no restore drill; say restoreDrill: { schedule: "cron(0 3 ? * SUN *)", test: "..." } in its file${places.length === 0 ? ", and whose backups an environment restores (restoresFrom)" : ""}`,
  );
}

/** Of the machine's states, whatever is inside them too, the tasks. */
function* tasksOf(states: States): Generator<Extract<State, { Type: "Task" }>> {
  for (const state of Object.values(states)) {
    if (state.Type === "Task") yield state;
    if (state.Type === "Parallel") for (const branch of state.Branches) yield* tasksOf(branch.States);
  }
}

/** `arn:aws:states:::aws-sdk:rds:describeDBClusters` as `rds describe-db-clusters`. */
function callOf(resource: string): string {
  const [service = "", action = ""] = resource
    .replace(/^arn:aws:states:::(aws-sdk:)?/, "")
    .replace(/\.sync.*$/, "")
    .split(":");
  const words = action.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$3-$2").toLowerCase();
  const named = { sfn: "stepfunctions", states: "stepfunctions", s3: "s3api" }[service] ?? service;
  return `${named} ${words}`;
}

function callsOf(states: States): DrillStep["calls"] {
  const tasks = [...tasksOf(states)];
  const of = (there: boolean) => [
    ...new Set(
      tasks
        .filter(({ Credentials }) => (Credentials !== undefined) === there)
        .map(({ Resource }) => callOf(Resource)),
    ),
  ];
  return { from: of(true), to: of(false) };
}

export function drillSteps({ args, words, from, to }: PlannedDrill): DrillStep[] {
  const { States: states } = drillDefinition(args);
  const only = (...names: readonly string[]): States =>
    Object.fromEntries(names.flatMap(name => (states[name] === undefined ? [] : [[name, states[name]]])));
  const step = (title: string, its: States): DrillStep => ({ title, calls: callsOf(its) });
  const restore = states["Restore"];
  const branches = restore?.Type === "Parallel" ? restore.Branches : [];
  return [
    step(
      "Make sure that no other run of it goes on",
      only("Lock", "Whose lock", "Does it go on", "Take over"),
    ),
    step(`Delete what an earlier drill has left; ${to} itself has nothing of these names`, only("Tidy")),
    step("Find the key of the product's data", only("Key")),
    ...args.things.map(({ from: physical, to: beside }, index) =>
      step(
        `Copy the newest backup of ${physical} in ${from}, and restore it as ${beside}`,
        branches[index]?.States ?? {},
      ),
    ),
    ...(words.mask === undefined
      ? []
      : [step(`Mask what was restored, by the job ${words.mask}, once all is restored`, only("Run mask"))]),
    step(
      `Test what was restored, by the job ${words.test}${words.mask === undefined ? "" : ", once it is masked"}`,
      only("Run test"),
    ),
    step("Delete what was restored, however the drill has ended so far", only("Clean")),
    step("Keep a report, say how it ended, and let another run begin", only("Keep", "Tell", "Unlock")),
  ];
}

const how = {
  table: "a table of another name",
  bucket: "into a bucket that is empty between drills",
  cluster: "a cluster of another name, with a group of its own",
  instance: "an instance of another name, with a group of its own",
  fileSystem: "a new file system, which no job mounts",
} as const;

/** For a person: what comes back, and the steps. */
export function drillText(drill: PlannedDrill): string {
  const { product, words, from, to, source, target, args } = drill;
  const place = (environment: string, account: string, at: { accountId: string; region: string }) =>
    `${environment} (${account} ${at.accountId}, ${at.region})`;
  const yes = (its: boolean) => (its ? "yes" : "no");
  return [
    `${pc.bold(product.name)}: backups of ${place(from, source, args.from)}, restored beside what ${place(to, target, args.to)} has`,
    `begins: ${words.schedule} ${words.timezone ?? "UTC"}, as the state machine ${args.machineName}`,
    "job" in args.mask ? `masked by the job ${args.mask.job}` : `not masked: ${args.mask.withoutMasking}`,
    `fails where the newest backup is older than ${args.maxAgeHours} hours`,
    "",
    plainTable(
      ["What", "Kind", "From", "To", "How", "Masked", "Tested"],
      args.things.map(({ name, as, from: physical, to: beside, masked, tested }) => [
        name,
        as === "fileSystem" ? "file system" : as,
        physical,
        beside,
        how[as],
        yes(masked),
        yes(tested),
      ]),
    ),
    ...(args.notRestored.length === 0
      ? []
      : [
          "",
          plainTable(
            ["Not restored", "Kind", "Why"],
            args.notRestored.map(({ name, kind, why }) => [name, kind, why]),
          ),
        ]),
    "",
    ...drillSteps(drill).flatMap(({ title, calls }, index) => [
      `${String(index + 1).padStart(3)}. ${title}`,
      ...[
        [source, calls.from],
        [target, calls.to],
      ].flatMap(([account, its]) =>
        (its as readonly string[]).length === 0
          ? []
          : [pc.dim(`       ${account as string}: ${(its as readonly string[]).join(", ")}`)],
      ),
    ]),
    "",
    `Reports: s3://${args.evidence.bucketName}/${product.name}/`,
    `The copies in the vault of ${target} are deleted by AWS Backup after ${args.copyDays === 1 ? "a day" : `${args.copyDays} days`}.`,
  ].join("\n");
}
