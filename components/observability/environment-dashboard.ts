import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";
import { environmentRows, searchOf } from "./environment-rows";

export interface EnvironmentDashboardArgs {
  /** For example `prod`; the page is called `landing-zone-prod`. */
  readonly environment: string;
  /** Of the environment's own account, which others show their metrics to; see `MetricsSink`. */
  readonly at: Location;
  /** Products, each with a page `<product>-<environment>` in an account, by number. */
  readonly products: Readonly<Record<string, string>>;
  /** Names of alarms of this account that are shown when they have gone off; the first hundred. */
  readonly alarms: readonly string[];
}

/** Source: CloudWatch API reference, "Dashboard body structure and syntax", of an alarm widget. */
const mostAlarms = 100;

const columns = 24;
const heights = { heading: 5, alarms: 4, title: 1, graph: 6 };
const seconds = 300;

/**
 * One page on which an environment can be seen: alarms that have gone off, and load balancers, services, queues,
 * databases and networks of all its products in all its accounts. What is shown is searched for, so that a product that
 * comes or goes changes nothing here.
 *
 * Refused with an error: a name that CloudWatch refuses.
 *
 * Sources: CloudWatch API reference, "Dashboard body structure and syntax"; CloudWatch user guide, "Use search
 * expressions in graphs", "Monitoring account dashboards".
 */
export class EnvironmentDashboard extends pulumi.ComponentResource {
  readonly dashboardName: string;

  constructor(name: string, args: EnvironmentDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:EnvironmentDashboard", name, {}, opts);
    const { environment, at, alarms } = args;
    if (!/^[\w-]{1,32}$/.test(environment))
      throw new Error(
        `environment is ${environment}; a dashboard is called after it, so it must be 1 to 32 letters, digits and hyphens`,
      );
    this.dashboardName = `landing-zone-${environment}`;
    const shown = alarms.slice(0, mostAlarms).map(alarm => arn("cloudwatch", at, `alarm:${alarm}`));
    const below = heights.heading + (shown.length === 0 ? 0 : heights.alarms);
    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: this.dashboardName,
        dashboardBody: JSON.stringify({
          start: "-PT12H",
          periodOverride: "inherit",
          widgets: [
            text(heading(args), 0, heights.heading),
            ...(shown.length === 0
              ? []
              : [
                  {
                    type: "alarm",
                    x: 0,
                    y: heights.heading,
                    width: columns,
                    height: heights.alarms,
                    properties: {
                      title: "Critical alarms of services that have gone off",
                      alarms: shown,
                      states: ["ALARM"],
                      sortBy: "stateUpdatedTimestamp",
                    },
                  },
                ]),
            ...environmentRows.flatMap(({ title, graphs }, index) => {
              const y = below + index * (heights.title + heights.graph);
              const width = Math.floor(columns / graphs.length);
              return [
                text(`## ${title}`, y, heights.title),
                ...graphs.map((graph, place) => ({
                  type: "metric",
                  x: place * width,
                  y: y + heights.title,
                  width,
                  height: heights.graph,
                  properties: {
                    title: graph.title,
                    region: at.region,
                    view: "timeSeries",
                    stacked: false,
                    stat: graph.stat,
                    period: seconds,
                    metrics: [[{ expression: searchOf(graph, seconds), id: "found", label: "" }]],
                    yAxis: { left: { min: 0 } },
                  },
                })),
              ];
            }),
          ],
        }),
      },
      { parent: this },
    );
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

const text = (markdown: string, y: number, height: number) => ({
  type: "text",
  x: 0,
  y,
  width: columns,
  height,
  properties: { markdown },
});

function heading({ environment, at, products }: EnvironmentDashboardArgs): string {
  const console = `https://${at.region}.console.aws.amazon.com/cloudwatch/home?region=${at.region}`;
  const pages = Object.entries(products).map(([product, accountId]) =>
    accountId === at.accountId
      ? `[${product}](${console}#dashboards/dashboard/${product}-${environment})`
      : `${product}-${environment} (in account ${accountId})`,
  );
  return [
    `# ${environment}`,
    `Everything that runs in ${environment}, of all its accounts that have something to show, in ${at.region}.`,
    `Products: ${pages.length === 0 ? "none yet" : pages.join(", ")}.`,
    `[All alarms that have gone off](${console}#alarmsV2:?~(alarmStateFilter~'ALARM)) ·`,
    `[Costs](https://console.aws.amazon.com/costmanagement/home#/cost-explorer), grouped by the tags environment and product`,
    "(in the management account).",
  ].join("\n");
}
