import type { Statement } from "../../identity/policy-document";
import { type DeployRole, inRegions, letServicesLog, logGroups, notThePlatforms, placeOf } from "./place";

/** What a release is made of: services and tasks, their images, schedules, scaling, alarms and logs. */
export const runtime = (role: DeployRole): Statement[] => {
  const { at } = role;
  const { here, orAtTheEdge, regions } = placeOf(role);
  return [
    {
      Sid: "Run",
      Effect: "Allow",
      Action: [
        "ecs:*Cluster*",
        "ecs:*Service*",
        "ecs:RegisterTaskDefinition",
        "ecs:*agResource",
        "application-autoscaling:*ScheduledAction",
        "application-autoscaling:*Scal*",
        "application-autoscaling:*agResource",
        "events:*Rule",
        "events:*Targets",
        "events:*agResource",
        "cloudwatch:*Alarm*",
        "cloudwatch:*Dashboard*",
        "cloudwatch:*agResource",
      ],
      // A page of CloudWatch belongs to no region.
      Resource: [
        ...["ecs", "application-autoscaling", "events"].map(service => here(service)),
        // Certificates of what is at the edge are measured there.
        ...orAtTheEdge("cloudwatch"),
        `arn:aws:cloudwatch::${at.accountId}:dashboard/*`,
      ],
      Condition: notThePlatforms,
    },
    {
      // CloudWatch refuses it to whoever may put but some. Source: CloudWatch API reference, "PutCompositeAlarm".
      Sid: "CompositeAlarms",
      Effect: "Allow",
      Action: "cloudwatch:PutCompositeAlarm",
      Resource: "*",
      Condition: inRegions([at.region]),
    },
    { Sid: "Forget", Effect: "Allow", Action: "ecs:DeregisterTaskDefinition", Resource: "*" },
    {
      Sid: "Images",
      Effect: "Allow",
      Action: [
        "ecr:CreateRepository",
        "ecr:DeleteLifecyclePolicy",
        "ecr:DeleteRepository*",
        "ecr:PutImageScanningConfiguration",
        "ecr:PutImageTagMutability",
        "ecr:PutLifecyclePolicy",
        "ecr:SetRepositoryPolicy",
        "ecr:*agResource",
      ],
      Resource: here("ecr", "repository/*"),
      Condition: notThePlatforms,
    },
    {
      Sid: "Log",
      Effect: "Allow",
      Action: [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:*RetentionPolicy",
        "logs:*KmsKey",
        "logs:*agResource",
      ],
      Resource: logGroups.flatMap(group => orAtTheEdge("logs", `log-group:${group}`)),
      Condition: notThePlatforms,
    },
    {
      Sid: "Deliver",
      Effect: "Allow",
      Action: [
        "logs:*Delivery",
        "logs:*DeliveryConfiguration",
        "logs:*DeliveryDestination",
        "logs:*DeliverySource",
        "logs:*agResource",
      ],
      Resource: orAtTheEdge("logs", "delivery*"),
      Condition: notThePlatforms,
    },
    {
      // Asked of whoever has their logs delivered. Source: CloudWatch Logs user guide, "Enable logging from AWS services".
      Sid: "BeDelivered",
      Effect: "Allow",
      Action: ["cloudfront:AllowVendedLogDeliveryForResource", "events:AllowVendedLogDeliveryForResource"],
      Resource: [here("events", "event-bus/*"), `arn:aws:cloudfront::${at.accountId}:distribution/*`],
    },
    {
      Sid: "LetServicesLog",
      Effect: "Allow",
      Action: letServicesLog,
      Resource: "*",
      Condition: inRegions(regions),
    },
  ];
};
