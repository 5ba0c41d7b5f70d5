import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const reason = "The shop sells to the whole world";
const loadBalancer = (props: object = {}) => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "shop",
  props,
});
const association = (resourceArn: string, ...madeFrom: string[]) => ({
  type: "aws:wafv2/webAclAssociation:WebAclAssociation",
  name: "association",
  props: { resourceArn, webAclArn: unknown },
  madeFrom: { resourceArn: madeFrom },
});
const logs = { bucket: "logs", enabled: true };
const network = (props: object) => ({ props: { loadBalancerType: "network", ...props } });

export default [
  {
    rule: "lb-public-needs-approval",
    accepts: [
      { props: { internal: true } },
      { props: { loadBalancerType: "gateway" } },
      { type: "aws:alb/loadBalancer:LoadBalancer", props: { tags: { "allow-public": reason } } },
    ],
    refuses: [
      { props: { internal: false } },
      {},
      { props: { internal: false, tags: { "allow-public": "x" } } },
      { type: "aws:alb/loadBalancer:LoadBalancer" },
      { provider: { props: { defaultTags: { tags: { "allow-public": reason } } } } },
    ],
    unknown: [{ props: { internal: unknown } }, { props: { tags: unknown } }],
  },
  {
    rule: "lb-waf-attached",
    accepts: [
      [loadBalancer({ internal: false }), association(unknown, "shop")],
      [
        loadBalancer({
          arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/1",
        }),
        association("arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/1"),
      ],
      [loadBalancer({ internal: true })],
      [loadBalancer({ loadBalancerType: "network" })],
    ],
    refuses: [
      [loadBalancer({ internal: false })],
      [{ ...loadBalancer(), type: "aws:alb/loadBalancer:LoadBalancer" }],
      [
        loadBalancer({ loadBalancerType: "application" }),
        { ...loadBalancer(), name: "other" },
        association(unknown, "other"),
      ],
    ],
    unknown: [
      [loadBalancer({ internal: unknown })],
      [loadBalancer({ loadBalancerType: unknown })],
      [loadBalancer(), association(unknown)],
    ],
  },
  {
    rule: "lb-drop-invalid-headers",
    accepts: [{ props: { dropInvalidHeaderFields: true } }, { props: { loadBalancerType: "network" } }],
    refuses: [
      { props: { dropInvalidHeaderFields: false } },
      { props: { loadBalancerType: "application" } },
      {},
    ],
    unknown: [{ props: { dropInvalidHeaderFields: unknown } }],
  },
  {
    rule: "lb-desync-mode",
    accepts: [
      { props: { desyncMitigationMode: "strictest" } },
      { props: { desyncMitigationMode: "defensive" } },
      {},
      network({ desyncMitigationMode: "monitor" }),
    ],
    refuses: [
      { props: { desyncMitigationMode: "monitor" } },
      { props: { loadBalancerType: "application", desyncMitigationMode: "monitor" } },
    ],
    unknown: [
      { props: { desyncMitigationMode: unknown } },
      { props: { loadBalancerType: unknown, desyncMitigationMode: "monitor" } },
    ],
  },
  {
    rule: "lb-access-logs",
    accepts: [
      { props: { accessLogs: logs } },
      network({ accessLogs: { bucket: unknown, enabled: true } }),
      { props: { loadBalancerType: "gateway" } },
    ],
    refuses: [
      { props: { accessLogs: { bucket: "logs", enabled: false } } },
      { props: { accessLogs: { bucket: "logs" } } },
      {},
      network({}),
    ],
    unknown: [{ props: { accessLogs: unknown } }, { props: { accessLogs: { enabled: unknown } } }],
  },
  {
    rule: "lb-connection-logs",
    accepts: [{ props: { connectionLogs: logs } }, { props: { internal: true } }, network({})],
    refuses: [
      { props: { connectionLogs: { bucket: "logs", enabled: false } } },
      { props: { internal: false } },
      { props: { loadBalancerType: "application" } },
    ],
    unknown: [{ props: { internal: unknown } }, { props: { connectionLogs: unknown } }],
  },
  {
    rule: "lb-deletion-protection",
    accepts: [{ ...inProd, props: { enableDeletionProtection: true } }, inDev],
    refuses: [
      { ...inProd, props: { enableDeletionProtection: false } },
      inProd,
      { ...inProd, type: "aws:alb/loadBalancer:LoadBalancer" },
    ],
    unknown: [somewhere, { ...inProd, props: { enableDeletionProtection: unknown } }],
  },
  {
    rule: "lb-multi-az",
    accepts: [
      network({ subnets: ["subnet-1", "subnet-2"] }),
      network({ subnets: [unknown, unknown] }),
      network({ subnetMappings: [{ subnetId: unknown }, { subnetId: "subnet-2" }] }),
      { props: { subnets: ["subnet-1"] } },
    ],
    refuses: [
      network({ subnets: ["subnet-1"] }),
      network({ subnets: ["subnet-1", "subnet-1"] }),
      network({
        subnetMappings: [{ subnetId: "subnet-1", allocationId: "eipalloc-1" }, { subnetId: "subnet-1" }],
      }),
      { props: { loadBalancerType: "gateway" } },
    ],
    unknown: [network({ subnets: unknown }), { props: { loadBalancerType: unknown } }],
  },
  {
    rule: "lb-nlb-cross-zone",
    accepts: [
      network({ enableCrossZoneLoadBalancing: true }),
      {},
      { props: { loadBalancerType: "gateway" } },
    ],
    refuses: [network({ enableCrossZoneLoadBalancing: false }), network({})],
    unknown: [network({ enableCrossZoneLoadBalancing: unknown })],
  },
  {
    rule: "lb-no-classic",
    accepts: [{ type: "aws:lb/loadBalancer:LoadBalancer" }],
    refuses: [{ type: "aws:elb/loadBalancer:LoadBalancer" }],
  },
] satisfies Cases[];
