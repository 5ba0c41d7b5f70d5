import assert from "node:assert/strict";
import { type Adoption, adoptionOf } from "../../../cli/adopt/adoption";
import { guardrailNeeds } from "../../../cli/adopt/guardrail-needs";
import { type Obstacle, obstaclesOf } from "../../../cli/adopt/obstacles";
import { adoptionIn, foundIn } from "./recorded";

const obstaclesIn = (adoption: Adoption): Obstacle[] => obstaclesOf(adoption, guardrailNeeds(adoption));

/** What each is about, in a word or two of its own, and which it names. */
const table = (obstacles: readonly Obstacle[], kind: Obstacle["kind"]) =>
  obstacles.filter(obstacle => obstacle.kind === kind).map(({ what, which }) => [what, which.join("; ")]);

function holds(actual: readonly string[][], expected: readonly (readonly [RegExp, RegExp])[]): void {
  assert.equal(actual.length, expected.length, actual.map(([what]) => what).join("\n"));
  for (const [index, [what, which]] of expected.entries()) {
    assert.match(actual[index]?.[0] ?? "", what);
    assert.match(actual[index]?.[1] ?? "", which);
  }
}

describe("what stands in the way of adopting an organization", () => {
  it("is nothing in a small one that is as it should be", async () => {
    const obstacles = obstaclesIn(await adoptionIn("bare"));
    assert.deepEqual(table(obstacles, "mend"), []);
    holds(table(obstacles, "know"), [
      [
        /types of policy are not enabled/,
        /^AISERVICES_OPT_OUT_POLICY; BACKUP_POLICY; RESOURCE_CONTROL_POLICY; TAG_POLICY$/,
      ],
      [/whether the role OrganizationAccountAccessRole is in every/, /^$/],
    ]);
  });

  it("is, in one with obstacles of every kind, each of them, with what it is about", async () => {
    const obstacles = obstaclesIn(await adoptionIn("control-tower"));
    holds(table(obstacles, "mend"), [
      [/directly below the root/, /^Payments \(legacy\) 100000000001$/],
      [/deeper than the 5 levels/, /^Workloads\/Prod-EU\/Products\/Payments\/Cards\/Europe$/],
      [/units are called as a description can not/, /^"Prod\/EU" as Workloads\/Prod-EU$/],
      [/names become one/, /^"Data Lake" 100000000003 and "DataLake" 100000000004 as data-lake$/],
      [/no room/, /^root: 9 of 10 SERVICE_CONTROL_POLICY, and \d more are needed$/],
      [/names that the landing zone gives/, /^landing-zone-tags$/],
      [
        /delegated administrators/,
        /^guardduty\.amazonaws\.com to 100000000002; securityhub\.amazonaws\.com to 100000000002$/,
      ],
      [/Identity Center is not switched on in eu-central-1/, /^$/],
    ]);
    holds(table(obstacles, "know"), [
      [
        /accounts have another name/,
        /"Log Archive" 222233334444 as log-archive; .*"DataLake" 100000000004 as data-lake-0004/,
      ],
      [
        /that the landing zone does not need/,
        /^controltower\.amazonaws\.com; member\.org\.stacksets\.cloudformation\.amazonaws\.com; CHATBOT_POLICY$/,
      ],
      [/Control Tower .* up to 3 policies at a unit/, /^$/],
      [
        /types of policy are not enabled/,
        /^AISERVICES_OPT_OUT_POLICY; BACKUP_POLICY; RESOURCE_CONTROL_POLICY$/,
      ],
      [/CloudTrail is trusted/, /^$/],
      [/delegated to the audit account already/, /^config\.amazonaws\.com$/],
      [/in the quarantine Suspended/, /^Old Intranet 100000000007$/],
      [/suspended or closed, and left out/, /^Old Shop 100000000008$/],
      [/about to be closed, and left out/, /^Büro-Köln 1 100000000005$/],
      [/not activated yet/, /^new-sandbox 100000000009 PENDING_ACTIVATION$/],
      [/invited/, /^Payments \(legacy\) 100000000001; 2nd cards 100000000006$/],
      [/whether the role AWSControlTowerExecution/, /^$/],
    ]);
    for (const { todo } of obstacles) assert.ok(todo.length > 0);
  });

  it("is that not all features are enabled", async () => {
    holds(table(obstaclesIn(await adoptionIn("consolidated-billing")), "mend"), [
      [/not all features/, /^$/],
      [/directly below the root/, /^dev 555566667777$/],
      [/Identity Center/, /^$/],
    ]);
  });

  it("is a unit that is called Root", async () => {
    const found = await foundIn("bare");
    const units = [
      ...found.units,
      { id: "ou-examplerootid111-exampleouid999", name: "Root", parentId: found.rootId },
    ];
    const adoption = adoptionOf({ ...found, units });
    holds(table(obstaclesIn(adoption), "mend"), [[/as the organization's root is/, /^Root$/]]);
  });

  it("is a unit whose policies leave no room, and none where there is just enough", async () => {
    const found = await foundIn("bare");
    const adopted = (company: number) => {
      const policies = Array.from({ length: company }, (_, index) => ({
        id: `p-examplepolicyid${index}`,
        name: `company-${index}`,
        type: "SERVICE_CONTROL_POLICY",
        awsManaged: false,
        targets: [found.rootId],
      }));
      const adoption = adoptionOf({ ...found, policies: [...found.policies, ...policies] });
      const needs = guardrailNeeds(adoption)("root", "SERVICE_CONTROL_POLICY");
      return { needs, ways: table(obstaclesIn(adoption), "mend") };
    };
    const { needs } = adopted(0);
    assert.ok(needs > 0);
    assert.deepEqual(adopted(9 - needs).ways, []);
    holds(adopted(10 - needs).ways, [[/no room/, /^root: /]]);
  });
});
