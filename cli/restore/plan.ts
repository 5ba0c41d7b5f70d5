/** What a restore does: with each thing that the product keeps, and step by step. */
import { restoreCopyDays } from "../../stacks/backup-vaults";
import { resourceName } from "../../stacks/kinds";
import { keyAlias } from "../../stacks/product-names";
import { type RestoreWay, restoreWay } from "../../stacks/restoring";
import { UsageError } from "../failures";
import { bucket } from "./bucket";
import { cluster } from "./cluster";
import { fileSystem } from "./file-system";
import { instance } from "./instance";
import { callsOf } from "./prelude";
import type { RestoreRequest } from "./request";
import { machineArn, masking } from "./runs";
import { byTheClock } from "./services";
import { type Item, quoted, type Restorer, type Step, stepName } from "./step";
import { table } from "./table";
import { starting, stopping } from "./workloads";

const restorers: Readonly<Record<Extract<RestoreWay, { as: string }>["as"], Restorer>> = {
  table,
  bucket,
  cluster,
  instance,
  fileSystem,
};

/** A thing that the product keeps, and what becomes of it. */
export interface PlannedThing {
  readonly what: string;
  readonly kind: string;
  readonly restored: boolean;
  /** Its names in AWS, where it is restored. */
  readonly from: string | null;
  readonly to: string | null;
  /** How it is restored, or why it is not. */
  readonly how: string;
  readonly needs: readonly string[];
}

export interface PlannedStep extends Step {
  /** The calls of the AWS CLI that it may make, in the source's account and in the target's. */
  readonly calls: { readonly from: readonly string[]; readonly to: readonly string[] };
}

export interface RestorePlan {
  readonly request: RestoreRequest;
  readonly things: readonly PlannedThing[];
  readonly steps: readonly PlannedStep[];
  /** Days after which AWS Backup deletes the copies in the target's vault. */
  readonly copyDays: number;
  /** What the script does not do. */
  readonly afterwards: readonly string[];
}

interface Restored {
  readonly item: Item;
  readonly restorer: Restorer;
}

/** @throws {UsageError} where nothing would be restored, or AWS Backup can not bring it there. */
export function restorePlan(request: RestoreRequest): RestorePlan {
  const { product, from, to, zone, mask } = request;
  const things: PlannedThing[] = [];
  const restored: Restored[] = [];
  for (const [name, resource] of Object.entries(product.data ?? {})) {
    const { kind } = resource;
    const way = restoreWay(kind);
    const row = { what: name, kind, restored: false, from: null, to: null, needs: [] };
    if (way === undefined)
      throw new UsageError(
        `${product.name} keeps ${name}, a ${kind}, and stacks/restoring.ts does not say how it is restored`,
      );
    if (request.only !== undefined && !request.only.includes(name))
      things.push({ ...row, how: "left as it is: --only does not name it" });
    else if ("nothing" in way) things.push({ ...row, how: `nothing to restore: ${way.nothing}` });
    else if ("byHand" in way) things.push({ ...row, how: `by hand: ${way.byHand}` });
    else {
      const restorer = restorers[way.as];
      const item = {
        name,
        from: resourceName(product, name, resource, from.where),
        to: resourceName(product, name, resource, to.where),
      };
      if (from.region !== to.region && !restorer.acrossRegions)
        throw new UsageError(
          `${name} is a ${kind} in ${from.region}: AWS Backup copies it to another account or to another region, ${to.region}, but not to both at once; leave it out with --only`,
        );
      restored.push({ item, restorer });
      things.push({
        ...row,
        restored: true,
        from: item.from,
        to: item.to,
        how: restorer.how,
        needs: restorer.needs,
      });
    }
  }
  if (restored.length === 0)
    throw new UsageError(
      `${product.name} has nothing to restore${things.length === 0 ? "" : `:\n\n${things.map(({ what, kind, how }) => `  ${what} (${kind}): ${how}`).join("\n")}`}`,
    );
  return {
    request,
    things,
    steps: stepsOf(request, restored).map(step => ({ ...step, calls: callsOf(step.body) })),
    copyDays: restoreCopyDays(zone.environments[to.environment]),
    afterwards: [
      `lz refresh ${product.name}-persistent-${to.environment}, then lz up with the same: puts back what a backup does not hold, such as times to live, point-in-time recovery, tags, databases' readers and proxies' targets`,
      ...byTheClock(request).map(
        name =>
          `${name} scales by the clock, which was stopped too: lz refresh ${product.name}-service-${to.environment}, then lz up with the same, gives it its usual bounds, should it have slept or woken meanwhile`,
      ),
      ...(mask !== undefined && restored.some(({ restorer }) => restorer === bucket)
        ? [
            "what masking replaces in a bucket stays there as an older version for 90 days, unless the task deletes that version",
          ]
        : []),
      ...(mask === undefined && request.withoutMasking !== undefined
        ? [`${to.environment} holds ${from.environment}'s data as it is: ${request.withoutMasking}`]
        : []),
    ],
  };
}

