import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { InternalLoadBalancer } from "../../../components/ingress/internal-load-balancer";
import {
  NetworkLoadBalancer,
  type NetworkLoadBalancerArgs,
} from "../../../components/ingress/network-load-balancer";
import { PrivateLinkService } from "../../../components/network/private-link";
import { refusals } from "../logs/judged";
import { type Planned, planned } from "../planned";

const tasks = { port: 9443, health: { path: "/health" } };
const subnetIds = ["subnet-a", "subnet-b", "subnet-c"];
const common = {
  vpcId: "vpc-1",
  subnetIds,
  domainNames: ["stream.example.com", "stream.example.services"],
  otherZones: [{ domain: "example.services", zoneId: "Z-services" }],
  publicZoneId: "Z-public",
  privateZoneId: "Z-private",
  callers: { dev: "10.16.0.0/12", gateway: { securityGroupId: "sg-9" } },
  logs: { bucketName: "logs" },
  deletionProtection: true,
} as const;
const tls = { kind: "tls", tasks } as const;
const passthrough = { kind: "passthrough", because: "Clients show certificates to it", tasks } as const;
const front = (name: string) => {
  const { arn, listenerArn, securityGroupId } = new InternalLoadBalancer(`${name}-http`, {
    ...common,
    domainNames: ["orders.example.com"],
  });
  return { kind: "loadBalancer", loadBalancer: { arn, listenerArn, securityGroupId } } as const;
};
type To = "tls" | "passthrough" | "loadBalancer";
const plan = (to: To, more: Partial<NetworkLoadBalancerArgs> = {}, names = ["stream"]): Promise<Planned> =>
  planned(() => {
    for (const name of names)
      new NetworkLoadBalancer(name, {
        ...common,
        to: to === "tls" ? tls : to === "passthrough" ? passthrough : front(name),
        ...more,
      });
  });
const balancer = (stack: Planned) => stack.one("LoadBalancer", "stream");

