import { type Cases, unknown } from "./example";
import { document } from "./iam-statements";

const organization = { type: "aws:organizations/organization:Organization", name: "organization" };
const inManagement = { provider: { props: { allowedAccountIds: '["111122223333"]' } } };
const elsewhere = { provider: { props: { allowedAccountIds: '["444455556666"]' } } };
const cluster = { type: "aws:ecs/cluster:Cluster", name: "cluster" };
const unit = (name: string, parent = "organization") => ({
  type: "aws:organizations/organizationalUnit:OrganizationalUnit",
  name,
  props: { parentId: unknown },
  madeFrom: { parentId: [parent] },
});
const account = (props: object, parent?: string) => ({
  type: "aws:organizations/account:Account",
  name: "orders",
  props,
  madeFrom: parent === undefined ? {} : { parentId: [parent] },
});

const guardrail = (...statements: object[]) => ({
  type: "aws:organizations/policy:Policy",
  name: "guardrail",
  props: { content: document(...statements) },
});
const attached = (target: string) => ({
  type: "aws:organizations/policyAttachment:PolicyAttachment",
  name: `to-${target}`,
  props: { policyId: unknown, targetId: unknown },
  madeFrom: { policyId: ["guardrail"], targetId: [target] },
});
const deny = (Action: string, Condition?: object) => ({ Effect: "Deny", Action, Resource: "*", Condition });
const leaving = deny("organizations:LeaveOrganization");
const stopping = deny("cloudtrail:StopLogging");
const asRoot = deny("s3:*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } });
const regions = deny("s3:*", { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } });
const baseline = [leaving, stopping, asRoot, regions];

const resourceGuardrail = (statement: object) => ({
  type: "aws:organizations/policy:Policy",
  props: { type: "RESOURCE_CONTROL_POLICY", content: document(statement) },
});
const delegation = (service: string) => ({
  type: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
  name: service,
  props: { accountId: "333344445555", servicePrincipal: `${service}.amazonaws.com` },
});
const ofItsOwn = [
  { type: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount", name: "guardduty" },
  { type: "aws:inspector2/delegatedAdminAccount:DelegatedAdminAccount", name: "inspector" },
  { type: "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount", name: "hub" },
];
const delegations = [delegation("access-analyzer"), delegation("config"), ...ofItsOwn];

export default [
  {
    rule: "org-all-features",
    accepts: [{ props: { featureSet: "ALL" } }, {}],
    refuses: [{ props: { featureSet: "CONSOLIDATED_BILLING" } }],
    unknown: [{ props: { featureSet: unknown } }],
  },
  {
    rule: "org-policy-types",
    accepts: [
      { props: { enabledPolicyTypes: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"] } },
    ],
    refuses: [{}, { props: { enabledPolicyTypes: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] } }],
    unknown: [{ props: { enabledPolicyTypes: unknown } }],
  },
  {
    rule: "org-no-workload-in-management",
    accepts: [
      [
        { ...organization, ...inManagement },
        { ...cluster, ...elsewhere },
      ],
      [{ ...organization, ...inManagement }],
    ],
    refuses: [
      [
        { ...organization, ...inManagement },
        { ...cluster, ...inManagement },
      ],
    ],
    unknown: [
      [{ ...organization, ...inManagement }, cluster],
      [organization, { ...cluster, ...elsewhere }],
    ],
  },
  {
    rule: "org-account-no-close-on-delete",
    accepts: [{}, { props: { closeOnDeletion: false } }],
    refuses: [{ props: { closeOnDeletion: true } }],
    unknown: [{ props: { closeOnDeletion: unknown } }],
  },
  {
    rule: "org-protected",
    accepts: [{ protect: true }, { ...unit("prod"), protect: true }],
    refuses: [{}, unit("prod")],
  },
  {
    rule: "org-account-in-ou",
    accepts: [
      [organization, unit("prod"), account({ parentId: unknown }, "prod")],
      [account({ parentId: "ou-ab12-11111111" })],
    ],
    refuses: [
      [account({})],
      [account({ parentId: "r-ab12" })],
      [organization, account({ parentId: unknown }, "organization")],
    ],
    unknown: [[account({ parentId: unknown })]],
  },
  {
    rule: "org-scp-baseline",
    accepts: [
      [organization, guardrail(...baseline), attached("organization")],
      [
        organization,
        unit("prod"),
        unit("dev"),
        unit("shop", "prod"),
        guardrail(...baseline),
        attached("prod"),
        attached("dev"),
      ],
    ],
    refuses: [
      [organization],
      [organization, guardrail(...baseline)],
      [organization, unit("prod"), unit("dev"), guardrail(...baseline), attached("prod")],
      ...baseline.map(missing => [
        organization,
        guardrail(...baseline.filter(one => one !== missing)),
        attached("organization"),
      ]),
      [
        organization,
        guardrail(...baseline.map(one => ({ ...one, Effect: "Allow" }))),
        attached("organization"),
      ],
      [
        organization,
        { ...guardrail(...baseline), props: { type: "TAG_POLICY", content: document(...baseline) } },
        attached("organization"),
      ],
      [
        organization,
        guardrail(
          leaving,
          stopping,
          deny("s3:*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }),
          regions,
        ),
        attached("organization"),
      ],
    ],
    unknown: [
      [organization, { ...guardrail(), props: { content: unknown } }, attached("organization")],
      [organization, { ...guardrail(), props: { type: unknown } }],
    ],
  },
  {
    rule: "org-scp-size",
    accepts: [guardrail(leaving), { props: { type: "TAG_POLICY", content: "{}" } }],
    refuses: [
      { props: { content: JSON.stringify({ Sid: "x".repeat(10_240) }) } },
      { props: { type: "RESOURCE_CONTROL_POLICY", content: JSON.stringify({ Sid: "x".repeat(5_120) }) } },
      { props: { content: "not JSON" } },
      { props: { content: "[]" } },
      { props: {} },
      { props: { type: "OTHER_POLICY", content: "{}" } },
    ],
    unknown: [{ props: { content: unknown } }, { props: { type: unknown, content: "{}" } }],
  },
  {
    rule: "org-policy-elements",
    accepts: [
      guardrail(leaving),
      resourceGuardrail({ ...deny("s3:*"), Principal: "*" }),
      { props: { type: "TAG_POLICY", content: document({ ...leaving, Principal: "*" }) } },
      { props: { type: "TAG_POLICY", content: document(leaving) } },
      { props: { content: "not JSON" } },
      guardrail({ ...leaving, Resource: unknown }),
    ],
    refuses: [
      guardrail({ ...leaving, Principal: "*" }),
      guardrail({ ...leaving, NotPrincipal: { AWS: "111122223333" } }),
      resourceGuardrail({ ...deny("s3:*"), Effect: "Allow", Principal: "*" }),
      resourceGuardrail({ Effect: "Deny", NotAction: "s3:*", Principal: "*", Resource: "*" }),
      resourceGuardrail({ ...deny("s3:*"), Principal: { AWS: "111122223333" } }),
    ],
    unknown: [
      { props: { content: unknown } },
      { props: { content: JSON.stringify({ Statement: [unknown] }) } },
    ],
  },
  {
    rule: "org-delegated-admin",
    accepts: [delegations],
    refuses: delegations.map(missing => delegations.filter(one => one !== missing)),
    unknown: [[{ ...delegation("config"), props: { servicePrincipal: unknown } }, ...ofItsOwn]],
  },
] satisfies Cases[];
