import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { whole } from "../forms";
import { Kept, type Link } from "./kept";

export interface PrometheusArgs {
  /** Days for which metrics are kept, 1 to 1,095; default 150. */
  readonly retentionDays?: ByEnvironment<number>;
  /** With a workspace of Amazon Managed Grafana, which people sign in to by IAM Identity Center. Default false. */
  readonly grafana?: ByEnvironment<boolean>;
}

/** A workspace of Amazon Managed Service for Prometheus. */
export class Prometheus extends Kept<"prometheus", PrometheusArgs> {
  readonly offers = ["read", "write"] as const;
  constructor(args: PrometheusArgs = {}) {
    super("prometheus", args);
  }
  /** Query metrics by signed requests, as a Grafana of the team's own does, at the address in `..._QUERY_URL`. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Send metrics by signed requests; a collector beside a service does it by itself, with `telemetry: { metrics }`. */
  get write(): Link {
    return { resource: this, access: "write" };
  }
}

export const prometheusSchema = z.strictObject({
  retentionDays: byEnvironment(whole(1, 1_095, "days")).optional(),
  grafana: byEnvironment(z.boolean({ error: "must be true or false" })).optional(),
});
