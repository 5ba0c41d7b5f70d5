import {
  grantThrough,
  handsOver,
  inRegion,
  keyThrough,
  ofOrders,
  type RowsByType,
  rows,
  tagged,
} from "./rows";

const lambda = inRegion("lambda", "function:orders-verify");
const source = inRegion("lambda", "event-source-mapping:1");
const ofFunction = { "lambda:FunctionArn": lambda };
const schedule = inRegion("scheduler", "schedule/orders-close/orders-close");
const scheduleGroup = inRegion("scheduler", "schedule-group/orders-close");
const machine = inRegion("states", "stateMachine:orders-close");

export const needed: RowsByType = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    ["lambda:CreateEventSourceMapping", "*", { ...tagged, ...ofFunction }],
    ...rows(
      "lambda",
      "GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping",
      source,
      ofFunction,
    ),
    ...rows("lambda", "TagResource UntagResource ListTags", source, ofOrders),
  ],
  "aws:lambda/function:Function": [
    ...rows("lambda", "CreateFunction TagResource", lambda, tagged),
    ...rows(
      "lambda",
      "GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig ListVersionsByFunction UpdateFunctionCode UpdateFunctionConfiguration PutFunctionConcurrency DeleteFunctionConcurrency GetFunctionConcurrency TagResource UntagResource ListTags DeleteFunction",
      lambda,
      ofOrders,
    ),
    handsOver("orders-verify-function", "lambda.amazonaws.com"),
    // Its settings, which whoever looks at it sees.
    ...keyThrough("lambda", "DescribeKey Encrypt Decrypt GenerateDataKey"),
    grantThrough("lambda"),
    // Its image.
    ...rows(
      "ecr",
      "GetRepositoryPolicy SetRepositoryPolicy BatchGetImage GetDownloadUrlForLayer",
      inRegion("ecr", "repository/orders/verify"),
      ofOrders,
    ),
    ...rows("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeNetworkInterfaces", "*"),
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": rows(
    "lambda",
    "PutFunctionEventInvokeConfig GetFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig DeleteFunctionEventInvokeConfig",
    lambda,
    ofOrders,
  ),
  "aws:lambda/permission:Permission": [
    ...rows("lambda", "AddPermission RemovePermission", lambda, {
      ...ofOrders,
      "lambda:Principal": "events.amazonaws.com",
    }),
    ...rows("lambda", "GetPolicy", lambda, ofOrders),
  ],
  "aws:scheduler/schedule:Schedule": [
    ...rows("scheduler", "CreateSchedule GetSchedule UpdateSchedule DeleteSchedule", schedule),
    handsOver("orders-close-schedule", "scheduler.amazonaws.com"),
    ...keyThrough("scheduler"),
  ],
  "aws:scheduler/scheduleGroup:ScheduleGroup": [
    ...rows("scheduler", "CreateScheduleGroup TagResource", scheduleGroup, tagged),
    ...rows(
      "scheduler",
      "GetScheduleGroup TagResource UntagResource ListTagsForResource DeleteScheduleGroup",
      scheduleGroup,
      ofOrders,
    ),
  ],
  "aws:sfn/stateMachine:StateMachine": [
    ...rows("states", "CreateStateMachine TagResource", machine, tagged),
    ...rows(
      "states",
      "DescribeStateMachine UpdateStateMachine ListStateMachineVersions TagResource UntagResource ListTagsForResource DeleteStateMachine",
      machine,
      ofOrders,
    ),
    ...rows("states", "ValidateStateMachineDefinition", "*"),
    handsOver("orders-close-states", "states.amazonaws.com"),
    ...rows(
      "logs",
      "CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies DescribeLogGroups",
      "*",
    ),
  ],
};
