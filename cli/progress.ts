import { clearLine, cursorTo } from "node:readline";
import pc from "picocolors";
import type { StackPlan } from "./planner";

/** A line a stack, on standard error, as it is planned; on a terminal also which one is being planned. */
export function progress(total: number) {
  const { stderr } = process;
  const rewrite = (text: string) => {
    cursorTo(stderr, 0);
    clearLine(stderr, 1);
    stderr.write(text);
  };
  const count = (index: number) => `${String(index + 1).padStart(String(total).length)}/${total}`;
  return {
    hooks: {
      onStart: (name: string, index: number) => {
        if (stderr.isTTY) rewrite(pc.dim(`${count(index)} planning ${name}`));
      },
      onStack: ({ name, ms, violations }: StackPlan, index: number) => {
        const refused = violations.some(({ level }) => level === "mandatory");
        const line = `${count(index)} planned ${name} ${pc.dim(`${ms} ms`)}${refused ? pc.red(" violated") : ""}`;
        if (stderr.isTTY) rewrite(`${line}\n`);
        else stderr.write(`${line}\n`);
      },
    },
    /** Leaves no half line behind. */
    end: () => {
      if (stderr.isTTY) rewrite("");
    },
  };
}
