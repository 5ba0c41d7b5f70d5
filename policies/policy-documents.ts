import { readDocument, type Statement } from "../iam/document";
import type { Resource } from "./graph";
import type { Report } from "./report";
import { buckets, customerPolicies, keys, roles } from "./resource-types";
import { holdsUnknown, UnknownValue, type Value } from "./value";

/** The property that holds the document, by type. */
type Holders = Readonly<Record<string, string>>;

const inProperty = (property: string, types: readonly string[]): Holders =>
  Object.fromEntries(types.map(type => [type, property]));

/** What a principal may do. */
const identityPolicies: Holders = inProperty("policy", [
  ...customerPolicies,
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
]);

const keyPolicies: Holders = inProperty("policy", [...keys, "aws:kms/keyPolicy:KeyPolicy"]);

/** What may be done to a resource, and by whom. */
const resourcePolicies: Holders = {
  ...keyPolicies,
  ...inProperty("policy", [
    ...buckets,
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:secretsmanager/secret:Secret",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "aws:backup/vaultPolicy:VaultPolicy",
  ]),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
};

export const keyPolicyHolders = Object.keys(keyPolicies);
export const resourcePolicyHolders = Object.keys(resourcePolicies);
export const identityPolicyHolders = [...Object.keys(identityPolicies), ...roles];
/** Everything that grants, but for roles' trust. */
export const permissionHolders = [...identityPolicyHolders, ...resourcePolicyHolders];

/** The permission documents of a resource; a role may carry several inline. */
function permissionDocuments(resource: Resource): Value[] {
  const property = identityPolicies[resource.type] ?? resourcePolicies[resource.type];
  if (property) return [resource.at(property)];
  return resource
    .at("inlinePolicies")
    .list()
    .map(inline => inline.at("policy"));
}

type Inspect = (statement: Statement, report: Report) => void;

/** Each statement that allows something, by itself. */
export function eachGrant(resource: Resource, report: Report, inspect: Inspect): void {
  report.each(permissionDocuments(resource), document => eachStatement(document, report, onlyAllow(inspect)));
}

export function eachTrust(role: Resource, report: Report, inspect: Inspect): void {
  report.attempt(() => eachStatement(role.at("assumeRolePolicy"), report, onlyAllow(inspect)));
}

export function eachStatement(document: Value, report: Report, inspect: Inspect): void {
  if (!document.isSet) return;
  const place = report.inside(document.path);
  const content = document.json()?.content();
  const { statements, faults } = readDocument(content);
  place.attempt(() => {
    // An unknown in place of a statement or of one of its parts is no fault of the document.
    if (faults.length > 0 && holdsUnknown(content)) throw new UnknownValue("a part");
    for (const fault of faults) place.refuse(`the document cannot be read: ${fault}`);
  });
  for (const statement of statements) {
    const inside = place.inside(statement.name);
    inside.attempt(() => inspect(withKnownConditions(statement), inside));
  }
}

/** Conditions are asked as a whole, so that one unknown among them throws; other parts are looked at one by one. */
function withKnownConditions(statement: Statement): Statement {
  return {
    ...statement,
    get conditions() {
      if (holdsUnknown(statement.conditions)) throw new UnknownValue("a condition");
      return statement.conditions;
    },
  };
}

function onlyAllow(inspect: Inspect): Inspect {
  return (statement, report) => {
    if (statement.effect === "Allow") inspect(statement, report);
  };
}
