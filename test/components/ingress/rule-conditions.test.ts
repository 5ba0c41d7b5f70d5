import assert from "node:assert/strict";
import { ruleConditions } from "../../../components/ingress/rule-conditions";
import { pathPatterns } from "../../../routing/conditions";

describe("a rule's conditions", () => {
  it("are all that it says, and the header that the load balancer demands", () => {
    assert.deepEqual(
      ruleConditions(
        { path: "/x/*", hosts: ["a.example.com"], methods: ["GET"], headers: { "x-a": ["1", "2"] } },
        { name: "x-origin", value: "secret" },
      ),
      [
        { pathPattern: { values: ["/x", "/x/*"] } },
        { hostHeader: { values: ["a.example.com"] } },
        { httpRequestMethod: { values: ["GET"] } },
        { httpHeader: { httpHeaderName: "x-a", values: ["1", "2"] } },
        { httpHeader: { httpHeaderName: "x-origin", values: ["secret"] } },
      ],
    );
    assert.deepEqual(ruleConditions({ path: "/*" }), [{ pathPattern: { values: ["/*"] } }]);
  });

  it("take a path and everything below it", () => {
    assert.deepEqual(pathPatterns("/orders/*"), ["/orders", "/orders/*"]);
    assert.deepEqual(pathPatterns("/*"), ["/*"]);
    assert.deepEqual(pathPatterns("/search*"), ["/search*"]);
  });
});
