import {
  accountId,
  balancer,
  handsOver,
  inRegion,
  ofOrders,
  ofPlatform,
  type Row,
  type RowsByType,
  region,
  rows,
  securityGroup,
  serviceLinked,
  tagged,
  zone,
} from "./rows";

const rule = inRegion("ec2", "security-group-rule/sgr-1");
const webAcl = inRegion("wafv2", "global/webacl/shop/1", "us-east-1");
const regionalAcl = inRegion("wafv2", "regional/webacl/orders/1");
const graphqlApi = inRegion("appsync", "apis/abc");

const securityGroupRule = (direction: string): Row[] => [
  ...rows(
    "ec2",
    `AuthorizeSecurityGroup${direction} RevokeSecurityGroup${direction}`,
    securityGroup,
    ofOrders,
  ),
  ...rows("ec2", `AuthorizeSecurityGroup${direction} ModifySecurityGroupRules CreateTags DeleteTags`, rule),
  ...rows("ec2", "ModifySecurityGroupRules", securityGroup, ofOrders),
  ...rows("ec2", "DescribeSecurityGroupRules", "*"),
];

const gateway = (actions: string, path: string, context?: Row[2]): Row[] =>
  rows("apigateway", actions, `arn:aws:apigateway:${region}::${path}`, context);

/** Of whoever tells API Gateway or AWS WAF where to log. */
const loggingByServices: readonly Row[] = rows(
  "logs",
  "CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies DescribeLogGroups",
  "*",
);

const discovery = (actions: string, resource: string): Row[] =>
  rows("servicediscovery", actions, inRegion("servicediscovery", resource), ofOrders);

