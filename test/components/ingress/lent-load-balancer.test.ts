import assert from "node:assert/strict";
import { LentLoadBalancer } from "../../../components/ingress/lent-load-balancer";
import { planned } from "../planned";

describe("a lent load balancer", () => {
  it("has the product's name in a certificate of its own, and the name leads to it", async () => {
    const stack = await planned(
      () =>
        new LentLoadBalancer("reviews", {
          domainName: "reviews.dev.example.com",
          publicZoneId: "Z-PUBLIC",
          privateZoneId: "Z-PRIVATE",
          lender: {
            listenerArn: "arn:listener",
            securityGroupId: "sg-shop",
            dnsName: "internal-shop.elb.amazonaws.com",
            zoneId: "Z-ELB",
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
    const { zoneId, name, type, aliases } = stack.one("aws:route53/record:Record", "reviews").inputs;
    assert.deepEqual([zoneId, name, type], ["Z-PRIVATE", "reviews.dev.example.com", "A"]);
    assert.deepEqual(aliases, [
      { name: "internal-shop.elb.amazonaws.com", zoneId: "Z-ELB", evaluateTargetHealth: true },
    ]);
    assert.deepEqual(stack.all("LoadBalancer"), []);
  });
});
