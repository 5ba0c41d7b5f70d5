/** A copy of the project that a test may spoil. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const parts = [
  "cli",
  "components",
  "policies",
  "iam",
  "reach",
  "routing",
  "stacks",
  "package.json",
  "Pulumi.yaml",
  "tsconfig.json",
];

export class ProjectCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "landing-zone-"));

  constructor() {
    for (const part of parts) cpSync(join(root, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  change(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replace(from, to);
    assert.notEqual(after, before, `${file} has no ${from}`);
    this.write(file, after);
  }

  lz(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/lz.js", ...args], {
      cwd: this.folder,
      encoding: "utf8",
      // CI forces colours, and Node.js warns where both are said.
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
    });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
