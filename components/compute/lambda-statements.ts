/** What the role of a function may do beside what it is told, from names alone. */
import { queueAccess } from "../data/queue-access";
import { streamAccess } from "../data/stream-access";
import type { Statement } from "../identity/policy-document";
import { arn, type Location } from "../location";
import { writeLogs } from "../observability/log-group";
import { useOfKey } from "../security/encryption-key";
import { trace } from "./job-role";

/** A queue or a stream of the product that owns the function, in the same account and region. */
export type Source = { readonly queueName: string } | { readonly streamName: string };

export interface LambdaRoleArgs {
  readonly at: Location;
  readonly functionName: string;
  readonly logGroup: { readonly name: string };
  /** Parameters of SSM, by ARN. */
  readonly parameters: readonly string[];
  readonly from?: Source;
  readonly missedRunsQueueName: string;
  readonly keyAlias: string;
  /** It has network interfaces in a VPC. */
  readonly inVpc: boolean;
}

/**
 * Write its log and its traces, read its parameters and its source, and leave what it could not handle in the queue of
 * missed runs.
 *
 * Sources: Lambda developer guide, "Working with AWS managed policies in the execution role" (what the managed policies
 * allow), "Retain records of asynchronous invocations", "Using Lambda with Amazon SQS", "Using Lambda to process records
 * from Amazon Kinesis Data Streams", "Securing Lambda environment variables".
 */
export const lambdaStatements = (args: LambdaRoleArgs): readonly Statement[] => {
  const { at, from, parameters } = args;
  const fromService = from === undefined ? [] : "queueName" in from ? ["sqs"] : ["kinesis"];
  return [
    writeLogs(at, args.logGroup.name),
    trace,
    {
      Sid: "Missed",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: arn("sqs", at, args.missedRunsQueueName),
    },
    {
      ...useOfKey(at, args.keyAlias, [...new Set(["lambda", "sqs", ...fromService])]),
      Sid: "OwnKey",
    },
    ...(parameters.length === 0
      ? []
      : [
          {
            Sid: "Parameters",
            Effect: "Allow",
            Action: "ssm:GetParameter",
            Resource: [...new Set(parameters)],
          } as const,
        ]),
    ...(from === undefined ? [] : readStatements(at, from)),
    ...(args.inVpc ? interfaceStatements(at, args.functionName) : []),
  ];
};

function readStatements(at: Location, from: Source): readonly Statement[] {
  if ("queueName" in from) return queueAccess(at, from.queueName, "consume").statements;
  return [
    ...streamAccess(at, from.streamName, "consume").statements,
    // Lambda asks for these too before it takes a stream as a source.
    {
      Effect: "Allow",
      Action: ["kinesis:DescribeStream"],
      Resource: [arn("kinesis", at, `stream/${from.streamName}`)],
    },
    { Effect: "Allow", Action: ["kinesis:ListStreams"], Resource: "*" },
  ];
}

/**
 * Lambda makes the interfaces by the function's role; the function's own code is refused what Lambda needs for that.
 *
 * Source: Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC", section "Required IAM
 * permissions", "Using source function ARN to control function access behavior".
 */
function interfaceStatements(at: Location, functionName: string): readonly Statement[] {
  const changes = [
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ];
  const looks = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];
  const places = ["network-interface/*", "subnet/*", "security-group/*"];
  return [
    {
      Sid: "Interfaces",
      Effect: "Allow",
      Action: changes,
      Resource: places.map(place => arn("ec2", at, place)),
    },
    { Sid: "SeeInterfaces", Effect: "Allow", Action: looks, Resource: "*" },
    {
      Sid: "NotByItsCode",
      Effect: "Deny",
      Action: [...changes, ...looks],
      Resource: "*",
      Condition: { ArnEquals: { "lambda:SourceFunctionArn": arn("lambda", at, `function:${functionName}`) } },
    },
  ];
}
