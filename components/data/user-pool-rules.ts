import { isReason } from "../reason";
import type { UserPoolArgs } from "./user-pool";

/** Source: Amazon Cognito API reference, "PasswordPolicyType"; shorter than 12 is not long enough. */
export const passwordLengths = { shortest: 12, longest: 99 } as const;

const standardScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

/** Refuses what Cognito would refuse, or what nobody can have meant. */
export function checkUserPool(args: UserPoolArgs): void {
  const refuse = (what: string) => {
    throw new Error(`the user pool ${args.userPoolName}: ${what}`);
  };
  // Narrower than Cognito: the names of parameters begin with it. Source: Systems Manager API reference,
  // "PutParameter".
  if (!/^[\w.-]{1,128}$/.test(args.userPoolName))
    refuse(`userPoolName is "${args.userPoolName}"; 1 to 128 letters, digits and -_. would be right`);
  const { shortest, longest } = passwordLengths;
  const length = args.passwordLength ?? shortest;
  if (!Number.isInteger(length) || length < shortest || length > longest)
    refuse(`passwordLength is ${length}; ${shortest} to ${longest} would be right`);
  if (args.threats !== undefined && args.plan !== "PLUS")
    refuse(`threats is "${args.threats}", but the plan is ${args.plan ?? "ESSENTIALS"}; PLUS would be right`);
  if (args.selfSignUp !== undefined && !isReason(args.selfSignUp))
    refuse(`selfSignUp is "${args.selfSignUp}"; why anybody may make an account, in 20 characters or more`);
  // Source: Amazon Cognito API reference, "CreateUserPoolDomain".
  if (args.pages !== undefined && "prefix" in args.pages) {
    const { prefix } = args.pages;
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix) || /aws|amazon|cognito/.test(prefix))
      refuse(`pages.prefix is "${prefix}"; small letters, digits and -, without aws, amazon and cognito`);
  }
  const scopes = [
    ...standardScopes,
    ...Object.entries(args.apis ?? {}).flatMap(([api, scopes]) =>
      Object.keys(scopes).map(scope => `${api}/${scope}`),
    ),
  ];
  for (const [client, { callbackUrls, scopes: asked = [] }] of Object.entries(args.clients)) {
    if (!/^[a-z][a-z0-9-]*$/.test(client))
      refuse(`clients has "${client}"; small letters, digits and -, a letter first, would be right`);
    if (callbackUrls !== undefined && args.pages === undefined)
      refuse(`clients.${client}.callbackUrls needs pages, where its users sign in`);
    for (const scope of asked)
      if (!scopes.includes(scope))
        refuse(`clients.${client}.scopes has "${scope}", which is none; ${scopes.join(", ")} are`);
  }
}
