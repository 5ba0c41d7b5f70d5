import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";
import { shortName } from "../short-name";
import { type AlarmTopics, severityText } from "./severity";

interface Told {
  readonly serviceName: string;
  readonly clusterName: string;
  readonly at: Location;
  readonly topics: AlarmTopics;
}

/** The first comes with the one detail type, the others with the other. */
const failures = [
  "SERVICE_DEPLOYMENT_FAILED",
  "SERVICE_TASK_START_IMPAIRED",
  "SERVICE_TASK_PLACEMENT_FAILURE",
  "SERVICE_TASK_CONFIGURATION_FAILURE",
];

/**
 * Tells when ECS says that a release of a service failed, or that it can not start tasks of it: a warning, because the
 * release before goes on; where too few tasks run, the alarm for missing tasks is critical.
 * Sources: ECS developer guide, "Amazon ECS service deployment state change events" and "Amazon ECS service action
 * events"; EventBridge user guide, "Amazon EventBridge input transformation".
 */
export function tellOfFailures(
  name: string,
  { serviceName, clusterName, at, topics }: Told,
  opts: pulumi.CustomResourceOptions,
): void {
  const rule = new aws.cloudwatch.EventRule(
    `${name}-failures`,
    {
      name: shortName(`${serviceName}-failures`, 64),
      description: `A release of ${serviceName} failed, or its tasks can not start`,
      eventPattern: JSON.stringify({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change", "ECS Service Action"],
        resources: [arn("ecs", at, `service/${clusterName}/${serviceName}`)],
        detail: { eventName: failures },
      }),
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    `${name}-failures`,
    {
      rule: rule.name,
      targetId: "topic",
      arn: topics.warning,
      inputTransformer: {
        inputPaths: {
          event: "$.detail.eventName",
          reason: "$.detail.reason",
          time: "$.time",
        },
        inputTemplate: JSON.stringify(
          `${severityText("warning")}${serviceName} at <time>: <event>. ECS says: <reason>. ` +
            "After a deployment that failed the release before runs again; if tasks can not start, " +
            "their stopped reasons and the service's events in ECS say what is missing.",
        ),
      },
    },
    opts,
  );
}
