/** What a product's own repository includes: build, push and the call of the landing zone's pipeline. */
import { pushRoleArn, type Setting } from "./setting";
import { type Comments, lines } from "./yaml-text";

type Deploys = NonNullable<Setting["deploys"]>;

/** By product and workload: where its image goes, and what it is built for. */
export const places = ({ images }: Deploys): string[] => [
  'case "$PRODUCT/$WORKLOAD" in',
  ...images.map(({ product, workload, repository, platform, stop }) => {
    const registry = `${stop.accountId}.dkr.ecr.${stop.region}.amazonaws.com`;
    return `  ${product}/${workload}) registry=${registry} repository=${repository} platform=${platform} region=${stop.region} role=${pushRoleArn(stop)} ;;`;
  }),
  '  *) echo "the landing zone releases no \\"$PRODUCT/$WORKLOAD\\"" >&2; exit 2 ;;',
  "esac",
];

/** One image, whose digest is what is released everywhere: not an index, which Lambda does not run. */
const build = (tag: string, folder: string): string[] => [
  "docker buildx create --use > /dev/null",
  `docker buildx build --platform "$platform" --provenance=false --push --tag "$registry/$repository:${tag}" --metadata-file image.json "${folder}"`,
  "digest=$(jq --exit-status --raw-output '.\"containerimage.digest\"' image.json)",
  'echo "$registry/$repository@$digest"',
];

const login =
  'aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$registry"';

/** Products whose releases begin in an environment. */
const firstIn = ({ images, environments }: Deploys) =>
  environments
    .map(environment => ({
      environment,
      products: [
        ...new Set(
          images.filter(({ stop }) => stop.environment === environment).map(({ product }) => product),
        ),
      ],
    }))
    .filter(({ products }) => products.length > 0);

const onDefault = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH";

export const gitlabApplicationSpec: object = {
  spec: {
    inputs: {
      product: {
        type: "string",
        description: "As the landing zone calls it",
        regex: "^[a-z][a-z0-9-]{0,39}$",
      },
      workload: {
        type: "string",
        description: "The service, job or function that is released",
        regex: "^[a-z][a-z0-9-]{0,39}$",
      },
      folder: { type: "string", description: "With the Dockerfile", default: "." },
      "runner-tag": {
        type: "string",
        description: "Of a runner that runs Docker in Docker, of the image's architecture",
        default: "saas-linux-small-arm64",
      },
    },
  },
};

export function gitlabApplication(
  setting: Setting,
  deploys: Deploys,
): { readonly value: object; readonly comments: Comments } {
  const names = { PRODUCT: "$[[ inputs.product ]]", WORKLOAD: "$[[ inputs.workload ]]" };
  const callers = firstIn(deploys).map(({ environment, products }) => [
    `release-from-${environment}`,
    {
      stage: "deploy",
      needs: [{ job: "build", artifacts: true }],
      rules: [{ if: `${onDefault} && "$[[ inputs.product ]]" =~ /^(${products.join("|")})$/` }],
      trigger: {
        project: deploys.repository,
        branch: setting.branches[environment],
        strategy: "depend",
        inputs: {
          environment,
          product: "$[[ inputs.product ]]",
          workload: "$[[ inputs.workload ]]",
          digest: "$DIGEST",
        },
      },
    },
  ]);
  const jobs = Object.fromEntries(callers) as Record<string, object>;
  return {
    value: {
      build: {
        stage: "build",
        image: "docker:27.5.1",
        services: ["docker:27.5.1-dind"],
        tags: ["$[[ inputs.runner-tag ]]"],
        rules: [{ if: onDefault }],
        timeout: "1 hour",
        interruptible: false,
        id_tokens: { AWS_TOKEN: { aud: deploys.audience } },
        variables: { ...names, DOCKER_TLS_CERTDIR: "/certs" },
        before_script: ["apk add --no-cache aws-cli jq"],
        script: [
          lines(
            ...places(deploys),
            'export AWS_ROLE_ARN="$role" AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/aws-token',
            '(umask 077 && printf %s "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")',
            login,
            ...build("$CI_COMMIT_SHA-$CI_JOB_ID", "$[[ inputs.folder ]]"),
            'echo "DIGEST=$digest" > image.env',
          ),
        ],
        artifacts: { reports: { dotenv: "image.env" } },
      },
      ...jobs,
    },
    comments: [
      [["build"], "Built once; what is released everywhere is its digest. A tag is never pushed twice."],
      ...Object.keys(jobs)
        .slice(0, 1)
        .map(
          name =>
            [
              [name],
              "The landing zone's own pipeline scans, deploys, tries and promotes; nothing here may deploy. Whoever merges must be\nallowed to run pipelines on its protected branches.",
            ] as const,
        ),
    ],
  };
}

export { build, firstIn, login };
