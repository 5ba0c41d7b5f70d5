import type { AlarmTopics } from "../../components/observability/severity";

export const alarmTopics: AlarmTopics = {
  critical: "arn:aws:sns:eu-central-1:111122223333:alarms-critical",
  warning: "arn:aws:sns:eu-central-1:111122223333:alarms-warning",
};

/** What an alarm must tell, by the severity that its description begins with. */
export function toldOf(alarm: Readonly<Record<string, unknown>>, topics = alarmTopics): string[] {
  const said = /^(CRITICAL|WARNING): \S/.exec(String(alarm["alarmDescription"]))?.[1];
  if (said === undefined) throw new Error(`no severity: ${String(alarm["alarmDescription"])}`);
  return [said === "CRITICAL" ? topics.critical : topics.warning];
}
