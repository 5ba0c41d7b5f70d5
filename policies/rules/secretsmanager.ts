import {
  all,
  eachOf,
  inProduction,
  mustBe,
  mustBeSet,
  mustHaveCompanion,
  mustNotBe,
  mustNotBeSet,
} from "../demands";
import { secrets } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const rotations = ["aws:secretsmanager/secretRotation:SecretRotation"];

/** Secrets. */
export const secretsmanager: readonly Rule[] = [
  {
    name: "secret-rotation",
    theme: "data-protection",
    title: "A secret is renewed by itself",
    why: "A secret that nobody renews is known, after some years, to all who have left",
    fix: "add a SecretRotation with its secretId and a function that renews it",
    severity: "low",
    level: "advisory",
    controls: ["FSBP SecretsManager.1"],
    types: secrets,
    scope: "stack",
    check: mustHaveCompanion(secrets, rotations, "secretId", "no SecretRotation names it"),
  },
  {
    name: "secret-rotation-interval",
    theme: "data-protection",
    title: "A secret is renewed within 90 days",
    why: "A stolen one then opens nothing after a quarter of a year",
    fix: "set rotationRules.automaticallyAfterDays to 90 or less, or a scheduleExpression of days",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SecretsManager.4"],
    types: rotations,
    check(rotation, report) {
      const rules = rotation.at("rotationRules");
      const days =
        rules.at("automaticallyAfterDays").number() ?? daysOf(rules.at("scheduleExpression").text());
      if (days === undefined) report.refuse("rotationRules say no number of days");
      else if (days > 90) report.refuse(`it is renewed after ${days} days`);
    },
  },
  {
    name: "secret-cmk",
    theme: "encryption-at-rest",
    title: "A secret is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId of the secret and of each of its replicas",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: secrets,
    check: all(mustBeSet("kmsKeyId"), eachOf("replicas", mustBeSet("kmsKeyId"))),
  },
  {
    name: "secret-policy-not-public",
    theme: "exposure",
    title: "Secrets Manager refuses a public policy for a secret",
    why: "It then also refuses those that grow public through a variable or a condition",
    fix: "set blockPublicPolicy: true",
    severity: "high",
    level: "mandatory",
    neverExcepted: true,
    controls: ["CIS 7.0 2.21"],
    types: ["aws:secretsmanager/secretPolicy:SecretPolicy"],
    check: mustBe("blockPublicPolicy", true),
  },
  {
    name: "secret-recovery-window",
    theme: "resilience-and-backup",
    title: "A deleted production secret can be brought back",
    why: "Whatever needs it stops, and nobody knows its value any more",
    fix: "leave recoveryWindowInDays out, or set it to 7 or more",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: secrets,
    // The provider's default is 30; between 0 and 7 AWS takes none.
    check: inProduction(mustNotBe("recoveryWindowInDays", 0)),
  },
  {
    name: "secret-no-literal-value",
    theme: "data-protection",
    title: "A secret's value does not pass through the program",
    why: "What the program knows is in its state, and in the memory of whoever runs it",
    fix: "put the value by hand or with secretStringWo, which the state does not keep",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: ["aws:secretsmanager/secretVersion:SecretVersion"],
    check: all(mustNotBeSet("secretString"), mustNotBeSet("secretBinary")),
  },
  {
    name: "secret-described",
    theme: "governance-and-cost",
    title: "A secret says what it opens",
    why: "Who has to renew it in a hurry must know what for",
    fix: "set description",
    severity: "low",
    level: "advisory",
    controls: [],
    types: secrets,
    check: mustBeSet("description"),
  },
];

/** `undefined`: a cron expression, or none. One of a fixed day of the month comes back within 31 days. */
function daysOf(schedule = ""): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(schedule) ?? [];
  if (count) return unit === "day" ? Number(count) : Number(count) / 24;
  const month = /^cron\((.*)\)$/.exec(schedule)?.[1]?.split(" ")[3];
  if (month === "*") return 31;
  const step = /^(?:\*|1)\/(\d+)$/.exec(month ?? "")?.[1];
  return step ? Number(step) * 31 : undefined;
}
