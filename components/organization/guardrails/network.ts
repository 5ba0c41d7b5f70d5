import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/** A default VPC is public and nobody's. Source: Amazon VPC user guide, "Default VPCs". */
export const noDefaultVpc = (): Guardrail =>
  serviceControl({
    Sid: "NoDefaultVpc",
    Effect: "Deny",
    Action: ["ec2:CreateDefaultSubnet", "ec2:CreateDefaultVpc"],
    Resource: "*",
  });

/** The ways in and out are the baseline's to make. Source: AWS Organizations user guide, "Example SCPs for VPC". */
export const noInternetGateway = (settings: GuardrailSettings): Guardrail =>
  serviceControl({
    Sid: "NoInternetGateway",
    Effect: "Deny",
    Action: [
      "ec2:AcceptVpcPeeringConnection",
      "ec2:AttachInternetGateway",
      "ec2:AttachVpnGateway",
      "ec2:CreateEgressOnlyInternetGateway",
      "ec2:CreateInternetGateway",
      "ec2:CreateVpcPeeringConnection",
      "ec2:CreateVpnConnection",
      "globalaccelerator:CreateAccelerator",
      "globalaccelerator:CreateCustomRoutingAccelerator",
    ],
    Resource: "*",
    Condition: butThePlatform(settings),
  });

/** Source: AWS RAM user guide, "Example SCPs for AWS Resource Access Manager". */
export const noShareOutside = (): Guardrail =>
  serviceControl(
    {
      Sid: "NoShareOutside",
      Effect: "Deny",
      Action: ["ram:CreateResourceShare", "ram:UpdateResourceShare"],
      Resource: "*",
      Condition: { Bool: { "ram:RequestedAllowsExternalPrincipals": "true" } },
    },
    {
      Sid: "NobodyFromOutsideInShares",
      Effect: "Deny",
      Action: "ram:AssociateResourceShare",
      Resource: "*",
      Condition: { Bool: { "ram:AllowsExternalPrincipals": "true" } },
    },
  );
