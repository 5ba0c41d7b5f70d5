/** Workflows: from a pull request to production. Source: GitHub documentation, "Workflow syntax for GitHub Actions". */
import type { EnvironmentName } from "../../stacks/description";
import { build, firstIn, login, places } from "./application";
import * as commands from "./commands";
import { branchesOf, deployedScopes, type Setting, scopesOf, testRoleArn } from "./setting";
import { type Comments, lines } from "./yaml-text";

type Deploys = NonNullable<Setting["deploys"]>;

export interface Workflow {
  readonly value: object;
  readonly comments: Comments;
}

const expression = (text: string): string => `\${{ ${text} }}`;
const image = "ubuntu-24.04";
const usual = { defaults: { run: { shell: "bash" } } };
const looks = { contents: "read" };
const takesRoles = { contents: "read", "id-token": "write" };

const checkout = (more: object = {}): object => ({
  uses: "actions/checkout@v4",
  with: { "persist-credentials": false, ...more },
});
const node = (version: string): object => ({
  uses: "actions/setup-node@v4",
  with: { "node-version": version, cache: "npm" },
});
const prepared = (): object[] => [checkout(), node(commands.node), { run: "npm ci" }];
const step = (name: string, ...script: readonly string[]): object => ({ name, run: lines(...script) });

const upload = (name: string, paths: readonly string[]): object => ({
  uses: "actions/upload-artifact@v4",
  if: "always()",
  with: { name, path: lines(...paths), "if-no-files-found": "ignore" },
});

export function pullRequest(setting: Setting): Workflow {
  const { deploys } = setting;
  const own =
    "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository";
  return {
    value: {
      name: "pull request",
      on: { pull_request: null, push: { branches: branchesOf(setting) } },
      permissions: looks,
      concurrency: {
        group: `${expression("github.workflow")}-${expression("github.ref")}`,
        "cancel-in-progress": true,
      },
      ...usual,
      jobs: {
        check: {
          "runs-on": image,
          "timeout-minutes": 30,
          strategy: { matrix: { node: commands.nodes.map(Number) } },
          steps: [checkout(), node(expression("matrix.node")), { run: "npm ci" }, { run: "npm test" }],
        },
        plan: {
          "runs-on": image,
          "timeout-minutes": 30,
          permissions: { ...looks, "security-events": "write" },
          steps: [
            ...prepared(),
            step("Plan", `${commands.plan} | tee plan.txt`),
            upload("plan", ["plan.txt", ...commands.planFiles]),
            upload("comment-plan", ["comment.md"]),
            {
              ...step("Are the workflows as the description has them?", commands.generated),
              if: "always()",
            },
            {
              uses: "github/codeql-action/upload-sarif@v3",
              if: "always() && github.event.pull_request.head.repo.fork != true",
              with: { sarif_file: "policies.sarif", category: "policies" },
            },
          ],
        },
        ...(deploys === undefined
          ? {}
          : {
              preview: {
                if: own,
                "runs-on": image,
                "timeout-minutes": 60,
                permissions: takesRoles,
                env: { AWS_REGION: setting.region },
                steps: [
                  ...prepared(),
                  {
                    name: "Preview",
                    env: { BASE: expression("github.base_ref") },
                    run: lines(
                      'case "$BASE" in',
                      ...branchesOf(setting).map(
                        branch => `  ${branch}) stacks="${scopesOf(setting, branch).join(" ")}" ;;`,
                      ),
                      '  *) echo "a merge to $BASE deploys nothing"; exit 0 ;;',
                      "esac",
                      commands.takeRole(setting),
                      ...commands.preview(deploys, "$stacks"),
                    ),
                  },
                  upload("comment-preview", ["preview.md"]),
                ],
              },
            }),
      },
    },
    comments: [
      [
        ["jobs", "plan"],
        "Without credentials, and so for forks, too. Code scanning takes nothing from these.",
      ],
      ...(deploys === undefined
        ? []
        : ([
            [
              ["jobs", "preview"],
              "What the engine would change, with a role that looks only. Forks get no token for it.",
            ],
          ] as Comments)),
    ],
  };
}

/**
 * Posts what a pull request's workflow has made, with a token that a fork's has not. Nothing of the fork's is checked
 * out or run here. Source: GitHub Security Lab, "Keeping your GitHub Actions and workflows secure Part 1: Preventing pwn
 * requests".
 */
