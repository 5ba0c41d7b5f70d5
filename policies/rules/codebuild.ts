import { all, eachOf, mustBeSet, mustNotBe, mustNotBeEmpty, whereSet } from "../demands";
import { buildProjects } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";
import { isInPrivateRegistry, whyMoving } from "./images";
import { plainSecret, secretIn } from "./plain-secrets";

/** Builds. */
export const codebuild: readonly Rule[] = [
  {
    name: "cb-source-no-credentials",
    theme: "data-protection",
    title: "Where a build gets its source from is said without a credential",
    why: "Whoever may look at the project reads the URL, and it is in every log of a checkout",
    fix: "take name and password out of source.location; use a connection",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP CodeBuild.1"],
    types: buildProjects,
    check(project, report) {
      report.each([project.at("source"), ...project.at("secondarySources").list()], source => {
        const location = source.at("location").text() ?? "";
        const kind = secretIn(location);
        if (kind) report.refuse(`${source.path}.location shows ${kind}`);
        else if (/^https?:\/\/[^/@]*@/.test(location)) report.refuse(`${source.path}.location names a user`);
      });
    },
  },
  {
    name: "cb-env-no-credentials",
    theme: "data-protection",
    title: "Builds take secrets from a store, not from plain variables",
    why: "Whoever may look at the project or at one build of it reads them",
    fix: "set the variable's type to PARAMETER_STORE or SECRETS_MANAGER; a build acts with its role, and needs no access key",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP CodeBuild.2"],
    types: buildProjects,
    check(project, report) {
      report.each(project.at("environment", "environmentVariables").list(), variable => {
        // The provider takes PLAINTEXT.
        if ((variable.at("type").text() ?? "PLAINTEXT") !== "PLAINTEXT") return;
        const problem = plainSecret(variable.at("name").text() ?? "", () => variable.at("value").text());
        if (problem) report.refuse(problem);
      });
    },
  },
  {
    name: "cb-s3-logs-encrypted",
    theme: "encryption-at-rest",
    title: "What a build logs to a bucket is encrypted",
    why: "A log shows what was built, from what, and now and then a secret",
    fix: "leave logsConfig.s3Logs.encryptionDisabled out",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP CodeBuild.3"],
    types: buildProjects,
    check: mustNotBe("logsConfig.s3Logs.encryptionDisabled", true),
  },
  {
    name: "cb-logging",
    theme: "logging-and-detection",
    title: "A project says where its builds log",
    why: "Of a release that broke in else nothing tells which build made it, and from what",
    fix: "set logsConfig.cloudwatchLogs with a groupName, or logsConfig.s3Logs with status ENABLED",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CodeBuild.4"],
    types: buildProjects,
    check(project, report) {
      const logs = project.at("logsConfig");
      // Where a kind is there, the provider takes ENABLED of CloudWatch, and DISABLED of S3.
      const toGroup = logs.at("cloudwatchLogs").isSet && !logs.at("cloudwatchLogs", "status").is("DISABLED");
      if (!toGroup && !logs.at("s3Logs", "status").is("ENABLED"))
        report.refuse("logsConfig names no place that is enabled");
    },
  },
  {
    name: "cb-not-privileged",
    theme: "images-and-compute",
    title: "A build is not privileged",
    why: "A privileged container is root on its host, and a build runs what others have written",
    fix: "leave environment.privilegedMode out; images can be built without it, for example with BuildKit rootless",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CodeBuild.5"],
    types: buildProjects,
    check: mustNotBe("environment.privilegedMode", true),
  },
  {
    name: "cb-cmk",
    theme: "encryption-at-rest",
    title: "What a build makes is encrypted with a key of the company's",
    why: ownKey,
    fix: "set encryptionKey",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: buildProjects,
    check: mustBeSet("encryptionKey"),
  },
  {
    name: "cb-artifacts-encrypted",
    theme: "encryption-at-rest",
    title: "What a build makes is encrypted",
    why: "It is what will run in production",
    fix: "leave encryptionDisabled out of artifacts and secondaryArtifacts",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: buildProjects,
    check: all(
      mustNotBe("artifacts.encryptionDisabled", true),
      eachOf("secondaryArtifacts", mustNotBe("encryptionDisabled", true)),
    ),
  },
  {
    name: "cb-managed-image",
    theme: "images-and-compute",
    title: "Builds run in an image of AWS's or of the company's",
    why: "Who makes the image sees all sources and has all rights of the build",
    fix: "set environment.image to one of aws/codebuild/, or to one of a private registry of ECR with a tag that stays or a digest",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: buildProjects,
    check(project, report) {
      const image = project.at("environment", "image").text() ?? "";
      if (image.startsWith("aws/codebuild/")) return;
      const why = isInPrivateRegistry(image)
        ? whyMoving(image)
        : `environment.image is ${image || "not set"}`;
      if (why) report.refuse(why);
    },
  },
  {
    name: "cb-report-group-encrypted",
    theme: "encryption-at-rest",
    title: "Reports of builds are encrypted where they are exported to",
    why: "A report shows which tests fail, and where the holes are",
    fix: "leave exportConfig.s3Destination.encryptionDisabled out",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP CodeBuild.7"],
    types: ["aws:codebuild/reportGroup:ReportGroup"],
    check: mustNotBe("exportConfig.s3Destination.encryptionDisabled", true),
  },
  {
    name: "cb-no-stored-git-token",
    theme: "data-protection",
    title: "Builds read repositories through a connection, and hold no token for them",
    why: "A token is somebody's, works from everywhere, and is for all projects of the account",
    fix: "set authType to CODECONNECTIONS, and token to the connection's ARN",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:codebuild/sourceCredential:SourceCredential"],
    check(credential, report) {
      const type = credential.at("authType").text() ?? "not set";
      if (!["CODECONNECTIONS", "SECRETS_MANAGER"].includes(type)) report.refuse(`authType is ${type}`);
    },
  },
  {
    name: "cb-project-private",
    theme: "exposure",
    title: "Builds are not shown to the world",
    why: "Logs and artifacts of every build are then read by anybody",
    fix: "leave projectVisibility out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: buildProjects,
    check: mustNotBe("projectVisibility", "PUBLIC_READ"),
  },
  {
    name: "cb-source-tls",
    theme: "encryption-in-transit",
    title: "A build makes sure whom it gets its source from",
    why: "Whoever is on the way could else give it another source",
    fix: "leave insecureSsl out of source and secondarySources",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: buildProjects,
    check: all(
      mustNotBe("source.insecureSsl", true),
      eachOf("secondarySources", mustNotBe("insecureSsl", true)),
    ),
  },
  {
    name: "cb-webhook-filtered",
    theme: "exposure",
    title: "A webhook says which changes are built",
    why: "Else whoever opens a pull request has the build run what he wrote, with the project's rights",
    fix: "set filterGroups, with events and who may start a build",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:codebuild/webhook:Webhook"],
    check: all(mustNotBeEmpty("filterGroups"), eachOf("filterGroups", mustNotBeEmpty("filters"))),
  },
  {
    name: "cb-webhook-actors-whole",
    theme: "exposure",
    title: "A webhook that names who may start builds names them as a whole",
    why: "A filter looks for its pattern anywhere: 123 also lets in the account 91234",
    fix: "begin the pattern of ACTOR_ACCOUNT_ID with ^ and end it with $, and put what is between into brackets where there are several",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: ["aws:codebuild/webhook:Webhook"],
    check: eachOf(
      "filterGroups",
      eachOf(
        "filters",
        whereSet("pattern", (filter, report) => {
          if (filter.at("type").text() !== "ACTOR_ACCOUNT_ID" || filter.at("excludeMatchedPattern").is(true))
            return;
          const pattern = filter.at("pattern").text() ?? "";
          if (!/^\^(\([^()]*\)|[^|()]*)\$$/.test(pattern)) report.refuse(`the pattern is ${pattern}`);
        }),
      ),
    ),
  },
];
