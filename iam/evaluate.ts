import {
  type Coverage,
  type Denial,
  type Document,
  deniedBy,
  type NamedDocument,
  named,
  unreadableIn,
} from "./denial";
import type { Statement } from "./document";
import { isUnderResourceControl, isUnderServiceControl } from "./organization-policies";
import { type Reach, type Reaches, reachesOf } from "./principals";
import { accountOf, isRole, type Request, resourceAccountOf } from "./request";
import { coversButForCaller, statementCovers } from "./statement";
import { every, type Finding, no, some, unknown, yes } from "./three-valued";

export interface Policies {
  readonly identity?: readonly Document[];
  readonly boundary?: Document;
  readonly session?: Document;
  /** One list for each level, from the root to the caller's account. */
  readonly serviceControl?: readonly (readonly Document[])[];
  /** One list for each level, from the root to the resource's account; RCPFullAWSAccess need not be there. */
  readonly resourceControl?: readonly (readonly Document[])[];
  /** Of a role its trust policy, of a KMS key its key policy. */
  readonly resource?: Document;
}

export type Layer =
  | "resource control policy"
  | "service control policy"
  | "resource policy"
  | "identity policy"
  | "permissions boundary"
  | "session policy";

export interface Decision {
  readonly outcome: "allowed" | "denied" | "undecided";
  /** Of a denial: a statement denies, or none allows. */
  readonly kind?: "explicit" | "implicit";
  readonly layer?: Layer;
  readonly by?: Denial["by"];
  /** Of an undecided outcome: condition keys, or else a few words. */
  readonly hangsOn?: readonly string[];
  /** One sentence. */
  readonly reason: string;
}

/**
 * What AWS answers to a request. Sources: IAM user guide, "Policy evaluation logic", "How AWS enforcement code
 * logic evaluates requests to allow or deny access", "Policy evaluation for requests within a single account",
 * "Cross-account policy evaluation logic"; Organizations user guide, "SCP evaluation" and "RCP evaluation".
 */
export function evaluate(request: Request, policies: Policies): Decision {
  const sources = sourcesOf(request, policies);
  const denials = sources.map(source => ({ source, ...deniedBy(source.documents, request, source.covers) }));
  for (const { source, certain } of denials) {
    if (certain[0]) return explicitDenial(source.layer, certain[0]);
  }
  const gates = gatesOf(request, sources, policies);
  const closed = gates.find(({ opens }) => opens.holds === "no");
  if (closed) {
    const reason = `${closed.lacking} allows ${request.action}.`;
    return { outcome: "denied", kind: "implicit", layer: closed.layer, reason };
  }
  const possible = denials.flatMap(({ possible }) => possible.map(({ hangsOn }) => unknown(...hangsOn)));
  const { holds, hangsOn } = every([...possible, ...gates.map(({ opens }) => opens)]);
  if (holds === "yes") return { outcome: "allowed", reason: `All that applies allows ${request.action}.` };
  return { outcome: "undecided", hangsOn, reason: `It hangs on ${hangsOn.join(", ")}.` };
}

function explicitDenial(layer: Layer, { by }: Denial): Decision {
  const reason = `${by.statement} of ${by.document} denies it.`;
  return { outcome: "denied", kind: "explicit", layer, by, reason };
}

/** Documents that say what their layer says together. */
interface Source {
  readonly layer: Layer;
  readonly documents: readonly NamedDocument[];
  readonly covers: Coverage;
}

/** The documents that apply to a request, in the order in which AWS looks at them. */
function sourcesOf(request: Request, policies: Policies): readonly Source[] {
  const { identity, boundary, session, resource } = policies;
  const { principal } = request;
  const ownBoundary = principal.kind === "root" ? undefined : boundary;
  const ofCaller = [
    sourceOf("identity policy", identity ?? [], statementCovers),
    sourceOf("permissions boundary", [ownBoundary], statementCovers),
    sourceOf("session policy", [session], statementCovers),
  ];
  return [
    ...controlsOf(request, policies),
    sourceOf("resource policy", [resource], ownBoundary ? coversBounded : coversAsResourcePolicy),
    ...(accountOf(principal) === undefined ? [] : ofCaller),
  ];
}

function controlsOf(request: Request, { resourceControl, serviceControl }: Policies): readonly Source[] {
  const ofResource = isUnderResourceControl(request) ? (resourceControl ?? []) : [];
  const ofCaller = isUnderServiceControl(request.principal) ? (serviceControl ?? []) : [];
  return [
    ...ofResource.map(level => sourceOf("resource control policy", level, coversAsResourcePolicy)),
    ...ofCaller.map(level => sourceOf("service control policy", level, statementCovers)),
  ];
}

function sourceOf(layer: Layer, documents: readonly (Document | undefined)[], covers: Coverage): Source {
  const given = documents.flatMap((one, index) => (one ? [named(one, `${layer} ${index + 1}`)] : []));
  return { layer, documents: given, covers };
}

