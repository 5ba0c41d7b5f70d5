/** Where something can be said on a code host: as a comment of a merge request, or as an issue. */
import { Api } from "./api";
import { type OnGithub, type OnGitlab, tokenVariables } from "./platform";

/** Something that has been said earlier. */
export interface Said {
  readonly id: number;
  readonly body: string;
  readonly url: string;
  /** Whether it was said with the token that speaks now: nobody else's is touched. */
  readonly own: boolean;
}

export interface Place {
  /** Characters that one may say at once. */
  readonly limit: number;
  /** For a person. */
  readonly name: string;
  all(): Promise<Said[]>;
  create(body: string): Promise<string>;
  update(id: number, body: string): Promise<void>;
  /** Of issues only. */
  close?(id: number): Promise<void>;
}

export type Target =
  | { readonly kind: "request"; readonly number: string }
  | { readonly kind: "issue"; readonly title: string };

type Ready<P> = P & { readonly token: string };

export const placeOf = (on: Ready<OnGitlab> | Ready<OnGithub>, target: Target): Place =>
  on.platform === "gitlab" ? gitlabPlace(on, target) : githubPlace(on, target);

interface GitlabEntry {
  readonly id: number;
  readonly iid: number;
  readonly body?: string;
  readonly description?: string | null;
  readonly system?: boolean;
  readonly web_url?: string;
  readonly author?: { readonly id?: number };
}

/** Sources: GitLab documentation, "Notes API", "Issues API"; "Instance limits", "Size of comments and descriptions". */
function gitlabPlace(on: Ready<OnGitlab>, target: Target): Place {
  const api = new Api({
    url: on.url,
    token: on.token,
    headers: { "private-token": on.token },
    advice: status =>
      ({
        401: `the token in ${tokenVariables.gitlab} is wrong or has expired: make a project access token with the role Reporter and the scope api, and set it as a masked variable`,
        403: `the token in ${tokenVariables.gitlab} may not write here: it needs the role Reporter, and the scope api`,
        404: `there is no such project or merge request, or the token in ${tokenVariables.gitlab} may not see it: make it in the project that is merged to`,
      })[status] ?? "look at GitLab's status, and run the job again",
  });
  const project = `/projects/${encodeURIComponent(on.project)}`;
  const list =
    target.kind === "request" ? `${project}/merge_requests/${target.number}/notes` : `${project}/issues`;
  const isRequest = target.kind === "request";
  const text = isRequest ? "body" : "description";
  return {
    limit: 1_000_000,
    name: isRequest ? `the merge request !${target.number}` : "the project's issues",
    async all() {
      const me = await api.ask<{ id?: number }>({ method: "GET", path: "/user" });
      const entries = await api.all<GitlabEntry>(isRequest ? list : `${list}?state=opened`);
      return entries
        .filter(({ system }) => system !== true)
        .map(entry => ({
          id: isRequest ? entry.id : entry.iid,
          body: entry[text] ?? "",
          url: entry.web_url ?? `note ${entry.id}`,
          own: entry.author?.id !== undefined && entry.author.id === me.id,
        }));
    },
    async create(body) {
      const made = await api.ask<GitlabEntry | undefined>({
        method: "POST",
        path: list,
        body: isRequest ? { body } : { title: target.title, description: body },
      });
      return made?.web_url ?? `note ${made?.id}`;
    },
    async update(id, body) {
      await api.ask({ method: "PUT", path: `${list}/${id}`, body: { [text]: body } });
    },
    ...(isRequest
      ? {}
      : {
          async close(id: number) {
            await api.ask({ method: "PUT", path: `${list}/${id}`, body: { state_event: "close" } });
          },
        }),
  };
}

interface GithubEntry {
  readonly id: number;
  readonly number: number;
  readonly body?: string | null;
  readonly html_url?: string;
  readonly pull_request?: object;
  readonly user?: { readonly login?: string; readonly type?: string } | null;
}

/** Source: GitHub documentation, "REST API endpoints for issue comments", "REST API endpoints for issues". */
function githubPlace(on: Ready<OnGithub>, target: Target): Place {
  const right = target.kind === "request" ? "pull-requests: write" : "issues: write";
  const api = new Api({
    url: on.url,
    token: on.token,
    headers: {
      authorization: `Bearer ${on.token}`,
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
      "user-agent": "landing-zone",
    },
    advice: status =>
      ({
        401: `the token in ${tokenVariables.github} is wrong or has expired: give the step \`env: { GITHUB_TOKEN: \${{ github.token }} }\``,
        403: `the token in ${tokenVariables.github} may not write here: give the job \`permissions: { ${right} }\``,
        404: `there is no such repository or pull request, or the token in ${tokenVariables.github} may not see it: give the job \`permissions: { ${right} }\``,
        410: "issues are switched off in this repository: switch them on in its settings",
      })[status] ?? "look at GitHub's status, and run the job again",
  });
  const repository = `/repos/${on.repository.split("/").map(encodeURIComponent).join("/")}`;
  const isRequest = target.kind === "request";
  const list = isRequest ? `${repository}/issues/${target.number}/comments` : `${repository}/issues`;
  const one = (id: number) =>
    isRequest ? `${repository}/issues/comments/${id}` : `${repository}/issues/${id}`;
  return {
    limit: 65_536,
    name: isRequest ? `the pull request #${target.number}` : "the repository's issues",
    async all() {
      const me = await loginOf(api);
      const entries = await api.all<GithubEntry>(isRequest ? list : `${list}?state=open`);
      return entries
        .filter(entry => isRequest || entry.pull_request === undefined)
        .map(entry => ({
          id: isRequest ? entry.id : entry.number,
          body: entry.body ?? "",
          url: entry.html_url ?? "",
          own: me === undefined ? entry.user?.type === "Bot" : entry.user?.login === me,
        }));
    },
    async create(body) {
      const made = await api.ask<GithubEntry | undefined>({
        method: "POST",
        path: list,
        body: isRequest ? { body } : { title: target.title, body },
      });
      return made?.html_url ?? "";
    },
    async update(id, body) {
      await api.ask({ method: "PATCH", path: one(id), body: { body } });
    },
    ...(isRequest
      ? {}
      : {
          async close(id: number) {
            await api.ask({ method: "PATCH", path: one(id), body: { state: "closed" } });
          },
        }),
  };
}

/** Whose a token is; undefined: a workflow's own, which is nobody's and speaks as a bot. */
async function loginOf(api: Api): Promise<string | undefined> {
  try {
    return (await api.ask<{ login?: string } | undefined>({ method: "GET", path: "/user" }))?.login;
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}
