import { setTimeout } from "node:timers/promises";
import { vulnerabilities } from "../policies/vulnerabilities";
import { environmentNames } from "../stacks/description";
import { environmentsOf } from "../stacks/description/product-places";
import { imageOf, repositoryName } from "../stacks/product-names";
import { AwsCli, type AwsOptions } from "./aws-cli";
import { describedWorkload } from "./explain/described-workload";
import { UsageError } from "./failures";
import { enter, operatedPlace } from "./operated-place";
import { loadDescription } from "./project";
import { type Finding, faultsIn, type Severity, severities, type Verdict, verdictOn } from "./scan/verdict";

export interface ScanOptions extends AwsOptions {
  readonly digest: string;
  readonly from: string;
  readonly minutes: string;
}

interface Scan {
  readonly imageScanStatus?: { readonly status?: string; readonly description?: string };
  readonly imageScanFindings?: {
    readonly enhancedFindings?: readonly {
      readonly severity?: string;
      readonly title?: string;
      readonly fixAvailable?: string;
      readonly packageVulnerabilityDetails?: { readonly vulnerabilityId?: string };
    }[];
  };
}

/** Seconds between two questions. */
const interval = 15;

/** Of Inspector's scans: with continuous scanning an image stays `ACTIVE`, which no waiter of the AWS CLI knows. */
const done = new Set(["ACTIVE", "COMPLETE"]);
const under = new Set(["PENDING", "IN_PROGRESS"]);

/**
 * Waits for the scan of an image, where images of the product are pushed first, and refuses what is too severe: the
 * exit code is 1. Source: ECR API reference, "DescribeImageScanFindings".
 */
export async function scanCommand(productName: string, name: string, options: ScanOptions): Promise<void> {
  const { digest, minutes } = options;
  const from = severityNamed(options.from);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new UsageError(`--digest ${digest}: must be an image's digest, sha256: and 64 digits from 0 to f`);
  if (!/^[1-9]\d{0,2}$/.test(minutes))
    throw new UsageError(`--minutes ${minutes}: must be a whole number from 1 to 999`);
  const zone = loadDescription("unasked");
  const { product, workload } = describedWorkload(zone, productName, name);
  const faults = faultsIn(
    vulnerabilities,
    zone.products.map(its => its.name),
  );
  if (faults.length > 0)
    throw new UsageError(`policies/vulnerabilities.ts is wrong:\n  ${faults.join("\n  ")}`);
  const first = environmentNames.find(environment => environmentsOf(product).includes(environment)) ?? "dev";
  const place = operatedPlace(zone, productName, first);
  const aws = new AwsCli(place.region, options);
  enter(place, aws);
  const repository = repositoryName(product, imageOf(name, workload.words));
  const scan = await scanned(aws, repository, digest, Number(minutes));
  if (aws.dryRun) return;
  const today = new Date().toISOString().slice(0, 10);
  const verdict = verdictOn(findingsOf(scan), product.name, from, vulnerabilities, today);
  console.log(verdictText(`${repository}@${digest}`, verdict, from));
  if (verdict.refused.length > 0) process.exitCode = 1;
}

function severityNamed(text: string): Severity {
  const severity = severities.find(known => known === text);
  if (severity === undefined)
    throw new UsageError(
      `--from ${text}: there is no severity "${text}"; there are: ${severities.join(", ")}`,
    );
  return severity;
}

async function scanned(aws: AwsCli, repository: string, digest: string, minutes: number): Promise<Scan> {
  const words = [
    ...["ecr", "describe-image-scan-findings", "--repository-name", repository],
    ...["--image-id", `imageDigest=${digest}`],
  ];
  for (let round = 0; ; round++) {
    const scan = asked(aws, words, round > 0);
    const { status = "PENDING", description } = scan.imageScanStatus ?? {};
    if (done.has(status)) return scan;
    if (!under.has(status))
      throw new UsageError(
        `${repository}@${digest} can not be scanned: ${status}${description === undefined ? "" : `, ${description}`}; what nobody has looked at is not released`,
      );
    if (round * interval >= minutes * 60)
      throw new UsageError(
        `${repository}@${digest} has not been scanned within ${minutes} min: see in Inspector whether it covers the account, or wait longer with --minutes`,
      );
    if (round === 0) aws.say(`Again every ${interval} seconds, until it has been scanned`);
    await setTimeout(interval * 1000);
  }
}

/** A scan that has not begun is asked for again. */
function asked(aws: AwsCli, words: readonly string[], quietly: boolean): Scan {
  try {
    return aws.ask<Scan>(words, { imageScanStatus: { status: "ACTIVE" } }, quietly);
  } catch (error) {
    if (/ScanNotFoundException/.test((error as Error).message)) return {};
    throw error;
  }
}

const findingsOf = ({ imageScanFindings }: Scan): Finding[] =>
  (imageScanFindings?.enhancedFindings ?? []).map(
    ({ severity, title, fixAvailable, packageVulnerabilityDetails }): Finding => ({
      id: packageVulnerabilityDetails?.vulnerabilityId ?? title ?? "unnamed",
      severity: severities.find(known => known === severity?.toLowerCase()) ?? "untriaged",
      title: title ?? "",
      fixed: fixAvailable === "YES",
    }),
  );

function verdictText(image: string, { refused, accepted, others, past }: Verdict, from: Severity): string {
  const line = ({ id, severity, title, fixed }: Finding) =>
    `  ${severity.padEnd(13)} ${id}  ${title}${fixed ? ": there is a version without it" : ""}`;
  return [
    refused.length === 0
      ? `${image} may be released: nothing in it is ${from} or worse${accepted.length > 0 ? " that is not accepted" : ""}`
      : `${image} is not released: ${refused.length} of what is in it ${refused.length === 1 ? "is" : "are"} ${from} or worse`,
    ...refused.map(line),
    ...accepted.flatMap(([finding, { reason, owner, expires }]) => [
      `${line(finding)}`,
      `    accepted until ${expires}: ${reason} (${owner})`,
    ]),
    ...past.map(({ id, expires }) => `  ${id} was accepted until ${expires}, and is no more`),
    ...(others === 0 ? [] : [`  and ${others} less severe`]),
  ].join("\n");
}
