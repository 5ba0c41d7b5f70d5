import { mustBe, mustBeSet, where } from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import { parameters } from "../resource-types";
import type { Rule } from "../rule";
import { secretIn } from "./plain-secrets";

const documents = ["aws:ssm/document:Document"];
const settings = ["aws:ssm/serviceSetting:ServiceSetting"];

/** Systems Manager: parameters, documents and what an account sets for them. */
export const ssm: readonly Rule[] = [
  {
    name: "ssm-secure-string",
    theme: "data-protection",
    title: "A parameter that is called a secret is a SecureString",
    why: "A String is readable to whoever may read parameters, and stands in plans and logs",
    fix: "set type: SecureString, or keep it in Secrets Manager; where it only names a secret, end its name in -arn, -name or -url",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: parameters,
    check(parameter, report) {
      const type = parameter.at("type");
      if (!type.isUnknown && type.is("SecureString")) return;
      const name = parameter.at("name").text() ?? "";
      if (secretName.test(name) && !namesSecret.test(name) && !type.is("SecureString"))
        report.refuse(`${name} is of the type ${type.text() ?? "that is not set"}`);
    },
  },
  {
    name: "ssm-cmk",
    theme: "encryption-at-rest",
    title: "A secret parameter is encrypted with a key of the company's",
    why: "With AWS's own key whoever may read parameters reads the secret ones too",
    fix: "set keyId",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: parameters,
    check(parameter, report) {
      // The provider refuses a SecureString whose value is shown.
      if (parameter.at("insecureValue").isSet) return;
      where("type", ["SecureString"], mustBeSet("keyId"))(parameter, report);
    },
  },
  {
    name: "ssm-no-insecure-value",
    theme: "data-protection",
    title: "What a parameter shows openly is no secret",
    why: "insecureValue stands in the plan, the state and the log of each deployment",
    fix: "give it as valueWo to a SecureString, and renew what was shown",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: parameters,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(parameters), (parameter, report) => {
        const shown = parameter.at("insecureValue");
        if (!shown.isSet) return;
        const sources = parameter.madeFrom("insecureValue");
        const secret = sources.find(({ type }) => holdsSecret.test(type));
        if (secret) return report.refuse(`insecureValue is made of ${secret.name}, which holds a secret`);
        // What AWS gives to a resource of another kind is an address, a name or an ARN.
        if (shown.isUnknown && sources.length > 0) return;
        const text = shown.text() ?? "";
        const found = secretIn(text) ?? (assignsPassword.test(text) ? "a password" : undefined);
        if (found) report.refuse(`insecureValue looks like ${found}`);
      });
    },
  },
  {
    name: "ssm-document-not-public",
    theme: "exposure",
    title: "A document of Systems Manager is not shared with everyone",
    why: "It shows any account of AWS's how machines are run, with what it has in it",
    fix: "name the accounts in permissions.accountIds instead of All",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP SSM.4"],
    types: documents,
    check(document, report) {
      const accounts = document.at("permissions", "accountIds").text() ?? "";
      if (/(^|,)\s*all\s*(,|$)/i.test(accounts)) report.refuse("permissions.accountIds is All");
    },
  },
  {
    name: "ssm-session-encrypted",
    theme: "logging-and-detection",
    title: "Shell sessions on machines are encrypted and recorded",
    why: "Without a record nobody can say afterwards what was done by hand",
    fix: "set in the inputs of the document kmsKeyId, and cloudWatchLogGroupName or s3BucketName with its encryption enabled",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: documents,
    check(document, report) {
      if (!document.at("documentType").is("Session")) return;
      const content = document.at("content").json();
      if (content === undefined) {
        // It may be YAML, which is not read here.
        const isJson = document.at("documentFormat").content() ?? "JSON";
        if (isJson === "JSON") report.refuse("content is not JSON");
        return;
      }
      // Sessions that carry a port have nothing to record.
      if (content.at("sessionType").is("Port")) return;
      const inputs = content.at("inputs");
      mustBeSet("kmsKeyId")(inputs, report);
      const toLogs = inputs.at("cloudWatchLogGroupName").isSet;
      const toBucket = inputs.at("s3BucketName").isSet;
      if (!toLogs && !toBucket) report.refuse("inputs name neither a log group nor a bucket");
      if (toLogs) mustBe("cloudWatchEncryptionEnabled", true)(inputs, report);
      if (toBucket) mustBe("s3EncryptionEnabled", true)(inputs, report);
    },
  },
  {
    name: "ssm-automation-logging",
    theme: "logging-and-detection",
    title: "What automations print is kept",
    why: "Else nobody sees why one failed, or what its script did",
    fix: "set settingValue of /ssm/automation/customer-script-log-destination to CloudWatch",
    severity: "low",
    level: "advisory",
    controls: ["FSBP SSM.6"],
    types: settings,
    check: setting("/ssm/automation/customer-script-log-destination", "CloudWatch"),
  },
  {
    name: "ssm-document-public-sharing-blocked",
    theme: "exposure",
    title: "No document of Systems Manager can be shared with everyone",
    why: "The setting refuses what one wrong click would publish",
    fix: "set settingValue of /ssm/documents/console/public-sharing-permission to Disable",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP SSM.7"],
    types: settings,
    check: setting("/ssm/documents/console/public-sharing-permission", "Disable"),
  },
];

/** The identifier of a setting may be its ARN, which ends in the same path. */
function setting(id: string, value: string): (resource: Resource, report: Report) => void {
  return (resource, report) => {
    if ((resource.at("settingId").text() ?? "").endsWith(id)) mustBe("settingValue", value)(resource, report);
  };
}

const secretName = /password|passwd|secret|token|credential|(api|private|access)[-_]?key/i;
/** Where a secret is kept, or how long it lives, is none. */
const namesSecret = /[-_/](arn|name|id|url|ttl|seconds|days)$/i;

const holdsSecret = /secretVersion|accessKey|random(Password|String|Bytes)|^tls:.*[Kk]ey/;

const assignsPassword = /\b(password|passwd|secret|token)\s*[:=]\s*\S{6,}/i;
