/** How instances and their templates say things. */
import type { Check } from "../demands";

/** The provider takes some of a template's switches as texts. */
export const on = [true, "true"];

/** What an instance does not say itself is its template's, which is judged by itself. */
export function unlessOfTemplate(property: string, check: Check): Check {
  return (machine, report) => {
    if (machine.at(property.split(".")[0] ?? "").isSet || !machine.at("launchTemplate").isSet)
      check(machine, report);
  };
}
