import assert from "node:assert/strict";
import { LentLoadBalancer } from "../../../components/ingress/lent-load-balancer";
import { planned } from "../planned";

describe("a lent load balancer", () => {
  it("has the product's name in a certificate of its own, and the name leads to it", async () => {
    const stack = await planned(
      () =>
        new LentLoadBalancer("reviews", {
          domainNames: ["reviews.dev.example.com", "admin.reviews.dev.example.com"],
          publicZoneId: "Z-PUBLIC",
          privateZoneId: "Z-PRIVATE",
          lender: {
            listenerArn: "arn:listener",
            securityGroupId: "sg-shop",
            dnsName: "internal-shop.elb.amazonaws.com",
            zoneId: "Z-ELB",
            fullName: "app/shop/0123456789abcdef",
          },
        }),
    );
    const listed = stack.one("ListenerCertificate");
    assert.equal(listed.inputs["listenerArn"], "arn:listener");
    assert.equal(stack.from(listed, "certificateArn").length, 1);
    assert.equal(
      stack.one("aws:acm/certificate:Certificate").inputs["domainName"],
      "reviews.dev.example.com",
    );
    const certificate = stack.one("aws:acm/certificate:Certificate").inputs;
    assert.deepEqual(certificate["subjectAlternativeNames"], ["admin.reviews.dev.example.com"]);
    const below = stack.one("aws:route53/record:Record", "reviews-admin.reviews.dev.example.com").inputs;
    assert.deepEqual([below["zoneId"], below["name"]], ["Z-PRIVATE", "admin.reviews.dev.example.com"]);
    const { zoneId, name, type, aliases } = stack.one("aws:route53/record:Record", "reviews").inputs;
    assert.deepEqual([zoneId, name, type], ["Z-PRIVATE", "reviews.dev.example.com", "A"]);
    assert.deepEqual(aliases, [
      { name: "internal-shop.elb.amazonaws.com", zoneId: "Z-ELB", evaluateTargetHealth: true },
    ]);
    assert.deepEqual(stack.all("LoadBalancer"), []);
  });

  it("has the certificate at the listener for tests too, where there is one", async () => {
    const stack = await planned(
      () =>
        new LentLoadBalancer("reviews", {
          domainNames: ["reviews.dev.example.com"],
          publicZoneId: "Z-PUBLIC",
          privateZoneId: "Z-PRIVATE",
          lender: {
            listenerArn: "arn:listener",
            testListenerArn: "arn:test-listener",
            securityGroupId: "sg-shop",
            dnsName: "internal-shop.elb.amazonaws.com",
            zoneId: "Z-ELB",
            fullName: "app/shop/0123456789abcdef",
          },
        }),
    );
    assert.deepEqual(
      stack.all("ListenerCertificate").map(({ inputs }) => inputs["listenerArn"]),
      ["arn:listener", "arn:test-listener"],
    );
  });
});
