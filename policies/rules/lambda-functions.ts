import { inProduction, mustBe, mustBeSet, where } from "../demands";
import { functions, logGroups } from "../resource-types";
import type { Rule } from "../rule";
import { UnknownValue } from "../value";
import { whyMoving } from "./images";
import { isSupportedRuntime } from "./lambda-runtimes";
import { sharedRole } from "./own-roles";
import { whyInOneZone } from "./placed-in-zones";
import { plainSecret } from "./plain-secrets";

const invokeConfigs = ["aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"];

/** How functions are made. Who calls them: lambda-access.ts; what they are called with: lambda-sources.ts. */
export const lambdaFunctions: readonly Rule[] = [
  {
    name: "lambda-runtime",
    theme: "images-and-compute",
    title: "A function's runtime gets security patches",
    why: "AWS patches no runtime that it has retired, and soon takes no new code for it",
    fix: "set runtime to a supported version, for example nodejs24.x or python3.14",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Lambda.2"],
    types: functions,
    check(of, report) {
      // A function of an image has none: its base image is.
      const runtime = of.at("runtime").text();
      if (runtime && !isSupportedRuntime(runtime)) report.refuse(`runtime is ${runtime}`);
    },
  },
  {
    name: "lambda-image-pinned",
    theme: "images-and-compute",
    title: "A function says which image it is made of",
    why: "What was tested is not what runs where latest has moved",
    fix: "name a tag that does not move, for example 1.4.2, or a digest",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: functions,
    check(of, report) {
      if (!of.at("imageUri").isSet) return;
      const why = whyMoving(of.at("imageUri").text() ?? "");
      if (why) report.refuse(why);
    },
  },
  {
    name: "lambda-code-signing",
    theme: "images-and-compute",
    title: "A production function runs signed code only",
    why: "Whoever may update the function could else give it any code",
    fix: "set codeSigningConfigArn, or make the function of an image",
    severity: "low",
    level: "advisory",
    controls: [],
    types: functions,
    // Images cannot be signed so; their repository says who may push.
    check: inProduction(
      where("packageType", ["Zip"], mustBeSet("codeSigningConfigArn"), { otherwise: "Zip" }),
    ),
  },
  {
    name: "lambda-code-signing-enforced",
    theme: "images-and-compute",
    title: "Code without a good signature is refused, and not only noted",
    why: "Nobody reads that note before the code has run",
    fix: 'set policies.untrustedArtifactOnDeployment: "Enforce"',
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:lambda/codeSigningConfig:CodeSigningConfig"],
    // Lambda takes Warn.
    check: mustBe("policies.untrustedArtifactOnDeployment", "Enforce"),
    remediate: () => ({ policies: { untrustedArtifactOnDeployment: "Enforce" } }),
  },
  {
    name: "lambda-multi-az",
    theme: "resilience-and-backup",
    title: "A function in a VPC has subnets of two zones",
    why: "With one, the function ends with the zone",
    fix: "set vpcConfig.subnetIds to subnets of two zones or more",
    severity: "medium",
    level: "mandatory",
    leniency: "dev",
    controls: ["FSBP Lambda.5"],
    types: functions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(functions), (of, report) => {
        if (!of.at("vpcConfig").isSet) return;
        const why = whyInOneZone(of, ["vpcConfig", "subnetIds"]);
        if (why) report.refuse(why);
      });
    },
  },
  {
    name: "lambda-tracing",
    theme: "logging-and-detection",
    title: "A function's calls are traced",
    why: "Where a request took its time, or failed, is else a guess",
    fix: 'set tracingConfig.mode: "Active"',
    severity: "low",
    level: "advisory",
    controls: ["Security Hub Lambda.7"],
    types: functions,
    // Lambda takes PassThrough.
    check: mustBe("tracingConfig.mode", "Active"),
    remediate: () => ({ tracingConfig: { mode: "Active" } }),
  },
  {
    name: "lambda-dlq",
    theme: "resilience-and-backup",
    title: "A function keeps the events that it could not handle",
    why: "An event that nobody waits for is dropped after three tries, without a word",
    fix: "add a FunctionEventInvokeConfig with destinationConfig.onFailure, or set deadLetterConfig.targetArn",
    severity: "low",
    level: "advisory",
    controls: [],
    types: functions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(functions), (of, report) => {
        if (of.at("deadLetterConfig", "targetArn").isSet) return;
        const configs = stack.companions(of, invokeConfigs, "functionName");
        if (!configs.some(one => one.at("destinationConfig", "onFailure", "destination").isSet))
          report.refuse(
            "deadLetterConfig is not set, and no FunctionEventInvokeConfig says where failures go",
          );
      });
    },
  },
  {
    name: "lambda-env-cmk",
    theme: "encryption-at-rest",
    title: "A function's settings are encrypted with a key of the company's",
    why: "Whoever may look at the function else reads them; with the key only who may use it, too",
    fix: "set kmsKeyArn",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: functions,
    check(of, report) {
      if (of.at("kmsKeyArn").isSet) return;
      const settings = of.at("environment", "variables").content();
      if (typeof settings === "object" && settings !== null && Object.keys(settings).length > 0)
        report.refuse("environment.variables is set, and kmsKeyArn is not");
    },
  },
  {
    name: "lambda-no-secrets-in-env",
    theme: "data-protection",
    title: "Functions take secrets from a store, not from plain settings",
    why: "Whoever may look at the function reads its settings, and every published version keeps them",
    fix: "let the function read the secret with its role, by a name that is a setting",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: functions,
    check(of, report) {
      const settings = of.at("environment", "variables");
      const content = settings.content();
      if (typeof content !== "object" || content === null) return;
      for (const name of Object.keys(content))
        report.attempt(() => {
          const problem = plainSecret(name, () => settings.at(name).text());
          if (problem) report.refuse(problem);
        });
    },
  },
  {
    name: "lambda-timeout-memory",
    theme: "governance-and-cost",
    title: "How long a function may take, and how much memory, is decided",
    why: "Three seconds and 128 MB are what AWS takes, and right by chance only",
    fix: "set timeout and memorySize",
    severity: "low",
    level: "advisory",
    controls: [],
    types: functions,
    check(of, report) {
      for (const property of ["timeout", "memorySize"]) mustBeSet(property)(of, report);
    },
  },
  {
    name: "lambda-log-group",
    theme: "logging-and-detection",
    title: "A function logs to a group that a program makes",
    why: "One that Lambda makes has no key of the company's, and keeps everything for ever",
    fix: "set loggingConfig.logGroup to a group with a key and a retention, or make the group /aws/lambda/ with the function's name",
    severity: "low",
    level: "advisory",
    controls: [],
    types: functions,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(functions), (of, report) => {
        if (of.at("loggingConfig", "logGroup").isSet) return;
        const name = of.at("name");
        const groups = stack.ofType(logGroups).map(group => group.at("name"));
        const meant = `/aws/lambda/${name.isUnknown || !name.isSet ? "" : name.text()}`;
        if (meant.length > "/aws/lambda/".length && groups.some(one => !one.isUnknown && one.is(meant)))
          return;
        const open = groups.find(one => one.isUnknown);
        if (open || name.isUnknown) throw new UnknownValue("the name of its log group");
        report.refuse("loggingConfig.logGroup is not set, and the stack makes no log group for it");
      });
    },
  },
  {
    name: "lambda-own-role",
    theme: "least-privilege",
    title: "A function has a role that is nobody else's",
    why: "A shared role may what any of them needs, and the log of who did what names all of them",
    fix: "make a role for each function, with what that function needs",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: functions,
    scope: "stack",
    check: sharedRole(functions, "role"),
  },
];
