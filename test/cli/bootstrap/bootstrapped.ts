/** The example's bootstrap, as IAM would have it: policies resolved, and questions to them answered. */
import assert from "node:assert/strict";
import type { Template } from "../../../cli/bootstrap/cloudformation";
import { type Needs, needsOf } from "../../../cli/bootstrap/needs";
import { offlinePlan } from "../../../cli/bootstrap/offline-plan";
import { templateOf } from "../../../cli/bootstrap/template";
import type { StackPlan } from "../../../cli/planner";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { type Decision, evaluate } from "../../../iam/evaluate";
import type { LandingZone } from "../../../stacks/description";
import example from "../../../stacks/landing-zone";
import { stacksOf } from "../../../stacks/names";

export const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const bucketArn = "arn:aws:s3:::landing-zone-state-111122223333";
export const home = "111122223333";

let plan: Promise<readonly StackPlan[]> | undefined;

/** Planned once, because it takes seconds. */
export const examplePlan = (): Promise<readonly StackPlan[]> => {
  plan ??= offlinePlan(example, stacksOf(example)).then(({ stacks }) => stacks);
  return plan;
};

export async function exampleNeeds(): Promise<Needs[]> {
  return needsOf(example, await examplePlan());
}

export async function templateFor(zone: LandingZone = example): Promise<Template> {
  return templateOf(zone, needsOf(zone, await examplePlan()));
}

/** As CloudFormation fills it in. */
export const resolved = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && "Fn::GetAtt" in inner ? keyArn : inner,
    ),
  ) as T;

interface Role {
  readonly RoleName: string;
  readonly MaxSessionDuration: number;
  readonly AssumeRolePolicyDocument: unknown;
  readonly ManagedPolicyArns: readonly (string | { readonly Ref: string })[];
  readonly PermissionsBoundary?: { readonly Ref: string };
}

export class Bootstrapped {
  constructor(readonly template: Template) {}

  role(name: string): Role {
    const found = Object.values(this.template.Resources).find(
      ({ Type, Properties }) => Type === "AWS::IAM::Role" && Properties["RoleName"] === name,
    );
    assert.ok(found, `there is no role ${name}`);
    return resolved(found.Properties) as unknown as Role;
  }

  document(id: string, property = "PolicyDocument"): PolicyDocument {
    const document = readDocument(resolved(this.template.Resources[id]?.Properties[property]));
    assert.deepEqual(document.faults, []);
    return document;
  }

  /** What a session of a role is answered. */
  decide(
    name: string,
    action: string,
    resource: string,
    context: Readonly<Record<string, string | readonly string[]>> = {},
  ): Decision {
    const { ManagedPolicyArns, PermissionsBoundary } = this.role(name);
    const own = ManagedPolicyArns.flatMap(arn => (typeof arn === "string" ? [] : [this.document(arn.Ref)]));
    const policyOfResource = resource.startsWith(bucketArn)
      ? this.document("StateBucketPolicy")
      : resource === keyArn
        ? this.document("StateKey", "KeyPolicy")
        : undefined;
    // Whether another account's role, or another key, trusts the caller is not what is asked here.
    const trusted =
      action === "sts:AssumeRole" || (resource.includes(":key/") && resource !== keyArn)
        ? trustEveryone
        : policyOfResource;
    return evaluate(
      {
        principal: {
          kind: "role",
          arn: `arn:aws:iam::${home}:role/${name}`,
          account: home,
          isManagementAccount: true,
        },
        action,
        resource,
        ...(resource.startsWith("arn:aws:s3") ? { resourceAccount: home } : {}),
        context: {
          "aws:SecureTransport": "true",
          "s3:TlsVersion": "1.3",
          "aws:ResourceOrgID": "o-exampleorgid",
          ...context,
        },
      },
      {
        identity: own,
        ...(PermissionsBoundary === undefined ? {} : { boundary: this.document(PermissionsBoundary.Ref) }),
        ...(trusted === undefined ? {} : { resource: trusted }),
      },
    );
  }
}

const trustEveryone = readDocument({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "*" }, Action: ["sts:AssumeRole", "kms:*"], Resource: "*" },
  ],
});
