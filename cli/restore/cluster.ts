import { arn } from "../../components/location";
import {
  aside,
  ask,
  available,
  beside,
  clusters,
  deleted,
  describe,
  how,
  indented,
  instances,
  needs,
  nothingAside,
  ownPassword,
  renamed,
  verify,
} from "./rds";
import type { Item, Restorer, Step } from "./step";
import { stepName } from "./step";

/** What the restored cluster is given is read from the one that is there, while it is there. */
const remember = ({ name, to }: Item): Step => ({
  name: stepName("remember", name),
  title: `Read how ${to} is set up`,
  body: `${nothingAside(clusters, to)}
local what
for what in Engine DBSubnetGroup DBClusterParameterGroup ServerlessV2ScalingConfiguration; do
  keep "${name}.$what" "$(${describe(clusters, to)} --query "DBClusters[0].$what")"
done
keep ${name}.group ${ask(clusters, to, "VpcSecurityGroups[0].VpcSecurityGroupId")}
keep ${name}.class ${ask(instances, `${to}-1`, "DBInstanceClass")}`,
});

const restore = ({ name, to }: Item): Step => ({
  name: stepName("restore", name),
  title: `Restore ${beside(to)} beside ${to}, with its subnets, group, parameters and the target's key`,
  body: `local more=() scaling
scaling="$(kept ${name}.ServerlessV2ScalingConfiguration)"
if [[ "$scaling" != null ]]; then more+=(--serverless-v2-scaling-configuration "$scaling"); fi
if ! exists ${describe(clusters, beside(to))}; then
  to rds restore-db-cluster-from-snapshot --db-cluster-identifier ${beside(to)} \\
    --snapshot-identifier "$(kept ${name}.copied)" --engine "$(kept ${name}.Engine | text)" \\
    --db-subnet-group-name "$(kept ${name}.DBSubnetGroup | text)" \\
    --vpc-security-group-ids "$(kept ${name}.group | text)" \\
    --db-cluster-parameter-group-name "$(kept ${name}.DBClusterParameterGroup | text)" \\
    --kms-key-id "$(kept key)" --enable-iam-database-authentication --copy-tags-to-snapshot \\
    --no-deletion-protection \${more[@]+"\${more[@]}"} >/dev/null
fi
${available(clusters, beside(to))}
if ! exists ${describe(instances, `${beside(to)}-1`)}; then
  to rds create-db-instance --db-instance-identifier ${beside(to)}-1 --db-cluster-identifier ${beside(to)} \\
    --engine "$(kept ${name}.Engine | text)" --db-instance-class "$(kept ${name}.class | text)" \\
    --no-publicly-accessible >/dev/null
fi
${available(instances, `${beside(to)}-1`)}
${ownPassword(clusters, beside(to))}`,
});

const swap = ({ name, to }: Item): Step[] => [
  {
    name: stepName("put_aside", name),
    title: `Rename ${to} and its instances to ${aside(to)}`,
    body: `if ! has ${name}.members; then
  keep ${name}.members "$(${describe(clusters, to)} --query 'DBClusters[0].DBClusterMembers[].DBInstanceIdentifier' | tr -d '[]",\\n')"
fi
${renamed(clusters, to, aside(to))}
local member
for member in $(kept ${name}.members); do
${indented(renamed(instances, "$member", aside("$member")))}
done`,
  },
  {
    name: stepName("put_in_place", name),
    title: `Rename ${beside(to)} and its instance to ${to}, whose host name it so has`,
    body: `${renamed(clusters, beside(to), to)}\n${renamed(instances, `${beside(to)}-1`, `${to}-1`)}`,
  },
];

/**
 * The copied backup is a snapshot of the target's account, which RDS restores with more to choose than AWS Backup.
 * Sources: AWS Backup developer guide, "Restoring an Amazon Aurora cluster"; Amazon RDS API reference,
 * "RestoreDBClusterFromSnapshot", "ModifyDBCluster"; Amazon Aurora user guide, "Renaming a DB instance".
 */
export const cluster: Restorer = {
  how,
  type: "Aurora",
  needs,
  acrossRegions: false,
  sourceArn: ({ from }, request) => arn("rds", request.from.where.at, `cluster:${from}`),
  restore: item => [remember(item), restore(item), ...swap(item)],
  verify: item => verify(clusters, item),
  clean: ({ name, to }) => [
    {
      name: stepName("delete_old", name),
      title: `Delete ${aside(to)}, without a last snapshot`,
      body: `local member
for member in $(kept ${name}.members); do
${indented(deleted(instances, `"${aside("$member")}"`))}
done
${deleted(clusters, aside(to))}`,
    },
  ],
};
