import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../location";
import {
  arrange,
  functionRow,
  jobRow,
  maxWidgets,
  queueRow,
  type Row,
  type ShownService,
  serviceRow,
} from "./dashboard-rows";

export interface ProductDashboardArgs {
  readonly product: string;
  /** For example `dev`. */
  readonly environment: string;
  readonly at: Location;
  readonly services: readonly ShownService[];
  /** Names of queues that have a dead-letter queue; see `Queue`. */
  readonly queues?: readonly string[];
  /** Names of the state machines that run jobs. */
  readonly jobs?: readonly string[];
  /** Names of Lambda functions. */
  readonly functions?: readonly string[];
}

/**
 * One page on which a product can be seen in an environment: a row for each service, queue, job and function. The page
 * is named `<product>-<environment>`, and has what the alarms look at, so that who is woken sees why.
 *
 * Refused with an error: nothing to show, more than fits on a page, and a name that CloudWatch refuses.
 *
 * Sources: CloudWatch API reference, "Dashboard body structure and syntax"; CloudWatch user guide, "CloudWatch service
 * quotas" (500 widgets).
 */
export class ProductDashboard extends pulumi.ComponentResource {
  readonly dashboardName: string;

  constructor(name: string, args: ProductDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:observability:ProductDashboard", name, {}, opts);
    const { product, environment, at, services, queues = [], jobs = [], functions = [] } = args;
    this.dashboardName = `${product}-${environment}`;
    const rows: Row[] = [
      ...services.map(serviceRow),
      ...queues.map(queueRow),
      ...jobs.map(job => jobRow(job, arn("states", at, `stateMachine:${job}`))),
      ...functions.map(functionRow),
    ];
    requireSound(this.dashboardName, rows);
    new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: this.dashboardName,
        dashboardBody: pulumi.jsonStringify({
          start: "-PT12H",
          periodOverride: "inherit",
          widgets: arrange(at.region, heading(args), rows),
        }),
      },
      { parent: this },
    );
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

const heading = ({ product, environment, at }: ProductDashboardArgs): string =>
  [
    `# ${product}, ${environment}`,
    `What callers, tasks, queues, jobs and functions of ${product} do, in account ${at.accountId} and ${at.region}.`,
    "Callers come first: requests, errors and time to answer; then what may explain them. Alarms tell the product's",
    "topic; this page only shows. Where a graph is empty, nothing has happened in that time.",
  ].join("\n");

function requireSound(dashboardName: string, rows: readonly Row[]): void {
  if (!/^[\w-]{1,255}$/.test(dashboardName))
    throw new Error(
      `the dashboard would be called ${dashboardName}; product and environment must be letters, digits and hyphens, 254 together`,
    );
  if (rows.length === 0)
    throw new Error(
      `the dashboard ${dashboardName} would be empty; it needs a service, queue, job or function`,
    );
  const widgets = 1 + rows.reduce((sum, { graphs }) => sum + 1 + graphs.length, 0);
  if (widgets > maxWidgets)
    throw new Error(
      `the dashboard ${dashboardName} would have ${widgets} widgets; CloudWatch takes ${maxWidgets}: show fewer services`,
    );
}
