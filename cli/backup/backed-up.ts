/** What of a product AWS Backup can back up, and as what it knows it. */
import { arn, type Location } from "../../components/location";
import type { Product } from "../../stacks/description";
import { resourceName } from "../../stacks/kinds";
import { type RestoreWay, restoreWay } from "../../stacks/restoring";
import { UsageError } from "../failures";

export interface BackedUp {
  /** The short name that the product keeps it under. */
  readonly name: string;
  readonly kind: string;
  /** From what `lookUp` has found. */
  readonly arn: (found: string) => string;
  /** What only AWS knows of it. */
  readonly lookUp?: { readonly words: readonly string[]; readonly unasked: string; readonly missing: string };
}

export interface BackedUpWhere {
  readonly at: Location;
  readonly domain: string;
  /** Short names; absent: all that can be backed up. */
  readonly only?: readonly string[] | undefined;
}

type As = Extract<RestoreWay, { as: string }>["as"];

const arns: Readonly<Record<As, (at: Location, physicalName: string) => Pick<BackedUp, "arn" | "lookUp">>> = {
  table: (at, its) => ({ arn: () => arn("dynamodb", at, `table/${its}`) }),
  bucket: (_, its) => ({ arn: () => `arn:aws:s3:::${its}` }),
  cluster: (at, its) => ({ arn: () => arn("rds", at, `cluster:${its}`) }),
  instance: (at, its) => ({ arn: () => arn("rds", at, `db:${its}`) }),
  fileSystem: (at, its) => ({
    arn: found => arn("elasticfilesystem", at, `file-system/${found}`),
    lookUp: {
      words: ["efs", "describe-file-systems", "--query", `FileSystems[?Name=='${its}'].FileSystemId | [0]`],
      unasked: "FILE_SYSTEM",
      missing: `there is no file system ${its}; was the product's persistent stack put up?`,
    },
  }),
};

/** @throws {UsageError} for a name that the product does not keep or that can not be backed up, and where nothing is left. */
export function backedUp(product: Product, { at, domain, only }: BackedUpWhere): BackedUp[] {
  const data = Object.entries(product.data ?? {});
  const can = data.flatMap(([name, resource]): BackedUp[] => {
    const way = restoreWay(resource.kind);
    if (way === undefined || !("as" in way)) return [];
    const physicalName = resourceName(product, name, resource, { at, domain });
    return [{ name, kind: resource.kind, ...arns[way.as](at, physicalName) }];
  });
  const names = can.map(({ name }) => name);
  for (const name of only ?? []) {
    const kept = data.find(([its]) => its === name)?.[1];
    if (kept === undefined)
      throw new UsageError(
        `--only ${name}: ${product.name} keeps no ${name}; to back up there is ${listed(names)}`,
      );
    if (!names.includes(name))
      throw new UsageError(
        `--only ${name}: AWS Backup does not keep a ${kept.kind}; to back up there is ${listed(names)}`,
      );
  }
  const asked = can.filter(({ name }) => only === undefined || only.includes(name));
  if (asked.length === 0) throw new UsageError(`${product.name} keeps nothing that AWS Backup can back up`);
  return asked;
}

const listed = (names: readonly string[]): string => names.join(", ") || "nothing";