export function comment({ deploys }: Setting): Workflow {
  const event = "github.event.workflow_run";
  const post = (kind: "plan" | "preview", file: string) => [
    {
      uses: "actions/download-artifact@v4",
      "continue-on-error": true,
      with: {
        name: `comment-${kind}`,
        path: kind,
        "run-id": expression(`${event}.id`),
        "github-token": expression("github.token"),
      },
    },
    {
      name: `Post the ${kind}`,
      if: `steps.pull.outputs.number != '' && hashFiles('${kind}/${file}') != ''`,
      env: { GITHUB_TOKEN: expression("github.token"), PULL: expression("steps.pull.outputs.number") },
      run: lines(`npx lz comment ${kind}/${file} --marker ${kind} --pull "$PULL"`),
    },
  ];
  return {
    value: {
      name: "comment",
      on: { workflow_run: { workflows: ["pull request"], types: ["completed"] } },
      permissions: { actions: "read", contents: "read", "pull-requests": "write" },
      concurrency: {
        group: [
          expression("github.workflow"),
          expression(`${event}.head_repository.full_name`),
          expression(`${event}.head_branch`),
        ].join("-"),
      },
      ...usual,
      jobs: {
        comment: {
          if: `${event}.event == 'pull_request'`,
          "runs-on": image,
          "timeout-minutes": 10,
          steps: [
            ...prepared(),
            {
              name: "Which pull request was it?",
              id: "pull",
              env: {
                GH_TOKEN: expression("github.token"),
                HEAD: `${expression(`${event}.head_repository.owner.login`)}:${expression(`${event}.head_branch`)}`,
                SHA: expression(`${event}.head_sha`),
              },
              run: lines(
                'number=$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" --raw-field state=open --raw-field head="$HEAD" \\',
                "  --jq '[.[] | select(.head.sha == env.SHA)][0].number // empty')",
                'echo "number=$number" >> "$GITHUB_OUTPUT"',
              ),
            },
            ...post("plan", "comment.md"),
            ...(deploys === undefined ? [] : post("preview", "preview.md")),
          ],
        },
      },
    },
    comments: [
      [
        ["jobs"],
        "Which pull request it is, is asked of GitHub: what a fork's workflow has written down might name another.\nWhat is checked out is the default branch, never the pull request.",
      ],
    ],
  };
}

const group = (environment: string): object => ({
  group: `landing-zone-${environment}`,
  "cancel-in-progress": false,
});

export function deploy(setting: Setting, deploys: Deploys): Workflow {
  const { branches } = setting;
  const { environments } = deploys;
  const hasInt = environments.includes("int");
  const trials = commands.tests(deploys, testRoleArn);
  const restores = hasInt && deploys.restored.length > 0;
  const drilled = hasInt ? commands.drilled(deploys) : [];
  const job = (environment: EnvironmentName): object => {
    const earlier = environments
      .slice(0, environments.indexOf(environment))
      .filter(its => branches[its] === branches[environment]);
    return {
      needs: [
        "check",
        ...earlier.flatMap(its => [its, ...(its === "int" && drilled.length > 0 ? ["drill"] : [])]),
      ],
      if: `github.ref_name == '${branches[environment]}'`,
      "runs-on": image,
      "timeout-minutes": 180,
      environment,
      concurrency: group(environment),
      permissions: takesRoles,
      env: { AWS_REGION: setting.region },
      steps: [
        ...prepared(),
        ...(environment === "int" && restores
          ? [
              {
                name: "Who restores?",
                env: { CONFIGURATION: expression("secrets.RESTORE_AWS_CONFIG") },
                run: lines(
                  'if [ -z "$CONFIGURATION" ]; then exit 0; fi',
                  '(umask 077 && printf "%s\\n" "$CONFIGURATION" > "$RUNNER_TEMP/restore-aws-config")',
                  'echo "RESTORE_AWS_CONFIG=$RUNNER_TEMP/restore-aws-config" >> "$GITHUB_ENV"',
                ),
              },
            ]
          : []),
        step(`Deploy to ${environment}`, commands.takeRole(setting), ...commands.up(deploys, environment)),
        ...(environment === "int" && restores ? [upload("restore", ["restore-*.sh"])] : []),
        ...(environment === "int" && trials.length > 0
          ? [step("Test", commands.takeRole(setting), ...trials)]
          : []),
      ],
    };
  };
  return {
    value: {
      name: "deploy",
      on: { push: { branches: [...new Set(environments.map(name => branches[name]))] } },
      permissions: looks,
      ...usual,
      jobs: {
        check: {
          if: `github.repository == '${deploys.repository}'`,
          "runs-on": image,
          "timeout-minutes": 30,
          steps: [...prepared(), { run: "npm test" }],
        },
        ...Object.fromEntries(environments.map(environment => [environment, job(environment)])),
        ...(drilled.length === 0
          ? {}
          : {
              drill: {
                needs: ["int"],
                "runs-on": image,
                "timeout-minutes": commands.drillTime.minutes,
                environment: "int",
                strategy: {
                  "fail-fast": false,
                  matrix: {
                    include: drilled.map(stop => ({ product: stop.product, role: testRoleArn(stop) })),
                  },
                },
                concurrency: {
                  group: `drill-${expression("matrix.product")}`,
                  "cancel-in-progress": false,
                },
                permissions: takesRoles,
                env: {
                  AWS_REGION: setting.region,
                  DRILLED: expression("matrix.product"),
                  ROLE: expression("matrix.role"),
                },
                steps: [
                  ...prepared(),
                  step("Test on prod's data", commands.takeRole(setting), ...commands.drill),
                ],
              },
            }),
      },
    },
    comments: [
      [["jobs", "check"], "Nothing that deploys is ended in the middle: a second one waits."],
      ...(restores
        ? ([
            [
              ["jobs", "int"],
              "The script is for int's own data. The secret RESTORE_AWS_CONFIG of the environment int is a configuration of the AWS CLI\nwith the profiles that the script names. Without it the script is an artifact, for a person to run.",
            ],
          ] as Comments)
        : []),
      ...(drilled.length === 0
        ? []
        : ([
            [
              ["jobs", "drill"],
              "On prod's data, restored beside what int has by a state machine in int's account, which deletes it again: the workflow\nhas no role in prod. It also goes on where this job has not the time to wait for it.",
            ],
          ] as Comments)),
      ...(environments.includes("prod")
        ? ([
            [
              ["jobs", "prod"],
              "Somebody must say yes: name reviewers of the environment `prod` in GitHub. What all environments share is deployed\nfirst, with the same yes.",
            ],
          ] as Comments)
        : []),
    ],
  };
}

