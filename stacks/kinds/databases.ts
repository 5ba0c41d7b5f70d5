/** What databases are told that follows from the product and its environment. */
import type { DatabaseArgs } from "../../components/data/database-parts";
import { type Environment, inEnvironment, type Product, type Resource } from "../description";
import { isStopped } from "../description/hours";
import type { DatabaseWords } from "../description/resources/databases";
import { windowsWithin } from "../hours-windows";
import type { Making } from "./kind";

/** Without backups of the environment: what FSBP control RDS.11 asks for. */
const days = { usual: 7, most: 35 };

/** Days that AWS's own backups are kept, of which it keeps 35 at most. */
export const keptDays = ({ backup }: Environment): number =>
  Math.min(backup?.keepDays ?? days.usual, days.most);

const audits = ({ dataClass }: Product): boolean => dataClass === "restricted";

type Told = Pick<Making<never>, "zone" | "keeping" | "environment" | "product">;

export const databaseArgs = (
  { zone, keeping, environment, product }: Told,
  resource: Resource,
  { allowMajorUpgrade = false, proxy = false, insights = "standard", audit = audits(product) }: DatabaseWords,
): Omit<DatabaseArgs, "engineVersion"> => ({
  ...keeping,
  allowMajorUpgrade,
  proxy: inEnvironment(proxy, environment.name),
  insights: inEnvironment(insights, environment.name),
  audit,
  backupDays: keptDays(environment),
  ...(environment.hours !== undefined && isStopped(zone, product, resource, environment.name)
    ? { windows: windowsWithin(environment.hours) }
    : {}),
  logs: { keyArn: keeping.keyArn, retentionDays: environment.logRetentionDays },
});
