import {
  type Check,
  eachOf,
  inProduction,
  mustBe,
  mustBeAtMost,
  mustBeOneOf,
  mustBeSet,
  mustNotBe,
  mustNotBeSet,
} from "../demands";
import type { Resource } from "../graph";
import { instances, launchTemplates } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { on, unlessOfTemplate } from "./ec2-machines";

const either = [...instances, ...launchTemplates];

/** With IMDS off there is nothing to ask for. */
const demandsTokens: Check = (machine, report) => {
  const options = machine.at("metadataOptions");
  if (options.at("httpEndpoint").is("disabled")) return;
  // Without a setting of the account's AWS takes "optional".
  mustBe("metadataOptions.httpTokens", "required")(machine, report);
};

export const ec2Instances: readonly Rule[] = [
  {
    name: "ec2-instance-imdsv2",
    theme: "images-and-compute",
    title: "An instance hands out its role's credentials by IMDSv2 only",
    why: "With version 1 one forged request of a web program's is enough to get them",
    fix: 'set metadataOptions.httpTokens: "required"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.8", "CIS 3.0 5.6", "CIS 5.0 5.7"],
    types: instances,
    check: unlessOfTemplate("metadataOptions", demandsTokens),
    remediate: withTokens,
  },
  {
    name: "ec2-launch-template-imdsv2",
    theme: "images-and-compute",
    title: "A launch template asks for IMDSv2",
    why: "Every instance of it would hand out its role's credentials to one forged request",
    fix: 'set metadataOptions.httpTokens: "required"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.170", "CIS 3.0 5.6", "CIS 5.0 5.7"],
    types: launchTemplates,
    check: demandsTokens,
    remediate: withTokens,
  },
  {
    name: "ec2-launch-template-hop-limit",
    theme: "images-and-compute",
    title: "An instance's credentials do not leave it",
    why: "With more hops a container or a proxy on the instance gets them, too",
    fix: "set metadataOptions.httpPutResponseHopLimit: 1, and give containers a role of their own",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP AutoScaling.4"],
    types: either,
    // One is AWS's default where neither image nor account say otherwise.
    check: mustBeAtMost("metadataOptions.httpPutResponseHopLimit", 1, { otherwise: 1 }),
  },
  {
    name: "ec2-instance-no-public-ip",
    theme: "exposure",
    title: "An instance has no public address",
    why: "It can be called past the load balancer and its firewall",
    fix: "leave associatePublicIpAddress out; people come in by Session Manager, calls by a load balancer",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.9"],
    types: instances,
    check: mustNotBe("associatePublicIpAddress", true),
  },
  {
    name: "ec2-launch-template-no-public-ip",
    theme: "exposure",
    title: "A launch template gives out no public addresses",
    why: "Each instance of it can be called past the load balancer and its firewall",
    fix: 'set associatePublicIpAddress: "false" in every network interface',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.25"],
    types: launchTemplates,
    check: eachOf("networkInterfaces", (card, report) => {
      if (on.some(value => card.at("associatePublicIpAddress").is(value)))
        report.refuse(`${card.at("associatePublicIpAddress").path} is true`);
    }),
  },
  {
    name: "ec2-instance-profile",
    theme: "least-privilege",
    title: "An instance has a role",
    why: "Without one somebody puts access keys on it, and Systems Manager can neither patch nor reach it",
    fix: "set iamInstanceProfile to a profile with a role of the instance's own",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SSM.1", "CIS 3.0 1.18", "CIS 5.0 1.17"],
    types: instances,
    check: unlessOfTemplate("iamInstanceProfile", mustBeSet("iamInstanceProfile")),
  },
  {
    name: "ec2-no-key-pair",
    theme: "least-privilege",
    title: "There are no SSH keys",
    why: "A key works until somebody takes it off every instance, whoever has it by then",
    fix: "leave keyName out and make no KeyPair; people come in by Session Manager",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: [...either, "aws:ec2/keyPair:KeyPair"],
    check(resource, report) {
      if (either.includes(resource.type)) mustNotBeSet("keyName")(resource, report);
      else report.refuse("it is a key pair");
    },
  },
  {
    name: "ec2-single-eni",
    theme: "network",
    title: "An instance has one network interface",
    why: "With two it may join networks that are meant to be apart",
    fix: "leave one; what forwards packets for others is better a gateway or a firewall of AWS's",
    severity: "low",
    level: "advisory",
    controls: ["FSBP EC2.17"],
    types: either,
    check(machine, report) {
      const cards = ["networkInterfaces", "secondaryNetworkInterfaces", "secondaryInterfaces"];
      const [first = 0, ...others] = cards.map(list => machine.at(list).list().length);
      // On an instance those of the second kind come beside one that is not named.
      const count = Math.max(first, 1) + others.reduce((sum, more) => sum + more, 0);
      if (count > 1) report.refuse(`there are ${count} network interfaces`);
    },
  },
  {
    name: "ec2-no-paravirtual",
    theme: "images-and-compute",
    title: "No instance is of a generation that has no hardware virtualization",
    why: "These lack what keeps neighbours apart today, and AWS is taking them away",
    fix: "set instanceType to a current family such as m7g or t4g",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.24"],
    types: either,
    check(machine, report) {
      const type = machine.at("instanceType").text() ?? "";
      if (paravirtual.test(type)) report.refuse(`instanceType is ${type}`);
    },
  },
  {
    name: "ec2-source-dest-check",
    theme: "network",
    title: "A network interface takes and sends its own packets only",
    why: "One that passes others' on goes round security groups and flow logs",
    fix: "leave sourceDestCheck out; only an appliance that routes needs it off",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP EC2.180"],
    types: ["aws:ec2/networkInterface:NetworkInterface", ...instances],
    // The provider's default is true.
    check: mustNotBe("sourceDestCheck", false),
  },
  {
    name: "ec2-detailed-monitoring",
    theme: "logging-and-detection",
    title: "Production instances are measured every minute",
    why: "With five minutes between two points an outage is over before the alarm comes",
    fix: "set monitoring: true; in a launch template monitoring.enabled: true",
    severity: "low",
    level: "advisory",
    controls: [],
    types: either,
    check: inProduction((machine, report) => {
      const path = machine.at("monitoring", "enabled").isSet ? "monitoring.enabled" : "monitoring";
      mustBeOneOf(path, on)(machine, report);
    }),
  },
  {
    name: "ec2-termination-protection",
    theme: "resilience-and-backup",
    title: "A production instance that stands alone refuses to be terminated",
    why: "Nothing puts it up again, and its root volume goes with it",
    fix: "set disableApiTermination: true, or run it in an Auto Scaling group",
    severity: "low",
    level: "advisory",
    controls: [],
    types: instances,
    check: inProduction(unlessOfTemplate("disableApiTermination", mustBe("disableApiTermination", true))),
  },
  {
    name: "ec2-no-secrets-in-user-data",
    theme: "data-protection",
    title: "What an instance runs at its start holds no secret",
    why: "Whoever may describe the instance reads it, and so does every program on it",
    fix: "let the instance read the secret with its role, from Secrets Manager or Systems Manager",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: either,
    check(machine, report) {
      report.each(["userData", "userDataBase64"], property => {
        const found = secretIn(machine.at(property));
        if (found) report.refuse(`${property} holds ${found}`);
      });
    },
  },
];

/** The other options stay; where they are not an object, somebody has to look. */
function withTokens(machine: Resource): Readonly<Record<string, unknown>> | undefined {
  const options = machine.at("metadataOptions").content() ?? {};
  if (typeof options !== "object" || Array.isArray(options)) return undefined;
  return { metadataOptions: { ...options, httpTokens: "required" } };
}

/** Source: Amazon EC2 user guide, "Linux AMI virtualization types". */
const paravirtual = /^(c1|c3|hs1|m1|m2|m3|t1)\./;

const secrets: Readonly<Record<string, RegExp>> = {
  "an access key": /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // Not what names a place to read it from: a variable, or the output of a command.
  "a password or token": /(password|passwd|secret|token)\w*["']?\s*[=:]\s*["']?[^\s"'$`<{(*]{8,}/i,
};

function secretIn(userData: Value): string | undefined {
  const text = userData.text() ?? "";
  // Templates take it encoded, instances either way.
  const decoded = /^[A-Za-z0-9+/\s]+=*$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
  return Object.keys(secrets).find(kind => [text, decoded].some(one => secrets[kind]?.test(one)));
}
