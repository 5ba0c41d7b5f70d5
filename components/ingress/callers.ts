import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A range, IPv4 or IPv6; a list of ranges that AWS or the company keeps; or those in a security group. */
export type Caller =
  | string
  | { readonly prefixListId: pulumi.Input<string> }
  | { readonly securityGroupId: pulumi.Input<string> };

/** By a short name that says who they are. */
export type Callers = Readonly<Record<string, Caller>>;

export interface LetIn {
  readonly securityGroupId: pulumi.Input<string>;
  readonly callers: Callers;
  readonly port: number;
  /** What they call there, for the rule's description: `HTTPS`. */
  readonly what: string;
  /** Tells the rules of one port from another's; default: none. */
  readonly suffix?: string;
}

/**
 * One rule a caller. No caller is refused: a load balancer that nobody may call is one that nobody has thought about.
 *
 * @throws {Error}
 */
export function letIn(
  name: string,
  { securityGroupId, callers, port, what, suffix = "" }: LetIn,
  opts: pulumi.CustomResourceOptions,
): void {
  if (Object.keys(callers).length === 0) throw new Error("callers is empty; name who may call");
  for (const [caller, from] of Object.entries(callers))
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${caller}${suffix}`,
      {
        securityGroupId,
        description: `${what} from ${caller}`,
        ...source(from),
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      },
      opts,
    );
}

function source(caller: Caller) {
  if (typeof caller === "string") return caller.includes(":") ? { cidrIpv6: caller } : { cidrIpv4: caller };
  return "prefixListId" in caller
    ? { prefixListId: caller.prefixListId }
    : { referencedSecurityGroupId: caller.securityGroupId };
}

/**
 * The modern half of TLS: 1.3, and 1.2 with forward secrecy for callers that are not there yet.
 * Source: Elastic Load Balancing user guide, "Security policies for your Application Load Balancer" and "... Network
 * Load Balancer".
 */
export const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

export function requirePort(argument: string, port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${argument} is ${port}; it must be a whole number from 1 to 65535`);
}
