// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are variables of policies.

import assert from "node:assert/strict";
import { deniedBy } from "../../iam/denial";
import { evaluate, type Layer, type Policies } from "../../iam/evaluate";
import type { Caller, Request } from "../../iam/request";
import {
  allow,
  anonymous,
  deny,
  document,
  object,
  other,
  own,
  request,
  role,
  root,
  service,
  serviceLinked,
  user,
} from "./requests";

type Expected = readonly ["allowed" | "undecided"] | readonly ["denied", "explicit" | "implicit", Layer];

interface Row {
  readonly rule: string;
  readonly request?: Partial<Request>;
  readonly policies: Policies;
  readonly expected: Expected;
}

const all = document(allow());
const none = document(allow({ Action: "none:None" }));
const denyAll = document(deny());
const nothing = document(deny({ Action: "none:None" }));
const grantTo = (principal: unknown, more: object = {}) => document(allow({ Principal: principal, ...more }));
const denyTo = (principal: unknown) => document(deny({ Principal: principal }));
const aws = (...ids: readonly string[]) => ({ AWS: ids });
const by = (principal: Caller, more: Partial<Request> = {}): Partial<Request> => ({ principal, ...more });
const abroad = (principal: Caller = role): Partial<Request> => ({ principal, resourceAccount: other });

const accountRoot = `arn:aws:iam::${own}:root`;
const session = `arn:aws:sts::${own}:assumed-role/deploy/ci`;
const key = { action: "kms:Decrypt", resource: `arn:aws:kms:eu-west-1:${own}:key/1`, resourceAccount: own };
const trust = { action: "sts:AssumeRole", resource: `arn:aws:iam::${own}:role/target`, resourceAccount: own };
const foreignTrust = { ...trust, resource: `arn:aws:iam::${other}:role/target`, resourceAccount: other };
const tagged = { StringEquals: { "aws:PrincipalTag/team": "pay" } };

const allowed: Expected = ["allowed"];
const undecided: Expected = ["undecided"];
const denied = (kind: "explicit" | "implicit", layer: Layer): Expected => ["denied", kind, layer];
const byIdentity = denied("implicit", "identity policy");
const byResource = denied("implicit", "resource policy");

const elements: readonly Row[] = [
  { rule: "what nothing allows is denied", policies: {}, expected: byIdentity },
  { rule: "an identity policy allows", policies: { identity: [all] }, expected: allowed },
  {
    rule: "actions match in any case and with wildcards",
    policies: { identity: [document(allow({ Action: "S3:get*" }))] },
    expected: allowed,
  },
  {
    rule: "NotAction leaves its actions out",
    policies: { identity: [document(allow({ Action: [], NotAction: "s3:Get*" }))] },
    expected: byIdentity,
  },
  {
    rule: "resources mind case",
    policies: { identity: [document(allow({ Resource: "arn:aws:s3:::PAY/*" }))] },
    expected: byIdentity,
  },
  {
    rule: "a star of a resource reaches over colons and slashes",
    policies: { identity: [document(allow({ Resource: "arn:aws:*/1" }))] },
    expected: allowed,
  },
  {
    rule: "NotResource leaves its resources out",
    policies: { identity: [document(allow({ Resource: [], NotResource: "arn:aws:s3:::pay/*" }))] },
    expected: byIdentity,
  },
  {
    rule: "a resource takes variables",
    request: { principal: { ...role, tags: { bucket: "pay" } } },
    policies: { identity: [document(allow({ Resource: "arn:aws:s3:::${aws:PrincipalTag/bucket}/*" }))] },
    expected: allowed,
  },
  {
    rule: "a resource whose variable has no value matches nothing",
    policies: { identity: [document(allow({ Resource: "arn:aws:s3:::*${aws:PrincipalTag/bucket}*" }))] },
    expected: byIdentity,
  },
  {
    rule: "a statement without Action says nothing certain",
    policies: { identity: [document(allow({ Action: [] }))] },
    expected: undecided,
  },
  {
    rule: "a document that cannot be read leaves the decision open",
    policies: { identity: [all, document({ Effect: "Maybe" })] },
    expected: undecided,
  },
  {
    rule: "a document that cannot be read may be the one that allows",
    policies: { identity: [document({ Effect: "Maybe" })] },
    expected: undecided,
  },
  {
    rule: "a certain denial stands beside a document that cannot be read",
    policies: { identity: [denyAll, document({ Effect: "Maybe" })] },
    expected: denied("explicit", "identity policy"),
  },
];

