import { iamArn } from "../location";

/**
 * The roles that products bring have a path of their own and carry a boundary, which the deploy role can not take off:
 * that is how a pipeline may make roles and still can not make itself a stronger one.
 *
 * Source: IAM user guide, "Permissions boundaries for IAM entities", "Delegating responsibility to others".
 */
export const productRolePath = "/product/";

/** The policy that delivery puts into every workload account; see product-boundary.ts. */
export const productBoundaryName = "landing-zone-product-boundary";

/** What every role of a product is made with. */
export const productRole = (accountId: string) => ({
  path: productRolePath,
  permissionsBoundary: iamArn(accountId, `policy/${productBoundaryName}`),
});

export const productRoleArn = (accountId: string, name: string): string =>
  iamArn(accountId, `role${productRolePath}${name}`);