export function release(setting: Setting, { repository, environments, stops }: Deploys): Workflow {
  const input = (description: string): object => ({ description, required: true, type: "string" });
  return {
    value: {
      name: "release",
      "run-name": `${expression("inputs.product")} ${expression("inputs.workload")} to ${expression("inputs.environment")} ${expression("inputs.call")}`,
      on: {
        workflow_dispatch: {
          inputs: {
            environment: {
              description: "Where it is released",
              required: true,
              type: "choice",
              options: [...environments],
            },
            product: input("Whose image"),
            workload: input("A service, job or function of it"),
            digest: input("The image's: sha256: and 64 digits"),
            call: {
              description: "By which the caller finds this run",
              required: false,
              type: "string",
              default: "",
            },
          },
        },
      },
      permissions: looks,
      ...usual,
      jobs: {
        release: {
          if: `github.repository == '${repository}'`,
          "runs-on": image,
          "timeout-minutes": stops.some(({ drill }) => drill) ? 360 : 180,
          environment: expression("inputs.environment"),
          concurrency: group(expression("inputs.environment")),
          permissions: { ...takesRoles, actions: "write", contents: "write" },
          env: {
            AWS_REGION: setting.region,
            ENVIRONMENT: expression("inputs.environment"),
            PRODUCT: expression("inputs.product"),
            WORKLOAD: expression("inputs.workload"),
            DIGEST: expression("inputs.digest"),
            CALL: expression("inputs.call"),
            GH_TOKEN: expression("github.token"),
          },
          steps: [
            checkout({
              ref: expression("github.ref_name"),
              token: expression("secrets.RELEASE_TOKEN || github.token"),
              "persist-credentials": true,
            }),
            node(commands.node),
            { run: "npm ci" },
            step("Release", 'bash .github/release.sh "$ENVIRONMENT"'),
          ],
        },
      },
    },
    comments: [
      [
        ["jobs", "release"],
        "A product's release: its repository's workflow starts this with the image's digest. RELEASE_TOKEN may push to the\nbranches that deploy. What comes in as an input is never part of a script.",
      ],
    ],
  };
}

export function drift(setting: Setting, deploys: Deploys): Workflow {
  return {
    value: {
      name: "drift",
      on: { schedule: [{ cron: "17 2 * * *" }], workflow_dispatch: null },
      permissions: looks,
      ...usual,
      jobs: {
        drift: {
          if: `github.repository == '${deploys.repository}'`,
          "runs-on": image,
          "timeout-minutes": 60,
          strategy: { "fail-fast": false, matrix: { scope: deployedScopes(deploys) } },
          permissions: { ...takesRoles, issues: "write" },
          env: {
            AWS_REGION: setting.region,
            SCOPE: expression("matrix.scope"),
            GITHUB_TOKEN: expression("github.token"),
          },
          steps: [
            ...prepared(),
            step("Look for drift", commands.takeRole(setting), ...commands.drift(deploys)),
            upload(`drift-${expression("matrix.scope")}`, ["drift.md"]),
          ],
        },
      },
    },
    comments: [[["jobs", "drift"], "An issue a scope, which is closed when nothing has drifted any more."]],
  };
}

