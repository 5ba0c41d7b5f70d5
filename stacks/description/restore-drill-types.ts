import type { EnvironmentName } from "./by-environment";

/**
 * Proves again and again that the backups of another environment can be restored: the newest are restored beside what
 * this environment has, masked, tested, and deleted again. A report of each drill is kept for 400 days.
 */
export interface RestoreDrill {
  /** `cron(0 3 ? * SUN *)` or `rate(7 days)`. */
  readonly schedule: string;
  /** Of the schedule, as in the IANA database; default `UTC`. */
  readonly timezone?: string;
  /** Where; it must restore from another (`restoresFrom`). Needed only where several do. */
  readonly in?: EnvironmentName;
  /** A job of the product that masks what was restored. Needed for confidential and restricted data, or the next. */
  readonly mask?: string;
  /** Why what was restored may be tested as it is, in at least 20 characters. */
  readonly withoutMasking?: string;
  /** A job of the product that looks at what was restored and fails where something is missing. */
  readonly test: string;
  /** These of what the product keeps; default: all that can be restored. */
  readonly only?: readonly string[];
  /** Hours since the newest backup, 1 to 8,760, more than which the drill fails; default 48, for backups are daily. */
  readonly maxAgeHours?: number;
  /** Who hears how each drill ended, by e-mail; default: the organization's contact for operations. */
  readonly notify?: readonly string[];
}
