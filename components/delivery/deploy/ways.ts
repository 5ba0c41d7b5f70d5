import type { Statement } from "../../identity/policy-document";
import { arn } from "../../location";
import {
  type DeployRole,
  httpApis,
  inRegions,
  newAndTagged,
  notThePlatforms,
  partsOfGraphqlApis,
  placeOf,
  privateZones,
} from "./place";

/** How products are reached: names, certificates, load balancers, APIs, CloudFront, firewalls and security groups. */
export const ways = (role: DeployRole): Statement[] => {
  const { at, vpcAccountId } = role;
  const { here, orAtTheEdge } = placeOf(role);
  const { accountId, region } = at;
  return [
    {
      Sid: "NewWays",
      Effect: "Allow",
      Action: [
        "acm:RequestCertificate",
        "appsync:CreateGraphqlApi",
        "cloudfront:CreateDistribution",
        "cloudfront:CreateVpcOrigin",
        "servicediscovery:CreatePrivateDnsNamespace",
      ],
      Resource: "*",
      Condition: newAndTagged,
    },
    {
      // These can not have tags.
      Sid: "NewAtTheEdge",
      Effect: "Allow",
      Action: ["cloudfront:CreateOriginAccessControl", "cloudfront:CreateResponseHeadersPolicy"],
      Resource: "*",
    },
    {
      Sid: "WaysWithoutNames",
      Effect: "Allow",
      Action: [
        ...partsOfGraphqlApis,
        "elasticloadbalancing:SetWebAcl",
        "servicediscovery:TagResource",
        "servicediscovery:UntagResource",
      ],
      Resource: "*",
      Condition: inRegions([region]),
    },
    {
      Sid: "GraphqlApis",
      Effect: "Allow",
      Action: [
        "appsync:*agResource",
        "appsync:*AssociateApi",
        "appsync:DisassociateApi",
        "appsync:*ssociateWebACL",
        "appsync:CreateDomainName",
        "appsync:DeleteDomainName",
        "appsync:DeleteGraphqlApi",
        "appsync:UpdateDomainName",
        "appsync:UpdateGraphqlApi",
      ],
      Resource: [here("appsync", "apis/*"), here("appsync", "domainnames/*")],
      Condition: notThePlatforms,
    },
    {
      // API Gateway calls its actions as HTTP does, GET too.
      Sid: "HttpApis",
      Effect: "Allow",
      Action: [
        ...["DELETE", "GET", "PATCH", "POST", "PUT"].map(verb => `apigateway:${verb}`),
        // Asked for client certificates. Source: API Gateway developer guide, "How to turn on mutual TLS".
        "apigateway:AddCertificateToDomain",
        "apigateway:RemoveCertificateFromDomain",
      ],
      Resource: httpApis(region),
      Condition: notThePlatforms,
    },
    {
      Sid: "Balance",
      Effect: "Allow",
      Action: ["Add", "Create", "Delete", "Deregister", "Modify", "Register", "Remove", "Set"].map(
        verb => `elasticloadbalancing:${verb}*`,
      ),
      Resource: here("elasticloadbalancing"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Edge",
      Effect: "Allow",
      Action: [
        "acm:*TagsToCertificate",
        "acm:*TagsFromCertificate",
        "acm:DeleteCertificate",
        "acm:UpdateCertificateOptions",
        "cloudfront:DeleteDistribution",
        "cloudfront:DeleteOriginAccessControl",
        "cloudfront:DeleteResponseHeadersPolicy",
        "cloudfront:DeleteVpcOrigin",
        "cloudfront:UpdateDistribution",
        "cloudfront:UpdateOriginAccessControl",
        "cloudfront:UpdateResponseHeadersPolicy",
        "cloudfront:UpdateVpcOrigin",
        "cloudfront:*agResource",
        "wafv2:*LoggingConfiguration",
        "wafv2:*WebACL",
        "wafv2:CreateIPSet",
        "wafv2:DeleteIPSet",
        "wafv2:UpdateIPSet",
        "wafv2:*agResource",
      ],
      Resource: [
        ...orAtTheEdge("acm", "certificate/*"),
        `arn:aws:cloudfront::${accountId}:*`,
        ...orAtTheEdge("wafv2"),
      ],
      Condition: notThePlatforms,
    },
    {
      Sid: "Protect",
      Effect: "Allow",
      Action: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
      Resource: [here("appsync", "apis/*"), here("elasticloadbalancing", "loadbalancer/app/*")],
      Condition: notThePlatforms,
    },
    {
      Sid: "Names",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: "arn:aws:route53:::hostedzone/*",
    },
    {
      // Cloud Map keeps a private zone for a namespace. Source: AWS Cloud Map developer guide, "AWS Cloud Map API
      // permissions reference".
      Sid: "NewPrivateZones",
      Effect: "Allow",
      Action: "route53:CreateHostedZone",
      Resource: "*",
      Condition: privateZones,
    },
    {
      Sid: "TaskNames",
      Effect: "Allow",
      Action: [
        "servicediscovery:CreateService",
        "servicediscovery:DeleteNamespace",
        "servicediscovery:DeleteService",
        "servicediscovery:DeregisterInstance",
        "servicediscovery:GetOperation",
        "servicediscovery:ListInstances",
        "servicediscovery:UpdatePrivateDnsNamespace",
        "servicediscovery:UpdateService",
      ],
      Resource: [here("servicediscovery", "namespace/*"), here("servicediscovery", "service/*")],
      Condition: notThePlatforms,
    },
    {
      // To other products, and not to AWS's services, whose endpoints are the platform's.
      Sid: "PrivateLinks",
      Effect: "Allow",
      Action: "ec2:CreateVpcEndpoint",
      Resource: here("ec2", "vpc-endpoint/*"),
      Condition: { StringLike: { "ec2:VpceServiceName": "com.amazonaws.vpce.*" } },
    },
    {
      Sid: "EndsOfPrivateLinks",
      Effect: "Allow",
      Action: [
        "ec2:CreateVpcEndpointServiceConfiguration",
        "ec2:CreateTags",
        "ec2:DeleteTags",
        "ec2:DeleteVpcEndpoint*",
        "ec2:ModifyVpcEndpoint*",
        "ec2:StartVpcEndpointServicePrivateDnsVerification",
      ],
      Resource: here("ec2", "vpc-endpoint*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "SecurityGroups",
      Effect: "Allow",
      Action: [
        "ec2:AuthorizeSecurityGroup*",
        "ec2:CreateSecurityGroup",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroup*",
      ],
      Resource: here("ec2", "security-group*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "SecurityGroupsInVpcs",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource:
        vpcAccountId === undefined
          ? here("ec2", "vpc/*")
          : [here("ec2", "vpc/*"), arn("ec2", { region, accountId: vpcAccountId }, "vpc/*")],
    },
  ];
};
