import assert from "node:assert/strict";
import { cases } from "../../policies/examples";
import { Resource } from "../../policies/graph";
import { Report } from "../../policies/report";
import { rules } from "../../policies/rules";
import { type Given, judge } from "./judge";

/** What a rule sets has to be what it asks for. */
describe("what rules set right", () => {
  for (const rule of rules) {
    if (rule.scope === "stack" || !rule.remediate) continue;
    const { remediate } = rule;
    const { refuses = [] } = cases.find(one => one.rule === rule.name) ?? {};

    it(`${rule.name} accepts a resource that it has set right`, async () => {
      let mended = 0;
      for (const given of refuses) {
        const [one] = "length" in given ? given : [given];
        if (!one) continue;
        let change: Readonly<Record<string, unknown>> | undefined;
        new Report(() => undefined).attempt(() => {
          change = remediate(resourceOf(one, rule.types[0]));
        });
        if (change === undefined) continue;
        mended += 1;
        const verdicts = await judge(rule, [{ ...one, props: { ...Object(one.props), ...change } }]);
        const refused = verdicts.filter(({ message }) => !/^(unknown|accepted): /.test(message));
        assert.deepEqual(refused, [], JSON.stringify({ one, change }));
      }
      assert.ok(mended > 0, "it sets right none of its refused examples");
    });
  }
});

function resourceOf({ type, name = "it", props = {}, protect = false }: Given, first = ""): Resource {
  const opts = { protect } as ConstructorParameters<typeof Resource>[0]["opts"];
  return new Resource({ type: type ?? first, name, urn: name, props: Object(props), opts });
}