export const needed: RowsByType = {
  "aws:acm/certificate:Certificate": [
    ...rows("acm", "RequestCertificate", "*", tagged),
    ...["eu-central-1", "us-east-1"].flatMap(where =>
      rows(
        "acm",
        "AddTagsToCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate DeleteCertificate",
        inRegion("acm", "certificate/1", where),
      ),
    ),
  ],
  "aws:acm/certificateValidation:CertificateValidation": rows(
    "acm",
    "DescribeCertificate",
    inRegion("acm", "certificate/1"),
  ),
  "aws:cloudfront/distribution:Distribution": [
    ...rows("cloudfront", "CreateDistribution", "*", tagged),
    ...rows(
      "cloudfront",
      "GetDistribution UpdateDistribution TagResource UntagResource ListTagsForResource DeleteDistribution",
      `arn:aws:cloudfront::${accountId}:distribution/E1`,
    ),
    ...rows("wafv2", "GetWebACL", webAcl),
  ],
  "aws:cloudfront/vpcOrigin:VpcOrigin": [
    ...rows("cloudfront", "CreateVpcOrigin", "*", tagged),
    ...rows(
      "cloudfront",
      "GetVpcOrigin UpdateVpcOrigin TagResource UntagResource ListTagsForResource DeleteVpcOrigin",
      `arn:aws:cloudfront::${accountId}:vpcorigin/vo_1`,
    ),
    ...rows("elasticloadbalancing", "DescribeLoadBalancers DescribeListeners", "*"),
    ...rows("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeInternetGateways", "*"),
    serviceLinked("vpcorigin.cloudfront.amazonaws.com"),
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    ...rows("ec2", "CreateSecurityGroup", securityGroup, tagged),
    // The VPC is the platform's.
    ...rows("ec2", "CreateSecurityGroup", inRegion("ec2", "vpc/vpc-1"), ofPlatform),
    ...rows("ec2", "CreateTags", securityGroup, tagged),
    ...rows("ec2", "RevokeSecurityGroupEgress DeleteTags DeleteSecurityGroup", securityGroup, ofOrders),
    ...rows("ec2", "DescribeSecurityGroups DescribeNetworkInterfaces", "*"),
  ],
  "aws:lb/listener:Listener": [
    ...rows(
      "elasticloadbalancing",
      "CreateListener",
      inRegion("elasticloadbalancing", `loadbalancer/${balancer}`),
    ),
    ...rows(
      "elasticloadbalancing",
      "AddTags RemoveTags ModifyListener ModifyListenerAttributes DeleteListener",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows("elasticloadbalancing", "DescribeListeners DescribeListenerAttributes DescribeTags", "*"),
  ],
  "aws:lb/listenerCertificate:ListenerCertificate": [
    ...rows(
      "elasticloadbalancing",
      "AddListenerCertificates RemoveListenerCertificates",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows("elasticloadbalancing", "DescribeListenerCertificates", "*"),
  ],
  "aws:lb/listenerRule:ListenerRule": [
    ...rows(
      "elasticloadbalancing",
      "CreateRule",
      inRegion("elasticloadbalancing", `listener/${balancer}/f2`),
    ),
    ...rows(
      "elasticloadbalancing",
      "AddTags ModifyRule SetRulePriorities DeleteRule",
      inRegion("elasticloadbalancing", `listener-rule/${balancer}/f2/9`),
    ),
    ...rows("elasticloadbalancing", "DescribeRules DescribeTags", "*"),
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    ...rows(
      "elasticloadbalancing",
      "CreateLoadBalancer AddTags RemoveTags ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets SetIpAddressType DeleteLoadBalancer",
      inRegion("elasticloadbalancing", `loadbalancer/${balancer}`),
    ),
    ...rows(
      "elasticloadbalancing",
      "DescribeLoadBalancers DescribeLoadBalancerAttributes DescribeCapacityReservation DescribeTags",
      "*",
    ),
    ...rows(
      "ec2",
      "DescribeSubnets DescribeSecurityGroups DescribeInternetGateways DescribeNetworkInterfaces",
      "*",
    ),
    ...rows("ec2", "GetSecurityGroupsForVpc", inRegion("ec2", "vpc/vpc-1"), ofPlatform),
    serviceLinked("elasticloadbalancing.amazonaws.com"),
  ],
  "aws:lb/targetGroup:TargetGroup": [
    ...rows(
      "elasticloadbalancing",
      "CreateTargetGroup AddTags ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup",
      inRegion("elasticloadbalancing", "targetgroup/orders-api/1"),
    ),
    ...rows("elasticloadbalancing", "DescribeTargetGroups DescribeTargetGroupAttributes DescribeTags", "*"),
  ],
  "aws:route53/record:Record": [
    ...rows("route53", "GetHostedZone ChangeResourceRecordSets ListResourceRecordSets", zone),
    ...rows("route53", "GetChange", "arn:aws:route53:::change/C1"),
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule("Egress"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule("Ingress"),
  "aws:wafv2/webAcl:WebAcl": [
    ...[webAcl, regionalAcl].flatMap(acl => [
      ...rows(
        "wafv2",
        "CreateWebACL GetWebACL UpdateWebACL TagResource UntagResource ListTagsForResource DeleteWebACL",
        acl,
      ),
      ...rows("wafv2", "CreateWebACL UpdateWebACL", acl.replace("webacl", "ipset")),
    ]),
    ...rows(
      "wafv2",
      "CreateWebACL UpdateWebACL",
      inRegion("wafv2", "global/managedruleset/1/1", "us-east-1"),
    ),
  ],
  "aws:cloudfront/originAccessControl:OriginAccessControl": [
    ...rows("cloudfront", "CreateOriginAccessControl", "*"),
    ...rows(
      "cloudfront",
      "GetOriginAccessControl UpdateOriginAccessControl DeleteOriginAccessControl",
      `arn:aws:cloudfront::${accountId}:origin-access-control/E1`,
    ),
  ],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
    ...rows("cloudfront", "CreateResponseHeadersPolicy", "*"),
    ...rows(
      "cloudfront",
      "GetResponseHeadersPolicy UpdateResponseHeadersPolicy DeleteResponseHeadersPolicy",
      `arn:aws:cloudfront::${accountId}:response-headers-policy/1`,
    ),
  ],
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": [
    ...rows(
      "elasticloadbalancing",
      "RegisterTargets DeregisterTargets",
      inRegion("elasticloadbalancing", "targetgroup/orders-api/1"),
    ),
    ...rows("elasticloadbalancing", "DescribeTargetHealth", "*"),
  ],
  "aws:wafv2/ipSet:IpSet": [webAcl, regionalAcl].flatMap(acl =>
    rows(
      "wafv2",
      "CreateIPSet GetIPSet UpdateIPSet TagResource UntagResource ListTagsForResource DeleteIPSet",
      acl.replace("webacl", "ipset"),
    ),
  ),
  "aws:wafv2/webAclAssociation:WebAclAssociation": [
    ...[regionalAcl, inRegion("elasticloadbalancing", `loadbalancer/${balancer}`), graphqlApi].flatMap(
      resource => rows("wafv2", "AssociateWebACL", resource, ofOrders),
    ),
    ...[inRegion("elasticloadbalancing", `loadbalancer/${balancer}`), graphqlApi].flatMap(resource =>
      rows("wafv2", "DisassociateWebACL", resource, ofOrders),
    ),
    ...rows("wafv2", "GetWebACLForResource", regionalAcl),
    ...rows("elasticloadbalancing", "SetWebAcl", "*"),
    ...rows("appsync", "SetWebACL", "*"),
    ...rows("appsync", "AssociateWebACL DisassociateWebACL", graphqlApi, ofOrders),
  ],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": [
    ...[webAcl, regionalAcl].flatMap(acl =>
      rows(
        "wafv2",
        "PutLoggingConfiguration GetLoggingConfiguration DeleteLoggingConfiguration",
        acl,
        ofOrders,
      ),
    ),
    ...loggingByServices,
  ],
  "aws:apigatewayv2/api:Api": [
    ...gateway("POST", "/apis", tagged),
    ...gateway("GET PATCH PUT DELETE", "/apis/abc", ofOrders),
    ...gateway("GET POST PUT DELETE", "/tags/arn%3Aaws%3Aapigateway"),
  ],
  "aws:apigatewayv2/apiMapping:ApiMapping": [
    ...gateway("POST", "/domainnames/api.example.com/apimappings"),
    ...gateway("GET PATCH DELETE", "/domainnames/api.example.com/apimappings/1"),
  ],
  "aws:apigatewayv2/authorizer:Authorizer": [
    ...gateway("POST", "/apis/abc/authorizers"),
    ...gateway("GET PATCH DELETE", "/apis/abc/authorizers/1"),
  ],
  "aws:apigatewayv2/domainName:DomainName": [
    ...gateway("POST AddCertificateToDomain", "/domainnames", tagged),
    ...gateway(
      "GET PATCH DELETE AddCertificateToDomain RemoveCertificateFromDomain",
      "/domainnames/api.example.com",
      ofOrders,
    ),
    ...gateway("POST DELETE", "/tags/arn%3Aaws%3Aapigateway"),
  ],
  "aws:apigatewayv2/integration:Integration": [
    ...gateway("POST", "/apis/abc/integrations"),
    ...gateway("GET PATCH DELETE", "/apis/abc/integrations/1"),
  ],
  "aws:apigatewayv2/route:Route": [
    ...gateway("POST", "/apis/abc/routes"),
    ...gateway("GET PATCH DELETE", "/apis/abc/routes/1"),
  ],
  "aws:apigatewayv2/stage:Stage": [
    ...gateway("POST", "/apis/abc/stages", tagged),
    ...gateway("GET PATCH DELETE", "/apis/abc/stages/$default", ofOrders),
    ...loggingByServices,
  ],
  "aws:apigatewayv2/vpcLink:VpcLink": [
    ...gateway("POST", "/vpclinks", tagged),
    ...gateway("GET PATCH DELETE", "/vpclinks/1", ofOrders),
    ...rows("ec2", "DescribeSubnets DescribeSecurityGroups", "*"),
    serviceLinked("ops.apigateway.amazonaws.com"),
  ],
  "aws:appsync/dataSource:DataSource": [
    ...rows("appsync", "CreateDataSource GetDataSource UpdateDataSource DeleteDataSource", "*"),
    handsOver("orders-graphql-orders", "appsync.amazonaws.com"),
  ],
  "aws:appsync/domainName:DomainName": rows(
    "appsync",
    "CreateDomainName GetDomainName UpdateDomainName DeleteDomainName TagResource UntagResource ListTagsForResource",
    inRegion("appsync", "domainnames/graphql.example.com"),
  ),
  "aws:appsync/domainNameApiAssociation:DomainNameApiAssociation": rows(
    "appsync",
    "AssociateApi GetApiAssociation DisassociateApi",
    inRegion("appsync", "domainnames/graphql.example.com"),
  ),
  "aws:appsync/function:Function": rows(
    "appsync",
    "CreateFunction GetFunction UpdateFunction DeleteFunction",
    "*",
  ),
  "aws:appsync/graphQLApi:GraphQLApi": [
    ...rows("appsync", "CreateGraphqlApi", "*", tagged),
    ...rows("appsync", "StartSchemaCreation GetSchemaCreationStatus GetIntrospectionSchema", "*"),
    ...rows(
      "appsync",
      "GetGraphqlApi UpdateGraphqlApi DeleteGraphqlApi TagResource UntagResource ListTagsForResource",
      graphqlApi,
      ofOrders,
    ),
    handsOver("orders-graphql-logs", "appsync.amazonaws.com"),
    serviceLinked("appsync.amazonaws.com"),
  ],
  "aws:appsync/resolver:Resolver": rows(
    "appsync",
    "CreateResolver GetResolver UpdateResolver DeleteResolver",
    "*",
  ),
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": [
    ["servicediscovery:CreatePrivateDnsNamespace", "*", tagged],
    ...discovery("GetNamespace GetOperation UpdatePrivateDnsNamespace DeleteNamespace", "namespace/ns-1"),
    ...rows("servicediscovery", "ListTagsForResource TagResource UntagResource", "*"),
    ["route53:CreateHostedZone", "*", { "route53:VPCs": "VPCId=vpc-1,VPCRegion=eu-central-1" }],
    ...rows("route53", "GetHostedZone", zone),
    ...rows("route53", "ListHostedZonesByName", "*"),
    ...rows("ec2", "DescribeVpcs DescribeRegions", "*"),
  ],
  "aws:servicediscovery/service:Service": [
    ...discovery("CreateService", "namespace/ns-1"),
    ...discovery(
      "CreateService GetService GetOperation UpdateService ListInstances DeregisterInstance DeleteService",
      "service/srv-1",
    ),
    ...rows("servicediscovery", "ListTagsForResource TagResource UntagResource", "*"),
  ],
  "aws:ec2/vpcEndpoint:VpcEndpoint": [
    ...["vpc/vpc-1", "subnet/subnet-1"].flatMap(resource =>
      rows("ec2", "CreateVpcEndpoint", inRegion("ec2", resource), ofPlatform),
    ),
    ...rows("ec2", "CreateVpcEndpoint", securityGroup, ofOrders),
    [
      "ec2:CreateVpcEndpoint",
      inRegion("ec2", "vpc-endpoint/*"),
      { ...tagged, "ec2:VpceServiceName": "com.amazonaws.vpce.eu-central-1.vpce-svc-1" },
    ],
    ...rows(
      "ec2",
      "CreateTags DeleteTags ModifyVpcEndpoint DeleteVpcEndpoints",
      inRegion("ec2", "vpc-endpoint/vpce-1"),
      ofOrders,
    ),
    ...rows("ec2", "DescribeVpcEndpoints DescribePrefixLists DescribeVpcEndpointAssociations", "*"),
  ],
  // By the links role of the account whose service it is.
  "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter": [],
  "aws:ec2/vpcEndpointService:VpcEndpointService": [
    ...rows(
      "ec2",
      "CreateVpcEndpointServiceConfiguration ModifyVpcEndpointServiceConfiguration ModifyVpcEndpointServicePermissions DeleteVpcEndpointServiceConfigurations CreateTags DeleteTags",
      inRegion("ec2", "vpc-endpoint-service/vpce-svc-1"),
      ofOrders,
    ),
    ...rows("ec2", "DescribeVpcEndpointServiceConfigurations DescribeVpcEndpointServicePermissions", "*"),
  ],
  "aws:vpc/endpointPrivateDns:EndpointPrivateDns": [
    ...rows("ec2", "ModifyVpcEndpoint", inRegion("ec2", "vpc-endpoint/vpce-1"), ofOrders),
    ...rows("ec2", "DescribeVpcEndpoints", "*"),
  ],
  "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification": [
    ...rows(
      "ec2",
      "StartVpcEndpointServicePrivateDnsVerification",
      inRegion("ec2", "vpc-endpoint-service/vpce-svc-1"),
      ofOrders,
    ),
    ...rows("ec2", "DescribeVpcEndpointServiceConfigurations", "*"),
  ],
};
