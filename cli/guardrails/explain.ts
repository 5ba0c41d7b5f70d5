/** Whether guardrails would deny a request in an account, and which statement of which policy does. */
import { iamArn } from "../../components/location";
import type { Denial } from "../../iam/denial";
import type { Caller } from "../../iam/request";
import type { LandingZone } from "../../stacks/description";
import { GuardrailVerdicts } from "../../stacks/guardrail-verdict";
import type { PackedPolicy } from "../../stacks/guardrails";
import { UsageError } from "../failures";
import { type ActedOn, actedOnBy } from "./action";

export interface Question {
  readonly account: string;
  readonly action: string;
  /** An ARN; absent: whatever the action may act on. */
  readonly resource?: string;
  /** A role's name with its path, an ARN, also of another account, or `root`; default: a role that no guardrail knows. */
  readonly as?: string;
  /** Default: the organization's. */
  readonly region?: string;
  /** Condition keys of the request. */
  readonly context: Readonly<Record<string, string>>;
}

export interface Reason {
  readonly statement: string;
  readonly policy: string;
  /** The root or unit that the policy is attached to. */
  readonly node: string;
  readonly type: PackedPolicy["type"];
  /** Kinds of resource for which it holds; empty where the request names one, or the action knows none. */
  readonly resourceTypes: readonly string[];
  /** What the request would have to say for it to be certain: condition keys. */
  readonly dependsOn: readonly string[];
}

export interface Explanation {
  readonly account: string;
  readonly principal: string;
  readonly action: string;
  readonly region: string;
  readonly outcome: "denied" | "may be denied" | "not denied";
  /** Guardrails do not hold in the management account. */
  readonly isManagementAccount: boolean;
  readonly reasons: readonly Reason[];
}

/** A role that is nobody's in particular. */
const someone = "someone";

/** @throws {UsageError} for an account, an action or a principal that there is not. */
export async function explain(
  zone: LandingZone,
  policies: readonly PackedPolicy[],
  question: Question,
): Promise<Explanation> {
  const { organization } = zone;
  const { account, action, resource } = question;
  const region = question.region ?? organization.region;
  const accountId = numberOf(zone, account);
  const isManagementAccount = account === organization.roles.management;
  const principal = callerOf(question.as ?? someone, accountId, isManagementAccount);
  const kinds: ActedOn[] = await actedOnBy(action, accountId, region);
  const asked: ActedOn[] = resource === undefined ? kinds : [{ arn: resource }];
  const verdicts = new GuardrailVerdicts(zone, policies);

  const reasons = new Map<string, Reason>();
  for (const { type, arn } of asked) {
    const { certain, possible } = verdicts.denials({
      principal,
      action,
      resource: arn,
      resourceAccount: accountId,
      context: {
        "aws:RequestedRegion": region,
        "aws:PrincipalOrgID": isMember(zone, principal.account) ? organization.ids.organization : [],
        "aws:SecureTransport": "true",
        "aws:PrincipalIsAWSService": "false",
        "aws:SourceAccount": [],
        "aws:AssumedRoot": [],
        "ec2:RoleDelivery": [],
        "s3:TlsVersion": "1.3",
        ...question.context,
      },
      absentKeys: "unknown",
    });
    for (const denial of [...certain, ...possible]) {
      const reason = reasonFor(denial, policies);
      const key = `${reason.statement} ${reason.policy} ${reason.dependsOn.length > 0}`;
      const types = [...(reasons.get(key)?.resourceTypes ?? []), ...(type === undefined ? [] : [type])];
      reasons.set(key, { ...reason, resourceTypes: types });
    }
  }
  const all = [...reasons.values()].sort((one, other) => one.dependsOn.length - other.dependsOn.length);
  const certain = all.some(({ dependsOn }) => dependsOn.length === 0);
  return {
    account,
    principal: principal.arn,
    action,
    region,
    isManagementAccount,
    outcome: certain ? "denied" : all.length > 0 ? "may be denied" : "not denied",
    reasons: all.map(reason => ({
      ...reason,
      // Not worth a word where it is all that the action acts on.
      resourceTypes: reason.resourceTypes.length === asked.length ? [] : reason.resourceTypes,
    })),
  };
}

function numberOf({ organization }: LandingZone, account: string): string {
  const known = Object.keys(organization.accounts);
  if (!known.includes(account))
    throw new UsageError(`there is no account "${account}"; there are: ${known.join(", ")}`);
  const state = organization.accounts[account]?.state;
  if (state === "closed") throw new UsageError(`the account "${account}" is closed`);
  const accountId = organization.ids.accounts[account];
  if (accountId === undefined)
    throw new UsageError(`the account "${account}" has no number yet: it is ${state}`);
  return accountId;
}

const isMember = ({ organization: { ids } }: LandingZone, accountId: string | undefined): boolean =>
  Object.values(ids.accounts).includes(accountId ?? "");

function callerOf(as: string, accountId: string, isManagementAccount: boolean): Caller {
  if (as === "root")
    return { kind: "root", arn: iamArn(accountId, "root"), account: accountId, isManagementAccount };
  const arn = as.startsWith("arn:") ? as : iamArn(accountId, `role/${as}`);
  const [, account, kind, name] = /^arn:aws:iam::(\d{12}):(role|user)\/(.+)$/.exec(arn) ?? [];
  if (account === undefined || name === undefined)
    throw new UsageError(
      `"${as}" is no principal; say a role's name, \`root\`, or the ARN of a role or user`,
    );
  const linked = name.startsWith("aws-service-role/");
  return {
    kind: kind === "user" ? "user" : linked ? "service-linked-role" : "role",
    arn,
    account,
    isManagementAccount: account === accountId && isManagementAccount,
  };
}

function reasonFor({ by, hangsOn }: Denial, policies: readonly PackedPolicy[]): Reason {
  const policy = policies.find(({ name }) => name === by.document);
  if (policy === undefined)
    throw new Error(`the policy ${by.document} denies, and is none of the guardrails'`);
  return {
    // The reader calls a statement by its position and its Sid; Sids are unique here.
    statement: /\((\w+)\)$/.exec(by.statement)?.[1] ?? by.statement,
    policy: policy.name,
    node: policy.node,
    type: policy.type,
    resourceTypes: [],
    dependsOn: hangsOn,
  };
}
