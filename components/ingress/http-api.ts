import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { Alarm } from "../observability/alarm";
import { LogGroup } from "../observability/log-group";
import type { AlarmTopics } from "../observability/severity";
import { isReason } from "../reason";
import { HttpApiDomain, type MutualTls } from "./http-api-domain";
import { HttpApiLink, type LinkedLoadBalancer } from "./http-api-link";
import { type CrossOrigin, checkRoutes, type HttpRoute, type Throttling, whyOpen } from "./http-routes";

export interface HttpApiArgs {
  readonly at: Location;
  /** Its name in AWS; at most 128 characters. */
  readonly apiName: string;
  /** The one name that it answers by. */
  readonly domainName: string;
  /** The public hosted zone of the name. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Acts in the zone's account, where that is another. */
  readonly zoneOwner?: aws.Provider;
  readonly vpcId: pulumi.Input<string>;
  /** Where it enters the VPC: one subnet a zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Behind it, in the same account. */
  readonly loadBalancer: LinkedLoadBalancer;
  /** Whose tokens are taken: of a UserPool its `issuer`, and of its clients the `clientIds`. */
  readonly tokens: {
    readonly issuer: pulumi.Input<string>;
    readonly audiences: pulumi.Input<pulumi.Input<string>[]>;
  };
  /** By method and path, such as `GET /orders/{id}` or `ANY /{proxy+}`. What no route takes gets 404. */
  readonly routes: Readonly<Record<string, HttpRoute>>;
  readonly throttling: Throttling;
  /**
   * Only callers with a certificate: a ContentDelivery's CloudFront, whose firewall nobody gets past then, or
   * partners.
   */
  readonly mutualTls?: MutualTls;
  /**
   * Why it does without, in 20 characters or more: no firewall looks at what it is asked then. Kept as a tag.
   */
  readonly allowPublic?: string;
  readonly crossOrigin?: CrossOrigin;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** The logs' key. */
  readonly keyArn: pulumi.Input<string>;
  readonly alarmTopics: AlarmTopics;
}

/**
 * Who asked what and how it went; no token and no header. Source: API Gateway developer guide, "Customize
 * HTTP API access logs".
 */
const logged = {
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  time: "$context.requestTime",
  method: "$context.httpMethod",
  path: "$context.path",
  route: "$context.routeKey",
  protocol: "$context.protocol",
  userAgent: "$context.identity.userAgent",
  status: "$context.status",
  length: "$context.responseLength",
  latency: "$context.responseLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  subject: "$context.authorizer.claims.sub",
  client: "$context.authorizer.claims.client_id",
  certificate: "$context.identity.clientCert.subjectDN",
  error: "$context.error.responseType",
};

/**
 * An HTTP API of API Gateway before an internal load balancer: it checks callers' tokens, how often they call
 * and what, and speaks TLS with the load balancer, through a VPC link, as with the name in its certificate.
 * It answers by its own name only; the address that AWS gives it is off.
 *
 * AWS WAF can not be attached to an HTTP API, and one can not be put inside a VPC. So that there is a
 * firewall by default, it takes callers with a client certificate only: let a ContentDelivery be the one that
 * has it (an origin of kind `public` with `clientCertificateArn`), and give the public that one's name.
 * Without, `allowPublic` says why tokens and throttling are enough.
 *
 * Refused: neither `mutualTls` nor `allowPublic`, or both; a route that is none; an open route without a
 * reason or with scopes; other sites that are not named.
 * Sources: API Gateway developer guide, "Choose between REST APIs and HTTP APIs", "Create private
 * integrations for HTTP APIs", "Control access to HTTP APIs with JWT authorizers", "Throttle requests to your
 * HTTP APIs"; AWS WAF developer guide, "Resources that you can protect with AWS WAF"; FSBP controls
 * APIGateway.8, APIGateway.9.
 */
