import assert from "node:assert/strict";
import fc from "fast-check";
import { decide } from "../../reach";
import { party } from "./made";
import { Naive, names, resourcesOf, smallNetworks } from "./naive";

describe("a decision about a small network", () => {
  it("is the one that sending every single packet comes to", () => {
    const seen = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        smallNetworks,
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
          minLength: 8,
          maxLength: 8,
        }),
        (small, asked) => {
          const network = resourcesOf(small).network();
          const naive = new Naive(small);
          for (const [from, to] of asked) {
            if (from === to) continue;
            const { reaches } = decide(network, party(network, from), party(network, to), {
              protocol: "tcp",
            });
            assert.equal(reaches, naive.reaches(from, to), `${from} to ${to}`);
            seen[reaches === true ? "yes" : "no"]++;
          }
        },
      ),
      { numRuns: Number(process.env["REACH_RUNS"] ?? 300) },
    );
    // Both happen often enough to mean something.
    assert.ok(seen.yes > 100 && seen.no > 100, JSON.stringify(seen));
  });
});
