import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn } from "../location";
import { Alarm } from "../observability/alarm";
import { LogGroup } from "../observability/log-group";
import { requireWhole } from "./database-limits";
import type { Keeping } from "./keeping";
import type { KeptLogs } from "./kept-logs";
import { prometheusParameter, prometheusQueryParameter, prometheusTag } from "./prometheus-access";
import { grafana } from "./prometheus-grafana";
import { toldParameters } from "./told-parameters";

export interface PrometheusArgs extends Keeping {
  /** 1 to 100 letters, digits, hyphens and underscores: its alias. */
  readonly workspaceName: string;
  /** Days for which metrics are kept, 1 to 1,095; default 150. */
  readonly retentionDays?: number;
  /** Samples are taken so many seconds late, 0 to 86,400: those of a task that could not send them. Default: AWS's own. */
  readonly lateSeconds?: number;
  /** Someone is told when more series than these are written to at once; default 1,000,000. */
  readonly manySeries?: number;
  /** With a workspace of Amazon Managed Grafana that may query this one. Default false. */
  readonly grafana?: boolean;
  /** Where it says which rules and alerts failed: `<groupPrefix>/workspace`. */
  readonly logs: KeptLogs;
}

/** Source: Amazon Managed Service for Prometheus API reference, "UpdateWorkspaceConfiguration". */
export const prometheusLimits = {
  retentionDays: { min: 1, max: 1_095 },
  lateSeconds: { min: 0, max: 86_400 },
  manySeries: { min: 1_000, max: 50_000_000 },
};

/**
 * A workspace of Amazon Managed Service for Prometheus, encrypted with the product's key, which tasks send metrics to; see
 * prometheusAccess. AWS keeps it in several zones, and in no backup: metrics are what can be lost. `deletionProtection`:
 * Pulumi leaves it behind when it forgets it.
 *
 * It has no rules and no alert manager; what someone is woken for are alarms of CloudWatch. One is its own: series without
 * end, as a label makes them that holds an id, are paid for, and AWS refuses all of them beyond a quota.
 *
 * Refused: a name that AWS does not take; another retention, lateness or number of series.
 * Sources: Amazon Managed Service for Prometheus user guide, "Encryption at rest", "Configure your workspace", "Monitor
 * Amazon Managed Service for Prometheus events with CloudWatch Logs", "Use CloudWatch metrics to
 * monitor Amazon Managed Service for Prometheus resources".
 */
export class Prometheus extends pulumi.ComponentResource {
  readonly workspaceName: string;
  readonly workspaceId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly writeUrl: pulumi.Output<string>;

  constructor(name: string, args: PrometheusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Prometheus", name, {}, opts);
    const { at, workspaceName, retentionDays = 150, lateSeconds, manySeries = 1_000_000 } = args;
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(workspaceName))
      throw new Error(
        `workspaceName is ${workspaceName}; it must be 1 to 100 letters, digits, hyphens and underscores`,
      );
    requireWhole("retentionDays", retentionDays, prometheusLimits.retentionDays);
    if (lateSeconds !== undefined) requireWhole("lateSeconds", lateSeconds, prometheusLimits.lateSeconds);
    requireWhole("manySeries", manySeries, prometheusLimits.manySeries);
    const here = { parent: this };
    const { groupPrefix, ...kept } = args.logs;

    const group = new LogGroup(name, { name: `${groupPrefix}/workspace`, at, ...kept }, here);
    const workspace = new aws.amp.Workspace(
      name,
      {
        alias: workspaceName,
        kmsKeyArn: args.keyArn,
        loggingConfiguration: { logGroupArn: `${arn("logs", at, `log-group:${group.logGroupName}`)}:*` },
        tags: { [prometheusTag]: workspaceName },
      },
      {
        ...here,
        protect: opts?.protect,
        retainOnDelete: args.deletionProtection,
        dependsOn: [group],
      },
    );
    new aws.amp.WorkspaceConfiguration(
      name,
      {
        workspaceId: workspace.id,
        retentionPeriodInDays: retentionDays,
        ...(lateSeconds === undefined ? {} : { outOfOrderTimeWindowInSeconds: lateSeconds }),
      },
      here,
    );
    new Alarm(
      `${name}-series`,
      {
        description: `Metrics of ${workspaceName}: more than ${manySeries} series are written to. See which metric has the most (topk(10, count by (__name__)({__name__!=""}))), and take the label with many values, an id or a path, off it.`,
        namespace: "AWS/Usage",
        metricName: "ResourceCount",
        dimensions: {
          Type: "Resource",
          ResourceId: workspace.id,
          Resource: "ActiveSeries",
          Service: "Prometheus",
          Class: "None",
        },
        statistic: "Average",
        above: manySeries,
        period: 300,
        periods: 3,
        severity: "warning",
        topics: args.alarmTopics,
      },
      here,
    );
    if (args.grafana) grafana(this, name, args, opts?.protect);
    this.workspaceName = workspaceName;
    this.workspaceId = workspace.id;
    this.arn = workspace.arn;
    this.writeUrl = pulumi.interpolate`${workspace.prometheusEndpoint}api/v1/remote_write`;
    toldParameters(
      this,
      name,
      { "write-url": [prometheusParameter(workspaceName), this.writeUrl] },
      `Where metrics are written to for ${workspaceName}`,
    );
    toldParameters(
      this,
      name,
      { "query-url": [prometheusQueryParameter(workspaceName), workspace.prometheusEndpoint] },
      `Where metrics of ${workspaceName} are queried`,
    );
    this.registerOutputs({ arn: this.arn, writeUrl: this.writeUrl });
  }
}
