/** Makes the stack, or changes it: shows what would be done, asks, and waits. */
import pc from "picocolors";
import { UsageError } from "../failures";
import { plainTable } from "../table";
import { failure, hindrance } from "./refusals";
import type { ChangeSet, StackState, StateStack } from "./state-stack";

export interface Surroundings {
  /** Throws where the answer is no. */
  readonly confirm: (what: string) => Promise<void>;
  readonly say: (line: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** For names of change sets. */
  readonly now: () => number;
}

export interface Wanted {
  /** The name of the stack. */
  readonly stack: string;
  readonly template: string;
  /** Logical ids of what must never be replaced. */
  readonly kept: readonly string[];
}

const pollMs = 2_000;

/**
 * Can be run again and again: where nothing is to be changed it says so and changes nothing.
 *
 * @returns the stack's outputs.
 * @throws {UsageError} where it can not be gone on, with what to do; nothing is left half done, for CloudFormation goes
 *   back to what was.
 */
export async function bootstrap(
  stacks: StateStack,
  { stack, template, kept }: Wanted,
  { confirm, say, sleep, now }: Surroundings,
): Promise<Readonly<Record<string, string>>> {
  const before = await stacks.state();
  const hindered = before && hindrance(stack, before.status, before.reason);
  if (hindered !== undefined) throw new UsageError(hindered);
  const kind = before === undefined || before.status === "REVIEW_IN_PROGRESS" ? "CREATE" : "UPDATE";
  const changeSet = `lz-bootstrap-${now()}`;
  await stacks.propose(changeSet, template, kind);
  const proposal = await proposed(stacks, changeSet, sleep);

  if (proposal.status === "FAILED") {
    await stacks.withdraw(changeSet, kind);
    if (before === undefined || !isWithoutChanges(proposal))
      throw new UsageError(
        `CloudFormation refuses the template: ${proposal.reason ?? "it does not say why"}`,
      );
    say(`The stack ${stack} is as the description says; nothing to change.`);
    await stacks.protect(kept);
    return before.outputs;
  }
  say(`The stack ${stack} would ${kind === "CREATE" ? "be made" : "be changed"}:\n`);
  say(changeTable(proposal));
  const lost = proposal.changes.filter(
    ({ id, action, replaced }) => kept.includes(id) && (replaced || action === "Remove"),
  );
  try {
    if (lost.length > 0)
      throw new UsageError(
        `${lost.map(({ id }) => id).join(", ")} would be replaced, and with it the state of every stack; nothing is changed. Has organization.region, the management account or organization.state changed? Move the state first (pulumi stack export and import)`,
      );
    await confirm(`${proposal.changes.length} changes to the management account`);
  } catch (error) {
    await stacks.withdraw(changeSet, kind);
    throw error;
  }
  await stacks.execute(changeSet);
  const after = await ended(stacks, say, sleep);
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(after.status)) throw failure(stack, await stacks.events());
  await stacks.protect(kept);
  return after.outputs;
}

async function proposed(
  stacks: StateStack,
  changeSet: string,
  sleep: Surroundings["sleep"],
): Promise<ChangeSet> {
  for (;;) {
    const proposal = await stacks.proposal(changeSet);
    if (!/PENDING|IN_PROGRESS/.test(proposal.status)) return proposal;
    await sleep(pollMs);
  }
}

/** Says each resource once as it is made. */
async function ended(
  stacks: StateStack,
  say: Surroundings["say"],
  sleep: Surroundings["sleep"],
): Promise<StackState> {
  const seen = new Set((await stacks.events()).map(({ id }) => id));
  for (;;) {
    const state = await stacks.state();
    for (const event of [...(await stacks.events())].reverse()) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      if (!event.status.endsWith("_IN_PROGRESS") && event.type !== "AWS::CloudFormation::Stack")
        say(`${event.status.toLowerCase().replaceAll("_", " ")}  ${event.resource}`);
    }
    if (state === undefined) throw new UsageError("the stack was deleted while it was waited for");
    if (!state.status.endsWith("_IN_PROGRESS")) return state;
    await sleep(pollMs);
  }
}

const isWithoutChanges = ({ reason = "" }: ChangeSet): boolean =>
  /didn't contain changes|No updates are to be performed/i.test(reason);

const changeTable = ({ changes }: ChangeSet): string =>
  plainTable(
    ["Change", "Resource", "Type"],
    changes.map(({ action, id, type, replaced }) => [
      replaced ? pc.red("replace") : action.toLowerCase(),
      id,
      type,
    ]),
  );
