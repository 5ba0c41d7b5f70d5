import type { Resource } from "../graph";
import type { Report } from "../report";
import { isProduction } from "../resource-tags";

/** Days that something is kept: so many everywhere, and more in production. Absent: 0. */
export function mustKeepDays(path: string, least: { readonly usual: number; readonly production: number }) {
  return (resource: Resource, report: Report): void => {
    const value = resource.at(path);
    const days = value.number() ?? 0;
    if (days >= least.production) return;
    if (days < least.usual) report.refuse(`${value.path} is ${days}, less than ${least.usual}`);
    else if (isProduction(resource))
      report.refuse(`${value.path} is ${days}, less than production's ${least.production}`);
  };
}
