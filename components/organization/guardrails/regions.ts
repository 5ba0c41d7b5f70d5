import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/**
 * Services whose one endpoint is in a region that need not be allowed.
 * Source: AWS Organizations user guide, "Deny access to AWS based on the requested AWS Region".
 */
const globalServices = [
  "account:*",
  "billing:*",
  "budgets:*",
  "ce:*",
  "cloudfront:*",
  "consolidatedbilling:*",
  "cur:*",
  "ec2:DescribeRegions",
  "freetier:*",
  "globalaccelerator:*",
  "health:*",
  "iam:*",
  "invoicing:*",
  "networkmanager:*",
  "organizations:*",
  "payments:*",
  "pricing:*",
  "route53:*",
  "route53domains:*",
  "route53-recovery-control-config:*",
  "route53-recovery-readiness:*",
  "s3:GetBucketLocation",
  "s3:ListAllMyBuckets",
  "shield:*",
  "sts:*",
  "support:*",
  "tax:*",
  "trustedadvisor:*",
  "waf:*",
  "wafv2:*",
];

/** Nothing is done in other regions, and none is switched on. */
export const regions = (settings: GuardrailSettings): Guardrail =>
  serviceControl(
    {
      Sid: "Regions",
      Effect: "Deny",
      NotAction: globalServices,
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:RequestedRegion": settings.regions },
        ...butThePlatform(settings),
      },
    },
    {
      Sid: "NoOtherRegions",
      Effect: "Deny",
      Action: ["account:DisableRegion", "account:EnableRegion"],
      Resource: "*",
      Condition: butThePlatform(settings),
    },
  );