export class HttpApi extends pulumi.ComponentResource {
  readonly apiId: pulumi.Output<string>;
  readonly domainName: string;
  /** The link's, from which it calls the load balancer. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: HttpApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:HttpApi", name, {}, opts);
    checkEntry(name, args);
    const { mutualTls, allowPublic, crossOrigin } = args;
    checkRoutes(name, args.routes, args.throttling, crossOrigin);
    const here = { parent: this };
    const reasons = {
      ...(allowPublic !== undefined && { "allow-public": allowPublic }),
      ...whyOpen(args.routes),
    };

    const api = new aws.apigatewayv2.Api(
      name,
      {
        name: args.apiName,
        protocolType: "HTTP",
        disableExecuteApiEndpoint: true,
        ipAddressType: "dualstack",
        ...(crossOrigin === undefined
          ? {}
          : {
              corsConfiguration: {
                allowOrigins: [...crossOrigin.origins],
                allowMethods: [...crossOrigin.methods],
                allowHeaders: [...(crossOrigin.headers ?? [])],
                allowCredentials: crossOrigin.credentials ?? false,
                maxAge: crossOrigin.maxAge ?? 300,
              },
            }),
        ...(Object.keys(reasons).length === 0 ? {} : { tags: reasons }),
      },
      here,
    );
    const link = new HttpApiLink(
      name,
      { apiId: api.id, vpcId: args.vpcId, subnetIds: args.subnetIds, loadBalancer: args.loadBalancer },
      here,
    );
    this.routes(name, api.id, link.integrationId, args);

    const logs = new LogGroup(
      name,
      { name: args.logGroupName, retentionDays: args.logRetentionDays, keyArn: args.keyArn, at: args.at },
      here,
    );
    const stage = new aws.apigatewayv2.Stage(
      name,
      {
        apiId: api.id,
        name: "$default",
        autoDeploy: true,
        accessLogSettings: { destinationArn: logs.arn, format: JSON.stringify(logged) },
        defaultRouteSettings: {
          detailedMetricsEnabled: true,
          throttlingBurstLimit: args.throttling.burst,
          throttlingRateLimit: args.throttling.rate,
        },
        routeSettings: Object.entries(args.routes)
          .filter(([, { rate, burst }]) => rate !== undefined || burst !== undefined)
          .map(([routeKey, { rate, burst }]) => ({
            routeKey,
            detailedMetricsEnabled: true,
            throttlingRateLimit: rate ?? args.throttling.rate,
            throttlingBurstLimit: burst ?? args.throttling.burst,
          })),
      },
      // The group's name is known before the group is there.
      { ...here, dependsOn: [logs] },
    );
    new HttpApiDomain(
      name,
      {
        domainName: args.domainName,
        publicZoneId: args.publicZoneId,
        ...(args.zoneOwner === undefined ? {} : { zoneOwner: args.zoneOwner }),
        ...(mutualTls === undefined ? {} : { mutualTls }),
        apiId: api.id,
        stage: stage.name,
        expiryTopics: args.alarmTopics,
      },
      here,
    );
    new Alarm(
      `${name}-errors`,
      {
        description: `${args.domainName} answers with 5xx. See integrationError in ${args.logGroupName}: the load balancer or its targets do not answer, or their certificate is not for ${args.loadBalancer.serverName}.`,
        namespace: "AWS/ApiGateway",
        metricName: "5xx",
        dimensions: { ApiId: api.id },
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
    this.domainName = args.domainName;
    this.securityGroupId = link.securityGroupId;
    this.registerOutputs({ apiId: this.apiId });
  }

  private routes(
    name: string,
    apiId: pulumi.Output<string>,
    integrationId: pulumi.Output<string>,
    { routes, tokens }: HttpApiArgs,
  ): void {
    const here = { parent: this };
    const authorizer = new aws.apigatewayv2.Authorizer(
      name,
      {
        apiId,
        authorizerType: "JWT",
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: { issuer: tokens.issuer, audiences: tokens.audiences },
      },
      here,
    );
    for (const [routeKey, { open, scopes }] of Object.entries(routes))
      new aws.apigatewayv2.Route(
        `${name}-${routeKey}`,
        {
          apiId,
          routeKey,
          target: pulumi.interpolate`integrations/${integrationId}`,
          ...(open === undefined
            ? {
                authorizationType: "JWT",
                authorizerId: authorizer.id,
                ...(scopes === undefined ? {} : { authorizationScopes: [...scopes] }),
              }
            : { authorizationType: "NONE" }),
        },
        here,
      );
  }
}

function checkEntry(name: string, { mutualTls, allowPublic }: HttpApiArgs): void {
  const refuse = (what: string) => {
    throw new Error(`the HTTP API ${name}: ${what}`);
  };
  if (mutualTls === undefined && allowPublic === undefined)
    refuse(
      "neither mutualTls nor allowPublic; it can have no firewall of its own, so one of them must be said",
    );
  if (mutualTls !== undefined && allowPublic !== undefined)
    refuse(
      "both mutualTls and allowPublic; who has no certificate does not get in, so one of them would be right",
    );
  if (allowPublic !== undefined && !isReason(allowPublic))
    refuse(`allowPublic is "${allowPublic}"; why it needs no firewall, in 20 characters or more`);
}
