import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { arn, type Location } from "../location";
import { Alarm } from "../observability/alarm";
import type { AlarmTopics } from "../observability/severity";
import type { FirewallChoices } from "./firewall-rules";
import { GraphqlDomain } from "./graphql-domain";
import { GraphqlResolvers } from "./graphql-resolvers";
import { checkGraphql, type GraphqlResolver, type GraphqlSource } from "./graphql-sources";
import { WebFirewall } from "./web-firewall";

/** Who may ask. */
export type GraphqlCallers =
  | {
      readonly kind: "users";
      readonly userPoolId: pulumi.Input<string>;
      /** Clients of the pool whose tokens are taken, and no others. */
      readonly clientIds: pulumi.Input<readonly pulumi.Input<string>[]>;
      /**
       * What a user may whom no directive in the schema allows or denies a field: `ALLOW`, the default, or
       * `DENY`.
       */
      readonly unlessSaid?: "ALLOW" | "DENY";
    }
  /** Roles whose policies allow `appsync:GraphQL`. */
  | { readonly kind: "iam" };

export interface GraphqlApiArgs {
  readonly at: Location;
  /**
   * Its name in AWS, its firewall's, and the beginning of its roles'; unique in the account, at most 40
   * characters.
   */
  readonly apiName: string;
  /** The schema, in GraphQL's schema definition language. */
  readonly schema: string;
  readonly callers: GraphqlCallers;
  /** By short names: letters, digits and `_`. */
  readonly sources: Readonly<Record<string, GraphqlSource>>;
  /** By type and field, such as `Query.order`. */
  readonly resolvers: Readonly<Record<string, GraphqlResolver>>;
  /** Callers may ask for the schema: for development, not for production. */
  readonly introspection: boolean;
  /** Levels that a query may have, 1 to 75; default 10. A deep one makes a few words ask for all there is. */
  readonly queryDepth?: number;
  /** Resolvers that one query may call, 1 to 10,000; default 100. */
  readonly resolverCount?: number;
  readonly domain?: {
    readonly name: string;
    readonly publicZoneId: pulumi.Input<string>;
    readonly zoneOwner?: aws.Provider;
    /** Topics of us-east-1, which hear when the certificate is not renewed; absent: nobody does. */
    readonly expiryTopics?: AlarmTopics;
  };
  readonly firewall: FirewallChoices;
  /**
   * Key of the logs: it must let CloudWatch Logs use it for `graphqlLogGroups` and
   * `firewallLogGroup(apiName)`.
   */
  readonly keyArn: pulumi.Input<string>;
  readonly logRetentionDays: number;
  readonly alarmTopics: AlarmTopics;
}

/** Where AppSync logs, below the id of an API. Source: AWS AppSync developer guide, "CloudWatch logging". */
export const graphqlLogGroups = "/aws/appsync/apis/*";

/** The role that AppSync writes an API's logs with. */
export const graphqlLogRole = (apiName: string): string => `${apiName}-graphql-logs`;

/**
 * A GraphQL API of AppSync with a web application firewall, called by the users of a pool or by roles. Its
 * schema can not be asked for unless that is said, and neither very deep nor very wide queries are answered.
 * Errors of fields are logged without what was asked; requests are traced. Answers are not cached.
 *
 * Refused: a schema without queries, a source or field that is not called as GraphQL's are, a resolver of no
 * source, a limit out of bounds, a name that is too long for its roles.
 * Sources: AWS AppSync developer guide, "Configuring authorization and authentication", "Using AWS WAF to
 * protect your APIs", "Monitoring and logging"; FSBP controls AppSync.2, AppSync.5.
 */
export class GraphqlApi extends pulumi.ComponentResource {
  readonly apiId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string | undefined>;

