import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { bandOf, mostPoints } from "../../routing/bands";
import {
  isMoreSpecific,
  type ListenerRuleConditions,
  listenerPriorities,
  listenerRuleFaults,
  pathPatterns,
  takesTheSame,
} from "../../routing/priorities";
import { pointsOf } from "../../routing/specificity";
import { includes } from "../../routing/wildcards";

type Rules = Record<string, ListenerRuleConditions>;

/** What one request is, as far as rules look at it. */
const characters = ["a", "b", "/", "#"];
const texts = ((): string[] => {
  const all = [""];
  for (let from = 0, length = 0; length < 6; length++) {
    const to = all.length;
    for (; from < to; from++) for (const character of characters) all.push(`${all[from]}${character}`);
  }
  return all;
})();

/** Independent of the code under test: every short path is tried by a regular expression. */
const pathsTaken = (path: string): Set<string> => {
  const forms = pathPatterns(path).map(
    pattern => new RegExp(`^${pattern.replace(/[?*]/g, sign => (sign === "*" ? "[^]*" : "[^]"))}$`),
  );
  return new Set(texts.filter(text => forms.some(form => form.test(`/${text}`))));
};
const known = new Map<string, Set<string>>();
const taken = (path: string) => {
  const found = known.get(path) ?? pathsTaken(path);
  known.set(path, found);
  return found;
};
const within = (inner: ListenerRuleConditions, outer: ListenerRuleConditions): boolean => {
  const limited = (a?: readonly string[], b?: readonly string[]) =>
    b === undefined || (a?.every(value => b.includes(value)) ?? false);
  return (
    [...taken(inner.path)].every(path => taken(outer.path).has(path)) &&
    limited(inner.hosts, outer.hosts) &&
    limited(inner.methods, outer.methods) &&
    Object.entries(outer.headers ?? {}).every(([name, values]) => limited(inner.headers?.[name], values))
  );
};

// Short enough that a longest text tells any two of them apart.
const path = fc
  .array(fc.constantFrom("a", "b", "/", "*", "?"), { maxLength: 4 })
  .map(signs => `/${signs.join("")}`.replace(/\*+/g, "*"))
  .filter(each => each.replace(/[^*]/g, "").length <= 2);
const some = (...values: string[]) =>
  fc.option(fc.subarray(values, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 });
const conditions: fc.Arbitrary<ListenerRuleConditions> = fc
  .record({
    path,
    hosts: some("x.example.com", "y.example.com", "z.example.com"),
    methods: some("GET", "PUT"),
    tenant: some("one", "two"),
  })
  .map(({ path, hosts, methods, tenant }) => ({
    path,
    ...(hosts && { hosts }),
    ...(methods && { methods }),
    ...(tenant && { headers: { "X-Tenant": tenant } }),
  }));

