/**
 * The shape of a description, checked on load: what the compiler has checked for TypeScript, checked again for
 * values that came around it, and the forms of text and numbers that types cannot say.
 */
import { z } from "zod";
import { alerts } from "./alert-schema";
import { workloadName } from "./container-schema";
import { costCentre, name, oneOf, range, reason, region, tagReason, text, usd, whole } from "./forms";
import { hours } from "./hours-schema";
import { network, networkChoices } from "./network-schema";
import { organization } from "./organization-schema";
import { isResource, type Resource, resourceSchemas } from "./resources";
import { restoreDrill } from "./restore-drill-schema";
import { gitlabRunner } from "./runner-schema";
import { type Environment, environmentNames, type LandingZone } from "./types";
import { waysShape } from "./ways-schema";
import { environmentService, instances, job, lambdaFunction, service } from "./workload-schema";

const productName = name(20);
/** Becomes part of a bucket's name (63 characters) beside the product, the account's number and the region. */
const resourceName = name(20);

const retentionDays: readonly Environment["logRetentionDays"][] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * AWS Backup fails jobs that keep for less or more than their vault's lock lets them, and takes three days or more to
 * make a lock final. Source: AWS Backup API reference, PutBackupVaultLockConfiguration.
 */
function lockFaults(backup: NonNullable<Environment["backup"]>, context: z.RefinementCtx): void {
  const { keepDays, keepMonthlyDays, lock = "governance", changeableForDays, maxKeepDays } = backup;
  const { minKeepDays = keepDays } = backup;
  const fault = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
  if (lock === "compliance" && changeableForDays === undefined)
    fault(
      "changeableForDays",
      "is needed with lock: compliance: the days, 3 to 36,500, before nobody can lift the lock; for example 30",
    );
  if (lock === "governance" && changeableForDays !== undefined)
    fault(
      "changeableForDays",
      'has no effect on a lock that stays changeable; say lock: "compliance", or leave it out',
    );
  if (minKeepDays > keepDays)
    fault(
      "minKeepDays",
      `must be at most keepDays, ${keepDays}: AWS Backup fails what is kept for less than the lock asks`,
    );
  if (keepMonthlyDays !== undefined && keepMonthlyDays < keepDays)
    fault(
      "keepMonthlyDays",
      `must be at least keepDays, ${keepDays}; leave it out if no copy is to stay longer`,
    );
  const longest = Math.max(keepDays, keepMonthlyDays ?? keepDays);
  if (maxKeepDays !== undefined && maxKeepDays < longest)
    fault(
      "maxKeepDays",
      `must be at least ${longest}, for which copies are kept: AWS Backup fails what is kept for longer`,
    );
}

const environment = z.strictObject({
  account: z.string({ error: "must be the name of an account" }),
  region,
  zones: z
    .union([whole(1, 6, "zones"), z.array(z.string()).min(1).max(6)], {
      error: "must be how many availability zones, one to six, or their identifiers",
    })
    .optional(),
  addresses: range(8, 16),
  network: networkChoices,
  logRetentionDays: z.literal([...retentionDays], {
    error: `must be a period that CloudWatch Logs offers: ${retentionDays.join(", ")} days`,
  }),
  deletionProtection: z.boolean({ error: "must be true or false" }),
  multiZone: z.boolean({ error: "must be true or false" }),
  backup: z
    .strictObject({
      keepDays: whole(1, 3_650, "days"),
      keepMonthlyDays: whole(1, 3_650, "days").optional(),
      copies: z.boolean({ error: "must be true or false" }).optional(),
      lock: oneOf(["governance", "compliance"]).optional(),
      changeableForDays: whole(3, 36_500, "days").optional(),
      minKeepDays: whole(1, 36_500, "days").optional(),
      maxKeepDays: whole(1, 36_500, "days").optional(),
    })
    .superRefine(lockFaults)
    .optional(),
  restoresFrom: oneOf(environmentNames).optional(),
  shell: oneOf(["allowed", "breakGlass"]).optional(),
  runner: gitlabRunner.optional(),
  policies: z
    .literal("advisory", {
      error: 'must be "advisory", or be left out where every policy is to be at its own level',
    })
    .optional(),
  hours: hours.optional(),
  service: environmentService,
});

/** Resources are instances, so that a link can be traced to the product that keeps what it leads to. */
const resource = z
  .custom<Resource>(isResource, {
    error: `must come from ${Object.keys(resourceSchemas).join("(), ")}()`,
  })
  .superRefine((value, context) => {
    const result = resourceSchemas[value.kind].safeParse(value.args);
    for (const issue of result.error?.issues ?? [])
      context.addIssue(issue.code === "unrecognized_keys" ? { ...issue } : { ...issue, code: "custom" });
  });

const product = z.strictObject({
  name: productName,
  team: name(40),
  costCentre,
  repository: text(
    /^[\w.-]+(\/[\w.-]+)+$/,
    "a repository with its owner or group, for example example/orders",
  ).optional(),
  dataClass: oneOf(["public", "internal", "confidential", "restricted"]),
  monthlyBudget: usd.optional(),
  environments: z.array(oneOf(environmentNames)).optional(),
  accounts: z.partialRecord(oneOf(environmentNames), z.string()).optional(),
  alerts: alerts.optional(),
  moving: z
    .partialRecord(oneOf(environmentNames), z.strictObject({ from: z.string(), to: z.string() }))
    .optional(),
  unprotected: tagReason.optional(),
  alwaysOn: reason.optional(),
  keepReleases: whole(1, 1_000, "images").optional(),
  data: z.record(resourceName, resource).optional(),
  restoreDrill: restoreDrill.optional(),
  shares: z.record(z.string(), z.array(z.string()).min(1, "must name at least one product")).optional(),
  ...waysShape,
  services: z.record(workloadName, service).optional(),
  jobs: z.record(workloadName, job).optional(),
  functions: z.record(workloadName, lambdaFunction).optional(),
  cluster: oneOf(["product", "service"]).optional(),
  instances: instances.optional(),
});

export const landingZoneSchema = z.strictObject(
  {
    organization,
    environments: z.strictObject({ dev: environment, int: environment, prod: environment }),
    network,
    products: z.array(product),
  },
  { error: "must be a landing zone: { organization, environments, network, products }" },
) satisfies z.ZodType<unknown, LandingZone | unknown>;
