/**
 * The controls of public standards that rules stand for. Read on 2026-11-21; standards retire and renumber controls, so
 * read them again from time to time.
 */
import type { PolicyComplianceFramework } from "@pulumi/policy";
import { cis3, cis5, cis7 } from "./cis";
import { inCis7 } from "./cis-editions";
import { crosswalk } from "./crosswalk";
import { fsbp } from "./fsbp";
import { nist80053, nist80053Titles } from "./nist-800-53";
import { pciDss } from "./pci-dss";
import { securityHub } from "./security-hub";

interface Standard {
  readonly title: string;
  readonly version: string;
  readonly controls: readonly string[];
  /** Of some controls, or of none. */
  readonly titles: ReadonlyMap<string, string>;
}

const cis = "CIS Amazon Web Services Foundations Benchmark";

export const standards = {
  FSBP: titled("AWS Foundational Security Best Practices", "2025-12", fsbp),
  /** What Security Hub checks beyond the edition of FSBP above. */
  "Security Hub": listed("AWS Security Hub", "2026-11", securityHub),
  "CIS 3.0": listed(cis, "3.0", cis3),
  "CIS 5.0": listed(cis, "5.0", cis5),
  "CIS 7.0": listed(cis, "7.0", cis7),
  "NIST 800-53": {
    ...listed("NIST Special Publication 800-53", "revision 5", nist80053),
    titles: titlesIn(nist80053Titles),
  },
  "PCI DSS": listed("Payment Card Industry Data Security Standard", "4.0", pciDss),
} satisfies Record<string, Standard>;

export type StandardName = keyof typeof standards;

/** What rules may quote. NIST and PCI DSS follow from these by the crosswalk, and are not quoted by a rule itself. */
type Quotable = Exclude<StandardName, "NIST 800-53" | "PCI DSS">;

/** For example `FSBP S3.5`. A test compares with the lists, which are too long for the compiler to. */
export type ControlId = `${Quotable} ${string}`;

/** For example `NIST 800-53 SC-8`. */
export type RelatedId = `${"NIST 800-53" | "PCI DSS"} ${string}`;

/** `FSBP S3.5` as the standard and the control's name in it. */
export function partsOf(id: ControlId | RelatedId): { standard: StandardName; control: string } {
  const standard = (Object.keys(standards) as StandardName[]).find(name => id.startsWith(`${name} `));
  if (!standard) throw new Error(`${id} is of no known standard`);
  return { standard, control: id.slice(standard.length + 1) };
}

/** What the controls of Security Hub among some are related to in NIST 800-53 and PCI DSS, each once. */
export function related(ids: readonly ControlId[]): RelatedId[] {
  const all = ids.flatMap(id => {
    const { standard, control } = partsOf(id);
    return standard === "FSBP" || standard === "Security Hub" ? (relations.get(control) ?? []) : [];
  });
  return [...new Set(all)];
}

/** Every control that a rule answers to, those that it quotes first, each once. */
export function controlsOf({
  controls,
}: {
  readonly controls: readonly ControlId[];
}): (ControlId | RelatedId)[] {
  return [...new Set([...controls, ...related(controls), ...inNewestCis(controls)])];
}

/** The same recommendations in edition 7.0 of the CIS benchmark. */
function inNewestCis(ids: readonly ControlId[]): ControlId[] {
  return ids.flatMap((id): ControlId[] => {
    const { standard, control } = partsOf(id);
    const newer = standard === "CIS 5.0" ? inCis7(control) : undefined;
    return newer === undefined ? [] : [`CIS 7.0 ${newer}`];
  });
}

/** The framework and page that the SDK shows for a rule. It takes one; the others are among the rule's tags. */
export function reference(id: ControlId): { framework: PolicyComplianceFramework; url?: string } {
  const { standard, control } = partsOf(id);
  const { title, version } = standards[standard];
  return {
    framework: { name: standard, version, reference: control, specification: title },
    ...(!standard.startsWith("CIS") && { url: securityHubPage(control) }),
  };
}

const relations: ReadonlyMap<string, readonly RelatedId[]> = new Map(
  linesOf(crosswalk).map(line => {
    const [control = "", nist = "", pci = ""] = line.split("|").map(part => part.trim());
    const related: RelatedId[] = [
      ...wordsOf(nist).map((id): RelatedId => `NIST 800-53 ${id}`),
      ...wordsOf(pci).map((id): RelatedId => `PCI DSS ${id}`),
    ];
    return [control, related];
  }),
);

/** The controls of Security Hub that the crosswalk is about. */
export const relatedControls: readonly string[] = [...relations.keys()];

function securityHubPage(control: string): string {
  const [service, number] = control.toLowerCase().split(".");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}

function listed(title: string, version: string, ids: string): Standard {
  return { title, version, controls: wordsOf(ids), titles: new Map() };
}

function titled(title: string, version: string, text: string): Standard {
  const titles = titlesIn(text);
  return { title, version, controls: [...titles.keys()], titles };
}

function titlesIn(text: string): Map<string, string> {
  return new Map(
    linesOf(text).map(line => {
      const end = line.indexOf(" ");
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
}

function linesOf(text: string): string[] {
  return text.split("\n").filter(line => line !== "");
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== "");
}
