/** When what is stopped outside an environment's hours is backed up and maintained: within them. */
import type { Windows } from "../components/data/database-limits";
import type { Hours } from "./description";
import { minutesOf, offset } from "./description/open-hours";

const day = 24 * 60;
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Minutes after the hours' start: for RDS's own backup, for its maintenance on Tuesdays, and for AWS Backup. */
const after = { backup: 0, maintenance: 75, awsBackup: 240 };

/** A week's minutes as UTC has them; while the clocks are put forward, it is an hour later by these. */
function inUtc({ start, timezone = "UTC" }: Hours, minutes: number) {
  const offsets = Array.from({ length: 12 }, (_, month) =>
    offset(timezone, new Date(Date.UTC(2030, month, 15, 12))),
  );
  const its = (minutesOf(start) - Math.min(...offsets) + minutes + 7 * day) % (7 * day);
  const [hour, minute] = [Math.floor((its % day) / 60), its % 60];
  return {
    weekday: weekdays[Math.floor(its / day)] as string,
    hour,
    minute,
    clock: [hour, minute].map(part => String(part).padStart(2, "0")).join(":"),
  };
}

/** When RDS backs a database up that is stopped at night, and when it maintains it: it waits for both until it runs. */
export function windowsWithin(hours: Hours): Windows {
  const at = (minutes: number) => inUtc(hours, 2 * day + minutes);
  const [backup, backupEnd] = [at(after.backup), at(after.backup + 30)];
  const [from, to] = [at(after.maintenance), at(after.maintenance + 60)];
  const ofWeek = ({ weekday, clock }: typeof from) => `${weekday.toLowerCase()}:${clock}`;
  return {
    backup: `${backup.clock}-${backupEnd.clock}`,
    maintenance: `${ofWeek(from)}-${ofWeek(to)}`,
  };
}

/** When AWS Backup begins: on days of work, each month on one in its first week. */
export function backupWithin(hours: Hours): { readonly daily: string; readonly monthly: string } {
  const [first, last] = [1, 5].map(weekday => inUtc(hours, weekday * day + after.awsBackup));
  const { hour, minute } = first as NonNullable<typeof first>;
  const time = `${minute} ${hour}`;
  return hours.days === "MON-SUN"
    ? { daily: `cron(${time} ? * * *)`, monthly: `cron(${time} 1 * ? *)` }
    : {
        daily: `cron(${time} ? * ${first?.weekday}-${last?.weekday} *)`,
        monthly: `cron(${time} ? * TUE#1 *)`,
      };
}
