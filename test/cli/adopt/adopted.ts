/** Writes what is adopted from a recording into a folder of its own, and fills in what only a company knows. */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { ImportFile } from "../../../cli/adopt/import-file";
import { type AdoptOptions, adopt } from "../../../cli/adopt-command";
import type { Environments, LandingZone, Organization } from "../../../stacks/description";
import environments from "../../../stacks/landing-zone/environments";
import network from "../../../stacks/landing-zone/network";
import { Playback, recordingOf } from "./recorded";

export const projectRoot = resolve(__dirname, "../../..");

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "landing-zone-adopt-"));

/** What is said, without the colours that a terminal, or CI, may ask for. */
export const adoptInto = async (
  folder: string,
  recording: string,
  options: AdoptOptions = {},
): Promise<string> =>
  stripVTControlCharacters(
    await adopt({ to: folder, ...options }, new Playback(recordingOf(recording)).settings),
  );

export const descriptionIn = (folder: string): Organization =>
  (require(join(folder, "organization.ts")) as { default: Organization }).default;

export const importFileIn = (folder: string): ImportFile =>
  JSON.parse(readFileSync(join(folder, "import.json"), "utf8")) as ImportFile;

const contact = { name: "Somebody", title: "Someone", email: "somebody@example.com", phone: "+1 555 0100" };

/** What a company would fill in, by path. */
const values: Readonly<Record<string, unknown>> = {
  "organization.domain": "example.com",
  "organization.regions": ["eu-central-1", "us-east-1"],
  "organization.team": "platform",
  "organization.costCentre": "cc-1000",
  "organization.contacts.billing": contact,
  "organization.contacts.operations": contact,
  "organization.contacts.security": contact,
  "organization.guardrails.instanceFamilies": ["t4g", "m7g", "c7g", "r7g"],
  "organization.people.instanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef",
  "organization.people.identityStoreId": "d-1234567890",
  "organization.detection.notify": ["security@example.com"],
  "organization.costs.monthlyBudget": 100,
  "organization.costs.productBudget": 100,
  "organization.costs.notify": ["finance@example.com"],
};

/** The paths that the command's output says are to be filled in. */
export const toFillIn = (said: string): string[] =>
  [...said.matchAll(/^ {2}(organization\.\S+) {2,}\S/gm)].map(match => match[1] ?? "");

export const unfilled = (description: Organization): LandingZone => ({
  organization: description,
  environments: environments as Environments,
  network,
  products: [],
});

/** The landing zone with every one of those places filled in, and nothing else changed in what was written. */
export function filledIn(description: Organization, paths: readonly string[]): LandingZone {
  const zone = structuredClone(unfilled(description)) as unknown as Record<string, unknown>;
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce((value, key) => value[key] as Record<string, unknown>, zone);
    holder[last] = last === "unit" ? "Infrastructure" : values[path];
  }
  const { accounts } = (zone as unknown as { organization: { accounts: Record<string, object> } })
    .organization;
  const ranges = { dev: "10.16.0.0/16", int: "10.32.0.0/16", prod: "10.48.0.0/16" };
  for (const [name, addresses] of Object.entries(ranges))
    if (accounts[name] !== undefined)
      Object.assign(accounts[name], { domain: `${name}.example.com`, addresses });
  return zone as unknown as LandingZone;
}
