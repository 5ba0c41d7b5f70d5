import { type Cases, unknown } from "./example";

const action = (category: unknown, runOrder?: unknown) => ({
  category,
  ...(runOrder !== undefined && { runOrder }),
});
const stage = (name: unknown, ...actions: readonly object[]) => ({ name, actions });
const pipeline = (...stages: readonly object[]) => ({ props: { stages } });
const source = (owner: unknown, provider: unknown) =>
  pipeline(stage("Source", { category: "Source", owner, provider }));

export default [
  {
    rule: "cp-artifacts-cmk",
    accepts: [
      { props: { artifactStores: [{ location: "artifacts", encryptionKey: { id: unknown, type: "KMS" } }] } },
    ],
    refuses: [
      { props: { artifactStores: [{ location: "artifacts" }] } },
      { props: { artifactStores: [{ encryptionKey: { id: "alias/shop" } }, { location: "artifacts" }] } },
    ],
    unknown: [{ props: { artifactStores: unknown } }],
  },
  {
    rule: "cp-manual-approval-prod",
    accepts: [
      pipeline(stage("Approve", action("Approval")), stage("Prod", action("Deploy"))),
      pipeline(stage("production", action("Approval", 1), action("Deploy", 2))),
      pipeline(stage("prod-eu", action("Deploy", 2), action("Approval"))),
      pipeline(stage("Dev", action("Deploy")), stage("Product", action("Deploy"))),
      pipeline(stage("Prod", action("Test"))),
    ],
    refuses: [
      pipeline(stage("Build", action("Build")), stage("Prod", action("Deploy"))),
      pipeline(stage("Prod", action("Deploy", 1), action("Approval", 2))),
      pipeline(stage("Prod", action("Deploy", 1), action("Approval", 1))),
      pipeline(stage("Live", action("Invoke"))),
      pipeline(
        stage("Approve", action("Approval")),
        stage("Dev", action("Deploy")),
        stage("Prod", action("Deploy")),
      ),
    ],
    unknown: [
      pipeline(stage(unknown, action("Deploy"))),
      pipeline(stage("Prod", action(unknown))),
      pipeline(stage("Prod", action("Approval", unknown), action("Deploy"))),
    ],
  },
  {
    rule: "cp-source-connection",
    accepts: [source("AWS", "CodeStarSourceConnection"), source("AWS", "ECR"), source("Custom", "GitHub")],
    refuses: [source("ThirdParty", "GitHub"), source("ThirdParty", "Bitbucket")],
    unknown: [source(unknown, "GitHub"), source("ThirdParty", unknown)],
  },
] satisfies Cases[];
