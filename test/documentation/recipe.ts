/**
 * A page whose steps are done as they are written, on a copy of the project: blocks of `diff FILE` change a file, blocks
 * of a language and a file write one, and the commands of lz that need nothing but the description are run.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProjectCopy } from "../cli/project-copy";
import { wordsOf } from "./written-commands";

export interface Step {
  readonly kind: "change" | "write" | "run" | "show";
  /** The file, or the words after `lz`. */
  readonly subject: string;
  readonly text: string;
  /** Where the text stands in the page, to write it anew. */
  readonly from: number;
  readonly to: number;
}

/** What needs neither credentials nor the Pulumi CLI. */
const offline = new Set([
  "addresses",
  "ci",
  "diff",
  "explain",
  "guardrails",
  "plan",
  "policies",
  "promote",
  "reach",
  "restore",
  "stacks",
]);

export function stepsOf(page: string): Step[] {
  return [...page.matchAll(/^( *)```(\w*)(?: (\S+))?\n([\s\S]*?)^ *```$/gm)].flatMap((match): Step[] => {
    const [whole, indent = "", language = "", file, body = ""] = match;
    const from = match.index + whole.indexOf("\n") + 1;
    const to = from + body.length;
    const text = body.replaceAll(new RegExp(`^${indent}`, "gm"), "");
    if (language === "diff" && file !== undefined) return [{ kind: "change", subject: file, text, from, to }];
    if (file !== undefined) return [{ kind: "write", subject: file, text, from, to }];
    const [first = "", ...rest] = text.split("\n");
    if (first.startsWith("$ npx lz "))
      return [{ kind: "show", subject: first.slice("$ npx lz ".length), text: rest.join("\n"), from, to }];
    if (language !== "sh") return [];
    return text
      .split("\n")
      .filter(line => line.startsWith("npx lz ") && offline.has(wordsOf(line)[2] ?? ""))
      .map(line => ({ kind: "run", subject: line.slice("npx lz ".length), text: "", from, to }));
  });
}

/**
 * Replaces what stands in a file by what a diff makes of it. Lines that begin with neither a sign nor a space part hunks.
 *
 * @throws where the lines are not there, or more than once.
 */
export function patched(text: string, diff: string): string {
  const hunks = diff.split(/^(?![-+ ]).*\n/m).filter(hunk => hunk.trim() !== "");
  return hunks.reduce((now, hunk) => {
    const lines = hunk.split("\n").slice(0, -1);
    const side = (sign: string) =>
      lines
        .filter(line => !line.startsWith(sign))
        .map(line => `${line.slice(1)}\n`)
        .join("");
    const [before, after] = [side("+"), side("-")];
    const found = now.split(before).length - 1;
    assert.equal(found, 1, `stands there ${found} times:\n${before}`);
    return now.replace(before, () => after);
  }, text);
}

/** A copy that is a repository of git, whose branch `main` holds the description as it was. */
export class RecipeCopy extends ProjectCopy {
  constructor() {
    super();
    this.write(".gitignore", "node_modules\n");
    this.git("init", "-q", "-b", "main");
    this.commit("as it was");
    this.git("checkout", "-q", "-b", "recipe");
  }

  commit(message: string): void {
    this.git("add", "-A");
    this.git("commit", "-qm", message);
  }

  git(...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(
      "git",
      ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", ...words],
      { cwd: this.folder, encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
    return stdout;
  }

  /** @returns what a command has said, where the step shows it. */
  take({ kind, subject, text }: Step): string | undefined {
    if (kind === "change") this.write(subject, patched(this.read(subject), text));
    else if (kind === "write") {
      mkdirSync(dirname(join(this.folder, subject)), { recursive: true });
      this.write(subject, text);
    } else {
      const { status, stdout, stderr } = this.lz(...wordsOf(subject));
      assert.equal(status, 0, `lz ${subject}\n${stderr}`);
      return kind === "show" ? stdout : undefined;
    }
    return undefined;
  }
}
