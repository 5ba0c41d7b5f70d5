import type { Resource } from "./graph";
import type { Report } from "./report";
import type { Value } from "./value";

/** The containers of a task definition, each by itself; AWS takes them as a JSON text. */
export function eachContainer(
  definition: Resource,
  report: Report,
  inspect: (container: Value, report: Report) => void,
): void {
  const containers = definition.at("containerDefinitions").json();
  if (!Array.isArray(containers?.content())) {
    report.refuse("containerDefinitions is not a JSON list");
    return;
  }
  report.each(containers.list(), container => {
    const name = container.at("name");
    inspect(container, report.inside(`container ${(!name.isUnknown && name.text()) || container.path}`));
  });
}
