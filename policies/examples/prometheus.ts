import { type Cases, unknown } from "./example";

export default [
  { rule: "amp-cmk", accepts: [{ props: { kmsKeyArn: unknown } }], refuses: [{ props: { alias: "shop" } }] },
  {
    rule: "amp-logging",
    accepts: [{ props: { loggingConfiguration: { logGroupArn: unknown } } }],
    refuses: [{ props: { alias: "shop" } }],
    unknown: [{ props: { loggingConfiguration: unknown } }],
  },
  {
    rule: "amp-retention",
    accepts: [{ props: { workspaceId: "ws-1", retentionPeriodInDays: 150 } }],
    refuses: [{ props: { workspaceId: "ws-1" } }],
  },
] satisfies Cases[];
