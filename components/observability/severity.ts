/**
 * What an alarm asks of people. `critical`: somebody acts now, at night too, for users notice or data is lost soon.
 * `warning`: somebody looks at it on the next working day.
 */
export const severities = ["critical", "warning"] as const;
export type Severity = (typeof severities)[number];

/** ARNs of the topics that alarms go to; both let `cloudwatch.amazonaws.com` and `events.amazonaws.com` publish. */
export type AlarmTopics = Readonly<Record<Severity, string>>;

/** How an alarm's description begins, which is all that a mail or a chat shows of its severity. */
export const severityText = (severity: Severity): string => `${severity.toUpperCase()}: `;
