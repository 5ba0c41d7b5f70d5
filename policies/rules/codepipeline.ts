import { eachOf, mustBeSet } from "../demands";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { ownKey } from "./company-keys";

const pipelines = ["aws:codepipeline/pipeline:Pipeline"];

/** Pipelines. */
export const codepipeline: readonly Rule[] = [
  {
    name: "cp-artifacts-cmk",
    theme: "encryption-at-rest",
    title: "What a pipeline hands on is encrypted with a key of the company's",
    why: ownKey,
    fix: "set encryptionKey in each of artifactStores",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: pipelines,
    check: eachOf("artifactStores", mustBeSet("encryptionKey.id")),
  },
  {
    name: "cp-manual-approval-prod",
    theme: "governance-and-cost",
    title: "Somebody approves before a pipeline changes production",
    why: "One push would else be all there is between a person and production",
    fix: "put an action of category Approval before the first deployment of the stage, or into the stage right before it",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: pipelines,
    check(pipeline, report) {
      let before = false;
      for (const stage of pipeline.at("stages").list()) {
        const name = stage.at("name").text() ?? "";
        const actions = stage.at("actions").list();
        const approval = firstOf(["Approval"], actions);
        const change = firstOf(["Deploy", "Invoke"], actions);
        if (production.test(name) && !before && change < Number.POSITIVE_INFINITY && approval >= change)
          report.refuse(`nobody approves before the stage ${name}`);
        before = approval < Number.POSITIVE_INFINITY;
      }
    },
  },
  {
    name: "cp-source-connection",
    theme: "data-protection",
    title: "A pipeline reads repositories through a connection, and holds no token for them",
    why: "A token is somebody's, works from everywhere, and whoever may look at the pipeline gets at it",
    fix: "use an action of the provider CodeStarSourceConnection",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: pipelines,
    check(pipeline, report) {
      const actions = pipeline
        .at("stages")
        .list()
        .flatMap(stage => stage.at("actions").list());
      report.each(actions, action => {
        const provider = action.at("provider").text() ?? "";
        if (action.at("owner").is("ThirdParty") && /^(GitHub|Bitbucket)/i.test(provider))
          report.refuse(`${action.path}.provider is ${provider}`);
      });
    },
  },
];

const production = /(^|[^a-z])(prod|production|live)([^a-z]|$)/i;

/** The place of the first action of some categories, in the order in which they run; without one never. */
function firstOf(categories: readonly string[], actions: readonly Value[]): number {
  const places = actions
    .filter(action => categories.some(category => action.at("category").is(category)))
    // CodePipeline takes 1.
    .map(action => action.at("runOrder").number() ?? 1);
  return Math.min(...places);
}