const words = fc.stringMatching(/^[a-z]{3,9}$/);
const usualPath = fc
  .tuple(fc.array(words, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([parts, below]) => `/${parts.join("/")}${below ? "/*" : ""}`);
const usual = (max: number) =>
  fc
    .uniqueArray(usualPath, { maxLength: max })
    .map(
      (paths): Rules => Object.fromEntries(paths.map((each, index) => [`service-${index}`, { path: each }])),
    );
const unclashed = (rules: Rules) => listenerRuleFaults(rules).length === 0;

describe("a more specific rule", () => {
  it("is one whose requests are a strict subset, as trying them shows", () => {
    let subsets = 0;
    fc.assert(
      fc.property(conditions, conditions, (a, b) => {
        const expected = within(a, b) && !within(b, a);
        if (expected) subsets++;
        assert.equal(isMoreSpecific(a, b), expected);
        assert.equal(takesTheSame(a, b), within(a, b) && within(b, a));
      }),
      { numRuns: 6_000 },
    );
    assert.ok(subsets > 100, String(subsets));
  });

  it("has more points, for any two", () => {
    let subsets = 0;
    fc.assert(
      fc.property(conditions, conditions, (a, b) => {
        if (!isMoreSpecific(a, b)) return;
        subsets++;
        assert.ok(pointsOf(a) > pointsOf(b), `${pointsOf(a)} ${pointsOf(b)}`);
      }),
      { numRuns: 40_000 },
    );
    assert.ok(subsets > 1_000, String(subsets));
  });

  for (const [signs, length] of [
    [["a", "b", "/", "*", "?"], 3],
    [["a", "*", "?"], 4],
    [["a", "/", "*"], 5],
  ] as const)
    it(`has more points, for every two paths of up to ${length} of ${signs.join(" ")}`, () => {
      let paths = ["/"];
      for (let step = 0; step < length; step++)
        paths = [...new Set([...paths, ...paths.flatMap(each => signs.map(sign => `${each}${sign}`))])];
      const all = paths
        .filter(each => !each.includes("**"))
        .map(path => ({ path, points: pointsOf({ path }) }));
      for (const a of all)
        for (const b of all)
          if (a.points <= b.points && a !== b)
            assert.equal(isMoreSpecific(a, b), false, `${a.path} ${b.path}`);
    });

  it("always comes first, of any rules that one listener takes", () => {
    fc.assert(
      fc.property(fc.array(conditions, { maxLength: 12 }), list => {
        const rules: Rules = Object.fromEntries(list.map((rule, index) => [`s${index}`, rule]));
        if (!unclashed(rules)) return;
        const priorities = listenerPriorities(rules);
        for (const [a, ruleA] of Object.entries(rules))
          for (const [b, ruleB] of Object.entries(rules))
            if (isMoreSpecific(ruleA, ruleB))
              assert.ok((priorities[a] ?? 0) < (priorities[b] ?? 0), `${ruleA.path} ${ruleB.path}`);
      }),
      { numRuns: 400 },
    );
  });

  for (const [first, then] of [
    [{ path: "/orders/returns/*" }, { path: "/orders/*" }],
    [{ path: "/orders/*" }, { path: "/*" }],
    [{ path: "/orders" }, { path: "/orders/*" }],
    [{ path: "/orders/*" }, { path: "/orders*" }],
    [{ path: "/orders/?" }, { path: "/orders/*" }],
    [{ path: "/orders/*.pdf" }, { path: "/orders/*" }],
    [{ path: "/a/*/b" }, { path: "/a/*" }],
    [{ path: "/orders/*", methods: ["GET"] }, { path: "/orders/*" }],
    [
      { path: "/orders/*", methods: ["GET"] },
      { path: "/orders/*", methods: ["GET", "HEAD"] },
    ],
    [
      { path: "/*", hosts: ["a.example.com"] },
      { path: "/*", hosts: ["a.example.com", "b.example.com"] },
    ],
    [{ path: "/*", hosts: ["a.example.com"] }, { path: "/*" }],
    [{ path: "/*", headers: { "x-canary": ["1"] } }, { path: "/*" }],
    [
      { path: "/*", hosts: ["A.example.com"], headers: { "X-Canary": ["yes"] } },
      { path: "/*", hosts: ["a.EXAMPLE.com"] },
    ],
  ] as const)
    it(`is ${JSON.stringify(first)} and not ${JSON.stringify(then)}`, () => {
      assert.ok(isMoreSpecific(first, then) && !isMoreSpecific(then, first));
      const priorities = listenerPriorities({ first, then });
      assert.ok((priorities["first"] ?? 0) < (priorities["then"] ?? 0));
    });

  it("gives way by one condition never to a longer path of a segment more, unless that has one character", () => {
    fc.assert(
      fc.property(usualPath, words, (above, segment) => {
        const base = above.replace(/\/\*$/, "");
        const longer = { path: `${base}/${segment}/*` };
        assert.ok(pointsOf(longer) > pointsOf({ path: `${base}/*`, hosts: ["a.example.com"] }));
      }),
    );
  });
});

describe("patterns", () => {
  for (const [outer, inner, expected] of [
    [["", "?", "??*"], ["*"], true],
    [["", "?"], ["*"], false],
    [["", "?*"], ["*"], true],
    [["a*", "?*b"], ["a*b", "a"], true],
    [["a*b*"], ["ab"], true],
    [["a*b"], ["a*bc"], false],
    [["*a?"], ["*aa"], true],
  ] as const)
    it(`${outer.join(" or ")} ${expected ? "take" : "do not take"} all of ${inner.join(" and ")}`, () => {
      assert.equal(includes(outer, inner), expected);
    });
});

describe("listener priorities", () => {
  it("are unique and within what AWS allows, or refused", () => {
    fc.assert(
      fc.property(usual(60), rules => {
        const clash = listenerRuleFaults(rules);
        if (clash.length > 0) {
          for (const { problem } of clash)
            assert.match(problem, /is also service-\d+'s; write priority: \d+ in/);
          return assert.throws(() => listenerPriorities(rules), /is also/);
        }
        const priorities = Object.values(listenerPriorities(rules));
        assert.equal(new Set(priorities).size, priorities.length);
        for (const priority of priorities) assert.ok(priority >= 1 && priority <= 50_000, String(priority));
      }),
    );
  });

  it("stay as they are whatever is added, removed or reordered", () => {
    fc.assert(
      fc.property(usual(30), usual(30), fc.array(fc.boolean(), { maxLength: 30 }), (before, more, kept) => {
        const added = Object.fromEntries(Object.entries(more).map(([name, rule]) => [`more-${name}`, rule]));
        const all = Object.fromEntries(Object.entries({ ...before, ...added }).reverse());
        const fewer = Object.fromEntries(Object.entries(before).filter((_, index) => kept[index] ?? true));
        if (![before, all].every(unclashed)) return;
        const priorities = listenerPriorities(before);
        const after = listenerPriorities(all);
        for (const name of Object.keys(before)) assert.equal(after[name], priorities[name]);
        for (const [name, priority] of Object.entries(listenerPriorities(fewer)))
          assert.equal(priority, priorities[name]);
      }),
    );
  });

  it("follow from the requests, not from how or by what name they are written", () => {
    const one = { path: "/a*?b", hosts: ["X.example.com", "y.example.com"], headers: { "X-A": ["One"] } };
    const two = { path: "/a?*b", hosts: ["y.example.com", "x.example.com"], headers: { "x-a": ["one"] } };
    assert.deepEqual(
      Object.values(listenerPriorities({ one })),
      Object.values(listenerPriorities({ somethingElse: two })),
    );
  });

  it("are these for ever: another number would move what runs", () => {
    assert.deepEqual(
      listenerPriorities({
        all: { path: "/*" },
        orders: { path: "/orders/*" },
        returns: { path: "/orders/returns/*" },
        exact: { path: "/orders" },
        hosted: { path: "/*", hosts: ["orders.dev.example.com", "orders.example.services"] },
        reading: { path: "/orders/*", methods: ["GET", "HEAD"] },
      }),
      { all: 49_922, exact: 29_391, hosted: 43_371, orders: 29_781, reading: 28_805, returns: 20_714 },
    );
  });

  it("share out all that there is: bands touch, and the more specific come first", () => {
    let next = 1;
    for (let points = mostPoints; points >= 1; points--) {
      const { first, width } = bandOf(points);
      assert.equal(first, next);
      assert.ok(width >= 8);
      next = first + width;
    }
    assert.ok(next <= 50_001 && next > 49_000, String(next));
    assert.throws(() => bandOf(0), /0 points/);
  });

  it("have room for the longest path with all the conditions there can be", () => {
    const longest = {
      path: `/${"a".repeat(127)}`,
      hosts: ["a.example.com"],
      methods: ["GET"],
      headers: { "x-a": ["1"], "x-b": ["1"] },
    };
    assert.equal(pointsOf(longest), mostPoints);
    assert.deepEqual(Object.keys(listenerPriorities({ longest })), ["longest"]);
    assert.equal(pointsOf({ path: "/*" }), 2);
  });
});

/** Two paths of one priority, found by trying. */
const clashing = ((): [string, string] => {
  const seen = new Map<number, string>();
  for (let number = 100; ; number++) {
    const each = `/p${number}/*`;
    const priority = listenerPriorities({ each: { path: each } })["each"] ?? 0;
    const other = seen.get(priority);
    if (other !== undefined) return [other, each];
    seen.set(priority, each);
  }
})();

describe("two rules on one priority", () => {
  it("are as rare as is said", () => {
    const word = (seed: string) =>
      [...createHash("sha256").update(seed).digest()]
        .map(byte => String.fromCharCode(97 + (byte % 26)))
        .join("");
    const clashes = (count: number, rule: (seed: string) => ListenerRuleConditions) =>
      Array.from({ length: 300 }, (_, run) =>
        Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`s${index}`, rule(`${run}-${index}`)]),
        ),
      ).filter(rules => !unclashed(rules)).length / 300;
    const path = (seed: string) => {
      const [letters, length] = [word(seed), 4 + (word(`${seed}-length`).charCodeAt(0) % 16)];
      return {
        path: `/${letters.slice(0, length / 2)}/${letters.slice(length / 2, length)}${letters < "f" ? "" : "/*"}`,
      };
    };
    assert.ok(clashes(10, path) < 0.03);
    assert.ok(clashes(50, path) < 0.2);
    const host = (seed: string) => ({ path: "/*", hosts: [`${word(seed)}.example.com`] });
    assert.ok(clashes(10, host) < 0.03);
    assert.ok(clashes(50, host) < 0.3);
  });

  const [older, newer] = clashing;

  it("are refused with a pin that then settles it, and leaves the other where it was", () => {
    const rules = { newer: { path: newer }, older: { path: older } };
    const [fault, ...others] = listenerRuleFaults(rules);
    assert.deepEqual(others, []);
    assert.equal(fault?.path, "priority");
    const pin = Number(/write priority: (\d+) in the one of newer and older/.exec(fault?.problem ?? "")?.[1]);
    for (const pinned of ["newer", "older"] as const) {
      const settled = listenerPriorities({ ...rules, [pinned]: { ...rules[pinned], priority: pin } });
      assert.equal(settled[pinned], pin);
      const other = pinned === "newer" ? "older" : "newer";
      assert.equal(settled[other], listenerPriorities({ [other]: rules[other] })[other]);
    }
  });

  it("are told different pins when three meet", () => {
    const { first } = bandOf(pointsOf({ path: older }));
    const priority = first + 1;
    const rules = {
      a: { path: older, priority },
      b: { path: newer, priority },
      c: { path: "/abcd/*", priority },
    };
    const pins = listenerRuleFaults(rules).map(({ problem }) => /priority: (\d+)/.exec(problem)?.[1]);
    assert.deepEqual(pins, [String(first), String(first + 2)]);
  });

  it("are refused when a pin is another rule's place, too", () => {
    const priority = listenerPriorities({ a: { path: older } })["a"] ?? 0;
    const { first } = bandOf(pointsOf({ path: older }));
    const pinned = { path: "/abcd/*", priority };
    assert.equal(bandOf(pointsOf(pinned)).first, first);
    assert.throws(
      () => listenerPriorities({ a: { path: older }, b: pinned }),
      /rules\.b\.priority: \d+ is also a's/,
    );
  });

  it("are told apart from two that are the same", () => {
    assert.throws(
      () => listenerPriorities({ a: { path: "/x/*" }, b: { path: "/x/*" } }),
      /rules\.b\.path: "\/x\/\*" has the same requests as a/,
    );
    assert.throws(
      () => listenerPriorities({ a: { path: "/a*" }, b: { path: "/a*/*" } }),
      /the same requests as a/,
    );
  });

  it("may not be pinned outside of their band", () => {
    const { first, width } = bandOf(pointsOf({ path: "/abcd/*" }));
    for (const priority of [first - 1, first + width])
      assert.throws(
        () => listenerPriorities({ a: { path: "/abcd/*", priority } }),
        new RegExp(`rules\\.a\\.priority: ${priority} is not of its band, ${first} to ${first + width - 1}`),
      );
    for (const priority of [first, first + width - 1])
      assert.deepEqual(listenerPriorities({ a: { path: "/abcd/*", priority } }), { a: priority });
  });

  it("are refused without a pin when their band is full", () => {
    const rule = (number: number) => ({ path: `/${"a".repeat(100)}`, headers: { [`x-${number}`]: ["1"] } });
    const { first, width } = bandOf(pointsOf(rule(0)));
    const rules: Rules = {};
    for (let step = 0; step <= width; step++)
      rules[`s${step}`] = { ...rule(step), priority: first + (step % width) };
    assert.equal(width, 8);
    const [fault, ...others] = listenerRuleFaults(rules);
    assert.equal(others.length, 0);
    assert.equal(
      fault?.problem,
      `is also s0's; and all of ${first} to ${first + 7} are taken: change a path, or use another load balancer`,
    );
  });
});

