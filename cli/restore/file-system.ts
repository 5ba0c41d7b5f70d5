import { arn } from "../../components/location";
import type { Restorer } from "./step";
import { stepName } from "./step";

const idOf = (place: "from" | "to", name: string): string =>
  `$(${place} efs describe-file-systems --query "FileSystems[?Name=='${name}'].FileSystemId | [0]" | text)`;

/**
 * AWS Backup overwrites nothing in a file system: files come into a directory of their own, and who mounts it moves
 * them. Source: AWS Backup developer guide, "Restore an Amazon EFS file system".
 */
export const fileSystem: Restorer = {
  how: "restore into a directory of the file system, then move the files",
  type: "EFS",
  needs: ["somebody who mounts the file system and moves the files"],
  acrossRegions: true,
  sourceArn: ({ from }, request) =>
    arn("elasticfilesystem", request.from.where.at, `file-system/${idOf("from", from)}`),
  restore: ({ name, to }) => [
    {
      name: stepName("restore", name),
      title: `Restore files into a directory of ${to}`,
      body: `local id
id="${idOf("to", to)}"
if [[ -z "$id" || "$id" == null ]]; then fail "there is no file system ${to}"; fi
restore_job ${name} EFS "{\\"file-system-id\\":\\"$id\\",\\"newFileSystem\\":\\"false\\",\\"Encrypted\\":\\"true\\",\\"PerformanceMode\\":\\"generalPurpose\\",\\"CreationToken\\":\\"$(token ${name}-restore)\\"}"`,
    },
    {
      name: stepName("move", name),
      title: `Wait for a person who moves the files of ${to}`,
      body: `if [[ ! -e "$STATE/${name}.moved" ]]; then
  fail "mount ${to}, put what is in /aws-backup-restore_* in the place of what was there, then: touch $STATE/${name}.moved, and run this script again"
fi`,
    },
  ],
  verify: ({ name, to }) => ({
    name: stepName("verify", name),
    title: `See how large ${to} is`,
    body: `to efs describe-file-systems --query "FileSystems[?Name=='${to}'].SizeInBytes.Value | [0]"`,
  }),
};
