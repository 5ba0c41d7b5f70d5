/** An account that is older than a service's delegation: the service takes in only new ones itself. */
export interface Member {
  /** Twelve digits. */
  readonly accountId: string;
  /** The account's own address, as AWS Organizations has it. */
  readonly email: string;
}
