import { arn } from "../../components/location";
import type { Item, Restorer, Step } from "./step";
import { stepName } from "./step";

const beside = (to: string): string => `${to}-restored`;
const aside = (to: string): string => `${to}-before`;
const describe = (name: string): string => `to rds describe-db-instances --db-instance-identifier ${name}`;

const remember = ({ name, to }: Item): Step => ({
  name: stepName("remember", name),
  title: `Read how ${to} is set up`,
  body: `if exists ${describe(aside(to))}; then fail "${aside(to)} is left from before; look at it, and delete it"; fi
keep ${name}.class "$(${describe(to)} --query 'DBInstances[0].DBInstanceClass')"
keep ${name}.subnets "$(${describe(to)} --query 'DBInstances[0].DBSubnetGroup.DBSubnetGroupName')"
keep ${name}.parameters "$(${describe(to)} --query 'DBInstances[0].DBParameterGroups[0].DBParameterGroupName')"
keep ${name}.group "$(${describe(to)} --query 'DBInstances[0].VpcSecurityGroups[0].VpcSecurityGroupId')"`,
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
  body: `if ! exists ${describe(beside(to))}; then
  to rds restore-db-instance-from-db-snapshot --db-instance-identifier ${beside(to)} \\
    --db-snapshot-identifier ${beside(to)} --db-instance-class "$(kept ${name}.class | text)" \\
    --db-subnet-group-name "$(kept ${name}.subnets | text)" \\
    --db-parameter-group-name "$(kept ${name}.parameters | text)" \\
    --vpc-security-group-ids "$(kept ${name}.group | text)" --enable-iam-database-authentication \\
    --copy-tags-to-snapshot --no-publicly-accessible --no-deletion-protection >/dev/null
fi
to rds wait db-instance-available --db-instance-identifier ${beside(to)}
to rds modify-db-instance --db-instance-identifier ${beside(to)} --manage-master-user-password \\
  --master-user-secret-kms-key-id "$(kept key)" --apply-immediately >/dev/null
to rds wait db-instance-available --db-instance-identifier ${beside(to)}`,
});

const renamed = (name: string, title: string, from: string, to: string): Step => ({
  name,
  title,
  body: `if ! exists ${describe(to)}; then
  to rds modify-db-instance --db-instance-identifier ${from} --new-db-instance-identifier ${to} \\
    --apply-immediately >/dev/null
fi
until exists ${describe(to)}; do sleep "$POLL_SECONDS"; done
to rds wait db-instance-available --db-instance-identifier ${to}`,
});

/**
 * Sources: AWS Backup developer guide, "Restoring an RDS database"; Amazon RDS user guide, "Restoring to a DB instance",
 * "Copying a DB snapshot", "Renaming a DB instance".
 */
export const instance: Restorer = {
  how: "restore beside it, rename the old one away and the new one into its place",
  type: "RDS",
  needs: ["the source's data key lets the target's AWS Backup copy (the product's stack says so)"],
  acrossRegions: false,
  sourceArn: ({ from }, request) => arn("rds", request.from.where.at, `db:${from}`),
  restore: item => [
    remember(item),
    rekey(item),
    restore(item),
    renamed(
      stepName("put_aside", item.name),
      `Rename ${item.to} to ${aside(item.to)}`,
      item.to,
      aside(item.to),
    ),
    renamed(
      stepName("put_in_place", item.name),
      `Rename ${beside(item.to)} to ${item.to}, whose host name it so has`,
      beside(item.to),
      item.to,
    ),
  ],
  verify: ({ name, to }) => ({
    name: stepName("verify", name),
    title: `See that ${to} is available, with the target's key`,
    body: `local key
await available failed ${describe(to)} --query 'DBInstances[0].DBInstanceStatus' || fail "${to} does not become available"
key="$(${describe(to)} --query 'DBInstances[0].KmsKeyId' | text)"
if [[ "$key" != "$(kept key)" ]]; then fail "${to} is encrypted with $key, not with $(kept key)"; fi`,
  }),
  clean: ({ name, to }) => [
    {
      name: stepName("delete_old", name),
      title: `Delete ${aside(to)}, without a last snapshot, and the snapshot ${beside(to)}`,
      body: `if exists ${describe(aside(to))}; then
  to rds delete-db-instance --db-instance-identifier ${aside(to)} --skip-final-snapshot >/dev/null
fi
if exists to rds describe-db-snapshots --db-snapshot-identifier ${beside(to)}; then
  to rds delete-db-snapshot --db-snapshot-identifier ${beside(to)} >/dev/null
fi`,
    },
  ],
};
