import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type {
  Change,
  ChangeSet,
  StackEvent,
  StackState,
  StateStack,
} from "../../../cli/bootstrap/state-stack";
import { bootstrapWith } from "../../../cli/bootstrap-command";
import { UsageError } from "../../../cli/failures";
import example from "../../../stacks/landing-zone";
import { templateFor } from "./bootstrapped";

const made: Change = { action: "Add", id: "StateBucket", type: "AWS::S3::Bucket", replaced: false };
const outputs = { StateKey: "arn:aws:kms:eu-central-1:111122223333:key/1" };

/** CloudFormation as a test says it is; it writes down what it is asked to do. */
class Scripted implements StateStack {
  readonly done: string[] = [];
  private executed = false;
  constructor(
    private readonly script: {
      readonly account?: string;
      readonly before?: StackState;
      readonly proposal?: ChangeSet;
      readonly after?: StackState;
      readonly events?: readonly StackEvent[];
      readonly refuses?: Error;
    },
  ) {}
  async caller() {
    if (this.script.refuses) throw this.script.refuses;
    const accountId = this.script.account ?? "111122223333";
    return { accountId, arn: `arn:aws:sts::${accountId}:assumed-role/administrator/somebody` };
  }
  async state() {
    return this.executed ? (this.script.after ?? { status: "CREATE_COMPLETE", outputs }) : this.script.before;
  }
  async template() {
    return "";
  }
  async propose(_: string, template: string, kind: string) {
    JSON.parse(template);
    this.done.push(`propose ${kind}`);
  }
  async proposal() {
    return this.script.proposal ?? { status: "CREATE_COMPLETE", changes: [made] };
  }
  async withdraw(_: string, kind: string) {
    this.done.push(`withdraw ${kind}`);
  }
  async execute() {
    this.executed = true;
    this.done.push("execute");
  }
  async events() {
    return this.executed ? (this.script.events ?? []) : [];
  }
  async protect(kept: readonly string[]) {
    this.done.push(`protect ${kept.join(" ")}`);
  }
}

