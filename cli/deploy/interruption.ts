/** Ctrl-C, once and twice. */

export class Interruption {
  private readonly controller = new AbortController();
  private times = 0;
  private readonly forget: (() => void)[] = [];

  /**
   * Listens until `end`. What ends a job or a terminal (SIGTERM, SIGHUP) is heard as two at once: there may be no time.
   *
   * @param say tells a person what it means: `wait` for the first, `cancel` for the second.
   */
  constructor(private readonly say: (what: "wait" | "cancel") => void) {
    this.on("SIGINT", () => this.hear(this.times + 1));
    this.on("SIGTERM", () => this.hear(2));
    this.on("SIGHUP", () => this.hear(2));
  }

  /** Nothing more is to be begun. */
  get asked(): boolean {
    return this.times > 0;
  }

  /** What runs is to be cancelled. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  end(): void {
    for (const forget of this.forget) forget();
  }

  private hear(times: number): void {
    const before = this.times;
    this.times = Math.max(before, times);
    if (this.times >= 2 && before < 2) {
      this.say("cancel");
      this.controller.abort();
    } else if (before === 0) this.say("wait");
  }

  private on(signal: NodeJS.Signals, heard: () => void): void {
    process.on(signal, heard);
    this.forget.push(() => process.off(signal, heard));
  }
}
