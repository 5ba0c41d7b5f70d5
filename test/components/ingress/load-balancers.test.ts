import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { InternalLoadBalancer } from "../../../components/ingress/internal-load-balancer";
import {
  PublicLoadBalancer,
  type PublicLoadBalancerArgs,
} from "../../../components/ingress/public-load-balancer";
import { ruleConditions } from "../../../components/ingress/rule-conditions";
import { refusals } from "../logs/judged";
import { type Planned, planned } from "../planned";

const subnetIds = ["subnet-a", "subnet-b", "subnet-c"];
const common = {
  vpcId: "vpc-1",
  subnetIds,
  domainNames: ["shop.example.com", "www.shop.example.com", "shop.example.services"],
  otherZones: [{ domain: "example.services", zoneId: "Z-services" }],
  publicZoneId: "Z-public",
  logs: { bucketName: "logs" },
  deletionProtection: true,
} as const;
const onInternet: PublicLoadBalancerArgs = {
  ...common,
  allowPublic: "Customers buy here from anywhere",
  webAclArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/1",
  callers: "internet",
};
const internalArgs = { ...common, privateZoneId: "Z-private", callers: { dev: "10.16.0.0/12" } };
const byCloudFront = {
  callers: { cloudFront: { prefixListId: "pl-1", header: { name: "x-origin", value: "s" } } },
} as const;
const testListener = { callers: { pipelines: "10.16.0.0/28", "of-ipv6": "2001:db8::/32" } };

const kinds = {
  internal: (more: object = {}, names = ["shop"]) =>
    planned(() => {
      for (const name of names) new InternalLoadBalancer(name, { ...internalArgs, ...more });
    }),
  public: (more: Partial<PublicLoadBalancerArgs> = {}, names = ["shop"]) =>
    planned(() => {
      for (const name of names) new PublicLoadBalancer(name, { ...onInternet, ...more });
    }),
};
const rulesOf = (stack: Planned) =>
  stack
    .all("SecurityGroupIngressRule")
    .map(({ inputs }) => [
      inputs["cidrIpv4"] ??
        inputs["cidrIpv6"] ??
        inputs["prefixListId"] ??
        inputs["referencedSecurityGroupId"],
      inputs["fromPort"],
      inputs["toPort"],
    ])
    .sort();
const namesIn = (stack: Planned, zoneId: string) =>
  stack
    .all("Record")
    .filter(({ inputs }) => inputs["zoneId"] === zoneId && inputs["aliases"] !== undefined)
    .map(({ inputs }) => `${inputs["type"]} ${inputs["name"]}`);

for (const [kind, plan] of Object.entries(kinds))
  describe(`a load balancer, ${kind}`, () => {
    it("redirects plain HTTP for good, and does nothing else with it", async () => {
      const { inputs } = (await plan()).one("Listener", "shop-http");
      assert.deepEqual([inputs["protocol"], inputs["port"]], ["HTTP", 80]);
      assert.deepEqual(inputs["defaultActions"], [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ]);
    });

    it("drops malformed headers and ambiguous requests, says who called, and cannot be deleted", async () => {
      const { inputs } = (await plan()).one("LoadBalancer");
      assert.equal(inputs["dropInvalidHeaderFields"], true);
      assert.equal(inputs["desyncMitigationMode"], "defensive");
      assert.equal(inputs["xffHeaderProcessingMode"], "append");
      assert.equal(inputs["enableDeletionProtection"], true);
      assert.equal(inputs["internal"], kind === "internal");
      assert.deepEqual(inputs["subnets"], subnetIds);
    });

    it("logs requests and connections, each below its own prefix", async () => {
      const { inputs } = (await plan()).one("LoadBalancer");
      assert.deepEqual(inputs["accessLogs"], { bucket: "logs", prefix: "access", enabled: true });
      assert.deepEqual(inputs["connectionLogs"], { bucket: "logs", prefix: "connections", enabled: true });
    });

    it("has one certificate for all its names, each proven in its own zone", async () => {
      const stack = await plan();
      const { inputs } = stack.one("aws:acm/certificate:Certificate");
      assert.deepEqual(
        [inputs["domainName"], inputs["subjectAlternativeNames"]],
        [common.domainNames[0], common.domainNames.slice(1)],
      );
      assert.deepEqual(
        stack
          .all("Record")
          .filter(({ name }) => name.includes("validation"))
          .map(({ inputs }) => inputs["zoneId"])
          .sort(),
        ["Z-public", "Z-public", "Z-services"],
      );
      const [issued] = stack.all("CertificateValidation");
      assert.deepEqual(stack.one("Listener", "shop-https").propertyDependencies["certificateArn"], [
        issued?.urn,
      ]);
    });

    it("listens for tests where it is told to, on a port of its own, for those named alone", async () => {
      assert.equal((await plan()).all("Listener").length, 2);
      for (const port of [undefined, 9443]) {
        const stack = await plan({
          testListener: { ...testListener, ...(port === undefined ? {} : { port }) },
          alsoCertificateArn: "arn:also",
        });
        const listener = stack.one("Listener", "shop-test");
        assert.deepEqual([listener.inputs["port"], listener.inputs["protocol"]], [port ?? 8443, "HTTPS"]);
        assert.match(String(listener.inputs["sslPolicy"]), /^ELBSecurityPolicy-TLS13-1-2-/);
        const [action] = listener.inputs["defaultActions"] as { type: string }[];
        assert.equal(action?.type, "fixed-response");
        assert.deepEqual(
          rulesOf(stack).filter(([, from]) => from === (port ?? 8443)),
          [
            ["10.16.0.0/28", port ?? 8443, port ?? 8443],
            ["2001:db8::/32", port ?? 8443, port ?? 8443],
          ],
        );
        assert.deepEqual(
          stack.all("ListenerCertificate").map(each => stack.from(each, "listenerArn")),
          [["shop-https"], ["shop-test"]],
        );
        assert.deepEqual(await refusals(stack), []);
      }
    });

    for (const port of [0, 80, 443, 65_536, 1.5])
      it(`refuses a test listener on port ${port}`, async () => {
        await assert.rejects(plan({ testListener: { ...testListener, port } }), /testListener\.port is/);
      });

    it("refuses a test listener for nobody", async () => {
      await assert.rejects(plan({ testListener: { callers: {} } }), /callers is empty/);
    });

    it("may be there twice in a stack, and passes the policies", async () => {
      const stack = await plan({ testListener }, ["one", "two"]);
      assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
      assert.deepEqual(await refusals(stack), []);
    });

    it("calls nobody by itself", async () => {
      const stack = await plan();
      assert.deepEqual(stack.all("SecurityGroupEgressRule"), []);
      const { inputs } = stack.one("SecurityGroup");
      assert.deepEqual([inputs["ingress"], inputs["egress"]], [undefined, undefined]);
    });
  });

