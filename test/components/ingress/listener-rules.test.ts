import assert from "node:assert/strict";
import fc from "fast-check";
import { listenerPriorities, pathPatterns } from "../../../components/ingress/listener-rules";

const path = fc.stringMatching(/^\/[a-z]{0,12}(\/[a-z]{1,8}){0,3}(\/\*|\*)?$/);
const paths = fc
  .uniqueArray(path, { maxLength: 60 })
  .map(list => Object.fromEntries(list.map((value, index) => [`service-${index}`, value])));
const literal = (value: string) => value.replace(/[*?]/g, "").length;

describe("listener priorities", () => {
  it("are unique and within what AWS allows", () => {
    fc.assert(
      fc.property(paths, services => {
        const priorities = Object.values(listenerPriorities(services));
        assert.equal(new Set(priorities).size, priorities.length);
        for (const priority of priorities) assert.ok(priority >= 1 && priority <= 50_000, String(priority));
      }),
    );
  });

  it("put a more specific path first", () => {
    fc.assert(
      fc.property(paths, services => {
        const priorities = listenerPriorities(services);
        const entries = Object.entries(services);
        for (const [a, pathA] of entries)
          for (const [b, pathB] of entries)
            if (literal(pathA) > literal(pathB)) assert.ok((priorities[a] ?? 0) < (priorities[b] ?? 0));
      }),
    );
    const { all, orders, returns } = listenerPriorities({
      all: "/*",
      orders: "/orders/*",
      returns: "/orders/returns/*",
    });
    assert.ok(returns && orders && all && returns < orders && orders < all);
  });

  it("do not depend on the order in which services are named", () => {
    fc.assert(
      fc.property(paths, services => {
        const reversed = Object.fromEntries(Object.entries(services).reverse());
        assert.deepEqual(listenerPriorities(reversed), listenerPriorities(services));
      }),
    );
  });

  it("stay as they are when a service is added that shares no slot", () => {
    const before = listenerPriorities({ cart: "/cart/*", search: "/search*" });
    const after = listenerPriorities({
      cart: "/cart/*",
      search: "/search*",
      wishes: "/wishes/*",
      home: "/*",
    });
    assert.deepEqual({ cart: after["cart"], search: after["search"] }, before);
  });

  it("take a path and everything below it", () => {
    assert.deepEqual(pathPatterns("/orders/*"), ["/orders", "/orders/*"]);
    assert.deepEqual(pathPatterns("/*"), ["/*"]);
    assert.deepEqual(pathPatterns("/search*"), ["/search*"]);
  });
});
