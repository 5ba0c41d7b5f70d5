/** `.gitlab-ci.yml`: from a branch to production. Source: GitLab documentation, "CI/CD YAML syntax reference". */
import { taskFolder } from "../../components/delivery/runner-configuration";
import { type EnvironmentName, environmentNames } from "../../stacks/description";
import * as commands from "./commands";
import { branchesOf, deployedScopes, type Setting, scopesOf, testRoleArn } from "./setting";
import type { Comments } from "./yaml-text";

type Deploys = NonNullable<Setting["deploys"]>;

/** Debian 12, whose AWS CLI is version 2. */
const image = (node: string): string => `node:${node}-bookworm`;
const awsCli = "apt-get update -qq && apt-get install -qq --yes awscli";

const ofRequest = '$CI_PIPELINE_SOURCE == "merge_request_event"';
const ofPush = '$CI_PIPELINE_SOURCE == "push"';
const checked = [{ if: ofRequest }, { if: ofPush }];
const onBranch = (branch: string): string => `$CI_COMMIT_BRANCH == "${branch}"`;

export function gitlabCi(setting: Setting): { readonly value: object; readonly comments: Comments } {
  const { deploys } = setting;
  const deploying = deploys === undefined || deploys.environments.length === 0 ? undefined : deploys;
  const value = {
    workflow: {
      rules: [
        { if: ofRequest },
        { if: "$CI_COMMIT_TAG", when: "never" },
        ...branchesOf(setting).map(branch => ({ if: onBranch(branch) })),
        { if: `${ofPush} && $CI_OPEN_MERGE_REQUESTS`, when: "never" },
        { if: "$CI_COMMIT_BRANCH" },
      ],
    },
    stages: [
      "check",
      "plan",
      "comment",
      ...(deploying === undefined ? [] : ["deploy", "test", "onward", "drift"]),
    ],
    default: {
      image: image(commands.node),
      interruptible: true,
      timeout: "30 minutes",
      retry: { max: 1, when: ["runner_system_failure"] },
      cache: { key: { files: ["package-lock.json"] }, paths: [".npm/"] },
      before_script: [commands.install],
    },
    ...checks(),
    ...(deploys === undefined
      ? {}
      : { ".takes-a-role": { ...tokens(deploys), variables: { AWS_REGION: setting.region } } }),
    ...(isPreviewed(deploys) ? { preview: preview(setting, deploys) } : {}),
    comment: {
      stage: "comment",
      needs: [{ job: "plan" }, ...(isPreviewed(deploys) ? [{ job: "preview", optional: true }] : [])],
      rules: [{ if: `${ofRequest} && $PLAN_TOKEN`, when: "always" }],
      script: [
        "npx lz comment comment.md --marker plan",
        ...(isPreviewed(deploys)
          ? ["test ! -f preview.md || npx lz comment preview.md --marker preview"]
          : []),
      ],
    },
    ...(deploying === undefined
      ? {}
      : {
          ...deployments(setting, deploying),
          ...releases(setting, deploying),
          ...drifts(setting, deploying),
        }),
  };
  return {
    value,
    comments: [
      [
        ["workflow", "rules", 2],
        "A branch that deploys has its pipeline, and any other as long as it has no merge request.",
      ],
      [
        ["plan"],
        `Without credentials. The merge request shows which rules fail that did not before.${deploys?.byRunner === true ? `\n${unpreviewed}` : ""}`,
      ],
      [
        ["comment"],
        "PLAN_TOKEN is a project access token with the role Reporter and the scope api. A fork has none: its plan is among\nits pipeline's artifacts.",
      ],
      ...(isPreviewed(deploys)
        ? ([
            [
              ["preview"],
              "What the engine would change, with a role that looks only. A fork's pipeline has no token for it.",
            ],
          ] as Comments)
        : []),
      ...(deploying === undefined ? [] : deploymentComments(setting, deploying)),
    ],
  };
}