const callers: readonly Row[] = [
  {
    rule: "aws:PrincipalArn of a session is its role's",
    policies: { identity: [document(allow({ Condition: { ArnEquals: { "aws:PrincipalArn": role.arn } } }))] },
    expected: allowed,
  },
  {
    rule: "a session's ARN leaves its role's path, and so aws:PrincipalArn, open",
    request: by({ ...role, arn: session }),
    policies: { identity: [document(allow({ Condition: { ArnEquals: { "aws:PrincipalArn": role.arn } } }))] },
    expected: undecided,
  },
  {
    rule: "aws:PrincipalType of the root user is Account",
    request: by(root),
    policies: {
      identity: [],
      serviceControl: [
        [all, document(deny({ Condition: { StringEquals: { "aws:PrincipalType": "Account" } } }))],
      ],
    },
    expected: denied("explicit", "service control policy"),
  },
  {
    rule: "aws:PrincipalIsAWSService is true of a service principal",
    request: by(service),
    policies: {
      resource: grantTo("*", { Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } }),
    },
    expected: allowed,
  },
  {
    rule: "aws:ResourceAccount is the account in the ARN",
    request: { ...key, resource: key.resource.replace(own, other), resourceAccount: undefined },
    policies: {
      identity: [document(allow({ Condition: { StringEquals: { "aws:ResourceAccount": other } } }))],
      resource: grantTo(aws(own)),
    },
    expected: allowed,
  },
  {
    rule: "the tags of a caller are all its tags",
    request: { principal: { ...role, tags: {} }, absentKeys: "unknown" },
    policies: { identity: [all, document(deny({ Condition: tagged }))] },
    expected: allowed,
  },
  {
    rule: "aws:PrincipalType of an anonymous caller is Anonymous",
    request: by(anonymous),
    policies: {
      resource: grantTo("*", { Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } }),
    },
    expected: allowed,
  },
  {
    rule: "an anonymous caller has no aws:PrincipalArn",
    request: by(anonymous),
    policies: { resource: grantTo("*", { Condition: { Null: { "aws:PrincipalArn": "true" } } }) },
    expected: allowed,
  },
];

const explicitDenials: readonly Row[] = [
  {
    rule: "an identity policy's denial goes before its allowance",
    policies: { identity: [all, denyAll] },
    expected: denied("explicit", "identity policy"),
  },
  {
    rule: "a resource policy's denial goes before an identity policy's allowance",
    policies: { identity: [all], resource: denyTo("*") },
    expected: denied("explicit", "resource policy"),
  },
  {
    rule: "a boundary's denial goes before a grant to the session itself",
    policies: { boundary: denyAll, resource: grantTo(aws(session)) },
    expected: denied("explicit", "permissions boundary"),
  },
  {
    rule: "a session policy's denial goes before all allowances",
    policies: { identity: [all], session: document(allow(), deny()) },
    expected: denied("explicit", "session policy"),
  },
  {
    rule: "the root user is denied by the resource policies of its account",
    request: by(root),
    policies: { resource: denyTo(aws(accountRoot)) },
    expected: denied("explicit", "resource policy"),
  },
];

