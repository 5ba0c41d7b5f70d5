/** Shell scripts beside the pipelines' files: how a role is taken, and how a product's release goes. */

import { drillTime } from "./commands";
import { type Setting, type Stop, testRoleArn } from "./setting";
import { lines } from "./yaml-text";

type Deploys = NonNullable<Setting["deploys"]>;

/** @param header without a comment's sign. */
const begin = (header: string): string =>
  header
    .trimEnd()
    .split("\n")
    .map(line => `# ${line}`.trimEnd())
    .join("\n");

/** Defines `take <role> [seconds]`: what runs afterwards has the role. Where it is renewed by itself, seconds say nothing. */
export function takeRoleScript(setting: Setting, deploys: Deploys, header: string): string {
  const body =
    setting.platform === "github"
      ? githubTakes(deploys)
      : deploys.byRunner
        ? runnerTakes(Object.values(setting.runners).some(({ kind }) => kind === "fargate"))
        : [
            "# The AWS SDKs exchange the job's token for the role, and do so again when the session ends.",
            "take() {",
            '  export AWS_ROLE_ARN="$1" AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/landing-zone-token',
            '  export AWS_ROLE_SESSION_NAME="gitlab-$CI_PROJECT_ID-$CI_JOB_ID"',
            '  (umask 077 && printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")',
            "}",
          ];
  return lines("# shellcheck shell=bash", begin(header), "", ...body);
}

/** A token of GitHub's is good for five minutes only, and a deployment starts many programs: it is exchanged at once. */
const githubTakes = ({ audience }: Deploys): string[] => [
  "take() {",
  "  local token credentials",
  "  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
  '  token=$(curl --fail --silent --show-error --retry 3 --header "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\',
  `    "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${audience}" | jq --exit-status --raw-output .value) || return`,
  '  echo "::add-mask::$token"',
  '  credentials=$(aws sts assume-role-with-web-identity --role-arn "$1" --role-session-name "github-$GITHUB_RUN_ID" \\',
  `    --duration-seconds "\${2:-3600}" \\`,
  '    --web-identity-token "$token" --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" --output text) || return',
  '  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< "$credentials"',
  '  echo "::add-mask::$AWS_SECRET_ACCESS_KEY"',
  '  echo "::add-mask::$AWS_SESSION_TOKEN"',
  "  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
  "}",
];

/**
 * By a profile, whose credentials every SDK renews by itself: a role that another role takes ends after an hour. Source:
 * AWS SDKs and tools reference guide, "Assume role credential provider"; ECS developer guide, "Task IAM role".
 */
const runnerTakes = (inTasks: boolean): string[] => [
  "# AWS can not reach who issues the tokens: the job has its runner's role, and takes the other with it.",
  "take() {",
  "  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
  ...(inTasks
    ? [
        `  if [ "$RUNNER_CREDENTIALS" = EcsContainer ] && [ -z "\${AWS_CONTAINER_CREDENTIALS_RELATIVE_URI:-}" ]; then`,
        "    # Jobs come into their task by SSH, which hands on nothing of what the task was told.",
        "    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=$(tr '\\0' '\\n' < /proc/1/environ | sed -n 's/^AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=//p')",
        "    export AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "  fi",
      ]
    : []),
  "  export AWS_CONFIG_FILE=/tmp/landing-zone-aws AWS_PROFILE=landing-zone AWS_SDK_LOAD_CONFIG=1",
  "  printf '[profile %s]\\nrole_arn = %s\\nrole_session_name = %s\\ncredential_source = %s\\n' \\",
  '    "$AWS_PROFILE" "$1" "gitlab-$CI_PROJECT_ID-$CI_JOB_ID" "$RUNNER_CREDENTIALS" > "$AWS_CONFIG_FILE"',
  "}",
];

/**
 * Releases one image in one environment: looks whether it may run, writes its digest into the description, deploys and
 * tries it, and takes all of that back where it fails.
 */