function coversAsResourcePolicy(statement: Statement, request: Request): Finding {
  return every([
    some(Object.values(reachesOf(statement, request.principal))),
    coversButForCaller(statement, request),
  ]);
}

/**
 * Deny with NotPrincipal denies whoever has a permissions boundary, whatever it lists. Source: IAM user guide,
 * "Permissions boundaries for IAM entities".
 */
function coversBounded(statement: Statement, request: Request): Finding {
  const isOfAll = statement.effect === "Deny" && statement.notPrincipals.length > 0;
  return (isOfAll ? coversButForCaller : coversAsResourcePolicy)(statement, request);
}

/** What must allow a request, beside the rest. */
interface Gate {
  readonly layer: Layer;
  readonly opens: Finding;
  /** The start of a sentence: "No identity policy". */
  readonly lacking: string;
}

function gatesOf(request: Request, sources: readonly Source[], policies: Policies): readonly Gate[] {
  const controls = sources.filter(({ layer }) => layer === "service control policy");
  return [
    ...controls.map(({ layer, documents }, level) => ({
      layer,
      opens: allows(documents, request),
      lacking: `No ${layer} of level ${level + 1}`,
    })),
    ...accessGates(request, sources, policies.session !== undefined),
  ];
}

function accessGates(
  request: Request,
  sources: readonly Source[],
  hasSessionPolicy: boolean,
): readonly Gate[] {
  const documentsOf = (layer: Layer) => sources.find(source => source.layer === layer)?.documents ?? [];
  const reaches = allowedReaches(documentsOf("resource policy"), request);
  const resource = some([reaches.session, reaches.principal, reaches.account]);
  const resourceGate: Gate = { layer: "resource policy", opens: resource, lacking: "No resource policy" };
  if (accountOf(request.principal) === undefined) return [resourceGate];
  const { unlimited, limited } = ownGrants(request, reaches, hasSessionPolicy);
  const allowedBy = (layer: Layer) => allows(documentsOf(layer), request);
  const limitedBy = (layer: Layer) => (documentsOf(layer).length > 0 ? allowedBy(layer) : yes);
  const identity = request.principal.kind === "root" ? yes : allowedBy("identity policy");
  const gate = (layer: Layer, ...openings: readonly Finding[]): Gate => ({
    layer,
    opens: some([unlimited, ...openings]),
    lacking: `No ${layer}`,
  });
  return [
    ...(needsResourcePolicy(request) ? [resourceGate] : []),
    gate("identity policy", limited, identity),
    gate("permissions boundary", limitedBy("permissions boundary")),
    gate("session policy", limitedBy("session policy")),
  ];
}

/**
 * What a resource policy grants within its account without any identity policy. It grants to a role only within
 * the role's boundary and session policies, and to a user only within those of a federated session; it grants to
 * a session, or to everyone, without regard to them. Source: IAM user guide, "Policy evaluation for requests within
 * a single account".
 */
function ownGrants(request: Request, { session, principal }: Reaches, hasSessionPolicy: boolean) {
  if (!isWithinAccount(request)) return { unlimited: no, limited: no };
  const isLimited = isRole(request.principal) || hasSessionPolicy;
  return isLimited
    ? { unlimited: session, limited: principal }
    : { unlimited: some([session, principal]), limited: no };
}

function isWithinAccount(request: Request): boolean {
  return accountOf(request.principal) === resourceAccountOf(request);
}

/** Across accounts, and even within one to assume a role or to use a KMS key. */
function needsResourcePolicy(request: Request): boolean {
  const isRoleAssumed =
    /^sts:/i.test(request.action) && /^arn:[^:]*:iam::\d{12}:role\//.test(request.resource);
  const isKey = /^arn:[^:]*:kms:[^:]*:\d{12}:key\//.test(request.resource);
  return !isWithinAccount(request) || isRoleAssumed || isKey;
}

function allowStatements(documents: readonly NamedDocument[]): readonly Statement[] {
  return documents.flatMap(({ document }) => document.statements.filter(({ effect }) => effect === "Allow"));
}

function allows(documents: readonly NamedDocument[], request: Request): Finding {
  const found = allowStatements(documents).map(statement => statementCovers(statement, request));
  return some([...found, ...documents.flatMap(unreadableIn)]);
}

function allowedReaches(documents: readonly NamedDocument[], request: Request): Reaches {
  const unread = documents.flatMap(unreadableIn);
  const found = allowStatements(documents).map(statement => ({
    reaches: reachesOf(statement, request.principal),
    rest: coversButForCaller(statement, request),
  }));
  const by = (reach: Reach) =>
    some([...found.map(({ reaches, rest }) => every([reaches[reach], rest])), ...unread]);
  return { session: by("session"), principal: by("principal"), account: by("account") };
}
