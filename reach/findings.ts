import type { Attempt, Decision, Party } from "./decision";

/** What attempts come to: the first that reaches, the first that is undecided, the one that got furthest. */
export class Findings {
  readonly visited = new Set<string>();
  reaches: Extract<Decision, { reaches: true }> | undefined;
  #undecided: Extract<Decision, { reaches: "undecided" }> | undefined;
  #stopped: Extract<Attempt, { reaches: false }> | undefined;

  hear(attempt: Attempt): void {
    if (attempt.reaches === true) this.reaches ??= attempt;
    else if (attempt.reaches === "undecided") this.#undecided ??= attempt;
    // The one that got furthest says most.
    else if (this.#stopped === undefined || progress(attempt) > progress(this.#stopped))
      this.#stopped = attempt;
  }

  /** All of them, until one reaches. */
  hearAll(attempts: Iterable<Attempt>): this {
    for (const attempt of attempts) {
      this.hear(attempt);
      if (this.reaches !== undefined) break;
    }
    return this;
  }

  /** The one that counts. */
  get best(): Attempt | undefined {
    return this.reaches ?? this.#undecided ?? this.#stopped;
  }

  add(others: Findings): void {
    for (const id of others.visited) this.visited.add(id);
    for (const attempt of [others.reaches, others.#undecided, others.#stopped])
      if (attempt !== undefined) this.hear(attempt);
  }

  /** What is left where nothing reaches. */
  other(doubts: readonly string[], from: Party, to: Party): Decision {
    if (this.#undecided !== undefined) return this.#undecided;
    const nothing = { at: to.name, because: `there is nothing in it that ${from.name} could call` };
    const { wall = nothing, path = [] } = this.#stopped ?? {};
    return doubts.length === 0
      ? { reaches: false, wall, path }
      : { reaches: "undecided", because: doubts, path };
  }
}

const progress = ({ near, path }: Attempt): number => (near === true ? 1_000 : 0) + path.length;
