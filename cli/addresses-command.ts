import { type AddressRange, addressRanges } from "../stacks/addresses";
import { UsageError } from "./failures";
import { toJson } from "./planner/json";
import { loadDescription } from "./project";
import { plainTable } from "./table";

export function addressesCommand(names: string[], options: { full?: boolean; json?: boolean }): void {
  const all = addressRanges(loadDescription());
  const known = all.flatMap(withParts).filter(({ kind }) => kind !== "subnet");
  for (const name of names)
    if (!known.some(({ what }) => what === name))
      throw new UsageError(
        `there is no range for "${name}"; there are: ${known.map(({ what }) => what).join(", ")}`,
      );
  const asked = names.length === 0 ? all : known.filter(({ what }) => names.includes(what));
  if (options.json === true) console.log(toJson(asked).trimEnd());
  else {
    const full = options.full === true || names.length > 0;
    console.log(
      plainTable(
        ["Range", "For", "Addresses", "Given out"],
        asked.flatMap(range => rows(range, 0, full)),
      ),
    );
  }
}

const withParts = (range: AddressRange): AddressRange[] => [range, ...range.parts.flatMap(withParts)];

function rows(range: AddressRange, depth: number, full: boolean): (string | number)[][] {
  const { what, kind, addresses, givenOut, parts } = range;
  const shown = full ? parts : parts.filter(({ kind }) => kind !== "subnet");
  return [
    [
      `${"  ".repeat(depth)}${range.range}`,
      kind === "participant" ? `${what}, in these subnets` : what,
      addresses,
      givenOut === undefined || parts.length === 0 ? "" : `${(100 * givenOut).toFixed(1)} %`,
    ],
    ...shown.flatMap(part => rows(part, depth + 1, full)),
  ];
}