describe("lz bootstrap", function () {
  this.timeout(120_000);

  async function run(script: ConstructorParameters<typeof Scripted>[0], yes = true) {
    const stacks = new Scripted(script);
    const said: string[] = [];
    const template = await templateFor();
    const failed = await bootstrapWith(
      example,
      async () => template,
      stacks,
      { yes },
      line => said.push(line),
    ).then(
      () => undefined,
      (error: Error) => error,
    );
    return { done: stacks.done, said: said.join("\n"), failed };
  }

  it("shows what would be made, makes it, keeps it, and says what comes next", async () => {
    const { done, said, failed } = await run({});
    assert.equal(failed, undefined);
    assert.deepEqual(done, ["propose CREATE", "execute", "protect StateBucket StateKey"]);
    assert.match(said, /the management account is management \(111122223333\)/i);
    assert.match(said, /^add +StateBucket +AWS::S3::Bucket$/m);
    assert.match(said, /^bucket +landing-zone-state-111122223333$/m);
    assert.match(said, /^key +alias\/landing-zone\/state +arn:aws:kms:eu-central-1:111122223333:key\/1$/m);
    for (const name of ["plan", "apply-shared", "apply-dev", "apply-int", "apply-prod"])
      assert.match(said, new RegExp(`^role +arn:aws:iam::111122223333:role/landing-zone-${name}$`, "m"));
    assert.match(said, /^Next: `lz doctor`/m);
  });

  it("changes nothing where nothing has changed, however CloudFormation says so", async () => {
    for (const reason of [
      "The submitted information didn't contain changes. Submit different information to create a change set.",
      "No updates are to be performed.",
    ]) {
      const { done, said, failed } = await run({
        before: { status: "UPDATE_COMPLETE", outputs },
        proposal: { status: "FAILED", reason, changes: [] },
      });
      assert.equal(failed, undefined);
      assert.deepEqual(done, ["propose UPDATE", "withdraw UPDATE", "protect StateBucket StateKey"]);
      assert.match(said, /nothing to change/);
    }
  });

  it("changes the stack that is there, and goes on from one that was only proposed", async () => {
    const changed = await run({ before: { status: "CREATE_COMPLETE", outputs } });
    assert.equal(changed.done[0], "propose UPDATE");
    const proposed = await run({ before: { status: "REVIEW_IN_PROGRESS", outputs: {} } });
    assert.equal(proposed.done[0], "propose CREATE");
  });

  it("asks first, and leaves nothing behind where the answer is no", async () => {
    const { done, failed } = await run({}, false);
    assert.ok(failed instanceof UsageError);
    assert.match(failed.message, /say --yes/);
    assert.deepEqual(done, ["propose CREATE", "withdraw CREATE"]);
  });

  it("never replaces the bucket or the key", async () => {
    for (const lost of [
      { ...made, action: "Modify", replaced: true },
      { ...made, action: "Remove", id: "StateKey" },
    ]) {
      const { done, failed } = await run({
        before: { status: "CREATE_COMPLETE", outputs },
        proposal: { status: "CREATE_COMPLETE", changes: [lost] },
      });
      assert.match(failed?.message ?? "", /would be replaced, and with it the state of every stack/);
      assert.deepEqual(done, ["propose UPDATE", "withdraw UPDATE"]);
    }
  });

  const event = (resource: string, type: string, reason: string, status = "CREATE_FAILED"): StackEvent => ({
    id: `${resource}-${reason}`,
    resource,
    type,
    status,
    reason,
  });
  const rolledBack = { status: "ROLLBACK_COMPLETE", outputs: {} };

  /** What goes wrong, and the one message that says so and what to do. */
  const refusals: readonly (readonly [string, ConstructorParameters<typeof Scripted>[0], RegExp])[] = [
    [
      "no credentials",
      {
        refuses: Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }),
      },
      /^there are no AWS credentials .*aws sso login/,
    ],
    [
      "an expired session",
      {
        refuses: Object.assign(new Error("The security token is expired"), { name: "ExpiredTokenException" }),
      },
      /does not accept the credentials .*sign in anew/,
    ],
    [
      "no network",
      { refuses: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }) },
      /can not be reached .*HTTPS_PROXY/,
    ],
    [
      "the wrong account",
      { account: "555566667777" },
      /^these credentials are of the account 555566667777 .* management, is 111122223333; sign in there/,
    ],
    [
      "too few permissions",
      {
        refuses: Object.assign(
          new Error("User: arn is not authorized to perform: cloudformation:CreateChangeSet on resource: x"),
          { name: "AccessDeniedException" },
        ),
      },
      /^AWS refuses cloudformation:CreateChangeSet; the bootstrap takes an administrator of the management account/,
    ],
    [
      "a stack that was never made",
      { before: { ...rolledBack, reason: "it failed" } },
      /failed before.*ROLLBACK_COMPLETE.*aws cloudformation delete-stack --stack-name landing-zone-state/,
    ],
    [
      "a stack that could not go back",
      { before: { status: "UPDATE_ROLLBACK_FAILED", outputs } },
      /aws cloudformation continue-update-rollback --stack-name landing-zone-state/,
    ],
    [
      "somebody else at it",
      { before: { status: "UPDATE_IN_PROGRESS", outputs } },
      /somebody else is at the stack landing-zone-state: it is UPDATE_IN_PROGRESS; wait/,
    ],
    [
      "a bucket's name that is taken",
      {
        after: rolledBack,
        events: [
          event("StateKey", "AWS::KMS::Key", "Resource creation cancelled"),
          event("StateBucket", "AWS::S3::Bucket", "landing-zone-state-111122223333 already exists"),
        ],
      },
      /^StateBucket .*all is as it was: .*already exists\. The bucket's name is taken.*somebody else's/,
    ],
    [
      "an identity provider that is there",
      {
        after: rolledBack,
        events: [event("IssuerGitlabCom", "AWS::IAM::OIDCProvider", "Provider AlreadyExists")],
      },
      /has an identity provider for this issuer already/,
    ],
    [
      "a template that is refused",
      { proposal: { status: "FAILED", reason: "Template error: x", changes: [] } },
      /CloudFormation refuses the template: Template error: x/,
    ],
  ];
  for (const [what, script, says] of refusals)
    it(`says in one message what to do about ${what}`, async () => {
      const { failed, done } = await run(script);
      assert.ok(failed instanceof UsageError, String(failed));
      assert.match(failed.message, says);
      assert.doesNotMatch(failed.message, /\n/);
      if (script.after === undefined) assert.ok(!done.includes("execute"));
    });
});

