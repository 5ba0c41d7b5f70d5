/**
 * What an environment's stacks do in the hub's account. Ids are not known before there is anything, so it goes by tags
 * and names: a route table has the tag `route-domain` (see `TransitHub`), and what an environment has made here has its
 * tag `environment`.
 */
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { checkDomain } from "../names/domain-names";

export interface HubPermissions {
  /** The value of the tag `environment` of all that the environment's stacks make. */
  readonly environment: string;
  /** The route domains that its VPCs are put into; none where it has no VPC. */
  readonly domains: readonly string[];
  /** The route domains whose tables its VPCs are made known in; see `domainPropagations`. */
  readonly propagatesTo: readonly string[];
  /** The domains of its accounts, which are delegated to them: `dev.example.com`. */
  readonly delegates: readonly string[];
  /** The domain whose certificates it proves by CNAME records in the hub's public zone. */
  readonly proves: string;
  /** The account that sees the hub's metrics of networks; absent: none does. */
  readonly metricsTo?: string;
  /** The region of the VPCs that may join the hub's private zones; absent: they do not. */
  readonly joinsZonesIn?: string;
}

type Conditions = NonNullable<Statement["Condition"]>;

/** ACM's proofs begin with an underscore and 32 digits, other than those of mail and of other authorities. */
const proofOf = (domain: string): string => `_${"?".repeat(32)}.${domain}`;

/**
 * An attachment that an account shares has no tags in the hub's account before it is accepted, so whoever accepts it
 * makes it the environment's: while it waits, another environment could be first, and its own would fail. Attachments
 * with a `route-domain` are the hub's own and nobody's to take.
 *
 * Two things can not be told apart by conditions. Proofs of all environments' certificates are side by side in one zone:
 * one that is lost is noticed 30 days before its certificate ends. And Observability Access Manager does not say whose
 * link is tagged anew: a link that is lost shows in its dashboard.
 *
 * @throws {Error} if a domain is none, or there are VPCs' domains without tables that they are made known in.
 */
export function hubStatements(at: Location, permissions: HubPermissions): Statement[] {
  const { domains, propagatesTo, delegates, proves, metricsTo, joinsZonesIn } = permissions;
  for (const domain of [...delegates, proves]) checkDomain(domain);
  if (domains.length === 0 && propagatesTo.length > 0)
    throw new Error(`propagatesTo holds ${propagatesTo.join(", ")}, and domains is empty`);
  return [
    ...(domains.length === 0 ? [] : attaching(at, permissions)),
    ...(delegates.length === 0
      ? []
      : [
          records("Delegate", ["NS", "DS"], delegates),
          records("ProveCertificates", ["CNAME"], [proofOf(proves)]),
        ]),
    ...(joinsZonesIn === undefined
      ? []
      : [
          allow(
            "JoinZones",
            ["route53:CreateVPCAssociationAuthorization", "route53:DeleteVPCAssociationAuthorization"],
            hostedZones,
            {
              "ForAllValues:StringLike": { "route53:VPCs": `VPCId=*,VPCRegion=${joinsZonesIn}` },
              Null: { "route53:VPCs": "false" },
            },
          ),
        ]),
    ...(metricsTo === undefined ? [] : showing(at, permissions.environment, metricsTo)),
    {
      Sid: "See",
      Effect: "Allow",
      Action: [
        "ec2:DescribeTransitGatewayAttachments",
        "ec2:DescribeTransitGatewayVpcAttachments",
        "ec2:DescribeTransitGateways",
        "ec2:GetTransitGatewayRouteTableAssociations",
        "ec2:GetTransitGatewayRouteTablePropagations",
        "oam:GetLink",
        "oam:ListTagsForResource",
        "route53:GetChange",
        "route53:GetHostedZone",
        "route53:ListResourceRecordSets",
        "route53:ListVPCAssociationAuthorizations",
      ],
      Resource: "*",
    },
  ];
}

const allow = (
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition: Conditions,
): Statement => ({ Sid, Effect: "Allow", Action, Resource, Condition });

