import assert from "node:assert/strict";
import fc from "fast-check";
import type { Statement } from "../../../components/identity/policy-document";
import { charactersOf, PackingError, pack, type Room } from "../../../components/organization/packing";

/** What a policy has beside its statements: `{"Version":"2012-10-17","Statement":[]}`. */
const frame = 39;

/** A statement that takes so many characters in a policy, at least 51, told apart by its Sid. */
function statement(Sid: string, length: number): Statement {
  const made = (action: string): Statement => ({ Sid, Effect: "Deny", Action: action });
  const padding = length - JSON.stringify(made("")).length;
  assert.ok(padding >= 0, `${Sid} cannot be as short as ${length}`);
  return made("a".repeat(padding));
}

const statements = (...lengths: number[]) => lengths.map((length, index) => statement(`s${index}`, length));
const sids = (policies: readonly (readonly Statement[])[]) =>
  policies.map(policy => policy.map(({ Sid }) => Sid).join(" "));

/** The policies of some statements, or why there are none. */
function packed(of: readonly Statement[], room: Room): Statement[][] | string {
  try {
    return pack(of, room);
  } catch (error) {
    if (error instanceof PackingError) return error.message;
    throw error;
  }
}

const lengths = fc.array(fc.integer({ min: 51, max: 300 }), { maxLength: 25 });
const room = fc.record({
  policies: fc.integer({ min: 1, max: 8 }),
  characters: fc.integer({ min: 339, max: 900 }),
});

