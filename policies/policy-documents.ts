import { type PolicyDocument, readDocument, type Statement } from "../iam/document";
import type { Resource } from "./graph";
import type { Report } from "./report";
import {
  bucketPolicies,
  buckets,
  customerPolicies,
  keys,
  organizationPolicies,
  roles,
} from "./resource-types";
import { holdsUnknown, UnknownValue, type Value } from "./value";

/** The property that holds the document, by type. */
type Holders = Readonly<Record<string, string>>;

const inProperty = (property: string, types: readonly string[]): Holders =>
  Object.fromEntries(types.map(type => [type, property]));

/** What a principal may do. */
const customerManaged: Holders = inProperty("policy", customerPolicies);
const inlinePolicies: Holders = {
  ...inProperty("policy", [
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ]),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
};
const identityPolicies: Holders = { ...customerManaged, ...inlinePolicies };

const keyPolicies: Holders = inProperty("policy", [
  ...keys,
  "aws:kms/keyPolicy:KeyPolicy",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
]);

const bucketDocuments: Holders = inProperty("policy", [
  ...buckets,
  ...bucketPolicies,
  "aws:s3/accessPoint:AccessPoint",
  "aws:s3control/accessPointPolicy:AccessPointPolicy",
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
  "aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy",
]);

/** What may be done to a resource, and by whom. */
const resourcePolicies: Holders = {
  ...keyPolicies,
  ...bucketDocuments,
  ...inProperty("policy", [
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:ecr/registryPolicy:RegistryPolicy",
    "aws:secretsmanager/secret:Secret",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy",
    "aws:kinesis/resourcePolicy:ResourcePolicy",
    "aws:lambda/resourcePolicy:ResourcePolicy",
    "aws:efs/fileSystemPolicy:FileSystemPolicy",
    "aws:glue/resourcePolicy:ResourcePolicy",
    "aws:codebuild/resourcePolicy:ResourcePolicy",
    "aws:acmpca/policy:Policy",
    "aws:msk/clusterPolicy:ClusterPolicy",
    "aws:oam/sinkPolicy:SinkPolicy",
    "aws:schemas/registryPolicy:RegistryPolicy",
    "aws:ses/identityPolicy:IdentityPolicy",
    "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy",
    "aws:vpclattice/authPolicy:AuthPolicy",
    "aws:vpclattice/resourcePolicy:ResourcePolicy",
    "aws:redshift/resourcePolicy:ResourcePolicy",
    "aws:networkfirewall/resourcePolicy:ResourcePolicy",
  ]),
  ...inProperty("policyDocument", [
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "aws:amp/resourcePolicy:ResourcePolicy",
    "aws:xray/resourcePolicy:ResourcePolicy",
    "aws:codeartifact/domainPermissions:DomainPermissions",
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy",
  ]),
  ...inProperty("accessPolicies", [
    "aws:opensearch/domain:Domain",
    "aws:opensearch/domainPolicy:DomainPolicy",
    "aws:elasticsearch/domain:Domain",
    "aws:elasticsearch/domainPolicy:DomainPolicy",
  ]),
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
  "aws:organizations/resourcePolicy:ResourcePolicy": "content",
};

/** What may pass through an endpoint: a wall beside the others, and no grant. */
const endpointPolicies: Holders = inProperty("policy", [
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
]);

export const customerPolicyHolders = Object.keys(customerManaged);
export const inlinePolicyHolders = [...Object.keys(inlinePolicies), ...roles];
export const keyPolicyHolders = Object.keys(keyPolicies);
export const bucketPolicyHolders = Object.keys(bucketDocuments);
export const resourcePolicyHolders = Object.keys(resourcePolicies);
export const identityPolicyHolders = [...Object.keys(identityPolicies), ...roles];
/** Everything that grants, but for roles' trust. */
export const permissionHolders = [...identityPolicyHolders, ...resourcePolicyHolders];
/** Every place where a document of IAM's language can stand. */
export const documentHolders = [
  ...permissionHolders,
  ...Object.keys(endpointPolicies),
  ...organizationPolicies,
];

/** The permission documents of a resource; a role may carry several inline. */
function permissionDocuments(resource: Resource): Value[] {
  const property = identityPolicies[resource.type] ?? resourcePolicies[resource.type];
  if (property) return [resource.at(property)];
  return resource
    .at("inlinePolicies")
    .list()
    .map(inline => inline.at("policy"));
}

/** All documents of a resource: permissions, a role's trust, an endpoint's or an organization's limits. */
export function everyDocument(resource: Resource): Value[] {
  if (roles.includes(resource.type))
    return [resource.at("assumeRolePolicy"), ...permissionDocuments(resource)];
  if (organizationPolicies.includes(resource.type)) {
    const type = resource.at("type").text() ?? "SERVICE_CONTROL_POLICY";
    // The other types have languages of their own.
    return guardrailTypes.includes(type) ? [resource.at("content")] : [];
  }
  const endpoint = endpointPolicies[resource.type];
  return endpoint ? [resource.at(endpoint)] : permissionDocuments(resource);
}

/** The types of organization policies that are written in IAM's language. */
export const guardrailTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

type Inspect = (statement: Statement, report: Report) => void;

/** Each statement that allows something, by itself. */
export function eachGrant(resource: Resource, report: Report, inspect: Inspect): void {
  report.each(permissionDocuments(resource), document => eachStatement(document, report, onlyAllow(inspect)));
}

export function eachTrust(role: Resource, report: Report, inspect: Inspect): void {
  report.attempt(() => eachStatement(role.at("assumeRolePolicy"), report, onlyAllow(inspect)));
}

/**
 * Each statement that can be read. What cannot is said by iam-policy-readable alone, which looks into every document;
 * what is unknown is undecided here too.
 */
export function eachStatement(document: Value, report: Report, inspect: Inspect): void {
  if (!document.isSet) return;
  const place = report.inside(document.path);
  const { statements, faults, mayBeUnknown } = readOnce(document);
  place.attempt(() => {
    // An unknown in place of a statement or of one of its parts is no fault of the document.
    if (faults.length > 0 && mayBeUnknown) throw new UnknownValue("a part");
  });
  for (const statement of statements) {
    const inside = place.inside(statement.name);
    inside.attempt(() => inspect(mayBeUnknown ? withKnownConditions(statement) : statement, inside));
  }
}

export interface ReadDocument extends PolicyDocument {
  /** Whether something inside is not known yet. */
  readonly mayBeUnknown: boolean;
}

/** Some twenty rules read the same document one after the other. */
const lately = new Map<string, ReadDocument>();
const kept = 64;

export function readOnce(document: Value): ReadDocument {
  const text = document.isUnknown ? undefined : document.text();
  const known = text === undefined ? undefined : lately.get(text);
  if (known) return known;
  const content = document.json()?.content();
  const found = { ...readDocument(content), mayBeUnknown: holdsUnknown(content) };
  if (text === undefined) return found;
  const [oldest] = lately.keys();
  if (lately.size >= kept && oldest !== undefined) lately.delete(oldest);
  lately.set(text, found);
  return found;
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
