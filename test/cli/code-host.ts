/** A stand-in for the APIs of GitLab and GitHub on this machine, and `lz` run against it. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

export interface Entry {
  readonly id: number;
  body: string;
  readonly author: string;
  /** Of issues. */
  state: "open" | "closed";
  readonly title?: string;
  readonly pullRequest?: boolean;
  readonly system?: boolean;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Trouble {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether what was asked is done all the same. */
  readonly done?: boolean;
}

export const token = "glpat-very-secret-0123456789";
const pageSize = 100;

export class CodeHost {
  readonly folder = mkdtempSync(join(tmpdir(), "landing-zone-host-"));
  comments: Entry[] = [];
  issues: Entry[] = [];
  readonly asked: Asked[] = [];
  /** What goes wrong, in this order, and then nothing more; by method and the end of the path. */
  trouble: (Trouble & { readonly on: string })[] = [];
  /** GitHub's tokens of workflows are nobody's. */
  hasUser = true;
  private readonly server: Server;
  private next = 1000;

  private constructor(readonly platform: "gitlab" | "github") {
    this.server = createServer((request, response) => {
      void read(request).then(text => {
        const { status, headers = {}, body } = this.answer(request, text);
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(body);
      });
    });
  }

  static async of(platform: "gitlab" | "github"): Promise<CodeHost> {
    const host = new CodeHost(platform);
    await new Promise<void>(ready => host.server.listen(0, "127.0.0.1", ready));
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(closed => this.server.close(closed));
    rmSync(this.folder, { recursive: true });
  }

  file(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text);
    return join(this.folder, name);
  }

  /** What the platform's runner sets in a pipeline of the merge request 7. */
  variables(event: object = ownPull): Record<string, string> {
    return this.platform === "gitlab"
      ? {
          CI_API_V4_URL: this.url,
          CI_PROJECT_ID: "42",
          CI_MERGE_REQUEST_PROJECT_ID: "42",
          CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42",
          CI_MERGE_REQUEST_IID: "7",
          CI_PIPELINE_URL: "https://gitlab.example.com/example/landing-zone/-/pipelines/99",
          PLAN_TOKEN: token,
        }
      : {
          GITHUB_API_URL: this.url,
          GITHUB_REPOSITORY: "example/landing-zone",
          GITHUB_RUN_ID: "99",
          GITHUB_EVENT_PATH: this.file("event.json", JSON.stringify(event)),
          GITHUB_TOKEN: token,
        };
  }

  lz(args: readonly string[], variables: Readonly<Record<string, string>> = this.variables()) {
    return new Promise<{ status: number | null; stdout: string; stderr: string }>((ended, failed) => {
      const child = spawn(process.execPath, ["cli/lz.js", ...args], {
        cwd: root,
        env: { PATH: dirname(process.execPath), NO_COLOR: "1", HOME: this.folder, ...variables },
      });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", chunk => (stdout += String(chunk)));
      child.stderr.on("data", chunk => (stderr += String(chunk)));
      child.on("error", failed);
      child.on("close", status => ended({ status, stdout, stderr }));
    });
  }

  private answer(request: IncomingMessage, text: string): { status: number; headers?: object; body: string } {
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    const path = pathname.replace(/^\/api/, "");
    const method = request.method ?? "";
    const body = (text === "" ? {} : JSON.parse(text)) as Record<string, string>;
    this.asked.push({ method, path: `${path}${searchParams.size > 0 ? `?${searchParams}` : ""}`, body });
    const said = request.headers["private-token"] ?? request.headers.authorization?.replace("Bearer ", "");
    if (said !== token) return { status: 401, body: JSON.stringify({ message: "401 Unauthorized" }) };
    const [first] = this.trouble;
    if (first !== undefined && `${method} ${path}`.endsWith(first.on)) {
      this.trouble.shift();
      if (first.done === true) this.done(method, path, body, searchParams);
      return { ...first, body: first.body ?? JSON.stringify({ message: `no: ${token}` }) };
    }
    return this.done(method, path, body, searchParams);
  }

  private done(method: string, path: string, body: Record<string, string>, query: URLSearchParams) {
    const ok = (value: unknown, status = 200, headers: object = {}) => ({
      status,
      headers,
      body: JSON.stringify(value),
    });
    if (path === "/user")
      return this.hasUser
        ? ok({ id: 5, login: "plan-bot" })
        : ok({ message: "Resource not accessible by integration" }, 403);
    const ofRequest =
      this.platform === "gitlab"
        ? /^\/projects\/42\/merge_requests\/7\/notes(?:\/(\d+))?$/.exec(path)
        : (/^\/repos\/example\/landing-zone\/issues\/7\/comments$/.exec(path) ??
          /^\/repos\/example\/landing-zone\/issues\/comments\/(\d+)$/.exec(path));
    const ofIssue =
      this.platform === "gitlab"
        ? /^\/projects\/42\/issues(?:\/(\d+))?$/.exec(path)
        : /^\/repos\/example\/landing-zone\/issues(?:\/(\d+))?$/.exec(path);
    const match = ofRequest ?? ofIssue;
    if (match === null) return ok({ message: "404 Not found" }, 404);
    const entries = ofRequest === null ? this.issues : this.comments;
    if (method === "POST") {
      const entry: Entry = {
        id: this.next++,
        body: body["body"] ?? body["description"] ?? "",
        author: this.hasUser ? "plan-bot" : "github-actions[bot]",
        state: "open",
        ...(body["title"] === undefined ? {} : { title: body["title"] }),
      };
      entries.push(entry);
      return ok(this.shown(entry), 201);
    }
    if (match[1] === undefined) {
      const page = Number(query.get("page"));
      const open = entries.filter(({ state }) => state === "open");
      const more = open.length > page * pageSize;
      return ok(
        open.slice((page - 1) * pageSize, page * pageSize).map(entry => this.shown(entry)),
        200,
        more ? { link: `<${this.url}${path}?page=${page + 1}>; rel="next", <${this.url}>; rel="last"` } : {},
      );
    }
    const found = entries.find(({ id }) => id === Number(match[1]));
    if (found === undefined || method !== (this.platform === "gitlab" ? "PUT" : "PATCH"))
      return ok({ message: "404 Not found" }, 404);
    found.body = body["body"] ?? body["description"] ?? found.body;
    if (body["state"] === "closed" || body["state_event"] === "close") found.state = "closed";
    return ok(this.shown(found));
  }

  /** As the platform answers. */
  private shown({ id, body, author, title, pullRequest, system }: Entry): object {
    return this.platform === "gitlab"
      ? {
          id,
          iid: id,
          [title === undefined ? "body" : "description"]: body,
          system: system ?? false,
          author: { id: author === "plan-bot" ? 5 : 6 },
          ...(title === undefined ? {} : { web_url: `https://gitlab.example.com/issues/${id}` }),
        }
      : {
          id: title === undefined ? id : id + 1_000_000,
          number: id,
          body,
          html_url: `https://github.com/example/landing-zone/7#${id}`,
          user: { login: author, type: author.endsWith("[bot]") ? "Bot" : "User" },
          ...(pullRequest === true ? { pull_request: {} } : {}),
        };
  }
}

export const ownPull = {
  pull_request: { number: 7, head: { repo: { full_name: "example/landing-zone" } } },
};
export const forksPull = {
  pull_request: { number: 7, head: { repo: { full_name: "mallory/landing-zone" } } },
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
