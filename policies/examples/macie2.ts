import { type Cases, unknown } from "./example";

const job = { name: "job" };

export default [
  {
    rule: "macie-enabled",
    accepts: [{ props: { status: "ENABLED" } }, {}],
    refuses: [{ props: { status: "PAUSED" } }],
    unknown: [{ props: { status: unknown } }],
  },
  {
    rule: "macie-findings-frequency",
    accepts: [{ props: { findingPublishingFrequency: "FIFTEEN_MINUTES" } }, {}],
    refuses: [{ props: { findingPublishingFrequency: "SIX_HOURS" } }],
    unknown: [{ props: { findingPublishingFrequency: unknown } }],
  },
  {
    rule: "macie-org-auto-enable",
    accepts: [{ props: { autoEnable: true } }],
    refuses: [{ props: { autoEnable: false } }, {}],
    unknown: [{ props: { autoEnable: unknown } }],
  },
  {
    rule: "macie-results-kept",
    accepts: [
      [
        job,
        {
          type: "aws:macie2/classificationExportConfiguration:ClassificationExportConfiguration",
          name: "results",
        },
      ],
    ],
    refuses: [[job]],
  },
] satisfies Cases[];
