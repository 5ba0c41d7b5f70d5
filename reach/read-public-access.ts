/**
 * VPC Block Public Access: an account's own wall before the internet gateways of a region.
 *
 * Source: Amazon VPC user guide, "Block public access to VPCs and subnets".
 */
import type { PublicAccess } from "./model";
import { type Index, known, type Resource } from "./resource";

const options = "ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
const exclusions = "ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";

/** Of a subnet, by what is said for its account and region, and excluded for itself or its VPC. */
export function publicAccessOf(plan: Index, subnet: Resource, vpc: Resource | undefined): PublicAccess {
  const said = plan
    .all(options)
    .find(({ account, region }) => account === vpc?.account && (region ?? null) === (vpc?.region ?? null));
  const mode = known(said?.inputs["internetGatewayBlockMode"]) ?? "off";
  if (mode !== "block-bidirectional" && mode !== "block-ingress") return "open";
  const excluded = plan
    .all(exclusions)
    .filter(({ inputs }) => inputs["subnetId"] === subnet.id || inputs["vpcId"] === vpc?.id)
    .map(({ inputs }) => inputs["internetGatewayExclusionMode"]);
  if (excluded.includes("allow-bidirectional")) return "open";
  if (excluded.includes("allow-egress")) return "outward";
  return mode === "block-ingress" ? "by-nat" : "none";
}
