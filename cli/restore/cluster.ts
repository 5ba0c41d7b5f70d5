import { arn } from "../../components/location";
import type { Item, Restorer, Step } from "./step";
import { stepName } from "./step";

/** Beside the old one while it is restored, and the old one once it has been put aside. */
const beside = (to: string): string => `${to}-restored`;
const aside = (to: string): string => `${to}-before`;

const describe = (name: string): string => `to rds describe-db-clusters --db-cluster-identifier ${name}`;
const describeInstance = (name: string): string =>
  `to rds describe-db-instances --db-instance-identifier ${name}`;

/** What the restored cluster is given is read from the one that is there, while it is there. */
const remember = ({ name, to }: Item): Step => ({
  name: stepName("remember", name),
  title: `Read how ${to} is set up`,
  body: `if exists ${describe(aside(to))}; then fail "${aside(to)} is left from before; look at it, and delete it"; fi
local what
for what in Engine DBSubnetGroup DBClusterParameterGroup ServerlessV2ScalingConfiguration; do
  keep "${name}.$what" "$(${describe(to)} --query "DBClusters[0].$what")"
done
keep ${name}.group "$(${describe(to)} --query 'DBClusters[0].VpcSecurityGroups[0].VpcSecurityGroupId')"
keep ${name}.class "$(${describeInstance(`${to}-1`)} --query 'DBInstances[0].DBInstanceClass')"`,
});

const restore = ({ name, to }: Item): Step => ({
  name: stepName("restore", name),
  title: `Restore ${beside(to)} beside ${to}, with its subnets, group, parameters and the target's key`,
  body: `local more=() scaling
scaling="$(kept ${name}.ServerlessV2ScalingConfiguration)"
if [[ "$scaling" != null ]]; then more+=(--serverless-v2-scaling-configuration "$scaling"); fi
if ! exists ${describe(beside(to))}; then
  to rds restore-db-cluster-from-snapshot --db-cluster-identifier ${beside(to)} \\
    --snapshot-identifier "$(kept ${name}.copied)" --engine "$(kept ${name}.Engine | text)" \\
    --db-subnet-group-name "$(kept ${name}.DBSubnetGroup | text)" \\
    --vpc-security-group-ids "$(kept ${name}.group | text)" \\
    --db-cluster-parameter-group-name "$(kept ${name}.DBClusterParameterGroup | text)" \\
    --kms-key-id "$(kept key)" --enable-iam-database-authentication --copy-tags-to-snapshot \\
    --no-deletion-protection \${more[@]+"\${more[@]}"} >/dev/null
fi
to rds wait db-cluster-available --db-cluster-identifier ${beside(to)}
if ! exists ${describeInstance(`${beside(to)}-1`)}; then
  to rds create-db-instance --db-instance-identifier ${beside(to)}-1 --db-cluster-identifier ${beside(to)} \\
    --engine "$(kept ${name}.Engine | text)" --db-instance-class "$(kept ${name}.class | text)" \\
    --no-publicly-accessible >/dev/null
fi
to rds wait db-instance-available --db-instance-identifier ${beside(to)}-1
to rds modify-db-cluster --db-cluster-identifier ${beside(to)} --manage-master-user-password \\
  --master-user-secret-kms-key-id "$(kept key)" --apply-immediately >/dev/null
to rds wait db-cluster-available --db-cluster-identifier ${beside(to)}`,
});

/** Renames, and waits until the new name answers; what has it already is left. */
const renamed = (from: string, to: string): string => `if ! exists ${describe(to)}; then
  to rds modify-db-cluster --db-cluster-identifier ${from} --new-db-cluster-identifier ${to} \\
    --apply-immediately >/dev/null
fi
until exists ${describe(to)}; do sleep "$POLL_SECONDS"; done
to rds wait db-cluster-available --db-cluster-identifier ${to}`;

const instanceRenamed = (from: string, to: string): string => `if ! exists ${describeInstance(to)}; then
  to rds modify-db-instance --db-instance-identifier ${from} --new-db-instance-identifier ${to} \\
    --apply-immediately >/dev/null
fi
until exists ${describeInstance(to)}; do sleep "$POLL_SECONDS"; done
to rds wait db-instance-available --db-instance-identifier ${to}`;

const swap = ({ name, to }: Item): Step[] => [
  {
    name: stepName("put_aside", name),
    title: `Rename ${to} and its instances to ${aside(to)}`,
    body: `if ! has ${name}.members; then
  keep ${name}.members "$(${describe(to)} --query 'DBClusters[0].DBClusterMembers[].DBInstanceIdentifier' | tr -d '[]",\\n')"
fi
${renamed(to, aside(to))}
local member
for member in $(kept ${name}.members); do
  ${instanceRenamed("$member", "$member-before").replaceAll("\n", "\n  ")}
done`,
  },
  {
    name: stepName("put_in_place", name),
    title: `Rename ${beside(to)} and its instance to ${to}, whose host name it so has`,
    body: `${renamed(beside(to), to)}\n${instanceRenamed(`${beside(to)}-1`, `${to}-1`)}`,
  },
];

/**
 * The copied backup is a snapshot of the target's account, which RDS restores with more to choose than AWS Backup.
 * Sources: AWS Backup developer guide, "Restoring an Amazon Aurora cluster"; Amazon RDS API reference,
 * "RestoreDBClusterFromSnapshot", "ModifyDBCluster"; Amazon Aurora user guide, "Renaming a DB instance".
 */
export const cluster: Restorer = {
  how: "restore beside it, rename the old one away and the new one into its place",
  type: "Aurora",
  needs: ["the source's data key lets the target's AWS Backup copy (the product's stack says so)"],
  acrossRegions: false,
  sourceArn: ({ from }, request) => arn("rds", request.from.where.at, `cluster:${from}`),
  restore: item => [remember(item), restore(item), ...swap(item)],
  verify: ({ name, to }) => ({
    name: stepName("verify", name),
    title: `See that ${to} is available, with the target's key`,
    body: `local key
await available failed ${describe(to)} --query 'DBClusters[0].Status' || fail "${to} does not become available"
key="$(${describe(to)} --query 'DBClusters[0].KmsKeyId' | text)"
if [[ "$key" != "$(kept key)" ]]; then fail "${to} is encrypted with $key, not with $(kept key)"; fi`,
  }),
  clean: ({ name, to }) => [
    {
      name: stepName("delete_old", name),
      title: `Delete ${aside(to)}, without a last snapshot`,
      body: `local member
for member in $(kept ${name}.members); do
  if exists ${describeInstance("$member-before")}; then
    to rds delete-db-instance --db-instance-identifier "$member-before" --skip-final-snapshot >/dev/null
  fi
done
if exists ${describe(aside(to))}; then
  to rds delete-db-cluster --db-cluster-identifier ${aside(to)} --skip-final-snapshot >/dev/null
fi`,
    },
  ],
};
