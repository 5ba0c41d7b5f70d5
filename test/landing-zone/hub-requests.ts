/** What the provider asks of the network account, by the type of what an environment's stacks make there. */
import type { PlannedResource } from "../../cli/planner";
import type { Request } from "../../iam/request";
import example from "../../stacks/landing-zone";

const { organization } = example;
export const accountId = String(
  (organization.ids.accounts as Record<string, string>)[organization.roles.network],
);
const { region } = organization;
const attachment = `arn:aws:ec2:${region}:${accountId}:transit-gateway-attachment/tgw-attach-1`;
const table = `arn:aws:ec2:${region}:${accountId}:transit-gateway-route-table/tgw-rtb-1`;
const zones = "arn:aws:route53:::hostedzone/Z1";
const link = `arn:aws:oam:${region}:${accountId}:link/1`;

export type Asked = readonly [action: string, resource: string, context?: Request["context"]];

/** What the provider asks to make, change and end it. */
export type Asking = (resource: PlannedResource, environment: string, home: string) => readonly Asked[];

const tagged = (environment: string): Request["context"] => ({ "aws:ResourceTag/environment": environment });
const tags = (environment: string): Request["context"] => ({
  "aws:RequestTag/environment": environment,
  "aws:TagKeys": ["environment", "Name"],
});
/** A table's domain is in the resource's name: `runner-egress`; an association is with that of the runner's or its own. */
const domainOf = ({ name }: PlannedResource, environment: string, propagated: boolean): string => {
  if (!propagated) return name === "runner" ? name : environment;
  return name.endsWith("-on-premises") ? "on-premises" : (name.split("-").at(-1) ?? "");
};

export const asked: Readonly<Record<string, Asking>> = {
  "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": (_, environment) => [
    ["ec2:AcceptTransitGatewayVpcAttachment", attachment],
    ["ec2:CreateTags", attachment, tags(environment)],
    ["ec2:CreateTags", attachment, { ...tagged(environment), "aws:TagKeys": ["team"] }],
    ["ec2:DeleteTags", attachment, { ...tagged(environment), "aws:TagKeys": ["team"] }],
    ["ec2:DeleteTransitGatewayVpcAttachment", attachment, tagged(environment)],
    ["ec2:DescribeTransitGateways", "*"],
    ["ec2:DescribeTransitGatewayVpcAttachments", "*"],
  ],
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": (resource, environment) => [
    ...["Associate", "Disassociate"].flatMap((verb): Asked[] => [
      [`ec2:${verb}TransitGatewayRouteTable`, attachment, tagged(environment)],
      [
        `ec2:${verb}TransitGatewayRouteTable`,
        table,
        { "aws:ResourceTag/route-domain": domainOf(resource, environment, false) },
      ],
    ]),
    ["ec2:GetTransitGatewayRouteTableAssociations", "*"],
  ],
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": (resource, environment) => [
    ...["Enable", "Disable"].flatMap((verb): Asked[] => [
      [`ec2:${verb}TransitGatewayRouteTablePropagation`, attachment, tagged(environment)],
      [
        `ec2:${verb}TransitGatewayRouteTablePropagation`,
        table,
        { "aws:ResourceTag/route-domain": domainOf(resource, environment, true) },
      ],
    ]),
    ["ec2:GetTransitGatewayRouteTablePropagations", "*"],
  ],
  "aws:route53/record:Record": ({ inputs }) => {
    const proof = !["NS", "DS"].includes(String(inputs["type"]));
    const name = proof
      ? `_a79865eb4cd1a6ab990a45779b4e0b96.${example.network.serviceDomain}`
      : String(inputs["name"]);
    return [
      ["route53:GetHostedZone", zones],
      ["route53:ListResourceRecordSets", zones],
      ["route53:GetChange", "arn:aws:route53:::change/C1"],
      [
        "route53:ChangeResourceRecordSets",
        zones,
        {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
          "route53:ChangeResourceRecordSetsRecordTypes": [proof ? "CNAME" : String(inputs["type"])],
        },
      ],
    ];
  },
  "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization": ({ inputs }) => [
    ...["Create", "Delete"].map(
      (verb): Asked => [
        `route53:${verb}VPCAssociationAuthorization`,
        zones,
        { "route53:VPCs": [`VPCId=vpc-1,VPCRegion=${String(inputs["vpcRegion"])}`] },
      ],
    ),
    ["route53:ListVPCAssociationAuthorizations", zones],
  ],
  "aws:oam/link:Link": ({ inputs }, environment, home) => {
    const types = { "oam:ResourceTypes": inputs["resourceTypes"] as string[] };
    return [
      ["oam:CreateLink", link, { ...types, ...tags(environment) }],
      ["oam:CreateLink", `arn:aws:oam:${region}:${home}:sink/1`, { ...types, ...tags(environment) }],
      ["oam:TagResource", link, tags(environment)],
      ["oam:UpdateLink", link, { ...types, ...tagged(environment) }],
      ["oam:DeleteLink", link, tagged(environment)],
      ["cloudwatch:Link", "*"],
      ["oam:GetLink", link],
      ["oam:ListTagsForResource", link],
    ];
  },
};

/** Whether a request is about what is one environment's: by its tag, its table, its name, or where it is seen. */
export function isAboutOne([action, resource, context = {}]: Asked, environment: string): boolean {
  const names = [context["route53:ChangeResourceRecordSetsNormalizedRecordNames"] ?? []].flat();
  return (
    context["aws:ResourceTag/environment"] === environment ||
    context["aws:RequestTag/environment"] === environment ||
    context["aws:ResourceTag/route-domain"] === environment ||
    (action === "route53:ChangeResourceRecordSets" && names.every(name => !name.startsWith("_"))) ||
    resource.includes(":sink/")
  );
}