const serviceControl: readonly Row[] = [
  {
    rule: "a service control policy allows nothing by itself",
    policies: { serviceControl: [[all]] },
    expected: byIdentity,
  },
  {
    rule: "every level must allow",
    policies: { identity: [all], serviceControl: [[all], [none], [all]] },
    expected: denied("implicit", "service control policy"),
  },
  {
    rule: "a level without policies allows nothing",
    policies: { identity: [all], serviceControl: [[all], []] },
    expected: denied("implicit", "service control policy"),
  },
  {
    rule: "one allowing policy is enough for a level",
    policies: { identity: [all], serviceControl: [[none, all], [all]] },
    expected: allowed,
  },
  {
    rule: "a denial of any level denies",
    policies: { identity: [all], serviceControl: [[all, denyAll], [all]] },
    expected: denied("explicit", "service control policy"),
  },
  {
    rule: "a resource policy grants nothing beyond the service control policies",
    policies: { resource: grantTo(aws(session)), serviceControl: [[none]] },
    expected: denied("implicit", "service control policy"),
  },
  {
    rule: "the root user of a member account is limited",
    request: by(root),
    policies: { serviceControl: [[none]] },
    expected: denied("implicit", "service control policy"),
  },
  {
    rule: "the management account is not limited",
    request: by({ ...role, isManagementAccount: true }),
    policies: { identity: [all], serviceControl: [[denyAll]] },
    expected: allowed,
  },
  {
    rule: "service-linked roles are not limited",
    request: by(serviceLinked),
    policies: { identity: [all], serviceControl: [[denyAll]] },
    expected: allowed,
  },
  {
    rule: "service principals are not limited",
    request: by(service),
    policies: { resource: grantTo({ Service: service.arn }), serviceControl: [[denyAll]] },
    expected: allowed,
  },
  {
    rule: "service principals are not limited for an account they may be said to have",
    request: by({ ...service, account: own }),
    policies: { resource: grantTo({ Service: service.arn }), serviceControl: [[denyAll]] },
    expected: allowed,
  },
  {
    rule: "a denial on a key that is not known leaves the decision open",
    request: { absentKeys: "unknown" },
    policies: { identity: [all], serviceControl: [[all, document(deny({ Condition: tagged }))]] },
    expected: undecided,
  },
  {
    rule: "an unknown operator never lets a denial pass",
    policies: {
      identity: [all],
      serviceControl: [[all, document(deny({ Condition: { StringAlmost: { k: "a" } } }))]],
    },
    expected: undecided,
  },
  {
    rule: "what no level allows is denied, whatever is open",
    request: { absentKeys: "unknown" },
    policies: { identity: [document(allow({ Condition: tagged }))], serviceControl: [[none]] },
    expected: denied("implicit", "service control policy"),
  },
];

