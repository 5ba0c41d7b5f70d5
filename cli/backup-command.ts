import { setTimeout } from "node:timers/promises";
import { iamArn } from "../components/location";
import { accountVault } from "../stacks/backup-vaults";
import { workloadAccount } from "../stacks/places";
import { backupRole, backupVault, copyVaultArn } from "../stacks/platform-names";
import { AwsCli } from "./aws-cli";
import { type BackedUp, backedUp } from "./backup/backed-up";
import { UsageError } from "./failures";
import { enter, type OperatedPlace, type OperateOptions, operatedPlace } from "./operated-place";
import { loadDescription } from "./project";

export interface BackupOptions extends OperateOptions {
  readonly keepDays?: string;
  readonly only?: readonly string[];
  readonly copy?: boolean;
}

/** Seconds between two questions, at most; the first are asked sooner. */
const slowest = 60;

interface Job {
  readonly State: string;
  readonly StatusMessage?: string;
  readonly RecoveryPointArn?: string;
  readonly DestinationRecoveryPointArn?: string;
}

/**
 * Backs up what a product keeps, now, and waits for it: before it is retired, or something is done that can not be undone.
 *
 * @throws {UsageError} where its account has no vault, the vault's lock does not take what is kept for so long, or there
 *   is nothing to back up.
 */
export async function backupCommand(product: string, options: BackupOptions): Promise<void> {
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  const days = daysOf(place, options.keepDays);
  const copies = options.copy === true ? copiesOf(place) : undefined;
  const things = backedUp(place.product, {
    at: place,
    domain: workloadAccount(place.zone, place.account).domain,
    only: options.only,
  });
  const aws = new AwsCli(place.region, options);
  enter(place, aws);
  const roleArn = iamArn(place.accountId, `role/${backupRole}`);
  const lifecycle = ["--lifecycle", `DeleteAfterDays=${days}`];
  const jobs = things.map(thing => ({
    thing,
    id: aws.ask<{ BackupJobId: string }>(
      [
        ...["backup", "start-backup-job", "--backup-vault-name", backupVault],
        ...["--resource-arn", arnOf(thing, aws), "--iam-role-arn", roleArn, ...lifecycle],
      ],
      { BackupJobId: "BACKUP_JOB" },
    ).BackupJobId,
  }));
  const failed: string[] = [];
  for (const { thing, id } of jobs) {
    const ended = await waitFor(aws, ["backup", "describe-backup-job", "--backup-job-id", id]);
    if (!endedWell(aws, thing, "backed up", ended)) {
      failed.push(thing.name);
      continue;
    }
    if (copies === undefined) continue;
    const { CopyJobId } = aws.ask<{ CopyJobId: string }>(
      [
        ...["backup", "start-copy-job", "--recovery-point-arn", ended.RecoveryPointArn ?? "RECOVERY_POINT"],
        ...["--source-backup-vault-name", backupVault, "--destination-backup-vault-arn", copies],
        ...["--iam-role-arn", roleArn, ...lifecycle],
      ],
      { CopyJobId: "COPY_JOB" },
    );
    const copied = await waitFor(aws, ["backup", "describe-copy-job", "--copy-job-id", CopyJobId]);
    if (!endedWell(aws, thing, "copied to the log archive", copied)) failed.push(thing.name);
  }
  if (failed.length === 0) return;
  console.error(
    `Not everything is backed up: ${failed.join(", ")}. Run the same with --only ${failed.join(" ")}`,
  );
  process.exitCode = 1;
}

/** Only AWS knows the number of a file system. */
const arnOf = ({ arn, lookUp }: BackedUp, aws: AwsCli): string => {
  if (lookUp === undefined) return arn("");
  const found = aws.ask<string | null>(lookUp.words, lookUp.unasked);
  if (found === null) throw new UsageError(lookUp.missing);
  return arn(found);
};

/** @throws {UsageError} where the vault's lock would fail the jobs. */
function daysOf({ zone, environment, account }: OperatedPlace, said: string | undefined): number {
  const vault = accountVault(zone, environment, account);
  if (vault === undefined)
    throw new UsageError(
      `the account ${account} has no vault: environments.${environment} says nothing of \`backup\`; say it, and \`lz up baseline-${account}\``,
    );
  const { keepDays: least, maxKeepDays: most = 36_500 } = vault;
  const days = said === undefined ? least : Number(said);
  if (!Number.isInteger(days) || days < least || days > most)
    throw new UsageError(
      `--keep-days ${said}: must be whole days from ${least} to ${most.toLocaleString("en")}, which is what the lock of the vault in ${account} takes`,
    );
  return days;
}

/** @throws {UsageError} where the log archive has no vault for copies of the environment. */
function copiesOf({ zone, environment, its }: OperatedPlace): string {
  if (its.backup?.copies === true) return copyVaultArn(zone, its.region);
  throw new UsageError(
    `--copy: environments.${environment}.backup does not say \`copies: true\`, so that the log archive takes none of its backups`,
  );
}

async function waitFor(aws: AwsCli, words: readonly string[]): Promise<Job> {
  for (let round = 0; ; round++) {
    const said = aws.ask<Job & { CopyJob?: Job }>(words, { State: "COMPLETED" }, round > 0);
    if (round === 0) aws.say(`Again every ${slowest} seconds at most, until it has ended`);
    const job = said.CopyJob ?? said;
    if (["COMPLETED", "FAILED", "ABORTED", "EXPIRED", "PARTIAL"].includes(job.State)) return job;
    await setTimeout(Math.min(2 ** round, slowest) * 1000);
  }
}

function endedWell(aws: AwsCli, { name, kind }: BackedUp, what: string, job: Job): boolean {
  if (aws.dryRun) return true;
  const where = job.DestinationRecoveryPointArn ?? job.RecoveryPointArn ?? "";
  if (job.State === "COMPLETED") {
    console.log(`${name} (${kind}) is ${what}: ${where}`);
    return true;
  }
  console.error(
    `${name} (${kind}) is not ${what}: ${job.State}${job.StatusMessage ? `: ${job.StatusMessage}` : ""}`,
  );
  return false;
}
