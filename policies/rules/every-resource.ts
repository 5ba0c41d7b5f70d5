/** What is asked of every resource of AWS's, of whatever service. */
import { everyAwsResource } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";

export const everyResource: readonly Rule[] = [
  {
    name: "no-secret-literals",
    theme: "data-protection",
    title: "No property holds a key or a token in plain text",
    why: "It stands in the program, its history and its state, and whoever reads one of them has it",
    fix: "put it into Secrets Manager by hand, and hand over the ARN; then make a new one, for this one is known",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: [everyAwsResource],
    check(resource, report) {
      // What is kept as a secret is told apart by where it stands, since a policy is shown it in plain text.
      const kept = keptSecret[resource.type] ?? [];
      // A value that is not known yet is another resource's, and no text of the program's.
      eachText(resource.props, kept, (text, path) => {
        const found = literals.find(({ pattern }) => pattern.test(text));
        if (found) report.refuse(`${path} holds ${found.what}`);
      });
    },
  },
  {
    name: "security-props-not-ignored",
    theme: "governance-and-cost",
    title: "What keeps a resource closed is not among the changes that are ignored",
    why: "Whoever opens it by hand is not noticed, and no deployment ever closes it again",
    fix: "take the property out of ignoreChanges",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [everyAwsResource],
    check(resource, report) {
      const ignored = resource.ignoredChanges.filter(path => path === "*" || closing.test(path));
      if (ignored.length > 0) report.refuse(`ignoreChanges has ${ignored.join(" and ")}`);
    },
  },
];

/** Forms that only a secret has. */
const literals: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an access key of AWS's", pattern: /\b(AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { what: "a token of GitHub's", pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/ },
  { what: "a token of GitLab's", pattern: /\bglpat-[\w-]{20}/ },
  { what: "a token of Slack's", pattern: /\bxox[abprs]-[\w-]{10}/ },
];

/** Where a secret is meant to stand. */
const keptSecret: Readonly<Record<string, readonly string[]>> = {
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretBinary"],
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:acm/certificate:Certificate": ["privateKey"],
  "aws:iam/serverCertificate:ServerCertificate": ["privateKey"],
};

/** Properties that decide who gets in and whether data can be read. */
const closing =
  /(policy|policies|polic(y|ies)Document|inlinePolicies|ingress|egress|publiclyAccessible|encrypt|kms|publicAcls|publicPolicy|publicBuckets|sslPolicy|metadataOptions|deletionProtection|privileged|assumeRolePolicy)/i;

function eachText(
  properties: Value,
  kept: readonly string[],
  inspect: (text: string, path: string) => void,
): void {
  for (const [key, value] of partsOf(properties)) if (!kept.includes(String(key))) walk(value, inspect, 0);
}

const deepest = 12;

function walk(value: Value, inspect: (text: string, path: string) => void, depth: number): void {
  if (value.isUnknown || depth > deepest) return;
  const content = value.content();
  if (typeof content === "string") inspect(content, value.path);
  else for (const [, part] of partsOf(value)) walk(part, inspect, depth + 1);
}

function partsOf(value: Value): [string | number, Value][] {
  const content = value.content();
  if (typeof content !== "object" || content === null) return [];
  if (Array.isArray(content)) return Array.from(content.keys(), index => [index, value.at(index)]);
  return Object.keys(content).map(key => [key, value.at(key)]);
}
