import { join, relative, resolve } from "node:path";
import type { ClientSettings } from "./adopt/reading";
import { projectRoot } from "./project";

export interface AdoptOptions {
  readonly to?: string;
  readonly profile?: string;
  readonly force?: boolean;
}

export async function adoptCommand(options: AdoptOptions): Promise<void> {
  console.log(await adopt(options));
}

/** @returns what there is to say. */
export async function adopt(
  { to, profile, force = false }: AdoptOptions,
  settings: ClientSettings = {},
): Promise<string> {
  // Loaded late, because no other command needs them.
  const { readOrganization } = require("./adopt/reading") as typeof import("./adopt/reading");
  const { adoptionOf } = require("./adopt/adoption") as typeof import("./adopt/adoption");
  const { descriptionText } =
    require("./adopt/description-text") as typeof import("./adopt/description-text");
  const { refuseOverwriting, writeAll } = require("./adopt/files") as typeof import("./adopt/files");
  const { guardrailNeeds } = require("./adopt/guardrail-needs") as typeof import("./adopt/guardrail-needs");
  const { importFileOf } = require("./adopt/import-file") as typeof import("./adopt/import-file");
  const { obstaclesOf } = require("./adopt/obstacles") as typeof import("./adopt/obstacles");
  const { reportText } = require("./adopt/report-text") as typeof import("./adopt/report-text");

  const described = join(projectRoot, "stacks/landing-zone");
  const folder = to === undefined ? described : resolve(to);
  const files = {
    organization: join(folder, "organization.ts"),
    ids: join(folder, "ids.json"),
    import: join(folder, "import.json"),
  };
  const shown = (file: string) => relative(process.cwd(), file);
  if (!force) refuseOverwriting(Object.values(files), shown);

  const found = await readOrganization({ ...settings, ...(profile === undefined ? {} : { profile }) });
  const adoption = adoptionOf(found);
  const { text, toFillIn } = descriptionText(adoption, {
    folder,
    language: join(projectRoot, "stacks/description"),
  });
  const ids = {
    organization: found.id,
    accounts: Object.fromEntries(adoption.accounts.map(({ name, found: { id } }) => [name, id])),
  };
  const report = reportText(adoption, {
    obstacles: obstaclesOf(adoption, guardrailNeeds(adoption)),
    toFillIn,
    files: Object.values(files).map(shown),
    importFile: shown(files.import),
    elsewhere: folder !== described,
  });
  writeAll(
    new Map([
      [files.organization, text],
      [files.ids, json(ids)],
      [files.import, json(importFileOf(adoption))],
    ]),
  );
  return report;
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