  constructor(name: string, args: GraphqlApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:GraphqlApi", name, {}, opts);
    const { at, apiName, queryDepth = 10, resolverCount = 100 } = args;
    checkGraphql(name, { ...args, queryDepth });
    if (!/^[\w-]{1,40}$/.test(apiName))
      throw new Error(
        `the GraphQL API ${name}: apiName is "${apiName}"; 1 to 40 letters, digits, - and _ would be right`,
      );
    if (!Number.isInteger(resolverCount) || resolverCount < 1 || resolverCount > 10_000)
      throw new Error(
        `the GraphQL API ${name}: resolverCount is ${resolverCount}; 1 to 10000 would be right`,
      );
    const here = { parent: this };

    const role = this.logRole(name, args);
    const api = new aws.appsync.GraphQLApi(
      name,
      {
        name: apiName,
        schema: args.schema,
        ...authentication(args),
        introspectionConfig: args.introspection ? "ENABLED" : "DISABLED",
        queryDepthLimit: queryDepth,
        resolverCountLimit: resolverCount,
        xrayEnabled: true,
        logConfig: {
          cloudwatchLogsRoleArn: role.arn,
          fieldLogLevel: "ERROR",
          excludeVerboseContent: true,
        },
      },
      here,
    );
    new aws.cloudwatch.LogGroup(
      name,
      {
        name: pulumi.interpolate`${graphqlLogGroups.replace("*", "")}${api.id}`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.keyArn,
      },
      here,
    );
    new WebFirewall(
      name,
      {
        ...args.firewall,
        firewallName: apiName,
        scope: "REGIONAL",
        at,
        protects: { api: api.arn },
        keyArn: args.keyArn,
        logRetentionDays: args.logRetentionDays,
      },
      here,
    );
    const { sources, resolvers } = args;
    new GraphqlResolvers(name, { at, apiName, apiId: api.id, sources, resolvers }, here);
    if (args.domain !== undefined) new GraphqlDomain(name, { ...args.domain, apiId: api.id }, here);
    new Alarm(
      `${name}-errors`,
      {
        description: `The GraphQL API ${apiName} fails. See the log group of its id below ${graphqlLogGroups}: a source does not answer, or its role may not use it.`,
        namespace: "AWS/AppSync",
        metricName: "5XXError",
        dimensions: { GraphQLAPIId: api.id },
        statistic: "Sum",
        // One or two errors are a caller's retry; ten in each of three periods of five minutes are an outage.
        above: 10,
        period: 300,
        periods: 3,
        severity: "critical",
        topics: args.alarmTopics,
      },
      here,
    );
    this.apiId = api.id;
    this.arn = api.arn;
    this.url =
      args.domain === undefined
        ? api.uris.apply(uris => uris?.["GRAPHQL"])
        : pulumi.output(`https://${args.domain.name}/graphql`);
    this.registerOutputs({ apiId: this.apiId, arn: this.arn });
  }

  private logRole(name: string, { at, apiName }: GraphqlApiArgs): aws.iam.Role {
    const here = { parent: this };
    const role = new aws.iam.Role(
      `${name}-logs`,
      {
        ...productRole(at.accountId),
        name: graphqlLogRole(apiName),
        assumeRolePolicy: trustService("appsync.amazonaws.com", at.accountId),
      },
      here,
    );
    // The group is called as the API's id, which nobody knows yet. It is made below, so that AppSync need
    // not.
    const groups = arn("logs", at, `log-group:${graphqlLogGroups}`);
    new aws.iam.RolePolicy(
      `${name}-logs`,
      {
        role: role.name,
        policy: policyDocument([
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: [groups, `${groups}:log-stream:*`],
          },
        ]),
      },
      here,
    );
    return role;
  }
}

function authentication({ callers, at }: GraphqlApiArgs) {
  if (callers.kind === "iam") return { authenticationType: "AWS_IAM" };
  return {
    authenticationType: "AMAZON_COGNITO_USER_POOLS",
    userPoolConfig: {
      userPoolId: callers.userPoolId,
      awsRegion: at.region,
      defaultAction: callers.unlessSaid ?? "ALLOW",
      appIdClientRegex: pulumi.output(callers.clientIds).apply(ids => `^(${(ids ?? []).join("|")})$`),
    },
  };
}
