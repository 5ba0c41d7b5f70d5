import type * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { LogGroup } from "../observability/log-group";
import type { KeptLogs } from "./kept-logs";

const kinds = ["slow-log", "engine-log"] as const;

export interface CacheLogs {
  readonly configurations: {
    logType: string;
    logFormat: string;
    destination: string;
    destinationType: string;
  }[];
  /** What must be there before the cache writes. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A log group each for slow commands and for what the engine says. DeliveredLogs of the account lets
 * them be written.
 * Source: Amazon ElastiCache user guide, "Log delivery"; CloudWatch Logs user guide, "Enable logging from AWS services".
 */
export function cacheLogs(
  parent: pulumi.ComponentResource,
  name: string,
  at: Location,
  { keyArn, retentionDays, groupPrefix }: KeptLogs,
): CacheLogs {
  const made = kinds.map(kind => {
    const group = new LogGroup(
      `${name}-${kind}`,
      { name: `${groupPrefix}/${kind}`, at, keyArn, retentionDays },
      { parent },
    );
    const configuration = {
      logType: kind,
      logFormat: "json",
      destination: group.logGroupName,
      destinationType: "cloudwatch-logs",
    };
    return { configuration, group };
  });
  return {
    configurations: made.map(({ configuration }) => configuration),
    ready: made.map(({ group }) => group),
  };
}
