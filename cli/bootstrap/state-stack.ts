/** CloudFormation, as far as the bootstrap needs it; a test gives another. */
import type * as CloudFormation from "@aws-sdk/client-cloudformation";
import type * as Sts from "@aws-sdk/client-sts";

export type ClientSettings = Pick<
  Sts.STSClientConfig,
  "profile" | "region" | "credentials" | "requestHandler"
>;

export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}

export interface StackState {
  readonly status: string;
  readonly reason?: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Change {
  readonly action: string;
  readonly id: string;
  readonly type: string;
  /** It would be another one afterwards. */
  readonly replaced: boolean;
}

export interface ChangeSet {
  readonly status: string;
  readonly reason?: string | undefined;
  readonly changes: readonly Change[];
}

export interface StackEvent {
  readonly id: string;
  readonly resource: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

export interface StateStack {
  caller(): Promise<Caller>;
  /** Absent: there is no such stack. */
  state(): Promise<StackState | undefined>;
  /** The template that was deployed last. */
  template(): Promise<string>;
  propose(changeSet: string, template: string, kind: "CREATE" | "UPDATE"): Promise<void>;
  proposal(changeSet: string): Promise<ChangeSet>;
  withdraw(changeSet: string, kind: "CREATE" | "UPDATE"): Promise<void>;
  execute(changeSet: string): Promise<void>;
  /** The newest first. */
  events(): Promise<readonly StackEvent[]>;
  /** Neither is it deleted by mistake, nor are what `kept` names replaced or deleted by a change. */
  protect(kept: readonly string[]): Promise<void>;
}

/** Through the AWS SDK, which is loaded late: no other command needs it. */
export function stateStack(name: string, settings: ClientSettings): StateStack {
  // Node's version is no concern of who sets a landing zone up.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const sdk = require("@aws-sdk/client-cloudformation") as typeof import("@aws-sdk/client-cloudformation");
  const { STSClient, GetCallerIdentityCommand } =
    require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
  const stacks = new sdk.CloudFormationClient(settings);
  const tokens = new STSClient(settings);
  const StackName = name;
  return {
    async caller() {
      const { Account = "", Arn = "" } = await tokens.send(new GetCallerIdentityCommand({}));
      return { accountId: Account, arn: Arn };
    },
    async state() {
      try {
        const { Stacks } = await stacks.send(new sdk.DescribeStacksCommand({ StackName }));
        return stateOf(Stacks?.[0]);
      } catch (error) {
        if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
        throw error;
      }
    },
    async template() {
      const { TemplateBody } = await stacks.send(
        new sdk.GetTemplateCommand({ StackName, TemplateStage: "Original" }),
      );
      return TemplateBody ?? "";
    },
    async propose(ChangeSetName, TemplateBody, ChangeSetType) {
      await stacks.send(
        new sdk.CreateChangeSetCommand({
          StackName,
          ChangeSetName,
          ChangeSetType,
          TemplateBody,
          Capabilities: ["CAPABILITY_NAMED_IAM"],
          Description: "lz bootstrap",
        }),
      );
    },
    async proposal(ChangeSetName) {
      const changes: Change[] = [];
      let NextToken: string | undefined;
      let status = "";
      let reason: string | undefined;
      do {
        const page = await stacks.send(
          new sdk.DescribeChangeSetCommand({ StackName, ChangeSetName, NextToken }),
        );
        status = page.Status ?? "";
        reason = page.StatusReason;
        changes.push(...(page.Changes ?? []).map(changeOf));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return { status, reason, changes };
    },
    async withdraw(ChangeSetName, kind) {
      await stacks.send(new sdk.DeleteChangeSetCommand({ StackName, ChangeSetName }));
      // A stack that was never made is only there for its change set.
      if (kind === "CREATE") await stacks.send(new sdk.DeleteStackCommand({ StackName }));
    },
    async execute(ChangeSetName) {
      await stacks.send(new sdk.ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    },
    async events() {
      const { StackEvents = [] } = await stacks.send(new sdk.DescribeStackEventsCommand({ StackName }));
      return StackEvents.map(event => ({
        id: event.EventId ?? "",
        resource: event.LogicalResourceId ?? "",
        type: event.ResourceType ?? "",
        status: event.ResourceStatus ?? "",
        reason: event.ResourceStatusReason,
      }));
    },
    async protect(kept) {
      await stacks.send(
        new sdk.UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }),
      );
      const StackPolicyBody = JSON.stringify(stackPolicy(kept));
      await stacks.send(new sdk.SetStackPolicyCommand({ StackName, StackPolicyBody }));
    },
  };
}

/** Source: CloudFormation user guide, "Prevent updates to stack resources". */
const stackPolicy = (kept: readonly string[]) => ({
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "Update:*", Resource: "*" },
    ...(kept.length === 0
      ? []
      : [
          {
            Effect: "Deny",
            Principal: "*",
            Action: ["Update:Replace", "Update:Delete"],
            Resource: kept.map(id => `LogicalResourceId/${id}`),
          },
        ]),
  ],
});

const stateOf = (stack: CloudFormation.Stack | undefined): StackState | undefined =>
  stack === undefined
    ? undefined
    : {
        status: stack.StackStatus ?? "",
        reason: stack.StackStatusReason,
        outputs: Object.fromEntries(
          (stack.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]),
        ),
      };

const changeOf = ({ ResourceChange: change }: CloudFormation.Change): Change => ({
  action: change?.Action ?? "",
  id: change?.LogicalResourceId ?? "",
  type: change?.ResourceType ?? "",
  replaced: change?.Replacement === "True",
});