describe("packing statements into policies", () => {
  it("counts a policy as AWS does, without white space", () => {
    assert.equal(charactersOf([]), frame);
    assert.equal(charactersOf(statements(60)), frame + 60);
    assert.equal(charactersOf(statements(60, 70, 80)), frame + 60 + 1 + 70 + 1 + 80);
  });

  const exact: readonly [what: string, lengths: number[], room: Room, policies: string[]][] = [
    ["nothing in no policy", [], { policies: 0, characters: 100 }, []],
    ["one that just fits", [61], { policies: 1, characters: 100 }, ["s0"]],
    ["two that just fit, with the comma", [60, 60], { policies: 1, characters: 160 }, ["s0 s1"]],
    ["two that miss by one character", [60, 60], { policies: 2, characters: 159 }, ["s0", "s1"]],
    [
      "a later one where an earlier policy has room",
      [100, 100, 60],
      { policies: 2, characters: 200 },
      ["s0 s2", "s1"],
    ],
    [
      "in order, although another order took one policy less",
      [60, 100, 100, 60],
      { policies: 3, characters: 200 },
      ["s0 s1", "s2 s3"],
    ],
    [
      "in order, while policies are free",
      [60, 60, 100, 100],
      { policies: 3, characters: 200 },
      ["s0 s1", "s2", "s3"],
    ],
    [
      "the longest first, where there is no other way",
      [60, 60, 100, 100],
      { policies: 2, characters: 200 },
      ["s2 s0", "s3 s1"],
    ],
  ];
  for (const [what, its, where, expected] of exact)
    it(`puts ${what}`, () => assert.deepEqual(sids(pack(statements(...its), where)), expected));

  const refused: readonly [what: string, lengths: number[], room: Room, message: string][] = [
    [
      "a statement that is longer than a policy",
      [60, 1_060],
      { policies: 9, characters: 1_000 },
      "the statement s1 makes a policy of 1,099 characters, 99 more than the 1,000 of one policy; divide it",
    ],
    [
      "a statement that is longer than a policy by one character",
      [62],
      { policies: 9, characters: 100 },
      "the statement s0 makes a policy of 101 characters, 1 more than the 100 of one policy; divide it",
    ],
    [
      "what needs one policy more than is free",
      [60, 60],
      { policies: 1, characters: 159 },
      "2 statements of 160 characters need 2 policies of 159, and 1 is free; 99 characters are too many",
    ],
    [
      "anything where no policy is free",
      [60],
      { policies: 0, characters: 5_120 },
      "1 statements of 99 characters need 1 policies of 5,120, and 0 are free; 99 characters are too many",
    ],
    [
      "what needs several more",
      [100, 100, 100, 100],
      { policies: 2, characters: 200 },
      "4 statements of 442 characters need 4 policies of 200, and 2 are free; 278 characters are too many",
    ],
  ];
  for (const [what, its, where, message] of refused)
    it(`refuses ${what}, with the numbers`, () =>
      assert.throws(() => pack(statements(...its), where), { name: "PackingError", message }));

  it("names a statement without a Sid in another way", () => {
    const nameless: Statement = { Effect: "Deny", Action: "a".repeat(100) };
    assert.match(String(packed([nameless], { policies: 1, characters: 100 })), /the statement without a Sid/);
  });

  it("neither loses nor doubles a statement, and keeps to what is free", () => {
    fc.assert(
      fc.property(lengths, room, (its, where) => {
        const given = statements(...its);
        const policies = packed(given, where);
        if (typeof policies === "string") return;
        assert.deepEqual(new Set(policies.flat()), new Set(given));
        assert.equal(policies.flat().length, given.length);
        assert.ok(policies.length <= where.policies);
        for (const policy of policies) {
          assert.ok(policy.length > 0);
          assert.ok(charactersOf(policy) <= where.characters);
        }
      }),
    );
  });

  it("refuses what takes too many policies, and says by how many characters", () => {
    fc.assert(
      fc.property(lengths, room, (its, where) => {
        const given = statements(...its);
        const plenty = pack(given, { ...where, policies: 100 });
        const policies = packed(given, where);
        if (typeof policies !== "string") return;
        assert.ok(plenty.length > where.policies);
        const many = /need (\d+) policies of .*; ([\d,]+) characters are too many$/.exec(policies);
        assert.ok(many, policies);
        assert.ok(Number(many[1]) > where.policies);
        const tooMany = Number(many[2]?.replaceAll(",", ""));
        const most = (Number(many[1]) - where.policies) * where.characters;
        assert.ok(tooMany > frame && tooMany <= most, policies);
      }),
    );
  });

  it("refuses nothing that one policy holds", () => {
    fc.assert(
      fc.property(lengths, its => {
        const given = statements(...its);
        const characters = Math.max(charactersOf(given), frame);
        assert.ok(pack(given, { policies: 1, characters }).length <= 1);
      }),
    );
  });

  it("changes one policy, when a statement is added at the end and policies stay free", () => {
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 51, max: 300 }),
        fc.integer({ min: 339, max: 900 }),
        (its, added, characters) => {
          const where = { policies: 100, characters };
          const before = pack(statements(...its), where);
          const after = pack(statements(...its, added), where);
          const changed = after.filter((policy, index) => {
            const { length } = before[index] ?? [];
            return policy.length !== length;
          });
          assert.equal(changed.length, 1);
          assert.ok(after.length - before.length <= 1);
          for (const [index, policy] of before.entries())
            assert.deepEqual(after[index]?.slice(0, policy.length), policy);
        },
      ),
    );
  });

  it("uses few: every policy but the last is so full that the shortest of a later one has no room", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 339, max: 900 }), (its, characters) => {
        const policies = pack(statements(...its), { policies: 100, characters });
        const longest = Math.max(0, ...its);
        for (const [index, policy] of policies.slice(0, -1).entries()) {
          assert.ok(charactersOf(policy) > characters - longest - 1);
          for (const later of policies.slice(index + 1).flat())
            assert.ok(charactersOf([...policy, later]) > characters);
        }
        // Hence never twice as many as there must be.
        const least = Math.ceil(its.reduce((sum, length) => sum + length, 0) / (characters - frame));
        assert.ok(policies.length <= Math.max(1, 2 * least));
      }),
    );
  });
});