export function application(setting: Setting, deploys: Deploys): Workflow {
  const [own] = firstIn(deploys);
  const branch = (environment: EnvironmentName) => setting.branches[environment];
  const starts = firstIn(deploys).map(
    ({ environment, products }) =>
      `  ${products.join("|")}) environment=${environment} branch=${branch(environment)} ;;`,
  );
  return {
    value: {
      name: "application",
      on: {
        workflow_call: {
          inputs: {
            product: { description: "As the landing zone calls it", required: true, type: "string" },
            workload: {
              description: "The service, job or function that is released",
              required: true,
              type: "string",
            },
            folder: { description: "With the Dockerfile", required: false, type: "string", default: "." },
            runner: {
              description: "Of the image's architecture",
              required: false,
              type: "string",
              default: own === undefined ? image : "ubuntu-24.04-arm",
            },
          },
          secrets: {
            LANDING_ZONE_TOKEN: { description: "May start workflows of the landing zone", required: true },
          },
        },
      },
      permissions: looks,
      ...usual,
      jobs: {
        image: {
          "runs-on": expression("inputs.runner"),
          "timeout-minutes": 60,
          permissions: takesRoles,
          outputs: { digest: expression("steps.image.outputs.digest") },
          steps: [
            checkout(),
            {
              name: "Build and push",
              id: "image",
              env: {
                PRODUCT: expression("inputs.product"),
                WORKLOAD: expression("inputs.workload"),
                FOLDER: expression("inputs.folder"),
              },
              run: lines(
                ...places(deploys),
                'export AWS_ROLE_ARN="$role" AWS_WEB_IDENTITY_TOKEN_FILE="$RUNNER_TEMP/aws-token"',
                'curl --fail --silent --show-error --retry 3 --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\',
                `  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${deploys.audience}" | jq --exit-status --raw-output .value > "$AWS_WEB_IDENTITY_TOKEN_FILE"`,
                login,
                ...build("$GITHUB_SHA-$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT", "$FOLDER"),
                'echo "digest=$digest" >> "$GITHUB_OUTPUT"',
              ),
            },
          ],
        },
        release: {
          needs: ["image"],
          "runs-on": image,
          "timeout-minutes": 240,
          permissions: {},
          steps: [
            {
              name: "Have the landing zone release it",
              env: {
                GH_TOKEN: expression("secrets.LANDING_ZONE_TOKEN"),
                GH_REPO: deploys.repository,
                PRODUCT: expression("inputs.product"),
                WORKLOAD: expression("inputs.workload"),
                DIGEST: expression("needs.image.outputs.digest"),
                CALL: `${expression("github.run_id")}-${expression("github.run_attempt")}`,
              },
              run: lines(
                'case "$PRODUCT" in',
                ...starts,
                '  *) echo "the landing zone has no product \\"$PRODUCT\\"" >&2; exit 2 ;;',
                "esac",
                'gh workflow run release.yml --ref "$branch" --raw-field environment="$environment" --raw-field product="$PRODUCT" \\',
                '  --raw-field workload="$WORKLOAD" --raw-field digest="$DIGEST" --raw-field call="$CALL"',
                "run=",
                "for attempt in $(seq 30); do",
                "  run=$(gh run list --workflow release.yml --limit 50 --json databaseId,displayTitle \\",
                '    --jq "[.[] | select(.displayTitle | endswith(\\" to $environment $CALL\\"))][0].databaseId // empty")',
                '  if [ -n "$run" ]; then break; fi',
                "  sleep 5",
                "done",
                'if [ -z "$run" ]; then echo "the release did not start" >&2; exit 1; fi',
                'gh run watch "$run" --exit-status --interval 15',
              ),
            },
          ],
        },
      },
    },
    comments: [
      [
        ["jobs", "image"],
        "Built once; what is released everywhere is its digest. A tag is never pushed twice.",
      ],
      [
        ["jobs", "release"],
        "The landing zone's own workflow scans, deploys, tries and promotes; nothing here may deploy. This waits for the\nfirst environment; those after it have runs of their own.",
      ],
    ],
  };
}
