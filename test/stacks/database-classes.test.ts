import assert from "node:assert/strict";
import { memoryOf } from "../../components/data/database-limits";
import { databaseClassesOf, databaseClassFault } from "../../stacks/description/database-classes";
import { regions } from "../../stacks/description/regions";

describe("the instance classes of a region", () => {
  it("are known for every region, and of a known memory", () => {
    for (const region of Object.keys(regions))
      for (const kind of ["aurora", "instance"] as const) {
        const classes = databaseClassesOf(region, kind) ?? [];
        assert.ok(classes.length > 0, `${region} ${kind}`);
        assert.equal(new Set(classes).size, classes.length);
        for (const one of classes) {
          assert.ok(memoryOf(one) > 0, one);
          assert.equal(databaseClassFault(region, kind, one), undefined);
        }
      }
    assert.equal(databaseClassesOf("eu-atlantis-1", "aurora"), undefined);
    assert.equal(databaseClassesOf("constructor", "aurora"), undefined);
  });

  it("are refused where the region lacks the family or the size", () => {
    for (const [region, kind, one, fault] of [
      ["il-central-1", "aurora", "db.r8g.large", "Aurora in il-central-1 has db.r7g"],
      ["me-central-1", "aurora", "db.r8g.large", "Aurora in me-central-1 has db.t4g, db.r6g, db.r7g"],
      ["eu-central-1", "aurora", "db.t4g.micro", "Aurora has db.t4g in medium, large"],
      ["eu-central-1", "aurora", "db.m8g.large", /^Aurora in eu-central-1 has db\.t4g/],
      ["ca-west-1", "instance", "db.t4g.medium", /^RDS in ca-west-1 has db\.t3, /],
      ["eu-central-1", "instance", "db.r6g.24xlarge", /^RDS has db\.r6g in large, .*16xlarge$/],
      ["eu-atlantis-1", "aurora", "db.r8g.large", "what eu-atlantis-1 has is not known"],
      ["eu-central-1", "aurora", "r8g.large", /^Aurora in/],
    ] as const) {
      const found = databaseClassFault(region, kind, one) ?? "";
      if (typeof fault === "string") assert.equal(found, fault);
      else assert.match(found, fault);
    }
  });
});
