/** Reads VPC endpoints. */
import type { Reading } from "./read";
import { known, text, texts } from "./resource";
import { type Found, interfacesOf, plain } from "./standing";

export function endpoints(reading: Reading): readonly Found[] {
  const { plan } = reading;
  const joined = (type: string, endpoint: string | undefined, input: string) =>
    plan
      .all(type)
      .filter(({ inputs }) => inputs["vpcEndpointId"] === endpoint)
      .flatMap(({ inputs }) => known(inputs[input]) ?? []);
  return plan.all("ec2/vpcEndpoint:VpcEndpoint").flatMap((resource): readonly Found[] => {
    const { id, inputs } = resource;
    const called =
      /^com\.amazonaws\.(?!vpce\.)[a-z0-9-]+\.(.+)$/.exec(text(inputs["serviceName"]) ?? "")?.[1] ??
      resource.name;
    const type = inputs["vpcEndpointType"] ?? "Gateway";
    if (type === "Gateway")
      return [
        {
          ...plain,
          kind: "gateway-endpoint",
          resource,
          called,
          interfaces: [],
          tables: new Set([
            ...texts(inputs["routeTableIds"]),
            ...joined(
              "ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
              id,
              "routeTableId",
            ),
          ]),
          list: `pl-${id}`,
        },
      ];
    if (type !== "Interface") return [];
    const subnets = [
      ...texts(inputs["subnetIds"]),
      ...joined("ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", id, "subnetId"),
    ];
    const interfaces = interfacesOf(reading, resource, {
      subnets,
      groups: inputs["securityGroupIds"],
      public: false,
    });
    return [{ ...plain, kind: "endpoint", resource, called, interfaces }];
  });
}
