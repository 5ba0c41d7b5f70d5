/** What was released before `lz release` wrote another: a pipeline takes back what it has just released. */
import { mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { EnvironmentName } from "../../stacks/description";
import { UsageError } from "../failures";
import { projectRoot } from "../project";
import { nameOf, type Release } from "../promote/request";
import { writeWhole } from "../write-whole";

type Where = Pick<Release, "product" | "workload"> & { readonly to: EnvironmentName };

const fileOf = ({ product, workload, to }: Where): string =>
  join(projectRoot, ".lz-release", `${product.name}.${workload.name}.${to}.json`);

export function remember(release: Release): void {
  const file = fileOf(release);
  mkdirSync(join(file, ".."), { recursive: true });
  writeWhole(file, `${JSON.stringify({ before: release.before, after: release.after })}\n`);
}

/** @throws {UsageError} where nothing has been released here, or something else is released by now. */
export function formerOf(where: Where & { readonly now: string }): string {
  const file = fileOf(where);
  const known = (() => {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as {
        readonly before?: unknown;
        readonly after?: unknown;
      };
    } catch {
      return {};
    }
  })();
  const name = `${nameOf(where)} in ${where.to}`;
  // Whoever goes back twice stays where the first time led.
  if (known.before === where.now) return where.now;
  if (typeof known.before !== "string" || known.after !== where.now)
    throw new UsageError(
      `--back: ${name} is ${where.now}, and ${relative(projectRoot, file)} does not say what it was before; say --digest with the one that is to be there`,
    );
  return known.before;
}
