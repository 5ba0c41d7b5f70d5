export const accountId = /^\d{12}$/;

/** The account that an ARN names: its fifth part. */
export function accountOfArn(arn: string): string | undefined {
  const account = arn.split(":")[4];
  return account && accountId.test(account) ? account : undefined;
}

/** Trust in a whole account: its number, or its root. */
export function isWholeAccount(principal: string): boolean {
  return accountId.test(principal) || /^arn:[^:]*:iam::\d{12}:root$/.test(principal);
}
