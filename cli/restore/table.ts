import { arn } from "../../components/location";
import type { Restorer } from "./step";
import { stepName } from "./step";

/**
 * A table comes back under its own name, which must be free, and so the target's goes first.
 * Sources: AWS Backup developer guide, "Restore a Amazon DynamoDB table", "Advanced DynamoDB backup"; DynamoDB developer
 * guide, "Restoring a DynamoDB table from a backup", for what a restored table has not.
 */
export const table: Restorer = {
  how: "delete the table, restore it under its name with the target's key",
  type: "DynamoDB",
  needs: ["advanced DynamoDB backups in the source's account"],
  acrossRegions: true,
  sourceArn: ({ from }, request) => arn("dynamodb", request.from.where.at, `table/${from}`),
  restore: ({ name, to }) => [
    {
      name: stepName("delete", name),
      title: `Delete the table ${to}`,
      body: `if exists to dynamodb describe-table --table-name ${to}; then
  to dynamodb delete-table --table-name ${to} >/dev/null
  to dynamodb wait table-not-exists --table-name ${to}
fi`,
    },
    {
      name: stepName("restore", name),
      title: `Restore the table ${to}`,
      body: `restore_job ${name} DynamoDB "{\\"targetTableName\\":\\"${to}\\",\\"encryptionType\\":\\"KMS\\",\\"kmsMasterKeyArn\\":\\"$(kept key)\\"}"
to dynamodb wait table-exists --table-name ${to}`,
    },
    {
      name: stepName("encrypt", name),
      title: `Make sure that ${to} is encrypted with the target's key`,
      body: `local key
key="$(to dynamodb describe-table --table-name ${to} --query Table.SSEDescription.KMSMasterKeyArn | text)"
if [[ "$key" != "$(kept key)" ]]; then
  to dynamodb update-table --table-name ${to} \\
    --sse-specification "Enabled=true,SSEType=KMS,KMSMasterKeyId=$(kept key)" >/dev/null
  await "$(kept key)" '' to dynamodb describe-table --table-name ${to} --query Table.SSEDescription.KMSMasterKeyArn
fi`,
    },
  ],
  // AWS counts a table's items every six hours only, and so a restored one's not at all: one item is looked for.
  verify: ({ name, from, to }) => ({
    name: stepName("verify", name),
    title: `See that ${to} has items, where ${from} has`,
    body: `local there here
there="$(from dynamodb describe-table --table-name ${from} --query Table.ItemCount | text)"
here="$(to dynamodb scan --table-name ${to} --select COUNT --limit 1 --no-paginate --query Count | text)"
printf '%s: about %s items in the source, %s\\n' ${to} "$there" "$([[ "$here" == 0 ]] && echo 'none here' || echo 'some here')"
if [[ "$there" != 0 && "$here" == 0 ]]; then fail "${to} is empty"; fi`,
  }),
};
