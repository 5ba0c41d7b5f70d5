import { accountOfArn } from "./arn";

export type CallerKind =
  | "role"
  | "user"
  | "root"
  | "service"
  | "service-linked-role"
  | "federated"
  | "anonymous";

export interface Caller {
  readonly kind: CallerKind;
  /**
   * Of a role its own ARN, or the ARN of its session; of a service its name, `cloudtrail.amazonaws.com`; of a
   * federated caller, who signs in with a provider, the provider as trust policies name it.
   */
  readonly arn: string;
  /** 12 digits; services, federated and anonymous callers act in no account of their own. */
  readonly account?: string;
  /** Of a role, where `arn` is the role's own. */
  readonly sessionName?: string;
  /** All its tags, with those of the session. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Its account is the management account of the organization. */
  readonly isManagementAccount?: boolean;
}

export interface Request {
  readonly principal: Caller;
  /** One action without wildcards: `ec2:RunInstances`. */
  readonly action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  /** 12 digits; by default the account that the ARN names, else the caller's. */
  readonly resourceAccount?: string;
  /** By default as the caller's account is, where the two are one. */
  readonly resourceInManagementAccount?: boolean;
  /** Condition keys in any case, with their values; an empty list says that the request lacks the key. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** What holds of the condition keys that neither `context` gives nor the caller implies. */
  readonly absentKeys?: "absent" | "unknown";
}

type KeyState = readonly string[] | "unknown";

/** The values of a condition key in any case; none when the request lacks it. */
export type ContextKeys = (key: string) => KeyState;

export function accountOf({ kind, account }: Caller): string | undefined {
  return ["service", "federated", "anonymous"].includes(kind) ? undefined : account;
}

export function resourceAccountOf({ resourceAccount, resource, principal }: Request): string | undefined {
  return resourceAccount ?? accountOfArn(resource) ?? accountOf(principal);
}

export function isRole({ kind }: Caller): boolean {
  return kind === "role" || kind === "service-linked-role";
}

/** The last part of `…:role/path/name`, the middle one of `…:assumed-role/name/session`. */
export function roleNameOf(arn: string): string | undefined {
  const parts = arn.split("/");
  return isSessionArn(arn) ? parts[1] : parts.at(-1);
}

export function sessionNameOf({ arn, sessionName }: Caller): string | undefined {
  return isSessionArn(arn) ? arn.split("/")[2] : sessionName;
}

export function isSessionArn(arn: string): boolean {
  return /^arn:[^:]*:sts::\d{12}:assumed-role\//.test(arn);
}

/**
 * The condition keys of a request: those given, and those that follow from its caller and resource. Source: IAM
 * user guide, "AWS global condition context keys".
 */
export function contextOf(request: Request): ContextKeys {
  const { principal, context, absentKeys } = request;
  const states = new Map<string, KeyState>();
  for (const [key, state] of [...impliedBy(principal), ...impliedByResource(request)]) {
    states.set(key.toLowerCase(), state);
  }
  for (const [key, value] of Object.entries(context)) states.set(key.toLowerCase(), [value].flat());
  const otherwise = absentKeys === "unknown" ? "unknown" : [];
  return key => states.get(key.toLowerCase()) ?? (isKnownTag(key, principal) ? [] : otherwise);
}

function isKnownTag(key: string, { tags }: Caller): boolean {
  return tags !== undefined && key.toLowerCase().startsWith("aws:principaltag/");
}

function impliedByResource(request: Request): readonly [string, KeyState][] {
  const account = resourceAccountOf(request);
  return account === undefined ? [] : [["aws:ResourceAccount", [account]]];
}

function impliedBy(caller: Caller): readonly [string, KeyState][] {
  const tags = Object.entries(caller.tags ?? {});
  return [
    ["aws:PrincipalIsAWSService", [String(caller.kind === "service")]],
    ["aws:PrincipalServiceName", caller.kind === "service" ? [caller.arn] : []],
    ["aws:username", userName(caller)],
    ...identityKeys(caller),
    ...tags.map(([key, value]): [string, KeyState] => [`aws:PrincipalTag/${key}`, [value]]),
  ];
}

function userName({ kind, arn }: Caller): KeyState {
  return kind === "user" && !isFederatedUser(arn) ? [arn.split("/").at(-1) ?? ""] : [];
}

export function isFederatedUser(arn: string): boolean {
  return /^arn:[^:]*:sts::\d{12}:federated-user\//.test(arn);
}

function identityKeys(caller: Caller): readonly [string, KeyState][] {
  if (caller.kind === "anonymous") {
    return [
      ["aws:PrincipalAccount", ["anonymous"]],
      ["aws:PrincipalArn", []],
      ["aws:PrincipalType", ["Anonymous"]],
    ];
  }
  const account = accountOf(caller);
  if (account === undefined) return [];
  return [
    ["aws:PrincipalAccount", [account]],
    // A session's ARN leaves out the path of its role.
    ["aws:PrincipalArn", isSessionArn(caller.arn) ? "unknown" : [caller.arn]],
    ["aws:PrincipalType", [principalType(caller)]],
  ];
}

function principalType(caller: Caller): string {
  if (isRole(caller)) return "AssumedRole";
  if (caller.kind === "root") return "Account";
  return isFederatedUser(caller.arn) ? "FederatedUser" : "User";
}
