import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isReason } from "../reason";
import { shortName } from "../short-name";
import { requirePort } from "./callers";

/** Where a Network Load Balancer passes connections on to. */
export type NetworkTarget =
  | {
      /** It ends its callers' TLS, and speaks TLS with tasks: their certificate may be their own. */
      readonly kind: "tls";
      /** Which HTTP callers are offered; `None` where it is none at all. Default: `HTTP2Preferred`, as gRPC needs. */
      readonly alpn?: "HTTP1Only" | "HTTP2Only" | "HTTP2Optional" | "HTTP2Preferred" | "None";
      readonly tasks: Tasks;
    }
  | {
      /** It hands on what it does not understand: the service itself ends its callers' TLS. */
      readonly kind: "passthrough";
      /** Why, in 20 characters or more; kept as a tag. */
      readonly because: string;
      readonly tasks: Tasks;
    }
  | {
      readonly kind: "loadBalancer";
      /** An `InternalLoadBalancer`, of the same account and VPC. */
      readonly loadBalancer: {
        readonly arn: pulumi.Input<string>;
        readonly listenerArn: pulumi.Input<string>;
        readonly securityGroupId: pulumi.Input<string>;
      };
    };

export interface Tasks {
  /** 1 to 65535. */
  readonly port: number;
  /**
   * A path that is asked over HTTPS, with HTTP 1.1; or, of what does not speak that, such as a mere gRPC server, why
   * it must do that the port can be connected to, in 20 characters or more; kept as a tag.
   */
  readonly health: { readonly path: string } | { readonly connectBecause: string };
}

interface PassOnArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly loadBalancerArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly to: NetworkTarget;
}

/** Whoever is ill is left out after 20 seconds. A task that is told to stop finishes what it has in 30. */
const health = { interval: 10, timeout: 6, healthyThreshold: 2, unhealthyThreshold: 2 };

/** The target group, and why it and its listener speak TCP, if they do. */
export function passOn(name: string, args: PassOnArgs, opts: pulumi.CustomResourceOptions) {
  const { to, vpcId } = args;
  if (to.kind === "loadBalancer") return toLoadBalancer(name, args, to.loadBalancer, opts);
  const { port, health: asked } = to.tasks;
  requirePort("to.tasks.port", port);
  const tags = {
    ...(to.kind === "passthrough" ? { "allow-tcp": reason("to.because", to.because) } : {}),
    ...("connectBecause" in asked
      ? { "allow-tcp-health": reason("to.tasks.health.connectBecause", asked.connectBecause) }
      : {}),
  };
  const { arn, arnSuffix: fullName } = new aws.lb.TargetGroup(
    shortName(name, 24),
    {
      targetType: "ip",
      vpcId,
      port,
      protocol: to.kind === "tls" ? "TLS" : "TCP",
      deregistrationDelay: 30,
      healthCheck:
        "path" in asked
          ? { ...health, protocol: "HTTPS", path: asked.path, matcher: "200" }
          : { ...health, protocol: "TCP" },
      tags,
    },
    opts,
  );
  return { arn, fullName, tags };
}

type LoadBalancer = Extract<NetworkTarget, { kind: "loadBalancer" }>["loadBalancer"];

/**
 * It keeps callers' addresses, and yet the other load balancer may name its security group: AWS lets through what came
 * by it.
 */
function toLoadBalancer(
  name: string,
  { vpcId, securityGroupId }: PassOnArgs,
  loadBalancer: LoadBalancer,
  opts: pulumi.CustomResourceOptions,
) {
  const ports = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  new aws.vpc.SecurityGroupEgressRule(
    `${name}-out`,
    {
      securityGroupId,
      description: "Calls to the load balancer behind it",
      referencedSecurityGroupId: loadBalancer.securityGroupId,
      ...ports,
    },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-in`,
    {
      securityGroupId: loadBalancer.securityGroupId,
      description: `HTTPS from the network load balancer ${name}`,
      referencedSecurityGroupId: securityGroupId,
      ...ports,
    },
    opts,
  );
  const { arn, arnSuffix: fullName } = new aws.lb.TargetGroup(
    shortName(name, 24),
    {
      targetType: "alb",
      vpcId,
      port: 443,
      protocol: "TCP",
      // Its own 404 tells that it is well: no path needs to be any service's.
      healthCheck: { ...health, protocol: "HTTPS", path: "/", matcher: "200-499" },
    },
    opts,
  );
  new aws.lb.TargetGroupAttachment(
    name,
    {
      targetGroupArn: arn,
      // AWS refuses one that does not listen yet.
      targetId: pulumi.all([loadBalancer.arn, loadBalancer.listenerArn]).apply(([its]) => its),
      port: 443,
    },
    opts,
  );
  return { arn, fullName, tags: { "allow-tcp": "The load balancer behind it ends its callers' TLS" } };
}

function reason(argument: string, text: string): string {
  if (!isReason(text))
    throw new Error(`${argument} is "${text}"; say in 20 characters or more why there is no other way`);
  return text;
}