function attaching({ accountId, region }: Location, permissions: HubPermissions): Statement[] {
  const { environment, domains, propagatesTo } = permissions;
  // Of the account that has the VPC, or of the hub's: AWS does not say.
  const attachments = arn("ec2", { accountId: "*", region }, "transit-gateway-attachment/*");
  const tables = arn("ec2", { accountId, region }, "transit-gateway-route-table/*");
  const own: Conditions = { StringEquals: { "aws:ResourceTag/environment": environment } };
  const unlessOthers: Conditions = {
    StringEqualsIfExists: { "aws:ResourceTag/environment": environment },
    Null: { "aws:ResourceTag/route-domain": "true" },
  };
  const ofDomains = (some: readonly string[]): Conditions => ({
    StringEquals: { "aws:ResourceTag/route-domain": some },
  });
  const associating = ["ec2:AssociateTransitGatewayRouteTable", "ec2:DisassociateTransitGatewayRouteTable"];
  const propagating = [
    "ec2:DisableTransitGatewayRouteTablePropagation",
    "ec2:EnableTransitGatewayRouteTablePropagation",
  ];
  return [
    allow("Accept", "ec2:AcceptTransitGatewayVpcAttachment", attachments, unlessOthers),
    allow("MakeItsOwn", "ec2:CreateTags", attachments, {
      ...unlessOthers,
      StringEquals: { "aws:RequestTag/environment": environment },
    }),
    allow("TagItsOwn", "ec2:CreateTags", attachments, {
      ...own,
      StringEqualsIfExists: { "aws:RequestTag/environment": environment },
    }),
    allow("UntagItsOwn", "ec2:DeleteTags", attachments, {
      ...own,
      "ForAllValues:StringNotEquals": { "aws:TagKeys": "environment" },
      Null: { "aws:TagKeys": "false" },
    }),
    allow(
      "ItsOwn",
      ["ec2:DeleteTransitGatewayVpcAttachment", ...associating, ...propagating],
      attachments,
      own,
    ),
    allow("WhereItMayGo", associating, tables, ofDomains(domains)),
    ...(propagatesTo.length === 0
      ? []
      : [allow("WhoMayComeToIt", propagating, tables, ofDomains(propagatesTo))]),
  ];
}

const hostedZones = "arn:aws:route53:::hostedzone/*";

const recordNames = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const recordTypes = "route53:ChangeResourceRecordSetsRecordTypes";

/** Writing records of some types and names, a name with wildcards, and no others beside them. */
const records = (Sid: string, types: readonly string[], names: readonly string[]): Statement =>
  allow(Sid, "route53:ChangeResourceRecordSets", hostedZones, {
    "ForAllValues:StringLike": { [recordNames]: names },
    "ForAllValues:StringEquals": { [recordTypes]: types },
    // Without values, "all of them" would hold.
    Null: { [recordNames]: "false", [recordTypes]: "false" },
  });

function showing(at: Location, environment: string, accountId: string): Statement[] {
  const links = arn("oam", at, "link/*");
  const metricsOnly: Conditions = {
    "ForAllValues:StringEquals": { "oam:ResourceTypes": ["AWS::CloudWatch::Metric"] },
    Null: { "oam:ResourceTypes": "false" },
  };
  const sinks = arn("oam", { ...at, accountId }, "sink/*");
  const asked = { "aws:RequestTag/environment": environment };
  const its = { "aws:ResourceTag/environment": environment };
  return [
    allow("ShowMetrics", "oam:CreateLink", [links, sinks], {
      ...metricsOnly,
      StringEquals: asked,
    }),
    allow("TagWhatShows", "oam:TagResource", links, {
      StringEqualsIfExists: { ...its, ...asked },
    }),
    allow("UntagWhatShows", "oam:UntagResource", links, {
      StringEqualsIfExists: its,
      "ForAllValues:StringNotEquals": { "aws:TagKeys": "environment" },
      Null: { "aws:TagKeys": "false" },
    }),
    allow("ChangeWhatShows", "oam:UpdateLink", links, { ...metricsOnly, StringEquals: its }),
    allow("ChangeWhatIsSeen", "oam:UpdateLink", sinks, metricsOnly),
    allow("EndWhatShows", "oam:DeleteLink", links, { StringEquals: its }),
    { Sid: "LinkMetrics", Effect: "Allow", Action: "cloudwatch:Link", Resource: "*" },
  ];
}
