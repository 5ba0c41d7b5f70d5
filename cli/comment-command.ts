import { appendFileSync, readFileSync } from "node:fs";
import { bodyOf, markerPattern, markOf } from "./comment/body";
import { placeOf, type Target } from "./comment/places";
import { type OnGithub, type OnGitlab, platformOf, tokenVariables } from "./comment/platform";
import { type Outcome, say, unsay } from "./comment/say";
import { UsageError } from "./failures";

export interface CommentOptions {
  readonly marker: string;
  readonly pull?: string;
  readonly issue?: string;
  readonly close?: boolean;
  readonly optional?: boolean;
  readonly dryRun?: boolean;
}

/** Characters that a step's summary takes, nearly. Source: GitHub documentation, "Workflow commands", job summaries. */
const summaryLimit = 1_000_000;

/**
 * Posts a file of Markdown as one comment of the merge request that the pipeline is of, or brings that comment up to
 * date; with `issue`, as one issue of the repository.
 *
 * @throws {UsageError} for a file that is not there, where there is neither platform nor token, and for each refusal of
 *   the platform's.
 */
export async function commentCommand(file: string | undefined, options: CommentOptions): Promise<void> {
  const { marker } = options;
  if (!markerPattern.test(marker))
    throw new UsageError(
      `--marker ${marker}: must be a letter or digit and then at most 59 letters, digits, \`_\`, \`.\` or \`-\``,
    );
  if (options.close === true && options.issue === undefined)
    throw new UsageError("--close closes an issue, and is said with --issue only");
  const on = platformOf(process.env, options.pull);
  if (options.close === true) return closeIssue(on, options);
  if (file === undefined)
    throw new UsageError(
      "say which file is to be posted; without one, only --issue ... --close means something",
    );
  const text = textOf(file);
  if (options.dryRun === true) return dryRun(text, file, on, options);
  if (on === undefined) throw noPipeline();
  const target = targetOf(on, options);
  const { token } = on;
  if (token === undefined) return withoutToken(text, on, options);
  const place = placeOf({ ...on, token }, target);
  try {
    console.log(outcomeText(await say(place, { marker, text, elsewhere: elsewhere(on, file) }), place.name));
  } catch (error) {
    // The token of a fork's pull request may read, and nothing else; that is as it should be.
    if (!on.fork || ![401, 403, 404].includes((error as { status?: number }).status ?? 0)) throw error;
    shownInstead(text, on, marker, "this change comes from a fork, whose pipeline may not comment");
  }
}

const noPipeline = (): UsageError =>
  new UsageError(
    "this is neither a pipeline of GitLab (CI_API_V4_URL is not set) nor a workflow of GitHub (GITHUB_REPOSITORY is not set); --dry-run shows the comment",
  );

async function closeIssue(
  on: OnGitlab | OnGithub | undefined,
  { marker, issue = "", optional, dryRun: dry }: CommentOptions,
): Promise<void> {
  if (dry === true)
    return console.log(`Nothing is closed: --dry-run. It would be an issue marked ${markOf(marker)}`);
  if (on === undefined) throw noPipeline();
  const { token } = on;
  if (token !== undefined) {
    const place = placeOf({ ...on, token }, { kind: "issue", title: issue });
    return console.log(outcomeText(await unsay(place, marker), place.name));
  }
  if (optional !== true && !on.fork) throw noToken(on);
  console.log(`Nothing is closed: ${tokenVariables[on.platform]} is not set`);
}

function textOf(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} can not be read: ${(error as Error).message}`);
  }
  if (text.trim() === "") throw new UsageError(`${file} is empty: there is nothing to post`);
  return text;
}

function targetOf(on: OnGitlab | OnGithub, { issue }: CommentOptions): Target {
  if (issue !== undefined) return { kind: "issue", title: issue };
  if (on.request !== undefined) return { kind: "request", number: on.request };
  throw new UsageError(
    on.platform === "gitlab"
      ? "this pipeline is of no merge request (CI_MERGE_REQUEST_IID is not set); run the job on merge_request_event only, or say --pull"
      : "this workflow's event is no pull request (GITHUB_EVENT_PATH has none); run it on pull_request, or say --pull",
  );
}

/** @throws {UsageError} where a token was to be expected. */
function withoutToken(text: string, on: OnGitlab | OnGithub, { marker, optional }: CommentOptions): void {
  if (!on.fork && optional !== true) {
    toSummary(text, on, marker);
    throw noToken(on);
  }
  const why = on.fork
    ? "this change comes from a fork, whose pipeline gets no token"
    : `${tokenVariables[on.platform]} is not set, and --optional says that this is as it should be`;
  shownInstead(text, on, marker, why);
}

const noToken = (on: OnGitlab | OnGithub): UsageError =>
  new UsageError(
    `${tokenVariables[on.platform]} is not set: ${
      on.platform === "gitlab"
        ? "make a project access token with the role Reporter and the scope api, and set it as a masked variable of the project"
        : `give the step \`env: { GITHUB_TOKEN: \${{ github.token }} }\``
    }; or say --optional where nothing is to be posted`,
  );

function shownInstead(text: string, on: OnGitlab | OnGithub, marker: string, why: string): void {
  const shown = toSummary(text, on, marker);
  console.log(
    `Nothing is posted: ${why}. ${shown ? "The summary of this job shows it" : `It is in ${on.elsewhere}`}`,
  );
}

/** @returns whether there is a summary to show it in. */
function toSummary(text: string, on: OnGitlab | OnGithub, marker: string): boolean {
  if (on.platform === "gitlab" || on.summary === undefined) return false;
  appendFileSync(on.summary, bodyOf({ marker, text, limit: summaryLimit, elsewhere: on.elsewhere }));
  return true;
}

function dryRun(
  text: string,
  file: string,
  on: OnGitlab | OnGithub | undefined,
  { marker, issue }: CommentOptions,
): void {
  const limit = on?.platform === "github" ? 65_536 : 1_000_000;
  const where =
    on === undefined
      ? "nothing: no pipeline runs here"
      : issue === undefined
        ? on.request === undefined
          ? "nothing: this is of no merge request"
          : `${on.platform === "gitlab" ? "merge request !" : "pull request #"}${on.request}`
        : `the issue "${issue}"`;
  process.stdout.write(
    bodyOf({ marker, text, limit, elsewhere: on === undefined ? file : elsewhere(on, file) }),
  );
  console.error(`Nothing is posted: --dry-run. It would go to ${where}, marked ${markOf(marker)}`);
}

const elsewhere = (on: OnGitlab | OnGithub, file: string): string => `${file} in ${on.elsewhere}`;

const outcomeText = ({ how, url }: Outcome, name: string): string => {
  const said: Readonly<Record<Outcome["how"], string>> = {
    posted: `Posted to ${name}`,
    updated: `Updated in ${name}`,
    unchanged: `Nothing has changed in ${name}`,
    closed: `Closed in ${name}`,
    "nothing to close": `Nothing is open in ${name}`,
  };
  return [said[how], ...(url === undefined || url === "" ? [] : [url])].join(": ");
};