/** Nothing of the target is touched before every backup is found, and no service runs before all is masked. */
function stepsOf(request: RestoreRequest, restored: readonly Restored[]): Step[] {
  const { mask, withoutMasking } = request;
  return [
    checking(request, restored),
    ...restored.map(
      ({ item, restorer }): Step => ({
        name: stepName("find", item.name),
        title: `Find the latest completed backup of ${item.from}`,
        body: `latest_backup ${item.name} "${restorer.sourceArn(item, request)}"`,
      }),
    ),
    ...stopping(request),
    {
      name: "copy_all",
      title: "Start the copies to the target's vault, all at once",
      body: restored.map(({ item }) => `start_copy ${item.name}`).join("\n"),
    },
    ...restored.map(
      ({ item }): Step => ({
        name: stepName("copy", item.name),
        title: `Wait for the copy of ${item.from}`,
        body: `finish_copy ${item.name}`,
      }),
    ),
    ...restored.flatMap(({ item, restorer }) => restorer.restore(item, request)),
    ...(mask === undefined ? [] : [masking(request, mask)]),
    ...(withoutMasking === undefined
      ? []
      : [
          {
            name: "leave_unmasked",
            title: "Leave what was restored unmasked",
            body: `printf 'not masked: %s\\n' ${quoted(withoutMasking.replace(/\s+/g, " "))}`,
          },
        ]),
    ...restored.map(({ item, restorer }) => restorer.verify(item, request)),
    ...starting(request),
    ...restored.flatMap(({ item, restorer }) => restorer.clean?.(item, request) ?? []),
  ];
}

/** That the profiles lead where they should, before anything is changed, and that what is needed is there. */
function checking(request: RestoreRequest, restored: readonly Restored[]): Step {
  const { product, mask } = request;
  const types = [...new Set(restored.map(({ restorer }) => restorer.type))];
  return {
    name: "check",
    title: "See that both profiles lead to the right accounts, and that vault, key and settings are there",
    body: [
      "local account",
      'account="$(from sts get-caller-identity --query Account | text)"',
      'if [[ "$account" != "$FROM_ACCOUNT" ]]; then fail "the profile $FROM_PROFILE is of the account $account, not $FROM_ACCOUNT"; fi',
      'account="$(to sts get-caller-identity --query Account | text)"',
      'if [[ "$account" != "$TO_ACCOUNT" ]]; then fail "the profile $TO_PROFILE is of the account $account, not $TO_ACCOUNT"; fi',
      'to backup describe-backup-vault --backup-vault-name "$VAULT" >/dev/null',
      `keep key "$(to kms describe-key --key-id alias/${keyAlias(product, "data")} --query KeyMetadata.Arn | text)"`,
      ...(mask === undefined
        ? []
        : [
            `if ! exists to stepfunctions describe-state-machine --state-machine-arn ${machineArn(request, mask)}; then fail "the job ${mask} is not there in $TO_ACCOUNT; bring up ${product.name}-service-${request.to.environment} first"; fi`,
          ]),
      ...types.map(
        type =>
          `if [[ "$(from backup describe-region-settings --query 'ResourceTypeOptInPreference."${type}"')" == false ]]; then fail "AWS Backup of $FROM_ACCOUNT is not opted in to ${type}"; fi`,
      ),
      ...(types.includes("DynamoDB")
        ? [
            `if [[ "$(from backup describe-region-settings --query 'ResourceTypeManagementPreference.DynamoDB')" == false ]]; then fail "AWS Backup of $FROM_ACCOUNT has no advanced DynamoDB backups, without which none can be copied elsewhere"; fi`,
          ]
        : []),
    ].join("\n"),
  };
}
