/** What gives a secret away that is written down as a plain setting: what it is called, or how it looks. */

const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|_KEY$|_KEY_/i;
/** Where a secret is kept, or how long it lives, is none. */
const namesSecret = /_(ARN|NAME|URL|TTL|SECONDS)$/i;

export function isSecretName(name: string): boolean {
  return secretName.test(name) && !namesSecret.test(name);
}

const looks: Readonly<Record<string, RegExp>> = {
  "an access key": /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "a token of GitHub's or GitLab's": /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,}|glpat-[\w-]{20,})/,
  "a URL with a password": /:\/\/[^\s/:@]+:[^\s/:@${}<>]+@/,
};

/** What kind of secret a text shows. */
export function secretIn(text: string): string | undefined {
  return Object.keys(looks).find(kind => looks[kind]?.test(text));
}

/** What is wrong with a plain setting, in words. */
export function plainSecret(name: string, value: () => string | undefined): string | undefined {
  if (isSecretName(name)) return `${name} looks like a secret`;
  const kind = secretIn(value() ?? "");
  return kind && `${name || "a setting"} shows ${kind}`;
}
