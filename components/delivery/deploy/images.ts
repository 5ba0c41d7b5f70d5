import { baseImages } from "../../compute/approved-bases";
import type { Statement } from "../../identity/policy-document";
import { type DeployRole, type PushedImages, placeOf, pulling, pushing } from "./place";

/**
 * Images of products, where they are pushed first, and what builds begin with. A tag is never pushed twice, and what comes
 * from elsewhere is not pushed here.
 */
export const images = (role: DeployRole, { products, approvedBases = [] }: PushedImages): Statement[] => {
  const { here } = placeOf(role);
  return [
    { Sid: "Login", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "Push",
      Effect: "Allow",
      Action: [...pushing, ...pulling],
      Resource: products.map(product => here("ecr", `repository/${product}/*`)),
    },
    ...(approvedBases.length === 0 ? [] : [baseImages(role.at, approvedBases)]),
  ];
};