describe("a network load balancer", () => {
  for (const to of ["tls", "passthrough", "loadBalancer"] as const) {
    it(`to ${to} is internal, kept, logged, and spreads over all zones`, async () => {
      const { inputs } = balancer(await plan(to));
      assert.equal(inputs["loadBalancerType"], "network");
      assert.equal(inputs["internal"], true);
      assert.equal(inputs["enableCrossZoneLoadBalancing"], true);
      assert.equal(inputs["enableDeletionProtection"], true);
      assert.deepEqual(inputs["subnets"], subnetIds);
      assert.deepEqual(inputs["accessLogs"], { bucket: "logs", prefix: "network", enabled: true });
      assert.equal(inputs["enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"], "on");
      const offered = balancer(await plan(to, { privateLink: true }));
      assert.equal(offered.inputs["enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"], "off");
    });

    it(`to ${to} lets in whom it is told, on its port`, async () => {
      for (const port of [undefined, 8883]) {
        const stack = await plan(to, port === undefined ? {} : { port });
        const group = stack.one("SecurityGroup", "stream");
        const rules = stack
          .all("SecurityGroupIngressRule")
          .filter(({ propertyDependencies: from }) => from["securityGroupId"]?.includes(group.urn));
        assert.deepEqual(
          rules.map(({ inputs }) => [
            inputs["cidrIpv4"] ?? inputs["referencedSecurityGroupId"],
            inputs["fromPort"],
            inputs["toPort"],
          ]),
          [
            ["10.16.0.0/12", port ?? 443, port ?? 443],
            ["sg-9", port ?? 443, port ?? 443],
          ],
        );
        assert.equal(stack.one("Listener", "stream").inputs["port"], port ?? 443);
        assert.deepEqual(balancer(stack).propertyDependencies["securityGroups"], [group.urn]);
      }
    });

    it(`to ${to} is found by its names in the private zone, but for those of another`, async () => {
      const stack = await plan(to);
      assert.deepEqual(
        stack
          .all("Record")
          .filter(({ inputs, name }) => inputs["aliases"] !== undefined && !name.includes("http"))
          .map(({ inputs }) => [inputs["zoneId"], inputs["name"], inputs["type"]]),
        [["Z-private", "stream.example.com", "A"]],
      );
    });

    it(`to ${to} may be there twice in a stack, and passes the policies`, async () => {
      const stack = await plan(to, {}, ["one", "two"]);
      assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
      assert.deepEqual(await refusals(stack), []);
    });

    it(`to ${to} forwards to its own target group`, async () => {
      const stack = await plan(to);
      const listener = stack.one("Listener", "stream");
      assert.deepEqual(stack.from(listener, "defaultActions"), ["stream"]);
      assert.deepEqual(listener.propertyDependencies["defaultActions"], [stack.one("TargetGroup").urn]);
    });
  }

  it("ends TLS with a certificate for all its names, offers HTTP/2, and speaks TLS with the tasks", async () => {
    const stack = await plan("tls");
    const { inputs, propertyDependencies } = stack.one("Listener");
    assert.deepEqual([inputs["protocol"], inputs["alpnPolicy"]], ["TLS", "HTTP2Preferred"]);
    assert.match(String(inputs["sslPolicy"]), /^ELBSecurityPolicy-TLS13-1-2-/);
    assert.deepEqual(propertyDependencies["certificateArn"], [stack.one("CertificateValidation").urn]);
    const certificate = stack.one("aws:acm/certificate:Certificate").inputs;
    assert.deepEqual(
      [certificate["domainName"], certificate["subjectAlternativeNames"]],
      [common.domainNames[0], [common.domainNames[1]]],
    );
    const group = stack.one("TargetGroup").inputs;
    assert.deepEqual([group["protocol"], group["port"], group["targetType"]], ["TLS", 9443, "ip"]);
    const health = group["healthCheck"] as Record<string, unknown>;
    assert.deepEqual([health["protocol"], health["path"]], ["HTTPS", "/health"]);
    const none = await plan("tls", { to: { ...tls, alpn: "None" } });
    assert.equal(none.one("Listener").inputs["alpnPolicy"], "None");
  });

  it("passes TLS through where that is explained, without a certificate", async () => {
    const stack = await plan("passthrough");
    const { inputs } = stack.one("Listener");
    assert.deepEqual(
      [inputs["protocol"], inputs["sslPolicy"], inputs["alpnPolicy"]],
      ["TCP", undefined, undefined],
    );
    assert.deepEqual(inputs["tags"], { "allow-tcp": passthrough.because });
    assert.equal(stack.one("TargetGroup").inputs["protocol"], "TCP");
    assert.deepEqual(stack.all("CertificateValidation"), []);
    await assert.rejects(
      plan("passthrough", { to: { ...passthrough, because: "why not" } }),
      /to\.because is "why not"/,
    );
  });

  it("asks only for a connection where that is explained", async () => {
    const connectBecause = "It speaks gRPC and nothing else";
    const stack = await plan("tls", { to: { ...tls, tasks: { port: 9443, health: { connectBecause } } } });
    const group = stack.one("TargetGroup").inputs;
    assert.equal((group["healthCheck"] as Record<string, unknown>)["protocol"], "TCP");
    assert.deepEqual(group["tags"], { "allow-tcp-health": connectBecause });
    assert.deepEqual(await refusals(stack), []);
    const unexplained = { ...tls, tasks: { port: 9443, health: { connectBecause: "" } } };
    await assert.rejects(plan("tls", { to: unexplained }), /connectBecause is ""/);
  });

  it("stands before an application load balancer, once that listens, and they call one another alone", async () => {
    const stack = await plan("loadBalancer");
    const group = stack.one("TargetGroup").inputs;
    assert.deepEqual([group["targetType"], group["protocol"], group["port"]], ["alb", "TCP", 443]);
    const health = group["healthCheck"] as Record<string, unknown>;
    assert.deepEqual([health["protocol"], health["matcher"]], ["HTTPS", "200-499"]);
    assert.deepEqual(stack.from(stack.one("TargetGroupAttachment"), "targetId").sort(), [
      "stream-http",
      "stream-http-https",
    ]);
    const out = stack.one("SecurityGroupEgressRule");
    assert.deepEqual(
      [
        stack.from(out, "securityGroupId"),
        stack.from(out, "referencedSecurityGroupId"),
        out.inputs["toPort"],
      ],
      [["stream"], ["stream-http"], 443],
    );
    const into = stack.one("SecurityGroupIngressRule", "stream-in");
    assert.deepEqual(
      [
        stack.from(into, "securityGroupId"),
        stack.from(into, "referencedSecurityGroupId"),
        into.inputs["fromPort"],
      ],
      [["stream-http"], ["stream"], 443],
    );
  });

  it("is called by PrivateLink alone where it is told so, and then has no callers of its own", async () => {
    const stack = await plan("loadBalancer", { callers: {}, privateLink: true });
    const group = stack.one("SecurityGroup", "stream");
    assert.deepEqual(
      stack
        .all("SecurityGroupIngressRule")
        .filter(({ propertyDependencies: from }) => from["securityGroupId"]?.includes(group.urn)),
      [],
    );
  });

  it("is what PrivateLink offers", async () => {
    const stack = await planned(() => {
      const made = new NetworkLoadBalancer("stream", { ...common, to: tls, privateLink: true });
      new PrivateLinkService("stream", { loadBalancerArn: made.arn, accountIds: ["222233334444"] });
    });
    assert.deepEqual(stack.one("VpcEndpointService").propertyDependencies["networkLoadBalancerArns"], [
      balancer(stack).urn,
    ]);
  });

  it("gives its names in the account of the private zone", async () => {
    const stack = await planned(() => {
      const [provider, privateZoneOwner] = ["account", "owner"].map(
        name => new aws.Provider(name, { region: "eu-central-1" }),
      );
      new NetworkLoadBalancer("stream", { ...common, to: tls, privateZoneOwner }, { provider });
    });
    for (const record of stack.all("Record"))
      assert.equal(stack.provider(record), record.inputs["zoneId"] === "Z-private" ? "owner" : "account");
  });

  for (const [wrong, message] of [
    [{ callers: {} }, /callers is empty/],
    [{ port: 0 }, /port is 0;/],
    [{ to: { ...tls, tasks: { ...tasks, port: 70_000 } } }, /to\.tasks\.port is 70000/],
    [{ domainNames: ["a.example.com", "a.example.com"] }, /holds a\.example\.com twice/],
  ] as [Partial<NetworkLoadBalancerArgs>, RegExp][])
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await assert.rejects(plan("tls", wrong), message);
    });
});
