import type { Statement } from "../../identity/policy-document";
import { type DeployRole, notThePlatforms, placeOf, pulling } from "./place";

/** What begins and ends: functions and what calls them, state machines, schedules. None of it is started by this role. */
export const jobs = (role: DeployRole): Statement[] => {
  const { here } = placeOf(role);
  const functions = here("lambda", "function:*");
  const ofFunctions = { ArnLike: { "lambda:FunctionArn": functions } };
  return [
    {
      Sid: "Functions",
      Effect: "Allow",
      Action: [
        "lambda:*FunctionConcurrency",
        "lambda:*FunctionEventInvokeConfig",
        "lambda:*agResource",
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        // With where its code lies, and its settings, which the key below decrypts.
        "lambda:GetFunction*",
        "lambda:GetPolicy",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
      Resource: functions,
      Condition: notThePlatforms,
    },
    {
      // Rules of EventBridge call them by the functions' own policies, and nobody else: no other account, and no URL.
      Sid: "CallersOfFunctions",
      Effect: "Allow",
      Action: ["lambda:AddPermission", "lambda:RemovePermission"],
      Resource: functions,
      Condition: { ...notThePlatforms, StringEquals: { "lambda:Principal": "events.amazonaws.com" } },
    },
    {
      Sid: "NewSources",
      Effect: "Allow",
      Action: "lambda:CreateEventSourceMapping",
      Resource: "*",
      Condition: ofFunctions,
    },
    {
      Sid: "Sources",
      Effect: "Allow",
      Action: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      Resource: here("lambda", "event-source-mapping:*"),
      Condition: ofFunctions,
    },
    {
      Sid: "TagSources",
      Effect: "Allow",
      Action: "lambda:*agResource",
      Resource: here("lambda", "event-source-mapping:*"),
      Condition: notThePlatforms,
    },
    {
      // Asked of whoever makes a function of an image. Source: Lambda developer guide, "Create a Lambda function using a
      // container image", section "Amazon ECR permissions".
      Sid: "ImagesOfFunctions",
      Effect: "Allow",
      Action: pulling,
      Resource: here("ecr", "repository/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Schedules",
      Effect: "Allow",
      Action: [
        "scheduler:*agResource",
        "scheduler:CreateSchedule*",
        "scheduler:DeleteSchedule*",
        "scheduler:UpdateSchedule",
      ],
      Resource: [here("scheduler", "schedule/*"), here("scheduler", "schedule-group/*")],
      Condition: notThePlatforms,
    },
    {
      Sid: "Machines",
      Effect: "Allow",
      Action: [
        "states:*agResource",
        "states:CreateStateMachine",
        "states:DeleteStateMachine",
        "states:UpdateStateMachine",
      ],
      Resource: here("states", "stateMachine:*"),
      Condition: notThePlatforms,
    },
  ];
};