describe("an internal load balancer's callers", () => {
  it("are ranges, lists and groups, on 443 and for the redirect on 80", async () => {
    const stack = await kinds.internal({
      callers: {
        dev: "10.16.0.0/12",
        v6: "2001:db8::/32",
        list: { prefixListId: "pl-1" },
        balancer: { securityGroupId: "sg-2" },
      },
    });
    const sources = ["10.16.0.0/12", "2001:db8::/32", "pl-1", "sg-2"];
    assert.deepEqual(
      rulesOf(stack),
      sources.flatMap(source => [443, 80].map(port => [source, port, port])).sort(),
    );
  });

  it("may not be nobody", async () => {
    await assert.rejects(kinds.internal({ callers: {} }), /callers is empty/);
  });

  it("find all its names in the private zone, but for those of another zone", async () => {
    assert.deepEqual(namesIn(await kinds.internal(), "Z-private"), [
      "A shop.example.com",
      "A www.shop.example.com",
    ]);
  });
});

describe("a public load balancer", () => {
  it("says why it is public, and refuses to be it without a reason", async () => {
    const stack = await kinds.public();
    for (const type of ["LoadBalancer", "SecurityGroup"]) {
      const tags = stack.one(type).inputs["tags"] as Record<string, string>;
      assert.equal(tags["allow-public"], onInternet.allowPublic);
    }
    await assert.rejects(kinds.public({ allowPublic: "because" }), /allowPublic is "because"; say in 20/);
  });

  it("stands behind a firewall, which lets nobody in while it does not answer", async () => {
    const stack = await kinds.public();
    const firewall = stack.one("WebAclAssociation");
    assert.equal(firewall.inputs["webAclArn"], onInternet.webAclArn);
    assert.deepEqual(firewall.propertyDependencies["resourceArn"], [stack.one("LoadBalancer").urn]);
    assert.equal(stack.one("LoadBalancer").inputs["enableWafFailOpen"], undefined);
  });

  it("is called by the internet of IPv4, and of IPv6 only when told to", async () => {
    const four = await kinds.public();
    assert.deepEqual(rulesOf(four), [
      ["0.0.0.0/0", 443, 443],
      ["0.0.0.0/0", 80, 80],
    ]);
    assert.equal(four.one("LoadBalancer").inputs["ipAddressType"], "ipv4");
    assert.deepEqual(namesIn(four, "Z-public"), ["A shop.example.com", "A www.shop.example.com"]);
    const six = await kinds.public({ ipv6: true });
    assert.deepEqual(
      rulesOf(six).filter(([range]) => range === "::/0"),
      [
        ["::/0", 443, 443],
        ["::/0", 80, 80],
      ],
    );
    assert.equal(six.one("LoadBalancer").inputs["ipAddressType"], "dualstack");
    assert.deepEqual(namesIn(six, "Z-public"), [
      "A shop.example.com",
      "AAAA shop.example.com",
      "A www.shop.example.com",
      "AAAA www.shop.example.com",
    ]);
  });

  it("of CloudFront lets its list in on 443 alone, and has every rule demand the header", async () => {
    const stack = await planned(() => {
      const made = new PublicLoadBalancer("shop", { ...onInternet, ...byCloudFront });
      new aws.lb.ListenerRule("rule", {
        listenerArn: made.listenerArn,
        conditions: ruleConditions({ path: "/*" }, made.requiredHeader),
        actions: [],
      });
      assert.equal(new PublicLoadBalancer("open", onInternet).requiredHeader, undefined);
    });
    assert.deepEqual(
      rulesOf(stack).filter(([source]) => source !== "0.0.0.0/0"),
      [["pl-1", 443, 443]],
    );
    assert.deepEqual(stack.one("ListenerRule").inputs["conditions"], [
      { pathPattern: { values: ["/*"] } },
      { httpHeader: { httpHeaderName: "x-origin", values: ["s"] } },
    ]);
    assert.deepEqual(await refusals(await kinds.public(byCloudFront)), []);
  });
});
