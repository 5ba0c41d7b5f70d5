import { inProduction, mustBe, mustHaveCompanion, mustNotBe } from "../demands";
import type { Resource } from "../graph";
import { repositories } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

/** What ECR makes repositories by, of images that it caches or takes over. */
const templates = ["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"];
const lifecycles = ["aws:ecr/lifecyclePolicy:LifecyclePolicy"];

/** Image registries. Whom a repository's policy lets in is resource-policy-not-public's. */
export const ecr: readonly Rule[] = [
  {
    name: "ecr-cmk",
    theme: "encryption-at-rest",
    title: "An image repository is encrypted with a key of the company's",
    why: ownKey,
    fix: "set encryptionConfigurations to type KMS with a kmsKey; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub ECR.5"],
    types: [...repositories, ...templates],
    check(repository, report) {
      const [encryption] = repository.at("encryptionConfigurations").list();
      const type = encryption?.at("encryptionType").text() ?? "AES256";
      if (!type.startsWith("KMS")) report.refuse(`encryptionType is ${type}`);
      else if (!encryption?.at("kmsKey").isSet) report.refuse("kmsKey is not set");
    },
  },
  {
    name: "ecr-scan-on-push",
    theme: "images-and-compute",
    title: "Images are scanned when they are pushed",
    why: "A known hole is cheapest to close before it runs",
    fix: "set imageScanningConfiguration.scanOnPush: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECR.1"],
    types: repositories,
    check(repository, report) {
      if (!repository.at("imageScanningConfiguration", "scanOnPush").is(true))
        report.refuse("scanOnPush is not true");
    },
    remediate: () => ({ imageScanningConfiguration: { scanOnPush: true } }),
  },
  {
    name: "ecr-tag-immutability",
    theme: "images-and-compute",
    title: "A released image stays what it was",
    why: "Else the tag that was tested and the tag that runs can be two images",
    fix: "set imageTagMutability: IMMUTABLE",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECR.2"],
    types: [...repositories, ...templates],
    // ECR takes MUTABLE.
    check: mustBe("imageTagMutability", "IMMUTABLE", { otherwise: "MUTABLE" }),
    remediate: onlyRepositories({ imageTagMutability: "IMMUTABLE" }),
  },
  {
    name: "ecr-lifecycle-policy",
    theme: "governance-and-cost",
    title: "A repository says which images go, and when",
    why: "Old images are paid for, are scanned, and one of them is deployed by mistake one day",
    fix: "add a LifecyclePolicy that names the repository",
    severity: "low",
    level: "advisory",
    controls: ["FSBP ECR.3"],
    types: repositories,
    scope: "stack",
    check: mustHaveCompanion(repositories, lifecycles, "repository", "no LifecyclePolicy names it"),
  },
  {
    name: "ecr-no-force-delete",
    theme: "resilience-and-backup",
    title: "A production repository is not deleted with its images",
    why: "What runs from it could start nowhere else any more, and no release could be taken back",
    fix: "leave forceDelete out",
    severity: "medium",
    level: "advisory",
    yieldsWhereUnprotected: true,
    controls: [],
    types: repositories,
    check: inProduction(mustNotBe("forceDelete", true)),
    remediate: () => ({ forceDelete: false }),
  },
  {
    name: "ecr-registry-scanning",
    theme: "images-and-compute",
    title: "A registry scans all of its images again whenever a vulnerability becomes known",
    why: "Most holes become known after the image was pushed, while it runs",
    fix: "set scanType: ENHANCED, with a rule of scanFrequency CONTINUOUS_SCAN for the filter *",
    severity: "medium",
    level: "advisory",
    controls: ["FSBP ECR.1", "FSBP Inspector.2"],
    types: ["aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration"],
    check(registry, report) {
      const type = registry.at("scanType").text() ?? "BASIC";
      if (type !== "ENHANCED") return report.refuse(`scanType is ${type}`);
      const ofAll = registry
        .at("rules")
        .list()
        .filter(rule => rule.at("scanFrequency").is("CONTINUOUS_SCAN"))
        .flatMap(rule => rule.at("repositoryFilters").list())
        .some(filter => filter.at("filter").is("*"));
      if (!ofAll) report.refuse("no rule scans all repositories continuously");
    },
  },
  {
    name: "ecr-not-published",
    theme: "exposure",
    title: "Images are not published to the world",
    why: "An image holds the program, its libraries, and what somebody forgot in one of its layers",
    fix: "use a private repository; what others are to have, they may pull from it",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:ecrpublic/repository:Repository"],
    check: (_, report) => report.refuse("it is a public repository"),
  },
];

function onlyRepositories(changed: Readonly<Record<string, unknown>>) {
  return ({ type }: Resource) => (repositories.includes(type) ? changed : undefined);
}
