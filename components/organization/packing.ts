import { policyDocument, type Statement } from "../identity/policy-document";

export interface Room {
  /** Policies that are free. */
  readonly policies: number;
  /** Of one policy's text. */
  readonly characters: number;
}

/** Statements do not fit in the policies there are: by how much. */
export class PackingError extends Error {
  override readonly name = "PackingError";
}

/** A policy's length as AWS counts it. */
export const charactersOf = (statements: readonly Statement[]): number => policyDocument(statements).length;

/**
 * Shares statements out over policies.
 *
 * Each goes into the first policy that has room for it, in the order given: a statement that is added at the end
 * changes one policy and leaves the others as they are. Only where that takes more policies than are free are the
 * longest placed first, which fits more closely and may move them all.
 *
 * @throws {PackingError} with the number of characters or policies that are missing.
 */
export function pack(statements: readonly Statement[], room: Room): Statement[][] {
  for (const statement of statements) {
    const length = charactersOf([statement]);
    if (length > room.characters)
      throw new PackingError(
        `the statement ${statement.Sid ?? "without a Sid"} makes a policy of ${number(length)} characters, ${number(length - room.characters)} more than the ${number(room.characters)} of one policy; divide it`,
      );
  }
  const inOrder = firstFit(statements, room.characters);
  if (inOrder.length <= room.policies) return inOrder;
  const byLength = [...statements].sort((one, other) => charactersOf([other]) - charactersOf([one]));
  const tight = firstFit(byLength, room.characters);
  if (tight.length <= room.policies) return tight;
  throw new PackingError(
    `${statements.length} statements of ${number(charactersOf(statements))} characters need ${tight.length} policies of ${number(room.characters)}, and ${room.policies === 1 ? "1 is" : `${room.policies} are`} free; ${number(overflow(tight, room.policies))} characters are too many`,
  );
}

function firstFit(statements: readonly Statement[], characters: number): Statement[][] {
  const policies: Statement[][] = [];
  for (const statement of statements) {
    const policy = policies.find(candidate => charactersOf([...candidate, statement]) <= characters);
    if (policy === undefined) policies.push([statement]);
    else policy.push(statement);
  }
  return policies;
}

const overflow = (policies: readonly Statement[][], free: number): number =>
  policies.slice(free).reduce((sum, statements) => sum + charactersOf(statements), 0);

const number = (value: number): string => value.toLocaleString("en");
