/** The shape of who hears of alarms, checked on load. */
import { z } from "zod";
import { email, text } from "./forms";

export const slackChannel = z.strictObject({
  teamId: text(/^[A-Z0-9]{1,255}$/, "a workspace's id, capitals and digits"),
  channelId: text(/^[A-Z0-9]{1,255}$/, "a channel's id, capitals and digits"),
});

const hearers = {
  mail: z.array(email).min(1, "must name at least one address; leave it out to mail nobody").optional(),
  slack: slackChannel.optional(),
};
const pager = text(
  /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(\/\S*)?$/,
  "an HTTPS address, for example https://events.pagerduty.com/integration/0123456789abcdef/enqueue",
);

const somebody = { error: "names nobody; leave it out, and what is usual holds" };
const names = (hearing: Readonly<Record<string, unknown>>): boolean =>
  Object.values(hearing).some(value => value !== undefined);

export const alerts = z.strictObject({
  critical: z
    .strictObject({ ...hearers, pager: pager.optional() })
    .refine(names, somebody)
    .optional(),
  warning: z.strictObject(hearers).refine(names, somebody).optional(),
});
