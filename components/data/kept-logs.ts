import type * as pulumi from "@pulumi/pulumi";

/** Where what is kept for a product writes its logs. */
export interface KeptLogs {
  /**
   * What the names of its log groups begin with, for example `/landing-zone/orders/sessions`; without a slash at its end.
   */
  readonly groupPrefix: string;
  /** The key must admit CloudWatch Logs for log groups below `groupPrefix`. */
  readonly keyArn: pulumi.Input<string>;
  /** One of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
}