describe("lz bootstrap, as it is called", function () {
  this.timeout(180_000);
  const root = join(__dirname, "../../..");
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server = undefined;
  });

  async function lz(args: readonly string[], env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [join(root, "cli/lz.js"), "bootstrap", ...args], {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: "/nonexistent",
        NO_COLOR: "1",
        AWS_EC2_METADATA_DISABLED: "true",
        ...env,
      },
    });
    const texts = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].on("data", chunk => {
        texts[stream] += chunk;
      });
    const status = await new Promise<number | null>(resolve => child.on("close", resolve));
    return { status, ...texts };
  }

  /** Answers in the form of AWS's query protocol. */
  async function listen(answers: Readonly<Record<string, (asked: URLSearchParams) => string>>) {
    const asked: string[] = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", chunk => {
        body += chunk;
      });
      request.on("end", () => {
        const words = new URLSearchParams(body);
        const action = words.get("Action") ?? "";
        asked.push(action);
        const answer = answers[action]?.(words) ?? "";
        response
          .writeHead(answer.startsWith("<ErrorResponse") ? 400 : 200, { "Content-Type": "text/xml" })
          .end(answer);
      });
    });
    await new Promise<void>(resolve => server?.listen(0, "127.0.0.1", resolve));
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  const result = (action: string, inner: string) =>
    `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`;
  const error = (code: string, message: string) =>
    `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const credentials = {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  };
  const caller = (account: string) => () =>
    result(
      "GetCallerIdentity",
      `<Arn>arn:aws:sts::${account}:assumed-role/administrator/somebody</Arn><Account>${account}</Account>`,
    );

  it("makes the stack over HTTP, from a template that CloudFormation could read", async () => {
    let template = "";
    let executed = false;
    const stack = (status: string) =>
      result(
        "DescribeStacks",
        `<Stacks><member><StackName>landing-zone-state</StackName><StackStatus>${status}</StackStatus></member></Stacks>`,
      );
    const { asked, url } = await listen({
      GetCallerIdentity: caller("111122223333"),
      DescribeStacks: () =>
        executed
          ? stack("CREATE_COMPLETE")
          : error("ValidationError", "Stack with id landing-zone-state does not exist"),
      CreateChangeSet: words => {
        template = words.get("TemplateBody") ?? "";
        assert.equal(words.get("ChangeSetType"), "CREATE");
        assert.equal(words.get("Capabilities.member.1"), "CAPABILITY_NAMED_IAM");
        return result("CreateChangeSet", "<Id>arn:aws:cloudformation:::changeSet/a</Id>");
      },
      DescribeChangeSet: () =>
        result(
          "DescribeChangeSet",
          "<Status>CREATE_COMPLETE</Status><Changes><member><Type>Resource</Type><ResourceChange><Action>Add</Action><LogicalResourceId>StateBucket</LogicalResourceId><ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member></Changes>",
        ),
      DescribeStackEvents: () => result("DescribeStackEvents", "<StackEvents></StackEvents>"),
      ExecuteChangeSet: () => {
        executed = true;
        return result("ExecuteChangeSet", "");
      },
      UpdateTerminationProtection: () => result("UpdateTerminationProtection", "<StackId>a</StackId>"),
      SetStackPolicy: words => {
        assert.match(words.get("StackPolicyBody") ?? "", /LogicalResourceId\/StateBucket/);
        return "<SetStackPolicyResponse></SetStackPolicyResponse>";
      },
    });
    const { status, stdout, stderr } = await lz(["--yes"], { ...credentials, AWS_ENDPOINT_URL: url });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^bucket +landing-zone-state-111122223333$/m);
    assert.ok(Object.keys((JSON.parse(template) as { Resources: object }).Resources).length > 15);
    assert.deepEqual(
      [...new Set(asked)],
      [
        "GetCallerIdentity",
        "DescribeStacks",
        "CreateChangeSet",
        "DescribeChangeSet",
        "ExecuteChangeSet",
        "DescribeStackEvents",
        "UpdateTerminationProtection",
        "SetStackPolicy",
      ].sort((a, b) => asked.indexOf(a) - asked.indexOf(b)),
    );
  });

  it("ends with 2 in another account, and without credentials, and says so in a line", async () => {
    const { url } = await listen({ GetCallerIdentity: caller("555566667777") });
    const elsewhere = await lz(["--yes"], { ...credentials, AWS_ENDPOINT_URL: url });
    assert.deepEqual([elsewhere.status, elsewhere.stdout], [2, ""]);
    assert.match(elsewhere.stderr, /^error: these credentials are of the account 555566667777 .*\n$/);
    const without = await lz(["--yes"], {});
    assert.deepEqual([without.status, without.stdout], [2, ""]);
    assert.match(without.stderr, /^error: there are no AWS credentials .*\n$/);
  });

  it("shows the template without any credentials", async () => {
    const { status, stdout, stderr } = await lz(["--dry-run"], {});
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^AWSTemplateFormatVersion: /);
    assert.match(stdout, /BucketName: landing-zone-state-111122223333/);
  });
});