const checks = (): object => ({
  lint: { stage: "check", rules: checked, script: ["npm run lint", "npm run typecheck"] },
  test: {
    stage: "check",
    rules: checked,
    parallel: { matrix: [{ NODE: commands.nodes }] },
    image: image("$NODE"),
    script: ["npm run mocha"],
  },
  generated: { stage: "check", rules: checked, script: [commands.generated] },
  plan: {
    stage: "plan",
    rules: checked,
    needs: [],
    script: [`${commands.plan} | tee plan.txt`],
    artifacts: {
      when: "always",
      expose_as: "Plan",
      paths: ["plan.txt", ...commands.planFiles.filter(file => file !== "policies.xml")],
      reports: { junit: "policies.xml" },
    },
  },
});

/** What a job takes a role by. */
const tokens = ({ audience, byRunner }: Deploys): object =>
  byRunner ? {} : { id_tokens: { AWS_TOKEN: { aud: audience } } };

/** The runner of an environment, where it has one of its own. A task's folder is all that a job in it may change. */
function onRunner({ runners, deploys }: Setting, environment: EnvironmentName | undefined): object {
  const runner = environment === undefined ? undefined : runners[environment];
  if (runner === undefined) return {};
  const inTask = runner.kind === "fargate";
  const variables = {
    ...(deploys?.byRunner === true
      ? { RUNNER_CREDENTIALS: inTask ? "EcsContainer" : "Ec2InstanceMetadata" }
      : {}),
    ...(inTask ? { HOME: taskFolder } : {}),
  };
  return { tags: [runner.tag], ...(Object.keys(variables).length === 0 ? {} : { variables }) };
}

/** What does not deploy is on that runner only where it has its role by it. */
const onRunnerForRole = (setting: Setting, environment: EnvironmentName | undefined): object =>
  setting.deploys?.byRunner === true ? onRunner(setting, environment) : {};

/** A task of Fargate has the image, and so the tools, that was made for it. */
const tools = (setting: Setting, { tags }: { readonly tags?: readonly string[] }): string[] =>
  Object.values(setting.runners).some(({ tag, kind }) => kind === "fargate" && tags?.includes(tag) === true)
    ? []
    : [awsCli];

/** Without tokens nothing of a merge request's gets a role: runners that have one are kept to protected branches. */
const unpreviewed =
  "There is no preview with the engine: GitLab gives a merge request's jobs no protected runner, and only these have a\nrole. The deployment shows it before it begins.";
const isPreviewed = (deploys: Deploys | undefined): deploys is Deploys => deploys?.byRunner === false;

const preview = (setting: Setting, deploys: Deploys): object => ({
  extends: ".takes-a-role",
  stage: "plan",
  needs: [],
  rules: branchesOf(setting).map(branch => ({
    if: `${ofRequest} && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID && $CI_MERGE_REQUEST_TARGET_BRANCH_NAME == "${branch}"`,
    variables: { STACKS: scopesOf(setting, branch).join(" ") },
  })),
  script: [commands.takeRole(setting), ...commands.preview(deploys, "$STACKS")],
  artifacts: { when: "always", paths: ["preview.md"] },
});

/** Never ended in the middle, never two at once, never begun anew by itself. */
const applies = (environment: EnvironmentName): object => ({
  interruptible: false,
  retry: 0,
  timeout: "3 hours",
  resource_group: environment,
});

