import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import { toldParameters } from "./told-parameters";
import { userPoolParameter } from "./user-pool-access";

/** An application that signs users in. */
export interface UserPoolClientChoices {
  /**
   * Where the pool's own pages send users back to: `https://...`, of a mobile application its own scheme,
   * `http` for localhost only. Absent: the application has pages of its own, and proves passwords without
   * sending them (SRP).
   */
  readonly callbackUrls?: readonly string[];
  readonly logoutUrls?: readonly string[];
  /**
   * What its tokens may be for, beside `openid`: of the standard ones or of the pool's `apis`, as
   * `<api>/<scope>`.
   */
  readonly scopes?: readonly string[];
  /** A server that can keep a secret; browsers and mobile applications can not. */
  readonly confidential?: boolean;
  /** Minutes that an access token and an ID token are good for: 5 to 1,440; default 60. */
  readonly tokenMinutes?: number;
  /** Hours after which a user signs in again: 1 to 87,600; default 24. */
  readonly sessionHours?: number;
}

export interface UserPoolClientArgs extends UserPoolClientChoices {
  readonly userPoolName: string;
  readonly userPoolId: pulumi.Input<string>;
  /** What it is called in the pool and in its parameters. */
  readonly clientName: string;
  /** The key of its secret. */
  readonly keyArn: pulumi.Input<string>;
  readonly alarmTopics: AlarmTopics;
  /** A refresh token is good once, which the plan LITE can not do; default true. */
  readonly rotates?: boolean;
  /** What must be there before it: the APIs whose scopes it asks for. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * A client of a user pool. Users are sent to the pool's pages and come back with a code, never with a token
 * in an address. Tokens can be revoked, each refresh token is good once, and whether somebody has an account
 * is told nobody. Its id is kept in a parameter, its secret, if it has one, in an encrypted one.
 *
 * Refused: an address that is not HTTPS; logout addresses without callbacks; a lifetime out of bounds.
 * Sources: Amazon Cognito developer guide, "Application-specific settings with app clients", "Refresh
 * tokens", "Managing user existence error responses"; Amazon Cognito API reference, "CreateUserPoolClient".
 */
export class UserPoolClient extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: UserPoolClientArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:UserPoolClient", name, {}, opts);
    checkClient(args);
    const here = { parent: this };
    const { callbackUrls, tokenMinutes = 60, sessionHours = 24 } = args;
    const client = new aws.cognito.UserPoolClient(
      name,
      {
        name: args.clientName,
        userPoolId: args.userPoolId,
        generateSecret: args.confidential ?? false,
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
        ...(args.rotates === false
          ? { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }
          : {
              // Said, because the default has REFRESH_TOKEN_AUTH, which can not be where refresh tokens are
              // exchanged.
              explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
              refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 30 },
            }),
        accessTokenValidity: tokenMinutes,
        idTokenValidity: tokenMinutes,
        refreshTokenValidity: sessionHours,
        tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
        ...(callbackUrls === undefined
          ? { allowedOauthFlowsUserPoolClient: false }
          : {
              allowedOauthFlowsUserPoolClient: true,
              allowedOauthFlows: ["code"],
              allowedOauthScopes: [...new Set(["openid", ...(args.scopes ?? [])])],
              supportedIdentityProviders: ["COGNITO"],
              callbackUrls: [...callbackUrls],
              logoutUrls: [...(args.logoutUrls ?? [])],
            }),
      },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    const parameter = (what: string) => userPoolParameter(args.userPoolName, `${args.clientName}-${what}`);
    toldParameters(this, name, { id: [parameter("client-id"), client.id] });
    if (args.confidential === true)
      new aws.ssm.Parameter(
        `${name}-secret`,
        {
          name: parameter("client-secret"),
          type: "SecureString",
          keyId: args.keyArn,
          value: pulumi.secret(client.clientSecret),
        },
        here,
      );
    new Alarm(
      `${name}-throttled`,
      {
        description: `Cognito turns away users of ${args.clientName} of ${args.userPoolName}: more sign in at once than the account's quota UserAuthentication lets. Is it an attack? If not, have the quota raised.`,
        namespace: "AWS/Cognito",
        metricName: "SignInThrottles",
        dimensions: { UserPool: args.userPoolId, UserPoolClient: client.id },
        statistic: "Sum",
        above: 0,
        period: 300,
        periods: 2,
        severity: "critical",
        topics: args.alarmTopics,
      },
      here,
    );
    this.clientId = client.id;
    this.registerOutputs({ clientId: this.clientId });
  }
}

/** An application's own scheme, for example `com.example.shop://signed-in`, opens nothing that HTTP does. */
const backTo =
  /^(https:\/\/[^\s/#]+|http:\/\/localhost(:\d+)?|(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^\s/#]*)(\/[^\s#]*)?$/;

function checkClient(args: UserPoolClientArgs): void {
  const refuse = (what: string) => {
    throw new Error(`the user pool ${args.userPoolName}: clients.${args.clientName}.${what}`);
  };
  const { callbackUrls, logoutUrls = [], tokenMinutes = 60, sessionHours = 24 } = args;
  if (callbackUrls?.length === 0) refuse("callbackUrls names none");
  for (const url of [...(callbackUrls ?? []), ...logoutUrls])
    if (!backTo.test(url)) refuse(`callbackUrls or logoutUrls has "${url}"; https://... would be right`);
  if (callbackUrls === undefined && (logoutUrls.length > 0 || args.scopes !== undefined))
    refuse("logoutUrls and scopes are for clients with callbackUrls");
  const bounds = (what: string, value: number, lowest: number, highest: number) => {
    if (!Number.isInteger(value) || value < lowest || value > highest)
      refuse(`${what} is ${value}; ${lowest} to ${highest} would be right`);
  };
  bounds("tokenMinutes", tokenMinutes, 5, 1_440);
  bounds("sessionHours", sessionHours, 1, 87_600);
  if (sessionHours * 60 < tokenMinutes)
    refuse(`sessionHours is ${sessionHours}, shorter than its tokens' ${tokenMinutes} minutes`);
}
