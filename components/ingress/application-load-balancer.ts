import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accessLogPrefixes } from "../logs/access-log-bucket";
import type { AlarmTopics } from "../observability/severity";
import { shortName } from "../short-name";
import { type Callers, letIn, requirePort, tlsPolicy } from "./callers";
import { Certificate, type OtherZone } from "./certificate";

/** What every load balancer for HTTP is told, whoever calls it. */
export interface BalancerArgs {
  readonly vpcId: pulumi.Input<string>;
  /** One subnet a zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** What it is called; all are in its certificate. */
  readonly domainNames: readonly [string, ...string[]];
  /** Where the names are proven. */
  readonly publicZoneId: pulumi.Input<string>;
  /** Zones of names that do not lie in that one: proven there, and resolved by whoever makes those names. */
  readonly otherZones?: readonly OtherZone[];
  /** A certificate for names that are proven and resolved elsewhere. */
  readonly alsoCertificateArn?: pulumi.Input<string>;
  /** The `AccessLogBucket` of its account and region. */
  readonly logs: { readonly bucketName: string };
  readonly deletionProtection: boolean;
  /** Topics of its region, which hear when the certificate is not renewed; absent: nobody does. */
  readonly expiryTopics?: AlarmTopics;
  /** A second HTTPS listener, by which new tasks are tried before callers get to them; default: none. */
  readonly testListener?: TestListener;
}

/** Where the listener for tests listens, if nothing else is said. */
export const usualTestPort = 8_443;

export interface TestListener {
  /** Who may try; nobody else reaches the port. */
  readonly callers: Callers;
  /** 1 to 65535, and neither 80 nor 443; default: 8443. */
  readonly port?: number;
}

export interface ApplicationLoadBalancerArgs extends BalancerArgs {
  readonly internal: boolean;
  readonly callers: Callers;
  /** Whether callers may ask for a redirect on port 80; default: true. */
  readonly redirect?: boolean;
  /** Whether it has IPv6 addresses too; default: false. */
  readonly dualStack?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * An Application Load Balancer: HTTPS only, HTTP is redirected for good; a request that no service's rule matches
 * gets 404. Only the named callers get in, and it may call no one until a service lets it (see Service).
 * Malformed headers are dropped, ambiguous requests are not passed on, requests and connections are logged, and the
 * caller's address is added to X-Forwarded-For, so that its last entry is true. It spreads requests over all zones,
 * as Application Load Balancers always do. `InternalLoadBalancer` and `PublicLoadBalancer` are the ones to use.
 *
 * Refused: no caller, a test listener on a port that is none or is taken, and a name twice.
 *
 * Sources: FSBP controls ELB.1, ELB.4, ELB.5, ELB.6, ELB.12, ELB.13, ELB.17; Elastic Load Balancing user guide,
 * "HTTP headers and Application Load Balancers"; ECS developer guide, "Required resources for Amazon ECS blue/green
 * deployments", for the second listener.
 */
export class ApplicationLoadBalancer extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  /** The zone that Elastic Load Balancing keeps that name in. */
  readonly zoneId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly testListenerArn: pulumi.Output<string> | undefined;
  readonly securityGroupId: pulumi.Output<string>;
  /** What metrics call it: `app/orders/1234567890abcdef`. */
  readonly fullName: pulumi.Output<string>;

  constructor(name: string, args: ApplicationLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:ingress:ApplicationLoadBalancer", name, {}, opts);
    const here = { parent: this };
    const { callers, redirect = true, testListener, dualStack = false, tags = {} } = args;
    const [domainName] = args.domainNames;
    const testPort = testListener?.port ?? usualTestPort;
    requirePort("testListener.port", testPort);
    if (testPort === 80 || testPort === 443)
      throw new Error(`testListener.port is ${testPort}, which callers use; take another, for example 8443`);

    const group = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId: args.vpcId,
        description: `Load balancer of ${domainName}`,
        tags: { Name: name, ...tags },
      },
      here,
    );
    const into = { securityGroupId: group.id, callers };
    letIn(name, { ...into, port: 443, what: "HTTPS" }, here);
    if (redirect) letIn(name, { ...into, port: 80, what: "HTTP to redirect", suffix: "-http" }, here);
    if (testListener !== undefined)
      letIn(
        name,
        {
          securityGroupId: group.id,
          callers: testListener.callers,
          port: testPort,
          what: "Tests",
          suffix: "-test",
        },
        here,
      );

    const logs = (prefix: string) => ({ bucket: args.logs.bucketName, prefix, enabled: true });
    const balancer = new aws.lb.LoadBalancer(
      shortName(name, 24),
      {
        loadBalancerType: "application",
        internal: args.internal,
        ipAddressType: dualStack ? "dualstack" : "ipv4",
        subnets: args.subnetIds,
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        xffHeaderProcessingMode: "append",
        enableDeletionProtection: args.deletionProtection,
        accessLogs: logs(accessLogPrefixes.access),
        connectionLogs: logs(accessLogPrefixes.connections),
        idleTimeout: 60,
        tags: { ...tags },
      },
      here,
    );
    const certificate = new Certificate(
      name,
      {
        domainNames: args.domainNames,
        publicZoneId: args.publicZoneId,
        ...(args.otherZones === undefined ? {} : { otherZones: args.otherZones }),
        expiryTopics: args.expiryTopics,
      },
      here,
    );
    const listen = (what: string, port: number) => {
      const { arn } = new aws.lb.Listener(
        `${name}-${what}`,
        {
          loadBalancerArn: balancer.arn,
          port,
          protocol: "HTTPS",
          sslPolicy: tlsPolicy,
          certificateArn: certificate.arn,
          defaultActions: [nobody],
        },
        here,
      );
      if (args.alsoCertificateArn !== undefined)
        new aws.lb.ListenerCertificate(
          what === "https" ? name : `${name}-${what}`,
          { listenerArn: arn, certificateArn: args.alsoCertificateArn },
          here,
        );
      return arn;
    };
    new aws.lb.Listener(
      `${name}-http`,
      { loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP", defaultActions: [toHttps] },
      here,
    );

    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.listenerArn = listen("https", 443);
    this.testListenerArn = testListener === undefined ? undefined : listen("test", testPort);
    this.securityGroupId = group.id;
    this.fullName = balancer.arnSuffix;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName, listenerArn: this.listenerArn });
  }
}

const nobody = {
  type: "fixed-response",
  fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "No service answers here." },
};

const toHttps = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};
