/** Where resources live. Known before anything is created, so that whatever is named by it is known in a plan. */
export interface Location {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** The ARN of a resource in an account and region, for example `arn("ecs", at, "cluster/orders")`. */
export const arn = (service: string, { region, accountId }: Location, resource: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;

/** The ARN of a resource of IAM, which has no region. */
export const iamArn = (accountId: string, resource: string): string =>
  `arn:aws:iam::${accountId}:${resource}`;
