import { clearLine, cursorTo } from "node:readline";
import pc from "picocolors";
import type { StackPlan } from "./planner";

/**
 * Says on standard error which stack is being planned: on a terminal in one line that ends with the plan, elsewhere
 * a line a stack.
 */
export function progress(total: number) {
  const { stderr } = process;
  const rewrite = (text: string) => {
    cursorTo(stderr, 0);
    stderr.write(text);
    clearLine(stderr, 1);
  };
  return {
    hooks: {
      onStart: (name: string, index: number) => {
        if (stderr.isTTY) rewrite(pc.dim(`planning ${index + 1}/${total} ${name}`));
      },
      onStack: (stack: StackPlan, index: number) => {
        if (!stderr.isTTY) stderr.write(`planned ${index + 1}/${total} ${stack.name} (${stack.ms} ms)\n`);
      },
    },
    end: () => {
      if (stderr.isTTY) rewrite("");
    },
  };
}
