/** What restoring clusters and instances of RDS has in common: the new one comes up beside the old one, then takes its name. */
import type { Item, Step } from "./step";
import { stepName } from "./step";

/** How the AWS CLI speaks of a kind of database. */
interface DatabaseKind {
  /** In commands and options. */
  readonly noun: "db-cluster" | "db-instance";
  /** In answers. */
  readonly list: "DBClusters" | "DBInstances";
  readonly status: "Status" | "DBInstanceStatus";
}

export const clusters: DatabaseKind = { noun: "db-cluster", list: "DBClusters", status: "Status" };
export const instances: DatabaseKind = {
  noun: "db-instance",
  list: "DBInstances",
  status: "DBInstanceStatus",
};

export const how = "restore beside it, rename the old one away and the new one into its place";
export const needs = [
  "the source's data key lets the target's AWS Backup copy (the product's stack says so)",
];

/** Beside the old one while it is restored, and the old one once it has been put aside. */
export const beside = (to: string): string => `${to}-restored`;
export const aside = (to: string): string => `${to}-before`;

export const describe = ({ noun }: DatabaseKind, name: string): string =>
  `to rds describe-${noun}s --${noun}-identifier ${name}`;

/** What one of them has, for `keep`. */
export const ask = (kind: DatabaseKind, name: string, what: string): string =>
  `"$(${describe(kind, name)} --query '${kind.list}[0].${what}')"`;

export const available = ({ noun }: DatabaseKind, name: string): string =>
  `to rds wait ${noun}-available --${noun}-identifier ${name}`;

/** Stops where a restore before has not been cleaned up. */
export const nothingAside = (kind: DatabaseKind, to: string): string =>
  `if exists ${describe(kind, aside(to))}; then fail "${aside(to)} is left from before; look at it, and delete it"; fi`;

/** Has RDS make a new password and keep it, under the target's key. */
export const ownPassword = (kind: DatabaseKind, name: string): string =>
  `to rds modify-${kind.noun} --${kind.noun}-identifier ${name} --manage-master-user-password \\
  --master-user-secret-kms-key-id "$(kept key)" --apply-immediately >/dev/null
${available(kind, name)}`;

/** Renames, and waits until the new name answers; what has it already is left. */
export const renamed = (
  kind: DatabaseKind,
  from: string,
  to: string,
): string => `if ! exists ${describe(kind, to)}; then
  to rds modify-${kind.noun} --${kind.noun}-identifier ${from} --new-${kind.noun}-identifier ${to} \\
    --apply-immediately >/dev/null
fi
until exists ${describe(kind, to)}; do sleep "$POLL_SECONDS"; done
${available(kind, to)}`;

export const deleted = (kind: DatabaseKind, name: string): string => `if exists ${describe(kind, name)}; then
  to rds delete-${kind.noun} --${kind.noun}-identifier ${name} --skip-final-snapshot >/dev/null
fi`;

export const verify = (kind: DatabaseKind, { name, to }: Item): Step => ({
  name: stepName("verify", name),
  title: `See that ${to} is available, with the target's key`,
  body: `local key
await available failed ${describe(kind, to)} --query '${kind.list}[0].${kind.status}' || fail "${to} does not become available"
key="$(${describe(kind, to)} --query '${kind.list}[0].KmsKeyId' | text)"
if [[ "$key" != "$(kept key)" ]]; then fail "${to} is encrypted with $key, not with $(kept key)"; fi`,
});

/** Lines of a loop's or condition's body. */
export const indented = (lines: string): string => lines.replaceAll(/^/gm, "  ");
