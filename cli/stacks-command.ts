import { environmentNames } from "../stacks/description";
import { waitingStacksOf } from "../stacks/names";
import { UsageError } from "./failures";
import { loadDescription } from "./project";
import { select } from "./selection";
import { plainTable } from "./table";

export function stacksCommand(options: { env?: string; json?: boolean }): void {
  const zone = loadDescription();
  if (options.env !== undefined && !(environmentNames as readonly string[]).includes(options.env))
    throw new UsageError(
      `there is no environment "${options.env}"; there are: ${environmentNames.join(", ")}`,
    );
  const { asked } = select(zone, options.env === undefined ? [] : [options.env]);
  if (options.json === true) {
    console.log(
      JSON.stringify(
        asked.map(({ name, layer, account, region, environment, product, dependsOn }) => ({
          name,
          layer,
          account,
          region,
          environment: environment ?? null,
          product: product ?? null,
          dependsOn,
        })),
        null,
        2,
      ),
    );
    return;
  }
  console.log(
    plainTable(
      ["Stack", "Account", "Region", "Depends on"],
      asked.map(({ name, account, region, dependsOn }) => [
        name,
        account,
        region,
        dependsOn.join(", ") || "-",
      ]),
    ),
  );
  if (options.env === undefined)
    for (const { name, because } of waitingStacksOf(zone)) console.log(`${name} is not planned: ${because}`);
}
