/** What the engine tells of a stack while it works on it. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

export type ChangeKind = "created" | "updated" | "replaced" | "deleted" | "same";

export interface ResourceChange {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: ChangeKind;
  readonly isProtected: boolean;
  /** Names of the properties that change. */
  readonly properties: readonly string[];
}

export interface Failure {
  /** Absent: about the stack as a whole. */
  readonly urn?: string;
  readonly message: string;
}

export interface PolicyFinding {
  readonly policy: string;
  readonly urn?: string;
  readonly message: string;
  readonly isMandatory: boolean;
}

type Metadata = NonNullable<EngineEvent["resOutputsEvent"]>["metadata"];

const kindOfOp: Readonly<Record<string, ChangeKind>> = {
  create: "created",
  import: "created",
  update: "updated",
  replace: "replaced",
  "create-replacement": "replaced",
  "import-replacement": "replaced",
  "delete-replaced": "replaced",
  "discard-replaced": "replaced",
  "read-replacement": "replaced",
  delete: "deleted",
  discard: "deleted",
};

/** What a resource's steps come to: replacing takes several of them. */
const weight: readonly ChangeKind[] = ["same", "updated", "created", "deleted", "replaced"];

const [typesAt, nameAt] = [2, 3];

export const nameOf = (urn: string): string => urn.split("::").slice(nameAt).join("::");
export const typeOf = (urn: string): string => urn.split("::")[typesAt]?.split("$").at(-1) ?? "";

const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");

/** What says only that something has failed, which has been said. */
const echo =
  /^(update|preview|refresh|destroy) failed\s*$|^(resource operation|\d+ errors?|errors?) .*failed/;

export class Tally {
  private readonly found = new Map<string, ResourceChange>();
  private readonly ended = new Set<string>();
  private readonly told = new Map<string, string[]>();
  private readonly broken: string[] = [];
  readonly findings: PolicyFinding[] = [];
  readonly pending: string[] = [];
  /** What it works on just now, for example `creating aws:rds/cluster:Cluster orders`. */
  now = "";

  take(event: EngineEvent): void {
    const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, policyEvent } = event;
    if (resourcePreEvent !== undefined) this.begins(resourcePreEvent.metadata);
    if (resOutputsEvent !== undefined) this.ends(resOutputsEvent.metadata);
    if (resOpFailedEvent !== undefined) this.broken.push(resOpFailedEvent.metadata.urn);
    if (diagnosticEvent !== undefined) this.hears(diagnosticEvent);
    if (policyEvent !== undefined)
      this.findings.push({
        policy: policyEvent.policyName,
        ...(policyEvent.resourceUrn && { urn: policyEvent.resourceUrn }),
        message: plain(policyEvent.message),
        isMandatory: policyEvent.enforcementLevel === "mandatory",
      });
  }

  /** Resources of the cloud that are done with. */
  get done(): number {
    return this.ended.size;
  }

  /** Of resources of the cloud: neither the stack, nor components, nor providers. */
  get changes(): readonly ResourceChange[] {
    return [...this.found.values()].filter(({ type }) => !isProvider(type));
  }

  /** Providers that are made, changed or taken away. */
  get providers(): readonly ResourceChange[] {
    return [...this.found.values()].filter(({ type, kind }) => isProvider(type) && kind !== "same");
  }

  count(kind: ChangeKind): number {
    return this.changes.filter(change => change.kind === kind).length;
  }

  /** By resource, in the order they were told; one that failed without a word is named all the same. */
  get failures(): readonly Failure[] {
    const silent = this.broken.filter(urn => !this.told.has(urn));
    return [
      ...[...this.told].map(([urn, messages]) => ({
        ...(urn !== "" && { urn }),
        message: messages.join("\n"),
      })),
      ...silent.map(urn => ({ urn, message: "the provider does not say why" })),
    ];
  }

  private begins({ op, type, urn }: Metadata): void {
    if (op === "same" || !isCloud(type)) return;
    this.now = `${op === "read" ? "reading" : op.replace(/^(create|delete|update|replace|refresh|import).*/, doing)} ${type} ${nameOf(urn)}`;
  }

  private ends({ op, type, urn, old, new: fresh, diffs, detailedDiff }: Metadata): void {
    if (!isProvider(type) && !isCloud(type)) return;
    // A component's name may be like a resource's of no package: only what a plugin manages is custom.
    if ((fresh ?? old)?.custom !== true) return;
    if (!isProvider(type)) this.ended.add(urn);
    const kind = kindOfOp[op] ?? "same";
    const before = this.found.get(urn);
    const changed = detailedDiff ? Object.keys(detailedDiff) : (diffs ?? []);
    const isMore = before === undefined || weight.indexOf(kind) > weight.indexOf(before.kind);
    this.found.set(urn, {
      urn,
      type,
      name: nameOf(urn),
      kind: isMore ? kind : before.kind,
      isProtected: before?.isProtected === true || old?.protect === true || fresh?.protect === true,
      properties: [...new Set([...(before?.properties ?? []), ...changed])],
    });
  }

  private hears({ urn = "", severity, message }: NonNullable<EngineEvent["diagnosticEvent"]>): void {
    const text = plain(message);
    if (severity === "warning" && /\d+ pending operations from previous deployment/.test(text))
      this.pending.push(
        ...text
          .split("\n")
          .filter(line => line.startsWith("  * "))
          .map(line => line.slice(4)),
      );
    if (severity !== "error" || text === "" || echo.test(text)) return;
    const said = this.told.get(urn) ?? [];
    if (!said.includes(text)) this.told.set(urn, [...said, text]);
  }
}

const isCloud = (type: string): boolean => !type.startsWith("pulumi:");

const doing = (op: string): string => {
  const word = op.split("-")[0] ?? op;
  return `${word.replace(/e$/, "")}ing`;
};

/** Without the marks by which the engine says what to colour. */
const plain = (text: string): string => text.replace(/<\{%[^%]*%\}>/g, "").trim();
