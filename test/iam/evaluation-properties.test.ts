// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are variables of policies.

import fc from "fast-check";
import { readDocument } from "../../iam/document";
import { evaluate, type Policies } from "../../iam/evaluate";
import type { Request } from "../../iam/request";
import {
  allow,
  anonymous,
  document,
  own,
  request,
  role,
  root,
  service,
  serviceLinked,
  user,
} from "./requests";

const operators = [
  "StringEquals",
  "StringNotEquals",
  "StringLikeIfExists",
  "Null",
  "ForAllValues:StringEquals",
  "ForAnyValue:StringNotLike",
  "StringAlmost",
];
const keys = ["aws:PrincipalArn", "aws:SourceVpc", "aws:TagKeys"];
const values = ["a", "b", "true", "false", role.arn, "${aws:SourceVpc}"];

const condition = fc.dictionary(
  fc.constantFrom(...operators),
  fc.dictionary(fc.constantFrom(...keys), fc.subarray(values, { minLength: 1 }), { minKeys: 1, maxKeys: 2 }),
  { maxKeys: 2 },
);
const principal = fc.constantFrom(
  "*",
  { AWS: own },
  { AWS: role.arn },
  { AWS: user.arn },
  { Service: service.arn },
);
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Deny"),
  Action: fc.constantFrom("*", "s3:*", "s3:Get*", "s3:Put*"),
  Resource: fc.constantFrom("*", "arn:aws:s3:::pay/*", "arn:aws:s3:::other/*"),
  Condition: fc.oneof(fc.constant({}), condition),
});
const toPrincipal = fc.tuple(statement, principal).map(([one, Principal]) => ({ ...one, Principal }));

const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
const levels = fc.array(fc.array(statements, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
const drafts = fc.record(
  {
    identity: fc.array(statements, { maxLength: 2 }),
    boundary: statements,
    session: statements,
    serviceControl: levels,
    resource: fc.array(toPrincipal, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ["identity"] },
);

type Statements = readonly object[];
interface Draft {
  readonly identity: readonly Statements[];
  readonly boundary?: Statements;
  readonly session?: Statements;
  readonly serviceControl?: readonly (readonly Statements[])[];
  readonly resource?: Statements;
}

const read = (draft: Draft, arrange: (statements: Statements) => Statements = one => one): Policies => {
  const one = (statements?: Statements) => statements && document(...arrange(statements));
  const many = (lists: readonly Statements[]) => lists.map(list => document(...arrange(list)));
  return {
    identity: many(draft.identity),
    boundary: one(draft.boundary),
    session: one(draft.session),
    serviceControl: draft.serviceControl?.map(many),
    resource: one(draft.resource),
  };
};

const contexts = fc.dictionary(
  fc.constantFrom(...keys.slice(1)),
  fc.subarray(["a", "b", "true"], { minLength: 1 }),
);
const requests: fc.Arbitrary<Request> = fc
  .record({
    principal: fc.constantFrom(role, user, root, service, serviceLinked, anonymous),
    resourceAccount: fc.constantFrom(own, own, "444455556666"),
    context: contexts,
    absentKeys: fc.constantFrom("absent" as const, "unknown" as const),
  })
  .map(request);

const outcome = (asked: Request, policies: Policies) => evaluate(asked, policies).outcome;
const openness = { denied: 0, undecided: 1, allowed: 2 };
const holds = (property: fc.IProperty<[Request, Draft]>) => fc.assert(property, { numRuns: 1500 });

describe("any evaluation of AWS policies", () => {
  it("opens nothing for another statement that denies", () => {
    fc.assert(
      fc.property(requests, drafts, statement, (asked, draft, more) => {
        const denying = [...draft.identity, [{ ...more, Effect: "Deny" }]];
        const after = outcome(asked, read({ ...draft, identity: denying }));
        return openness[after] <= openness[outcome(asked, read(draft))];
      }),
      { numRuns: 1500 },
    );
  });

  it("opens nothing for another level of service control policies", () => {
    fc.assert(
      fc.property(requests, drafts, statements, (asked, draft, more) => {
        const serviceControl = [...(draft.serviceControl ?? []), [more]];
        const after = outcome(asked, read({ ...draft, serviceControl }));
        return openness[after] <= openness[outcome(asked, read(draft))];
      }),
      { numRuns: 1500 },
    );
  });

  it("closes nothing for another statement that allows", () => {
    holds(
      fc.property(requests, drafts, (asked, draft) => {
        const allowing = read({ ...draft, identity: [...draft.identity, [allow()]] });
        return openness[outcome(asked, allowing)] >= openness[outcome(asked, read(draft))];
      }),
    );
  });

  it("does not mind the order of statements", () => {
    holds(
      fc.property(requests, drafts, (asked, draft) => {
        const turned = read(draft, statements => statements.toReversed());
        return outcome(asked, turned) === outcome(asked, read(draft));
      }),
    );
  });

  it("decides without a key only what holds with the key and without", () => {
    fc.assert(
      fc.property(requests, drafts, contexts, (asked, draft, more) => {
        const policies = read(draft);
        const decided = outcome({ ...asked, absentKeys: "unknown" }, policies);
        const completed = { ...asked, context: { ...more, ...asked.context }, absentKeys: "absent" as const };
        const missing = { ...asked, absentKeys: "absent" as const };
        const possible = [outcome(completed, policies), outcome(missing, policies)];
        return decided === "undecided" || possible.every(one => one === decided);
      }),
      { numRuns: 3000 },
    );
  });

  it("never throws, whatever the documents", () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({ Version: fc.constant("2012-10-17"), Statement: fc.jsonValue() }),
    );
    const nearly = fc.record(
      {
        Effect: fc.constantFrom("Allow", "Deny"),
        Action: fc.oneof(fc.constant("*"), fc.string()),
        Resource: fc.oneof(fc.constant("*"), fc.string()),
        Principal: fc.oneof(fc.string(), fc.dictionary(fc.constantFrom("AWS", "Service", "x"), fc.string())),
        Condition: fc.dictionary(
          fc.oneof(
            fc.constantFrom("IpAddress", "DateEquals", "NumericEquals", "ArnLike", "Bool"),
            fc.string(),
          ),
          fc.dictionary(fc.constantFrom(...keys, "aws:SourceIp"), fc.string()),
        ),
      },
      { requiredKeys: ["Effect"] },
    );
    const documents = fc
      .oneof(
        json,
        nearly.map(Statement => ({ Version: "2012-10-17", Statement })),
      )
      .map(readDocument);
    fc.assert(
      fc.property(requests, documents, fc.string(), (asked, any, address) => {
        const context = { ...asked.context, "aws:SourceIp": address };
        const layers = { identity: [any], boundary: any, session: any, resource: any };
        evaluate({ ...asked, context }, { ...layers, serviceControl: [[any]], resourceControl: [[any]] });
        return true;
      }),
      { numRuns: 3000 },
    );
  });
});