export function releaseScript(setting: Setting, deploys: Deploys, header: string): string {
  const { stops, roles, environments } = deploys;
  const goesOn = (next: Stop["next"]) => next !== undefined && environments.includes(next);
  const firstOf = (product: string) => stops.find(its => its.product === product && its.before === undefined);
  const choice = (stop: Stop): string => {
    const words = [
      `from=${stop.before ?? ""}`,
      ...(setting.platform === "github"
        ? [
            `next=${goesOn(stop.next) ? stop.next : ""}`,
            `branch=${stop.next !== undefined && goesOn(stop.next) ? setting.branches[stop.next] : ""}`,
          ]
        : []),
      `scanner=${testRoleArn(firstOf(stop.product) ?? stop)}`,
      `tester=${testRoleArn(stop)}`,
      `test=${stop.test ?? ""}`,
      `drill=${stop.drill ? "yes" : ""}`,
    ];
    return `  "${stop.product} in ${stop.environment}") ${words.join(" ")} ;;`;
  };
  return lines(
    "#!/usr/bin/env bash",
    begin(header),
    "#",
    "# Usage: release.sh <environment>, with PRODUCT, WORKLOAD and DIGEST in the environment.",
    "set -euo pipefail",
    '. "$(dirname "$0")/take-role.sh"',
    "environment=$1",
    'case "$environment" in',
    ...environments.map(
      name =>
        `  ${name}) role=${roles[name]}${name === "prod" ? '; confirm="--confirm prod"' : "; confirm="} ;;`,
    ),
    '  *) echo "there is no environment \\"$environment\\"" >&2; exit 2 ;;',
    "esac",
    'case "$PRODUCT in $environment" in',
    ...stops.filter(({ environment }) => environments.includes(environment)).map(choice),
    '  *) echo "the product \\"$PRODUCT\\" does not live in $environment" >&2; exit 2 ;;',
    "esac",
    "",
    "up() {",
    '  take "$role" && npx lz up "$PRODUCT-service-$environment" --yes $confirm',
    "}",
    "tried() {",
    '  if [ -z "$test" ]; then return 0; fi',
    '  take "$tester" && npx lz run "$PRODUCT" "$test" --env "$environment" --wait',
    "}",
    "",
    'take "$scanner"',
    'npx lz scan "$PRODUCT" "$WORKLOAD" --digest "$DIGEST"',
    'if [ -z "$from" ]; then',
    '  npx lz release "$PRODUCT" "$WORKLOAD" --env "$environment" --digest "$DIGEST" --yes --push',
    "else",
    "  # Only what has been tried in the environment before, by the same digest.",
    '  npx lz promote "$PRODUCT" "$WORKLOAD" --from "$from" --to "$environment" --release "$DIGEST" --yes --push',
    "fi",
    "if ! { up && tried; }; then",
    "  # ECS has taken a release back that does not become well; now the description says so, too.",
    '  npx lz release "$PRODUCT" "$WORKLOAD" --env "$environment" --back --yes --push',
    "  up",
    '  echo "$PRODUCT $WORKLOAD $DIGEST has been taken back in $environment" >&2',
    "  exit 1",
    "fi",
    ...(stops.some(({ drill }) => drill)
      ? [
          'if [ -n "$drill" ]; then',
          "  # On prod's data, restored beside what int has: where that proves nothing, the release stays, and goes no further.",
          `  take "$tester" ${drillTime.seconds}`,
          '  npx lz restore "$PRODUCT" --drill --run --wait',
          "fi",
        ]
      : []),
    ...(setting.platform === "github"
      ? [
          "# A run of its own, on the branch that may deploy there.",
          'if [ -n "$next" ]; then',
          '  gh workflow run release.yml --repo "$GITHUB_REPOSITORY" --ref "$branch" --raw-field environment="$next" \\',
          '    --raw-field product="$PRODUCT" --raw-field workload="$WORKLOAD" --raw-field digest="$DIGEST" --raw-field call="$CALL"',
          "fi",
        ]
      : []),
  );
}
