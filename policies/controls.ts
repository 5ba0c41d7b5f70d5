import type { PolicyComplianceFramework } from "@pulumi/policy";

/**
 * The controls of public standards that rules stand for; only those that a rule uses. Read on 2026-11-21;
 * standards retire and renumber controls, so read them again from time to time.
 */
export const standards = {
  FSBP: {
    title: "AWS Foundational Security Best Practices",
    version: "2025-12",
    controls: [
      "CloudFront.3",
      "CloudFront.6",
      "CloudFront.9",
      "CloudFront.15",
      "DynamoDB.2",
      "DynamoDB.6",
      "EC2.2",
      "EC2.6",
      "EC2.15",
      "EC2.18",
      "EC2.19",
      "ECR.1",
      "ECR.2",
      "ECS.2",
      "ECS.4",
      "ECS.5",
      "ECS.8",
      "ECS.12",
      "ELB.1",
      "ELB.4",
      "ELB.6",
      "ELB.17",
      "ELB.18",
      "IAM.1",
      "IAM.3",
      "IAM.21",
      "KMS.1",
      "KMS.2",
      "KMS.5",
      "S3.2",
      "S3.3",
      "S3.5",
      "S3.8",
      "SNS.1",
      "SNS.4",
      "SQS.1",
      "SQS.3",
    ],
  },
  /** What Security Hub checks beyond the edition of FSBP above. */
  "Security Hub": {
    title: "AWS Security Hub",
    version: "2026-11",
    controls: [
      "CloudWatch.16",
      "EC2.53",
      "EC2.54",
      "ECR.5",
      "ECS.20",
      "ELB.21",
      "ELB.22",
      "IAM.22",
      "KMS.4",
      "S3.17",
    ],
  },
  "CIS 3.0": {
    title: "CIS Amazon Web Services Foundations Benchmark",
    version: "3.0",
    controls: ["1.16", "1.21", "2.1.1", "2.1.4", "3.6", "3.7", "5.4"],
  },
  "CIS 5.0": {
    title: "CIS Amazon Web Services Foundations Benchmark",
    version: "5.0",
    controls: ["1.13", "1.15", "1.20", "2.1.1", "2.1.4", "3.6", "3.7", "5.3", "5.4", "5.5"],
  },
  "CIS 7.0": {
    title: "CIS Amazon Web Services Foundations Benchmark",
    version: "7.0",
    controls: ["2.21"],
  },
} as const;

type Standards = typeof standards;

/** For example `FSBP S3.5`. */
export type ControlId = {
  [S in keyof Standards]: `${S} ${Standards[S]["controls"][number]}`;
}[keyof Standards];

/** The framework and page that the SDK shows for a rule. It takes one; the others are among the rule's tags. */
export function reference(id: ControlId): { framework: PolicyComplianceFramework; url?: string } {
  const standard = (Object.keys(standards) as (keyof Standards)[]).find(name => id.startsWith(`${name} `));
  if (!standard) throw new Error(`${id} is of no known standard`);
  const { title, version } = standards[standard];
  const control = id.slice(standard.length + 1);
  return {
    framework: { name: standard, version, reference: control, specification: title },
    ...(!standard.startsWith("CIS") && { url: securityHubPage(control) }),
  };
}

function securityHubPage(control: string): string {
  const [service, number] = control.toLowerCase().split(".");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
}
