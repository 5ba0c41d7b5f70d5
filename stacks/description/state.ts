/** Where the Pulumi engine keeps what it knows of each stack. */

/** A bucket of the management account's, encrypted with a key of its own; `lz bootstrap` makes both. */
export interface S3State {
  readonly kind: "s3";
}

/** Pulumi Cloud keeps the state, the history and the locks, and encrypts what is secret. */
export interface PulumiCloudState {
  readonly kind: "pulumiCloud";
  /** The organization in Pulumi Cloud that the stacks belong to. */
  readonly organization: string;
}

export type State = S3State | PulumiCloudState;

/** State in the management account: what a description that says nothing has. */
export const s3State = (): S3State => ({ kind: "s3" });

/** @param organization for example `example`, as it is in `https://app.pulumi.com/example`. */
export const pulumiCloud = (organization: string): PulumiCloudState => ({
  kind: "pulumiCloud",
  organization,
});
