import { arn } from "../../components/location";
import {
  aside,
  ask,
  available,
  beside,
  deleted,
  describe,
  how,
  instances,
  needs,
  nothingAside,
  ownPassword,
  renamed,
  verify,
} from "./rds";
import type { Item, Restorer, Step } from "./step";
import { stepName } from "./step";

const remember = ({ name, to }: Item): Step => ({
  name: stepName("remember", name),
  title: `Read how ${to} is set up`,
  body: `${nothingAside(instances, to)}
keep ${name}.class ${ask(instances, to, "DBInstanceClass")}
keep ${name}.subnets ${ask(instances, to, "DBSubnetGroup.DBSubnetGroupName")}
keep ${name}.parameters ${ask(instances, to, "DBParameterGroups[0].DBParameterGroupName")}
keep ${name}.group ${ask(instances, to, "VpcSecurityGroups[0].VpcSecurityGroupId")}`,
});

/** A database instance has its snapshot's key, and so the snapshot is copied with the target's first. */
const rekey = ({ name, to }: Item): Step => ({
  name: stepName("encrypt", name),
  title: `Copy the snapshot with the target's key, to ${beside(to)}`,
  body: `if ! exists to rds describe-db-snapshots --db-snapshot-identifier ${beside(to)}; then
  to rds copy-db-snapshot --source-db-snapshot-identifier "$(kept ${name}.copied)" \\
    --target-db-snapshot-identifier ${beside(to)} --kms-key-id "$(kept key)" >/dev/null
fi
to rds wait db-snapshot-available --db-snapshot-identifier ${beside(to)}`,
});

const restore = ({ name, to }: Item): Step => ({
  name: stepName("restore", name),
  title: `Restore ${beside(to)} beside ${to}, with its subnets, group and parameters`,
  body: `if ! exists ${describe(instances, beside(to))}; then
  to rds restore-db-instance-from-db-snapshot --db-instance-identifier ${beside(to)} \\
    --db-snapshot-identifier ${beside(to)} --db-instance-class "$(kept ${name}.class | text)" \\
    --db-subnet-group-name "$(kept ${name}.subnets | text)" \\
    --db-parameter-group-name "$(kept ${name}.parameters | text)" \\
    --vpc-security-group-ids "$(kept ${name}.group | text)" --enable-iam-database-authentication \\
    --copy-tags-to-snapshot --no-publicly-accessible --no-deletion-protection >/dev/null
fi
${available(instances, beside(to))}
${ownPassword(instances, beside(to))}`,
});

const swap = ({ name, to }: Item): Step[] => [
  {
    name: stepName("put_aside", name),
    title: `Rename ${to} to ${aside(to)}`,
    body: renamed(instances, to, aside(to)),
  },
  {
    name: stepName("put_in_place", name),
    title: `Rename ${beside(to)} to ${to}, whose host name it so has`,
    body: renamed(instances, beside(to), to),
  },
];

/**
 * Sources: AWS Backup developer guide, "Restoring an RDS database"; Amazon RDS user guide, "Restoring to a DB instance",
 * "Copying a DB snapshot", "Renaming a DB instance".
 */
export const instance: Restorer = {
  how,
  type: "RDS",
  needs,
  acrossRegions: false,
  sourceArn: ({ from }, request) => arn("rds", request.from.where.at, `db:${from}`),
  restore: item => [remember(item), rekey(item), restore(item), ...swap(item)],
  verify: item => verify(instances, item),
  clean: ({ name, to }) => [
    {
      name: stepName("delete_old", name),
      title: `Delete ${aside(to)}, without a last snapshot, and the snapshot ${beside(to)}`,
      body: `${deleted(instances, aside(to))}
if exists to rds describe-db-snapshots --db-snapshot-identifier ${beside(to)}; then
  to rds delete-db-snapshot --db-snapshot-identifier ${beside(to)} >/dev/null
fi`,
    },
  ],
};