describe("a listener refuses", () => {
  const long = `/${"a".repeat(128)}`;
  for (const [rule, path, problem] of [
    [{ path: "orders" }, "path", /must begin with \//],
    [{ path: "*" }, "path", /must begin with \//],
    [{ path: "/a b" }, "path", /must begin with \/ and hold only/],
    [{ path: long }, "path", /has 129 characters; at most 128/],
    [{ path: "/a/**" }, "path", /holds \*\*/],
    [{ path: "/*a*b*c*d*e*" }, "path", /makes 6 wildcards; a rule has at most 5/],
    [{ path: "/*/?/*/*" }, "path", /makes 7 wildcards/],
    [{ path: "/", hosts: ["*.example.com"] }, "hosts[0]", /must be exact/],
    [{ path: "/", hosts: ["a.example.com", "b"] }, "hosts[1]", /must be a host's name/],
    [{ path: "/", hosts: [`${"a".repeat(125)}.com`] }, "hosts[0]", /has 129 characters/],
    [{ path: "/", hosts: [] }, "hosts", /is empty/],
    [{ path: "/", hosts: ["a.example.com", "A.example.com"] }, "hosts[1]", /is named twice/],
    [{ path: "/", methods: ["get"] }, "methods[0]", /capitals/],
    [{ path: "/", headers: { Host: ["a"] } }, "headers.Host", /is said by hosts/],
    [{ path: "/", headers: { "x a": ["a"] } }, "headers.x a", /must be a header's name/],
    [{ path: "/", headers: { "x-a": ["a"], "X-A": ["b"] } }, "headers.X-A", /is named twice/],
    [{ path: "/", headers: { "x-a": ["a*"] } }, "headers.x-a[0]", /must be exact/],
    [{ path: "/", headers: { "x-a": [""] } }, "headers.x-a[0]", /1 to 128 printable/],
    [{ path: "/x/*", hosts: ["a.b.com", "b.b.com"], methods: ["GET", "PUT"] }, "", /at most 5.*takes 2/],
  ] as [ListenerRuleConditions, string, RegExp][])
    it(`${JSON.stringify(rule).slice(0, 70)}`, () => {
      const [fault, ...others] = listenerRuleFaults({ api: rule });
      assert.deepEqual([fault?.rule, fault?.path, others], ["api", path, []]);
      assert.match(fault?.problem ?? "", problem);
      assert.throws(() => listenerPriorities({ api: rule }), /^Error: rules\.api/);
    });

  it("a value more than a rule has room for beside what the load balancer adds", () => {
    const rule = { path: "/x/*", hosts: ["a.example.com", "b.example.com", "c.example.com"] };
    assert.deepEqual(listenerRuleFaults({ rule }), []);
    assert.match(listenerRuleFaults({ rule }, { reserved: 1 })[0]?.problem ?? "", /and the load balancer 1/);
  });

  it("more rules than AWS allows, or was asked to", () => {
    const rules = (count: number): Rules =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, { path: `/${index}` }]));
    const counted = (faults: ReturnType<typeof listenerRuleFaults>) =>
      faults.filter(({ problem }) => problem.includes("AWS allows"));
    assert.equal(counted(listenerRuleFaults(rules(100))).length, 0);
    assert.equal(counted(listenerRuleFaults(rules(101))).length, 1);
    assert.equal(counted(listenerRuleFaults(rules(101), { rules: 200 })).length, 0);
  });

  it("all that is wrong at once", () => {
    assert.equal(
      listenerRuleFaults({ a: { path: "x" }, b: { path: "/", hosts: [], methods: ["x"] } }).length,
      3,
    );
  });
});
