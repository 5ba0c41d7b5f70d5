/** Both AWS Budgets, a notification, and Cost Anomaly Detection, a subscription, take as many. */
const mostAddresses = 10;

/**
 * Refuses a list of e-mail addresses that AWS would refuse: empty, too long, or with one of them twice.
 *
 * Sources: AWS Billing and Cost Management API reference, "NotificationWithSubscribers"; AWS Cost Anomaly Detection
 * FAQs ("up to 10 email recipients").
 *
 * @throws {Error}
 */
export function checkRecipients(addresses: readonly string[]): void {
  if (addresses.length === 0) throw new Error("notify is empty: nobody would learn of it");
  if (addresses.length > mostAddresses)
    throw new Error(
      `notify has ${addresses.length} addresses; AWS takes ${mostAddresses}: use a mailing list`,
    );
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined) throw new Error(`notify has ${twice} twice`);
}

/** @throws {Error} unless it is an amount that something can cost. */
export function checkAmount(what: string, usd: number): void {
  if (!Number.isFinite(usd) || usd <= 0) throw new Error(`${what} is ${usd}; it must be above 0 USD`);
}