function deployments(setting: Setting, deploys: Deploys): object {
  const { branches } = setting;
  const { environments } = deploys;
  const trials = environments.includes("int") ? commands.tests(deploys, testRoleArn) : [];
  const drilled = environments.includes("int") ? commands.drilled(deploys) : [];
  const last = (environment: EnvironmentName): string[] => {
    const tries =
      environment === "int"
        ? [...(trials.length > 0 ? ["test-int"] : []), ...(drilled.length > 0 ? ["drill-int"] : [])]
        : [];
    return tries.length > 0 ? tries : [`deploy-${environment}`];
  };
  const earlier = (environment: EnvironmentName) =>
    environments
      .slice(0, environments.indexOf(environment))
      .filter(its => branches[its] === branches[environment]);
  const tries = {
    extends: ".takes-a-role",
    stage: "test",
    needs: [{ job: "deploy-int", artifacts: false }],
    rules: [{ if: `${ofPush} && ${onBranch(branches.int)}` }],
    ...applies("int"),
    ...onRunnerForRole(setting, "int"),
    before_script: [...tools(setting, onRunnerForRole(setting, "int")), commands.install],
  };
  const jobs = environments.map(environment => [
    `deploy-${environment}`,
    {
      extends: ".takes-a-role",
      stage: "deploy",
      needs: [
        ...["lint", "test", "generated", "plan"].map(job => ({ job, artifacts: false })),
        ...earlier(environment)
          .flatMap(last)
          .map(job => ({ job, artifacts: false })),
      ],
      rules: [
        {
          if: `${ofPush} && ${onBranch(branches[environment])}`,
          ...(environment === "prod" ? { when: "manual" } : {}),
        },
      ],
      environment: { name: environment },
      ...applies(environment),
      ...onRunner(setting, environment),
      ...(environment === "int" && deploys.restored.length > 0
        ? {
            before_script: [...tools(setting, onRunner(setting, environment)), commands.install],
            artifacts: { when: "always", paths: ["restore-*.sh"] },
          }
        : {}),
      script: [commands.takeRole(setting), ...commands.up(deploys, environment)],
    },
  ]);
  return {
    ...Object.fromEntries(jobs),
    ...(trials.length === 0
      ? {}
      : { "test-int": { ...tries, script: [commands.takeRole(setting), ...trials] } }),
    ...(drilled.length === 0
      ? {}
      : {
          "drill-int": {
            ...tries,
            parallel: {
              matrix: drilled.map(stop => ({ DRILLED: stop.product, ROLE: testRoleArn(stop) })),
            },
            timeout: `${commands.drillTime.minutes / 60} hours`,
            resource_group: "drill-$DRILLED",
            script: [commands.takeRole(setting), ...commands.drill],
          },
        }),
  };
}

/** Started by a product's own pipeline, with inputs only: see application.yml. */
const released = '$CI_PIPELINE_SOURCE =~ /^(pipeline|web|api)$/ && $RELEASE_TO == "';

function releases(setting: Setting, deploys: Deploys): object {
  const { branches } = setting;
  const jobs = deploys.environments.map(environment => [
    `release-${environment}`,
    {
      extends: ".takes-a-role",
      stage: "deploy",
      rules: [
        {
          if: `${released}${environment}" && ${onBranch(branches[environment])}`,
          ...(environment === "prod" ? { when: "manual" } : {}),
        },
      ],
      environment: { name: environment },
      ...applies(environment),
      ...(deploys.stops.some(stop => stop.environment === environment && stop.drill)
        ? { timeout: "7 hours" }
        : {}),
      ...onRunner(setting, environment),
      before_script: [
        'git remote set-url origin "https://landing-zone:$RELEASE_TOKEN@$CI_SERVER_FQDN/$CI_PROJECT_PATH.git"',
        'git fetch --quiet --depth=1 origin "$CI_COMMIT_BRANCH"',
        "git checkout --quiet --force --detach FETCH_HEAD",
        ...tools(setting, onRunner(setting, environment)),
        commands.install,
      ],
      script: [`bash ${commands.folderOf(setting)}/release.sh ${environment}`],
    },
  ]);
  return Object.fromEntries([...jobs, ...onward(setting, deploys)]);
}

