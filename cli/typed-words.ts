import { createInterface } from "node:readline/promises";

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** What a person types at a question; absent where the input ends, or Ctrl-C ends it: then nothing would answer any more. */
export async function typedAt({ input, output }: Terminal, question: string): Promise<string | undefined> {
  const asking = createInterface({ input, output });
  const typed = await Promise.race([
    asking.question(question),
    new Promise<undefined>(resolve => asking.once("close", () => resolve(undefined))),
  ]);
  asking.close();
  return typed?.trim();
}
