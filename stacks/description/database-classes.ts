/**
 * Which instance classes of relational databases a region has: so that a class that it lacks is refused when the
 * description is read, and not when half of a stack is made.
 *
 * AWS's documentation has no such table: "Determining DB instance class support in AWS Regions" (Amazon Aurora user
 * guide) refers to the price list and to `aws rds describe-orderable-db-instance-options`. The families below are those
 * that the price list had, for every engine of the column and in every size of sizesOf, as of 2026-10 (as gathered in
 * cfn-lint 1.58.0, rule E3025). A family that came later, that has a price for one engine only, or that has disks
 * of its own is not here, and so is refused, although the region may have it by now: ask AWS and add it. What is here
 * can still be refused by AWS: to an old version of an engine, or in a single zone that has no more of it.
 */
import type { Region } from "./regions";

export type DatabaseKind = "aurora" | "instance";

const families = {
  "af-south-1": { aurora: "t4g r6g r6i r7g", instance: "t3 t4g m6g m6i m8g r6g r6i" },
  "ap-east-1": { aurora: "t4g r6g r6i r7g r8g", instance: "t3 t4g m6g m6i m8g r6g r6i r7g r8g" },
  "ap-northeast-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-northeast-2": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-northeast-3": { aurora: "t4g r6g r6i r7g r7i r8g", instance: "t3 t4g m6g m6i m7g r6g r6i r7g r8g" },
  "ap-south-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-south-2": { aurora: "t4g r6g r6i r7g r7i r8g", instance: "t3 t4g m6g m6i m7g m8g r6g r7g r8g" },
  "ap-southeast-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-southeast-2": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-southeast-3": { aurora: "t4g r6g r6i r7g r7i r8g", instance: "t3 t4g m6g m6i m7g m7i r6g r7g r7i r8g" },
  "ap-southeast-4": { aurora: "t4g r6g r6i r7i r8g", instance: "t3 t4g m6g m7g m7i r6g r8g" },
  "ap-southeast-5": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "ap-southeast-7": { aurora: "t4g r6g r6i r7g r7i", instance: "t3 t4g m6g m6i m7g r6g r6i r7g" },
  "ca-central-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i r6g r6i r7g r7i r8g",
  },
  "ca-west-1": { aurora: "t4g r6g r7g", instance: "t3 m6g m6i m8g r6g r6i r7g" },
  "eu-central-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "eu-central-2": { aurora: "t4g r6g r6i r7g r8g", instance: "t3 t4g m6g m7g m8g r6g r7g r8g" },
  "eu-north-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "eu-south-1": { aurora: "t4g r6g r6i r7g r7i", instance: "t3 t4g m6g m6i m8g r6g r6i r7g r7i" },
  "eu-south-2": { aurora: "t4g r6g r6i r7g r7i r8g", instance: "t3 t4g m6g m7g m7i m8g r6g r7g r7i r8g" },
  "eu-west-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "eu-west-2": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "eu-west-3": { aurora: "t4g r6g r6i r7g r7i r8g", instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7i r8g" },
  "il-central-1": { aurora: "r7g", instance: "t3 t4g m6g m6i m7g r6g r6i r7g" },
  "me-central-1": { aurora: "t4g r6g r7g", instance: "t3 t4g m6g m7g r6g" },
  "me-south-1": { aurora: "t4g r6g r6i r7g", instance: "t3 t4g m6g m6i m7g r6g r6i r7g" },
  "mx-central-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i r6g r6i r7g r7i r8g",
  },
  "sa-east-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "us-east-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "us-east-2": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "us-west-1": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
  "us-west-2": {
    aurora: "t4g r6g r6i r7g r7i r8g",
    instance: "t3 t4g m6g m6i m7g m7i m8g r6g r6i r7g r7i r8g",
  },
} as const satisfies Record<Region, Record<DatabaseKind, string>>;

const burstable = ["micro", "small", "medium", "large", "xlarge", "2xlarge"];
const upTo16 = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const upTo32 = [...upTo16, "24xlarge", "32xlarge"];
const upTo48 = [...upTo16, "24xlarge", "48xlarge"];

/** Source: Amazon RDS user guide, "Hardware specifications for DB instance classes"; the price list, as of 2026-10. */
function sizesOf(kind: DatabaseKind, family: string): readonly string[] {
  if (family.startsWith("t")) return kind === "aurora" ? ["medium", "large"] : burstable;
  if (/^[mr](6g|7g)$/.test(family)) return upTo16;
  return /^[mr]6i$/.test(family) ? upTo32 : upTo48;
}

/** All classes of a region, as in `db.r8g.large`; undefined for a region that this table does not have. */
export function databaseClassesOf(region: string, kind: DatabaseKind): readonly string[] | undefined {
  if (!Object.hasOwn(families, region)) return undefined;
  return families[region as Region][kind]
    .split(" ")
    .flatMap(family => sizesOf(kind, family).map(size => `db.${family}.${size}`));
}

/**
 * What is wrong with a class in a region, in words; undefined where nothing is. Aurora Serverless v2 has no class and
 * is in every region of this table, by "Supported Regions and Aurora DB engines for Aurora serverless" (2026-11).
 */
export function databaseClassFault(
  region: string,
  kind: DatabaseKind,
  instanceClass: string,
): string | undefined {
  const classes = databaseClassesOf(region, kind);
  if (classes === undefined) return `what ${region} has is not known`;
  if (classes.includes(instanceClass)) return undefined;
  const family = (of: string) => of.split(".").slice(0, 2).join(".");
  const same = classes.filter(one => family(one) === family(instanceClass));
  const what = kind === "aurora" ? "Aurora" : "RDS";
  return same.length > 0
    ? `${what} has ${family(instanceClass)} in ${same.map(one => one.split(".")[2]).join(", ")}`
    : `${what} in ${region} has ${[...new Set(classes.map(family))].join(", ")}`;
}