function onward(setting: Setting, { stops, repository, environments }: Deploys): [string, object][] {
  return environments.flatMap(from =>
    environments.flatMap((to): [string, object][] => {
      const products = stops.filter(({ environment, next }) => environment === from && next === to);
      if (products.length === 0) return [];
      return [
        [
          `onward-from-${from}-to-${to}`,
          {
            stage: "onward",
            needs: [{ job: `release-${from}` }],
            rules: [
              {
                if: `${released}${from}" && ${onBranch(setting.branches[from])} && $PRODUCT =~ /^(${products.map(({ product }) => product).join("|")})$/`,
              },
            ],
            trigger: {
              project: repository,
              branch: setting.branches[to],
              strategy: "depend",
              inputs: { environment: to, product: "$PRODUCT", workload: "$WORKLOAD", digest: "$DIGEST" },
            },
          },
        ],
      ];
    }),
  );
}

const drifts = (setting: Setting, deploys: Deploys): object => ({
  drift: {
    extends: ".takes-a-role",
    stage: "drift",
    rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }],
    parallel: { matrix: [{ SCOPE: deployedScopes(deploys) }] },
    timeout: "1 hour",
    ...onRunnerForRole(
      setting,
      environmentNames.find(name => setting.runners[name]),
    ),
    script: [commands.takeRole(setting), ...commands.drift(deploys)],
    artifacts: { when: "always", paths: ["drift.md"] },
  },
});

function deploymentComments({ deploys: _, ...setting }: Setting, deploys: Deploys): Comments {
  const { environments, shared, byRunner, restored } = deploys;
  const [first] = environments;
  const waits = "Nothing that deploys is ended in the middle: a second one waits.";
  const restores =
    "The script is for int's own data. RESTORE_AWS_CONFIG is a protected variable of the type file: a configuration of the\nAWS CLI with the profiles that the script names. Without it the script is an artifact, for a person to run.";
  const yes = "Somebody must say yes; protect the environment `prod` in GitLab, and say there who may.";
  const shares = shared
    ? "What all environments share\nis deployed first, with the same yes."
    : "What all environments share\na person deploys: `npx lz up shared`.";
  const begins = byRunner
    ? "A product's release, begun with the digest of an image that has been pushed: Build, Pipelines, New pipeline."
    : "A product's release: its repository's pipeline starts these with the image's digest.";
  return [
    ...environments.flatMap((name): [string[], string][] => {
      const says = [
        ...(name === first ? [waits] : []),
        ...(name === "int" && restored.length > 0 ? [restores] : []),
        ...(name === "prod" ? [`${yes} ${shares}`] : []),
      ];
      return says.length === 0 ? [] : [[[`deploy-${name}`], says.join("\n")]];
    }),
    ...(environments.includes("int") && commands.drilled(deploys).length > 0
      ? ([
          [
            ["drill-int"],
            "On prod's data, restored beside what int has by a state machine in int's account, which deletes it again: the pipeline\nhas no role in prod. It also goes on where this job has not the time to wait for it.",
          ],
        ] as Comments)
      : []),
    [
      [`release-${first}`],
      `${begins} RELEASE_TOKEN is a project access\ntoken that may push to the branches that deploy; make it a protected variable.`,
    ],
    [
      ["drift"],
      `Every night, by a schedule of the project on ${setting.branches[first ?? "dev"]}${byRunner ? ", which is protected" : ""}.`,
    ],
  ];
}

/** The header of the file: inputs, so that whoever starts a pipeline says these and nothing else. */
export function gitlabSpec(): object {
  const input = (description: string, regex: string) => ({ type: "string", description, default: "", regex });
  return {
    spec: {
      inputs: {
        environment: {
          type: "string",
          description: "Where it is released",
          default: "",
          options: ["", ...environmentNames],
        },
        product: input("Whose image", "^([a-z][a-z0-9-]{0,39})?$"),
        workload: input("A service, job or function of it", "^([a-z][a-z0-9-]{0,39})?$"),
        digest: input("The image's", "^(sha256:[0-9a-f]{64})?$"),
      },
    },
  };
}

export const inputVariables: object = {
  variables: {
    RELEASE_TO: "$[[ inputs.environment ]]",
    PRODUCT: "$[[ inputs.product ]]",
    WORKLOAD: "$[[ inputs.workload ]]",
    DIGEST: "$[[ inputs.digest ]]",
  },
};
