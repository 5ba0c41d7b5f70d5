/** Which files there are for a platform, and whether those of the project are the same. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LandingZone } from "../../stacks/description";
import { gitlabApplication, gitlabApplicationSpec } from "./application";
import * as github from "./github";
import { gitlabCi, gitlabSpec, inputVariables } from "./gitlab";
import { releaseScript, takeRoleScript } from "./scripts";
import { type Platform, platforms, type Setting, settingOf } from "./setting";
import { type Comments, yamlText } from "./yaml-text";

export interface PipelineFile {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** By this line a file is known to be generated, and may be written anew or taken away. */
export const generatedMark = "Written by `npx lz ci`; do not edit.";

const header = (what: string, { deploys, platform }: Setting): string =>
  [
    what,
    `${generatedMark} It follows stacks/landing-zone; \`npx lz ci --check\` says whether it still does.`,
    ...(deploys === undefined
      ? [
          `The description's pipelines do not name ${platform === "gitlab" ? "GitLab" : "GitHub"}: it plans and checks here, and deploys elsewhere.`,
        ]
      : []),
  ].join("\n");

const commented = (text: string): string => `${text.replaceAll(/^/gm, "# ")}\n`;

function yaml(
  path: string,
  what: string,
  setting: Setting,
  value: object,
  comments: Comments,
  spec?: object,
): PipelineFile {
  const begin = spec === undefined ? "" : `${yamlText(spec)}---\n`;
  return { path, text: `${commented(header(what, setting))}${begin}${yamlText(value, comments)}` };
}

const requests = "A merge request is checked, planned without credentials, and answered with its plan.";
const application =
  "For repositories of products: builds an image once, and has the landing zone release it by its digest.";

export function filesFor(zone: LandingZone, platform: Platform): PipelineFile[] {
  const setting = settingOf(zone, platform);
  return platform === "gitlab" ? gitlabFiles(setting) : githubFiles(setting);
}

function scripts(setting: Setting): PipelineFile[] {
  const { deploys, platform } = setting;
  if (deploys === undefined) return [];
  const takes = takeRoleScript(setting, deploys, header("Defines `take <role>`.", setting));
  return [
    { path: `.${platform}/take-role.sh`, text: takes },
    ...(deploys.environments.length === 0
      ? []
      : [
          {
            path: `.${platform}/release.sh`,
            text: releaseScript(setting, deploys, header("Releases one image in one environment.", setting)),
          },
        ]),
  ];
}

function gitlabFiles(setting: Setting): PipelineFile[] {
  const { deploys } = setting;
  const { value, comments } = gitlabCi(setting);
  if (deploys === undefined || deploys.environments.length === 0)
    return [yaml(".gitlab-ci.yml", requests, setting, value, comments), ...scripts(setting)];
  const ofProducts = gitlabApplication(setting, deploys);
  const all = { ...inputVariables, ...value };
  return [
    yaml(".gitlab-ci.yml", "From a merge request to production.", setting, all, comments, gitlabSpec()),
    ...(deploys.byRunner
      ? []
      : [
          yaml(
            ".gitlab/application.yml",
            application,
            setting,
            ofProducts.value,
            ofProducts.comments,
            gitlabApplicationSpec,
          ),
        ]),
    ...scripts(setting),
  ];
}

function githubFiles(setting: Setting): PipelineFile[] {
  const { deploys } = setting;
  const file = (name: string, what: string, { value, comments }: github.Workflow) =>
    yaml(`.github/workflows/${name}.yml`, what, setting, value, comments);
  return [
    file("pull-request", requests, github.pullRequest(setting)),
    file("comment", "Posts the plans of pull requests, those of forks too.", github.comment(setting)),
    ...(deploys === undefined || deploys.environments.length === 0
      ? []
      : [
          file("deploy", "From a merge to production.", github.deploy(setting, deploys)),
          file("release", "Releases an image of a product.", github.release(setting, deploys)),
          file(
            "drift",
            "Looks every night for what has been changed by hand.",
            github.drift(setting, deploys),
          ),
          file("application", application, github.application(setting, deploys)),
        ]),
    ...scripts(setting),
  ];
}

/** What a platform's files can not do, as they are described. */
export function lacking(zone: LandingZone, platform: Platform): string[] {
  const { deploys } = settingOf(zone, platform);
  if (deploys?.byRunner !== true || deploys.environments.length === 0) return [];
  return [
    'tokens is "runner": there is no .gitlab/application.yml, because products\' own pipelines have no token to push images by, and what runs on a runner may deploy',
    'tokens is "runner": merge requests are planned offline only, because their branches are not protected and get no runner that has a role',
    ...(deploys.environments.includes("prod") && !deploys.shared
      ? [
          "environments.prod.runner has no deploysShared: nothing deploys what all environments share; a person does, `npx lz up shared`",
        ]
      : []),
  ];
}

/** Every place that a platform's generated files may be at. */
const everywhere: Readonly<Record<Platform, readonly string[]>> = {
  gitlab: [".gitlab-ci.yml", ".gitlab/application.yml", ".gitlab/take-role.sh", ".gitlab/release.sh"],
  github: [
    ...["pull-request", "comment", "deploy", "release", "drift", "application"].map(
      name => `.github/workflows/${name}.yml`,
    ),
    ".github/take-role.sh",
    ".github/release.sh",
  ],
};

export const textIn = (root: string, path: string): string | undefined => {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
};

const isGenerated = (text: string | undefined): boolean => text?.includes(generatedMark) === true;

/** Those that the description names, and those that have had files written. */
export const platformsOf = ({ organization: { pipelines } }: LandingZone, root: string): Platform[] =>
  platforms.filter(
    platform =>
      pipelines.some(one => one.platform === platform) ||
      everywhere[platform].some(path => isGenerated(textIn(root, path))),
  );

export interface Difference {
  readonly path: string;
  /** Absent: there is no such file. */
  readonly is?: string;
  /** Absent: there must be none. */
  readonly must?: string;
}

/** What would have to be written, or taken away. */
export function differencesIn(zone: LandingZone, chosen: readonly Platform[], root: string): Difference[] {
  return chosen.flatMap(platform => {
    const wanted = new Map(filesFor(zone, platform).map(({ path, text }) => [path, text]));
    return [...new Set([...wanted.keys(), ...everywhere[platform]])].flatMap((path): Difference[] => {
      const [is, must] = [textIn(root, path), wanted.get(path)];
      if (is === must || (must === undefined && !isGenerated(is))) return [];
      return [{ path, ...(is === undefined ? {} : { is }), ...(must === undefined ? {} : { must }) }];
    });
  });
}
