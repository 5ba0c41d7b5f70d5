/** The words for who hears of alarms. */

export const severities = ["critical", "warning"] as const;

/**
 * Who hears of alarms, by what they ask. `critical`: somebody acts now, at night too; `warning`: somebody looks at it on
 * the next working day. What a product does not say holds for it as the organization says it, and what that does not
 * say goes to the contact for operations, by e-mail.
 */
export interface Alerts {
  readonly critical?: Hearers & {
    /**
     * What wakes people: the HTTPS address that PagerDuty, Opsgenie and the like give for Amazon SNS. Only prod and what
     * environments share wake anybody: in dev and int the others hear of it, or the contact for operations. Who knows
     * the address can wake people too, and can do nothing else.
     */
    readonly pager?: string;
  };
  readonly warning?: Hearers;
}

export interface Hearers {
  /** E-mail addresses; each confirms the subscription once. */
  readonly mail?: readonly string[];
  readonly slack?: SlackChannel;
}

/** The workspace is authorized once by hand, in the console of each account that has topics. */
export interface SlackChannel {
  /** For example `T07EA123LEP`. */
  readonly teamId: string;
  /** For example `C07EZ1ABC23`. */
  readonly channelId: string;
}