const resourceControl: readonly Row[] = [
  {
    rule: "each level allows by RCPFullAWSAccess, which need not be given",
    policies: {
      identity: [all],
      resourceControl: [[], [document(deny({ Principal: "*", Action: "s3:Put*" }))]],
    },
    expected: allowed,
  },
  {
    rule: "a denial limits callers of the account",
    policies: { identity: [all], resourceControl: [[denyTo("*")]] },
    expected: denied("explicit", "resource control policy"),
  },
  {
    rule: "a denial limits callers of other accounts",
    request: abroad(),
    policies: { identity: [all], resource: grantTo(aws(own)), resourceControl: [[denyTo("*")]] },
    expected: denied("explicit", "resource control policy"),
  },
  {
    rule: "a denial limits service principals",
    request: by(service),
    policies: { resource: grantTo({ Service: service.arn }), resourceControl: [[denyTo("*")]] },
    expected: denied("explicit", "resource control policy"),
  },
  {
    rule: "a denial limits anonymous callers",
    request: by(anonymous),
    policies: { resource: grantTo("*"), resourceControl: [[denyTo("*")]] },
    expected: denied("explicit", "resource control policy"),
  },
  {
    rule: "service-linked roles are not limited",
    request: by(serviceLinked),
    policies: { identity: [all], resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
  {
    rule: "the management account's callers are limited in other accounts",
    request: abroad({ ...role, isManagementAccount: true }),
    policies: { identity: [all], resource: grantTo(aws(own)), resourceControl: [[denyTo("*")]] },
    expected: denied("explicit", "resource control policy"),
  },
  {
    rule: "resources of the management account are not limited",
    request: by({ ...role, isManagementAccount: true }),
    policies: { identity: [all], resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
  {
    rule: "resources of the management account are not limited to callers of other accounts",
    request: { ...abroad(), resourceInManagementAccount: true },
    policies: { identity: [all], resource: grantTo(aws(own)), resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
  {
    rule: "kms:RetireGrant is not limited",
    request: { ...key, action: "kms:RetireGrant" },
    policies: { resource: grantTo(aws(role.arn)), resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
  {
    rule: "the trust of service-linked roles is not limited",
    request: by(service, { ...trust, resource: serviceLinked.arn }),
    policies: { resource: grantTo({ Service: service.arn }), resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
  {
    rule: "services without support for resource control policies are not limited",
    request: { action: "ec2:RunInstances", resource: "*" },
    policies: { identity: [all], resourceControl: [[denyTo("*")]] },
    expected: allowed,
  },
];

const withinAccount: readonly Row[] = [
  {
    rule: "a boundary allows nothing by itself",
    policies: { boundary: all },
    expected: byIdentity,
  },
  {
    rule: "a boundary limits identity policies",
    policies: { identity: [all], boundary: none },
    expected: denied("implicit", "permissions boundary"),
  },
  {
    rule: "a session policy limits identity policies",
    policies: { identity: [all], session: none },
    expected: denied("implicit", "session policy"),
  },
  {
    rule: "identity policy, boundary and session policy allow together",
    policies: { identity: [all], boundary: all, session: all },
    expected: allowed,
  },
  {
    rule: "a resource policy grants to a role without an identity policy",
    policies: { resource: grantTo(aws(role.arn)) },
    expected: allowed,
  },
  {
    rule: "a role's boundary limits what a resource policy grants to the role",
    policies: { resource: grantTo(aws(role.arn)), boundary: none },
    expected: denied("implicit", "permissions boundary"),
  },
  {
    rule: "a session policy limits what a resource policy grants to the role",
    policies: { resource: grantTo(aws(role.arn)), session: none },
    expected: denied("implicit", "session policy"),
  },
  {
    rule: "neither limits what a resource policy grants to the session",
    policies: { resource: grantTo(aws(session)), boundary: none, session: none },
    expected: allowed,
  },
  {
    rule: "neither limits what a resource policy grants to everyone with a given aws:PrincipalArn",
    policies: {
      resource: grantTo("*", { Condition: { ArnEquals: { "aws:PrincipalArn": role.arn } } }),
      boundary: none,
      session: none,
    },
    expected: allowed,
  },
  {
    rule: "a grant to another session of the role is none",
    policies: { resource: grantTo(aws(session.replace(/ci$/, "cd"))) },
    expected: byIdentity,
  },
  {
    rule: "a grant to one session is open while the session's name is",
    request: by({ ...role, sessionName: undefined }),
    policies: { resource: grantTo(aws(session)) },
    expected: undecided,
  },
  {
    rule: "a session is its role's, whose path its ARN leaves out",
    request: by({ ...role, arn: session }),
    policies: { resource: grantTo(aws(role.arn)) },
    expected: allowed,
  },
  {
    rule: "a boundary does not limit what a resource policy grants to a user",
    request: by(user),
    policies: { resource: grantTo(aws(user.arn)), boundary: none },
    expected: allowed,
  },
  {
    rule: "a federated session's policy limits what a resource policy grants to its user",
    request: by(user),
    policies: { resource: grantTo(aws(user.arn)), session: none },
    expected: denied("implicit", "session policy"),
  },
  {
    rule: "a resource policy that names the account leaves it to identity policies",
    policies: { resource: grantTo(aws(accountRoot)) },
    expected: byIdentity,
  },
  {
    rule: "the root user needs no identity policy",
    request: by(root),
    policies: {},
    expected: allowed,
  },
  {
    rule: "the root user has no boundary",
    request: by(root),
    policies: { boundary: none },
    expected: allowed,
  },
  {
    rule: "a key's policy must allow, whatever identity policies say",
    request: key,
    policies: { identity: [all], resource: grantTo(aws(`arn:aws:iam::${own}:role/another`)) },
    expected: byResource,
  },
  {
    rule: "a key's policy that names the account lets identity policies allow",
    request: key,
    policies: { identity: [all], resource: grantTo(aws(accountRoot)) },
    expected: allowed,
  },
  {
    rule: "a key's policy that names the account allows nothing by itself",
    request: key,
    policies: { resource: grantTo(aws(own)) },
    expected: byIdentity,
  },
  {
    rule: "a key's policy that names the role is enough",
    request: key,
    policies: { resource: grantTo(aws(role.arn)) },
    expected: allowed,
  },
  {
    rule: "the root user needs a key's policy",
    request: by(root, key),
    policies: { resource: grantTo(aws(role.arn)) },
    expected: byResource,
  },
  {
    rule: "a role's trust must allow, whatever identity policies say",
    request: trust,
    policies: { identity: [all] },
    expected: byResource,
  },
  {
    rule: "a role's trust names no resource",
    request: trust,
    policies: { resource: grantTo(aws(role.arn), { Resource: [], Action: "sts:AssumeRole" }) },
    expected: allowed,
  },
];

const acrossAccounts: readonly Row[] = [
  {
    rule: "an identity policy alone does not reach into another account",
    request: abroad(),
    policies: { identity: [all] },
    expected: byResource,
  },
  {
    rule: "a resource policy alone does not let another account's role in",
    request: abroad(),
    policies: { resource: grantTo(aws(role.arn)) },
    expected: byIdentity,
  },
  {
    rule: "not even by naming the session",
    request: abroad(),
    policies: { resource: grantTo(aws(session)) },
    expected: byIdentity,
  },
  {
    rule: "both sides allow",
    request: abroad(),
    policies: { identity: [all], resource: grantTo(aws(role.arn)) },
    expected: allowed,
  },
  {
    rule: "an account's number stands for all in it",
    request: abroad(),
    policies: { identity: [all], resource: grantTo(aws(own)) },
    expected: allowed,
  },
  {
    rule: "another account's number does not",
    request: abroad(),
    policies: { identity: [all], resource: grantTo(aws(other)) },
    expected: byResource,
  },
  {
    rule: "the caller's boundary limits it elsewhere, whomever the resource policy names",
    request: abroad(user),
    policies: { identity: [all], resource: grantTo(aws(user.arn)), boundary: none },
    expected: denied("implicit", "permissions boundary"),
  },
  {
    rule: "the caller's service control policies limit it elsewhere",
    request: abroad(),
    policies: { identity: [all], resource: grantTo(aws(own)), serviceControl: [[none]] },
    expected: denied("implicit", "service control policy"),
  },
  {
    rule: "the root user of an account may use what is granted to the account",
    request: abroad(root),
    policies: { resource: grantTo(aws(own)) },
    expected: allowed,
  },
  {
    rule: "a role's trust may ask for an external id",
    request: { ...foreignTrust, context: { "sts:ExternalId": "wrong" } },
    policies: {
      identity: [all],
      resource: grantTo(aws(own), { Condition: { StringEquals: { "sts:ExternalId": "right" } } }),
    },
    expected: byResource,
  },
];

const principals: readonly Row[] = [
  {
    rule: "a service needs a resource policy that names it",
    request: by(service),
    policies: { identity: [all], resource: grantTo({ Service: "config.amazonaws.com" }) },
    expected: byResource,
  },
  {
    rule: "an account does not stand for services",
    request: by(service),
    policies: { resource: grantTo(aws(own)) },
    expected: byResource,
  },
  {
    rule: "everyone is anonymous callers too",
    request: by(anonymous),
    policies: { resource: grantTo(aws("*")) },
    expected: allowed,
  },
  {
    rule: "an account does not stand for anonymous callers",
    request: by(anonymous),
    policies: { resource: grantTo(aws(own)) },
    expected: byResource,
  },
  {
    rule: "whoever signs in with a provider needs a trust that names it",
    request: {
      ...trust,
      action: "sts:AssumeRoleWithWebIdentity",
      principal: { kind: "federated", arn: "accounts.google.com" },
    },
    policies: { resource: grantTo({ Federated: "accounts.google.com" }, { Resource: [] }) },
    expected: allowed,
  },
  {
    rule: "a provider is no service",
    request: { ...trust, principal: { kind: "federated", arn: "accounts.google.com" } },
    policies: { resource: grantTo({ Service: "accounts.google.com" }, { Resource: [] }) },
    expected: byResource,
  },
  {
    rule: "the user of a federated session is not known",
    request: by({ ...user, arn: `arn:aws:sts::${own}:federated-user/bob` }),
    policies: { identity: [all], resource: denyTo(aws(user.arn)) },
    expected: undecided,
  },
  {
    rule: "NotPrincipal that lists an account leaves out its root user",
    request: by(root),
    policies: { resource: document(deny({ NotPrincipal: aws(own) })) },
    expected: allowed,
  },
  {
    rule: "NotPrincipal denies whom it does not list",
    policies: {
      identity: [all],
      resource: document(deny({ NotPrincipal: aws(`arn:aws:iam::${other}:root`) })),
    },
    expected: denied("explicit", "resource policy"),
  },
  {
    rule: "NotPrincipal leaves out whose account, role and session it lists",
    policies: {
      identity: [all],
      resource: document(deny({ NotPrincipal: aws(accountRoot, role.arn, session) })),
    },
    expected: allowed,
  },
  {
    rule: "NotPrincipal that lists a role without its session is open",
    policies: { identity: [all], resource: document(deny({ NotPrincipal: aws(role.arn) })) },
    expected: undecided,
  },
  {
    rule: "NotPrincipal denies whoever has a boundary",
    policies: {
      identity: [all],
      boundary: all,
      resource: document(deny({ NotPrincipal: aws(accountRoot, role.arn, session) })),
    },
    expected: denied("explicit", "resource policy"),
  },
  {
    rule: "a principal's id may be anyone's",
    policies: { identity: [all], resource: denyTo(aws("AROAEXAMPLEID")) },
    expected: undecided,
  },
];

const tables: Readonly<Record<string, readonly Row[]>> = {
  "the elements of a statement": elements,
  "what follows from the caller": callers,
  "explicit denials": explicitDenials,
  "service control policies": serviceControl,
  "resource control policies": resourceControl,
  "requests within an account": withinAccount,
  "requests across accounts": acrossAccounts,
  "the principals of resource policies": principals,
};

describe("the evaluation of AWS policies", () => {
  for (const [subject, rows] of Object.entries(tables)) {
    describe(`of ${subject}`, () => {
      for (const { rule, request: more, policies, expected } of rows) {
        it(rule, () => {
          const { outcome, kind, layer } = evaluate(request(more), policies);
          assert.deepEqual(outcome === "denied" ? [outcome, kind, layer] : [outcome], expected);
        });
      }
    });
  }

  it("names the document and the statement that deny", () => {
    const policies = { identity: [all], serviceControl: [[all], [{ name: "regions", document: denyAll }]] };
    assert.deepEqual(evaluate(request(), policies), {
      outcome: "denied",
      kind: "explicit",
      layer: "service control policy",
      by: { document: "regions", statement: "statement 1" },
      reason: "statement 1 of regions denies it.",
    });
  });

  it("says what allows nothing", () => {
    assert.equal(
      evaluate(request(), { identity: [all], serviceControl: [[all], [none]] }).reason,
      "No service control policy of level 2 allows s3:GetObject.",
    );
  });

  it("says which condition keys it hangs on", () => {
    const region = {
      StringNotEquals: { "aws:RequestedRegion": "eu-west-1" },
      Bool: { "aws:ViaAWSService": "false" },
    };
    const decision = evaluate(request({ absentKeys: "unknown" }), {
      identity: [all],
      serviceControl: [[all, document(deny({ Condition: region }))]],
    });
    assert.deepEqual(decision, {
      outcome: "undecided",
      hangsOn: ["aws:RequestedRegion", "aws:ViaAWSService"],
      reason: "It hangs on aws:RequestedRegion, aws:ViaAWSService.",
    });
  });

  it("tells certain denials from possible ones", () => {
    const open = document(deny({ Sid: "Tagged", Condition: tagged }));
    const { certain, possible } = deniedBy(
      [nothing, { name: "open", document: open }, denyAll],
      request({ absentKeys: "unknown", resource: object }),
    );
    assert.deepEqual(certain, [{ by: { document: "policy 3", statement: "statement 1" }, hangsOn: [] }]);
    assert.deepEqual(possible, [
      { by: { document: "open", statement: "statement 1 (Tagged)" }, hangsOn: ["aws:PrincipalTag/team"] },
    ]);
  });
});
