import type { Stack, StackResource } from "../graph";
import { deniesPlainHttp } from "../plain-http";
import { queues } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";

const queuePolicies = ["aws:sqs/queuePolicy:QueuePolicy"];
const redrivePolicies = ["aws:sqs/redrivePolicy:RedrivePolicy"];
const redriveAllowPolicies = ["aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"];

export const sqs: readonly Rule[] = [
  {
    name: "sqs-encrypted",
    theme: "encryption-at-rest",
    title: "A queue is encrypted",
    why: "Messages wait on disks that the company does not see, for up to two weeks",
    fix: "leave sqsManagedSseEnabled out, or set kmsMasterKeyId",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP SQS.1"],
    types: queues,
    check(queue, report) {
      // SQS encrypts new queues by itself, unless it is told not to.
      if (!queue.at("kmsMasterKeyId").isSet && queue.at("sqsManagedSseEnabled").is(false))
        report.refuse("sqsManagedSseEnabled is false, and kmsMasterKeyId is not set");
    },
  },
  {
    name: "sqs-cmk",
    theme: "encryption-at-rest",
    title: "A queue is encrypted with a key",
    why: "Whoever may use the key decides who can read, and use of it is logged; AWS's own keys allow neither",
    fix: "set kmsMasterKeyId",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SQS.1"],
    types: queues,
    check(queue, report) {
      if (!queue.at("kmsMasterKeyId").isSet) report.refuse("kmsMasterKeyId is not set");
    },
  },
  {
    name: "sqs-policy-tls",
    theme: "encryption-in-transit",
    title: "A queue denies requests without TLS",
    why: "SQS answers plain HTTP too, and then anyone on the way reads along",
    fix: 'give the queue a policy that denies sqs:* to everyone where aws:SecureTransport is "false"',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: queues,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(queues), (queue, report) => {
        if (deniesPlainHttp(queue.at("policy"), "sqs:*")) return;
        const policies = stack.companions(queue, queuePolicies, "queueUrl");
        if (!policies.some(one => deniesPlainHttp(one.at("policy"), "sqs:*")))
          report.refuse("no policy of the queue denies it");
      });
    },
  },
  {
    name: "sqs-dlq",
    theme: "resilience-and-backup",
    title: "A queue puts aside what cannot be handled",
    why: "One message that its reader stumbles over comes back until it expires, and is then lost without a trace",
    fix: "make a second queue and set redrivePolicy with its ARN as deadLetterTargetArn and a maxReceiveCount",
    severity: "low",
    level: "advisory",
    controls: [],
    types: queues,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(queues), (queue, report) => {
        if (queue.at("redrivePolicy").isSet || takesDeadLetters(queue, stack)) return;
        if (stack.companions(queue, redrivePolicies, "queueUrl").length === 0)
          report.refuse("redrivePolicy is not set");
      });
    },
  },
];

/** Says so itself, or is named by what leaves its failures there. */
function takesDeadLetters(queue: StackResource, stack: Stack): boolean {
  const allowed = queue.at("redriveAllowPolicy").json()?.at("redrivePermission");
  if (allowed?.is("byQueue") || allowed?.is("allowAll")) return true;
  if (stack.ofType(redriveAllowPolicies).some(one => one.names("queueUrl", queue))) return true;
  const places = stack.resources.flatMap(other =>
    lastResorts.flatMap(property => (other.at(property).isSet ? [{ other, property }] : [])),
  );
  const leaves = places.map(({ other, property }) => leavesAt(other, property, queue));
  if (leaves.includes(true)) return true;
  const open = places[leaves.indexOf(undefined)];
  if (open) throw new UnknownValue(`${open.other.name}.${open.property}`);
  return false;
}

/** Where a resource says what becomes of what it could not handle. */
const lastResorts = ["redrivePolicy", "deadLetterConfig"] as const;

/** `undefined`: it will name a queue, but not known is which. */
function leavesAt(other: StackResource, property: string, queue: StackResource): boolean | undefined {
  const sources = other.madeFrom(property);
  if (sources.includes(queue)) return true;
  if (sources.some(({ type }) => queues.includes(type))) return false;
  const place = other.at(property);
  const parts = [place, place.at("arn"), place.at("targetArn")];
  if (parts.some(part => part.isUnknown)) return undefined;
  const name = queue.at("name");
  const texts = parts.flatMap(part => part.text()?.split('"') ?? []);
  return texts.some(
    text => text.startsWith("arn:") && !name.isUnknown && name.is(text.split(":").at(-1) ?? ""),
  );
}
