import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { bodyOf, markOf } from "../../cli/comment/body";
import { CodeHost, type Entry, forksPull, token } from "./code-host";

const mark = markOf("plan");
const entry = (id: number, body: string, rest: Partial<Entry> = {}): Entry => ({
  id,
  body,
  author: "jane",
  state: "open",
  ...rest,
});

for (const platform of ["gitlab", "github"] as const)
  describe(`lz comment on ${platform}`, function () {
    this.timeout(60_000);
    let host: CodeHost;
    let plan: string;
    beforeEach(async () => {
      host = await CodeHost.of(platform);
      plan = host.file("comment.md", "### Plan\n\nThe policies accept it.\n");
    });
    afterEach(() => host.close());

    const variable = platform === "gitlab" ? "PLAN_TOKEN" : "GITHUB_TOKEN";
    const author = "plan-bot";
    const writes = () => host.asked.filter(({ method }) => method !== "GET");
    const comment = async (...args: string[]) => {
      const said = await host.lz(["comment", plan, ...args]);
      assert.ok(!`${said.stdout}${said.stderr}`.includes(token), "the token appears");
      return said;
    };
    const refused = async (args: readonly string[], ...says: readonly RegExp[]) => {
      const { status, stderr } = await comment(...args);
      assert.equal(status, 2, stderr);
      for (const pattern of says) assert.match(stderr, pattern);
      assert.doesNotMatch(stderr, /mistake in lz itself|^\s+at /m);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
    };

    it("posts once, then updates in place, and does nothing where nothing has changed", async () => {
      host.comments = [entry(1, "LGTM"), entry(2, "merged", { system: true })];
      const first = await comment();
      assert.equal(first.status, 0, first.stderr);
      assert.match(first.stdout, /^Posted to the (merge request !|pull request #)7: /);
      assert.equal(host.comments.length, 3);
      assert.equal(host.comments[2]?.body, `${mark}\n### Plan\n\nThe policies accept it.\n`);

      const again = await comment();
      assert.match(again.stdout, /^Nothing has changed in/);
      assert.equal(writes().length, 1);

      host.file("comment.md", "### Plan\n\nThe policies refuse it.\n");
      assert.match((await comment()).stdout, /^Updated in/);
      assert.equal(host.comments.length, 3);
      assert.equal(host.comments[2]?.body, `${mark}\n### Plan\n\nThe policies refuse it.\n`);
      assert.deepEqual(host.comments[0], entry(1, "LGTM"));
    });

    it("finds its comment behind a hundred others", async () => {
      host.comments = [
        ...Array.from({ length: 250 }, (_, id) => entry(id, `comment ${id}`)),
        entry(900, `${mark}\nold\n`, { author }),
      ];
      assert.match((await comment()).stdout, /^Updated in/);
      assert.equal(host.comments.length, 251);
      assert.match(host.comments[250]?.body ?? "", /The policies accept it/);
      assert.ok(host.asked.some(({ path }) => path.endsWith("page=3")));
    });

    it("touches no one else's comment, whatever it begins with", async () => {
      host.comments = [entry(1, `${mark}\nAll is well\n`), entry(2, `Look: ${mark}`, { author })];
      assert.match((await comment()).stdout, /^Posted to/);
      assert.deepEqual(
        host.comments.slice(0, 2).map(({ body }) => body),
        [`${mark}\nAll is well\n`, `Look: ${mark}`],
      );
    });

    it("has a comment for each marker", async () => {
      assert.equal((await comment()).status, 0);
      assert.equal((await comment("--marker", "preview.dev")).status, 0);
      assert.equal(host.comments.length, 2);
      assert.match((await comment("--marker", "preview.dev")).stdout, /^Nothing has changed/);
      await refused(["--marker", "a --> b"], /--marker a --> b: must be/);
    });

    it("waits as long as it is told to, and asks again", async () => {
      host.trouble = [
        { on: "/user", status: 429, headers: { "retry-after": "1" } },
        { on: "/user", status: 502, headers: { "retry-after": "0" } },
        { on: platform === "gitlab" ? "/notes" : "/comments", status: 503, headers: { "retry-after": "0" } },
      ];
      const began = Date.now();
      const { status, stderr } = await comment();
      assert.equal(status, 0, stderr);
      assert.ok(Date.now() - began >= 1000);
      assert.equal(host.comments.length, 1);
    });

    it("does not post twice where the answer to the first was lost", async () => {
      host.trouble = [
        {
          on: `POST ${platform === "gitlab" ? "/projects/42/merge_requests/7/notes" : "/repos/example/landing-zone/issues/7/comments"}`,
          status: 502,
          done: true,
        },
      ];
      const { status, stderr } = await comment();
      assert.equal(status, 0, stderr);
      assert.equal(host.comments.length, 1);
      assert.equal(writes().length, 1);
    });

    it("gives up in the end, and says where to look", async () => {
      host.trouble = Array.from({ length: 5 }, () => ({
        on: "/user",
        status: 500,
        headers: { "retry-after": "0" },
        body: "<html>Bad gateway</html>",
      }));
      await refused([], /answers 500; look at Git(Lab|Hub)'s status, and run the job again/);
    });

    const answers: readonly (readonly [status: number, says: RegExp])[] = [
      [401, /is wrong or has expired/],
      [403, platform === "gitlab" ? /needs the role Reporter/ : /pull-requests: write/],
      [404, /may not see it/],
    ];
    for (const [status, says] of answers)
      it(`says what to do about ${status}, without the token`, async () => {
        host.trouble = [{ on: platform === "gitlab" ? "/notes" : "/comments", status }];
        await refused([], new RegExp(`answers ${status} \\(no: \\*\\*\\*\\)`), says, new RegExp(variable));
      });

    it("says that there is no answer", async () => {
      const variables = host.variables();
      const { url } = host;
      const nobody = url.replace(/:\d+/, ":9");
      const { status, stderr } = await host.lz(["comment", plan], {
        ...variables,
        [platform === "gitlab" ? "CI_API_V4_URL" : "GITHUB_API_URL"]: nobody,
      });
      assert.equal(status, 2);
      assert.match(stderr, /does not answer: .*; look whether 127\.0\.0\.1:9 can be reached/);
    });

    it("shortens what is too long, and says where all of it is", async () => {
      const limit = platform === "gitlab" ? 1_000_000 : 65_536;
      host.file(
        "comment.md",
        `### Plan\n\n<details>\n\n\`\`\`text\n${"x".repeat(99)}\n`.padEnd(limit + 10, `${"y".repeat(99)}\n`),
      );
      const { status, stderr } = await comment();
      assert.equal(status, 0, stderr);
      const body = host.comments[0]?.body ?? "";
      assert.ok(body.length <= limit && body.length > limit - 1200, String(body.length));
      assert.match(
        body,
        /y\n```\n<\/details>\n\n\*\*Too long for a comment: this is [\d,]+ of [\d,]+ lines\.\*\* All of it: .*comment\.md in the artifacts of https:\/\/.*99\n$/,
      );
    });

    it("keeps one issue, and closes it", async () => {
      host.issues = [
        entry(1, `${markOf("drift-dev")}\nold`, { title: "Drift", author, state: "closed" }),
        entry(2, `${markOf("drift-dev")}\nsomeone else's`, { title: "Drift" }),
        ...(platform === "github"
          ? [
              entry(3, `${markOf("drift-dev")}\na pull request`, {
                title: "Drift",
                author,
                pullRequest: true,
              }),
            ]
          : []),
      ];
      const before = host.issues.length;
      const issue = ["--issue", "Drift in dev", "--marker", "drift-dev"];
      assert.match((await comment(...issue)).stdout, /^Posted to the (project|repository)'s issues: http/);
      assert.equal(host.issues.length, before + 1);
      assert.equal(host.issues.at(-1)?.title, "Drift in dev");
      host.file("comment.md", "More has drifted");
      assert.match((await comment(...issue)).stdout, /^Updated in/);
      assert.equal(host.issues.at(-1)?.body, `${markOf("drift-dev")}\nMore has drifted\n`);
      const close = () => host.lz(["comment", ...issue, "--close"]);
      assert.match((await close()).stdout, /^Closed in/);
      assert.equal(host.issues.at(-1)?.state, "closed");
      assert.match((await close()).stdout, /^Nothing is open in/);
      assert.equal(host.issues.filter(({ state }) => state === "open").length, before - 1);
      assert.equal(host.comments.length, 0);
    });

    it("wants a token, but of forks, and where there may be none", async () => {
      const { [variable]: _, ...without } = host.variables();
      for (const variables of [without, { ...without, [variable]: " " }]) {
        const { status, stderr } = await host.lz(["comment", plan], variables);
        assert.equal(status, 2);
        assert.match(stderr, new RegExp(`${variable} is not set: .*--optional`));
      }
      const optional = await host.lz(["comment", plan, "--optional"], without);
      assert.equal(optional.status, 0);
      assert.match(optional.stdout, /^Nothing is posted: .*--optional/);
      const fork =
        platform === "gitlab"
          ? { ...without, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "43" }
          : (({ [variable]: _token, ...rest }) => rest)(host.variables(forksPull));
      const ofFork = await host.lz(["comment", plan], fork);
      assert.equal(ofFork.status, 0, ofFork.stderr);
      assert.match(ofFork.stdout, /^Nothing is posted: this change comes from a fork/);
      assert.equal(host.asked.length, 0);
    });

    it("shows on a dry run what would be posted, and asks nothing", async () => {
      const { status, stdout, stderr } = await comment("--dry-run");
      assert.equal(status, 0);
      assert.equal(stdout, `${mark}\n### Plan\n\nThe policies accept it.\n`);
      assert.match(stderr, /It would go to (merge request !|pull request #)7/);
      assert.equal(host.asked.length, 0);
    });

    it("refuses what there is not", async () => {
      host.file("comment.md", " \n");
      await refused([], /comment\.md is empty/);
      for (const [args, variables, says] of [
        [["comment", "no-such-file.md"], host.variables(), /no-such-file\.md can not be read/],
        [["comment"], host.variables(), /say which file/],
        [["comment", plan, "--close"], host.variables(), /said with --issue only/],
        [["comment", plan, "--pull", "seven"], host.variables(), /--pull seven: must be the number/],
      ] as const) {
        const { status, stderr } = await host.lz(args, variables);
        assert.equal(status, 2, stderr);
        assert.match(stderr, says);
      }
    });
  });

describe("lz comment", function () {
  this.timeout(60_000);
  let host: CodeHost;
  let plan: string;
  beforeEach(async () => {
    host = await CodeHost.of("github");
    plan = host.file("comment.md", "### Plan\n");
  });
  afterEach(() => host.close());

  it("goes on where a fork's token may only read, and shows it in the summary", async () => {
    host.trouble = [{ on: "POST /repos/example/landing-zone/issues/7/comments", status: 403 }];
    const summary = join(host.folder, "summary.md");
    const { status, stdout } = await host.lz(["comment", plan], {
      ...host.variables(forksPull),
      GITHUB_STEP_SUMMARY: summary,
    });
    assert.equal(status, 0);
    assert.match(
      stdout,
      /comes from a fork, whose pipeline may not comment\. The summary of this job shows it/,
    );
    assert.equal(readFileSync(summary, "utf8"), `${mark}\n### Plan\n`);
    assert.ok(existsSync(plan));
  });

  it("knows a workflow's own comments, whose token is nobody's", async () => {
    host.hasUser = false;
    host.comments = [entry(1, `${mark}\nsomeone's`)];
    assert.match((await host.lz(["comment", plan])).stdout, /^Posted to/);
    assert.match((await host.lz(["comment", plan])).stdout, /^Nothing has changed/);
    assert.equal(host.comments.length, 2);
  });

  it("posts to a pull request that another workflow was of", async () => {
    const event = { workflow_run: { html_url: "https://github.com/example/landing-zone/actions/runs/98" } };
    const none = await host.lz(["comment", plan], host.variables(event));
    assert.equal(none.status, 2);
    assert.match(none.stderr, /this workflow's event is no pull request/);
    assert.equal((await host.lz(["comment", plan, "--pull", "7"], host.variables(event))).status, 0);
    assert.equal(host.comments.length, 1);
  });

  it("is told where no pipeline runs", async () => {
    const { status, stderr } = await host.lz(["comment", plan], {});
    assert.equal(status, 2);
    assert.match(stderr, /neither a pipeline of GitLab .* nor a workflow of GitHub .*--dry-run/);
    assert.equal((await host.lz(["comment", plan, "--dry-run"], {})).status, 0);
  });

  it("never goes beyond the limit, and always ends with where the rest is", () => {
    const line = fc.oneof(
      fc.constantFrom("```", "~~~~", "<details>", "</details>", ""),
      fc.string({ maxLength: 400 }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1_200, max: 6_000 }),
        (lines, limit) => {
          const text = lines.join("\n");
          const body = bodyOf({ marker: "plan", text, limit, elsewhere: "HERE" });
          assert.ok(body.startsWith(`${mark}\n`));
          assert.ok(body.length <= limit, `${body.length} > ${limit}`);
          if (text.trimEnd().length + mark.length + 2 > limit) assert.match(body, /All of it: HERE\n$/);
          else assert.equal(body, `${mark}\n${text.trimEnd()}\n`);
        },
      ),
    );
  });
});
