/** What guardrails say to a request: the part of AWS's evaluation that the organization's own policies have in it. */
import { type Denials, deniedBy, type NamedDocument } from "../iam/denial";
import { readDocument } from "../iam/document";
import { isUnderResourceControl, isUnderServiceControl } from "../iam/organization-policies";
import { accountOf, type Request, resourceAccountOf } from "../iam/request";
import type { LandingZone } from "./description";
import { type PackedPolicy, policiesOver } from "./guardrails";

/** The policies over accounts, read once for many requests. */
export class GuardrailVerdicts {
  private readonly read = new Map<PackedPolicy, NamedDocument>();

  constructor(
    private readonly zone: LandingZone,
    private readonly policies: readonly PackedPolicy[],
  ) {}

  /**
   * What denies a request: service control policies over the caller's account, resource control policies over the
   * resource's. An account of others is under none of ours.
   */
  denials(request: Request): Denials {
    const { principal } = request;
    return deniedBy(
      [
        ...(isUnderServiceControl(principal)
          ? this.documents(accountOf(principal), "SERVICE_CONTROL_POLICY")
          : []),
        ...(isUnderResourceControl(request)
          ? this.documents(resourceAccountOf(request), "RESOURCE_CONTROL_POLICY")
          : []),
      ],
      request,
    );
  }

  private documents(accountId: string | undefined, type: PackedPolicy["type"]): NamedDocument[] {
    const { ids } = this.zone.organization;
    const account = Object.keys(ids.accounts).find(name => ids.accounts[name] === accountId);
    if (account === undefined) return [];
    return policiesOver(this.zone, account, type, this.policies)
      .flat()
      .map(policy => {
        const known = this.read.get(policy);
        if (known !== undefined) return known;
        const document = { name: policy.name, document: readDocument(policy.document) };
        this.read.set(policy, document);
        return document;
      });
  }
}
