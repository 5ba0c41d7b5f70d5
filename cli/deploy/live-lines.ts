/** Lines on standard error: on a terminal a live one for each stack that runs, else one when it begins and ends. */
import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { Tally } from "./tally";

interface Running {
  readonly tally: Tally;
  /** Resources planned; absent: nobody knows. */
  readonly planned: number | undefined;
  readonly began: number;
  said: number;
}

const redrawMs = 200;
/** Where there is no terminal: a sign of life that often. */
const signOfLifeMs = 30_000;

export const duration = (ms: number): string => {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

export class LiveLines {
  private readonly running = new Map<string, Running>();
  private readonly width: number;
  private readonly timer: NodeJS.Timeout;
  private drawn = 0;

  constructor(
    names: readonly string[],
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.width = Math.max(0, ...names.map(({ length }) => length));
    this.timer = setInterval(() => this.tick(), stream.isTTY ? redrawMs : 1_000);
    this.timer.unref();
  }

  begin(name: string, tally: Tally, planned: number | undefined): void {
    const began = Date.now();
    this.running.set(name, { tally, planned, began, said: began });
    if (!this.stream.isTTY)
      this.write(`${name}: begins${planned === undefined ? "" : `, ${planned} resources`}`);
    else this.draw();
  }

  end(name: string, said: string): void {
    this.running.delete(name);
    this.write(`${this.stream.isTTY ? name.padEnd(this.width) : `${name}:`} ${said}`);
  }

  /** A line that stays. */
  write(line: string): void {
    this.erase();
    this.stream.write(`${line}\n`);
    this.draw();
  }

  close(): void {
    clearInterval(this.timer);
    this.erase();
    this.running.clear();
  }

  private tick(): void {
    if (this.stream.isTTY) {
      this.erase();
      this.draw();
      return;
    }
    for (const [name, its] of this.running) {
      if (Date.now() - its.said < signOfLifeMs) continue;
      its.said = Date.now();
      this.stream.write(`${name}: ${stripVTControlCharacters(this.state(its))}\n`);
    }
  }

  private state({ tally, planned, began }: Running): string {
    const done = planned === undefined ? `${tally.done}` : `${tally.done} of ${planned}`;
    return `${done}, ${duration(Date.now() - began)}${tally.now === "" ? "" : pc.dim(`  ${tally.now}`)}`;
  }

  private draw(): void {
    if (!this.stream.isTTY) return;
    const room = Math.max(20, this.stream.columns - 1);
    for (const [name, its] of this.running) {
      const line = stripVTControlCharacters(`${name.padEnd(this.width)} ${this.state(its)}`);
      this.stream.write(`${pc.dim(line.slice(0, room))}\n`);
    }
    this.drawn = this.running.size;
  }

  private erase(): void {
    if (!this.stream.isTTY || this.drawn === 0) return;
    moveCursor(this.stream, 0, -this.drawn);
    cursorTo(this.stream, 0);
    clearScreenDown(this.stream);
    this.drawn = 0;
  }
}
