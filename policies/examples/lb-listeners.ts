import { type Cases, unknown } from "./example";

const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const forward = { type: "forward", targetGroupArn: unknown };
const listener = (protocol: string | undefined, name = "listener") => ({
  type: "aws:lb/listener:Listener",
  name,
  props: { protocol, arn: `arn:aws:elasticloadbalancing:eu-central-1:111122223333:listener/${name}` },
});
const rule = (of: string, ...actions: object[]) => ({
  type: "aws:lb/listenerRule:ListenerRule",
  name: "rule",
  props: { listenerArn: unknown, actions },
  madeFrom: { listenerArn: [of] },
});

export default [
  {
    rule: "lb-listener-tls",
    accepts: [
      { props: { protocol: "HTTPS", defaultActions: [{ type: "forward" }] } },
      { type: "aws:alb/listener:Listener", props: { protocol: "TLS" } },
      { props: { protocol: "HTTP", defaultActions: [redirect] } },
      { props: { defaultActions: redirect } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    refuses: [
      {},
      { props: { protocol: "TCP" } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "why not" } } },
      { props: { protocol: "TCP", tags: { "allow-tcp-health": "The service ends its callers' TLS" } } },
      { props: { protocol: "UDP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
      { props: { protocol: "HTTP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
      {
        type: "aws:alb/listener:Listener",
        props: { protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: unknown }] },
      },
      { props: { protocol: "HTTP", defaultActions: [{ type: unknown }, { type: "fixed-response" }] } },
      {
        props: { defaultActions: [{ ...redirect, redirect: { protocol: "HTTPS", statusCode: "HTTP_302" } }] },
      },
      { props: { defaultActions: [{ ...redirect, redirect: { statusCode: "HTTP_301" } }] } },
    ],
    unknown: [
      { props: { protocol: unknown } },
      { props: { protocol: "HTTP", defaultActions: [redirect, { type: unknown }] } },
    ],
  },
  {
    rule: "lb-rule-no-http-forward",
    accepts: [
      [listener("HTTP"), rule("listener", redirect)],
      [listener("HTTPS"), rule("listener", forward)],
      [listener("HTTP"), listener("HTTPS", "other"), rule("other", forward)],
      [rule("listener of another stack", forward)],
    ],
    refuses: [
      [listener("HTTP"), rule("listener", forward)],
      [listener(undefined), { ...rule("listener", forward), type: "aws:alb/listenerRule:ListenerRule" }],
      [listener("HTTP"), rule("listener", { ...redirect, redirect: { protocol: "HTTP" } })],
      [
        listener("HTTP"),
        rule("listener", { ...redirect, redirect: { protocol: "HTTPS", statusCode: "HTTP_302" } }),
      ],
      [
        listener("HTTP"),
        {
          ...rule("", forward),
          madeFrom: {},
          props: { listenerArn: listener("HTTP").props.arn, actions: [forward] },
        },
      ],
    ],
    unknown: [
      [listener("HTTP"), { ...rule("", forward), madeFrom: {} }],
      [listener(unknown), rule("listener", forward)],
      [listener("HTTP"), rule("listener", { type: unknown })],
    ],
  },
  {
    rule: "lb-listener-tls-policy",
    accepts: [
      { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" } },
      { props: { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09" } },
      { props: { protocol: "HTTP" } },
    ],
    refuses: [
      { props: { protocol: "HTTPS" } },
      { props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" } },
      { props: { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" } },
    ],
    unknown: [{ props: { protocol: "HTTPS", sslPolicy: unknown } }],
  },
  {
    rule: "lb-listener-certificate",
    accepts: [
      { props: { protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" } },
      { props: { protocol: "TLS", certificateArn: unknown } },
      { props: { protocol: "HTTP" } },
    ],
    refuses: [{ props: { protocol: "HTTPS" } }, { props: { protocol: "TLS", certificateArn: "" } }],
    unknown: [{ props: { protocol: unknown } }],
  },
  {
    rule: "lb-tg-protocol-encrypted",
    accepts: [
      { props: { protocol: "HTTPS", targetType: "ip" } },
      { props: { protocol: "TLS", targetType: "ip" } },
      { type: "aws:alb/targetGroup:TargetGroup", props: { targetType: "lambda" } },
      { props: { protocol: "TCP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    refuses: [
      { props: { protocol: "HTTP", targetType: "ip" } },
      {},
      { props: { protocol: "TCP", tags: { "allow-tcp-health": "The service ends its callers' TLS" } } },
      { props: { protocol: "HTTP", tags: { "allow-tcp": "The service ends its callers' TLS" } } },
    ],
    unknown: [{ props: { protocol: unknown } }],
  },
  {
    rule: "lb-tg-health-check-encrypted",
    accepts: [
      { props: { healthCheck: { protocol: "HTTPS" } } },
      { props: { targetType: "alb" } },
      {
        props: {
          healthCheck: { protocol: "TCP" },
          tags: { "allow-tcp-health": "It speaks gRPC and nothing else" },
        },
      },
    ],
    refuses: [
      { props: { healthCheck: { protocol: "HTTP" } } },
      { props: { protocol: "HTTPS" } },
      { props: { healthCheck: { protocol: "TCP" } } },
      {
        props: { healthCheck: { protocol: "TCP" }, tags: { "allow-tcp": "It speaks gRPC and nothing else" } },
      },
    ],
    unknown: [{ props: { healthCheck: unknown } }],
  },
  {
    rule: "lb-tg-health-check-defined",
    accepts: [
      { props: { protocol: "HTTPS", healthCheck: { path: "/health" } } },
      { props: { protocol: "TCP" } },
      { props: { targetType: "lambda" } },
    ],
    refuses: [
      { props: { protocol: "HTTPS" } },
      { props: { protocol: "HTTP", healthCheck: { path: "", interval: 30 } } },
    ],
    unknown: [{ props: { protocol: unknown } }, { props: { protocol: "HTTPS", healthCheck: unknown } }],
  },
] satisfies Cases[];
