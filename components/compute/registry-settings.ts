import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../identity/policy-document";
import { arn, iamArn, type Location } from "../location";

export interface RegistrySettingsArgs {
  readonly at: Location;
  /** Accounts, by number, that replicate images into this one, and below which prefixes, for example `orders`. */
  readonly receives?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What holds for all images of one account and region: Inspector scans each when it is pushed and again whenever a
 * vulnerability becomes known, and other accounts replicate into repositories that there are already, below their
 * prefixes. They can not make any, which would have no key and tags that change.
 *
 * AWS has one of each a region, and removes neither with the stack's last resource but by setting it back.
 *
 * Refused: an account without 12 digits, or this one itself; a prefix that ends in `/` or is none.
 *
 * Sources: ECR user guide, "Scan images for OS and programming language package vulnerabilities in Amazon ECR" (enhanced
 * scanning), "Granting registry permissions for cross account replication in Amazon ECR"; FSBP controls ECR.1,
 * Inspector.2.
 */
export class RegistrySettings extends pulumi.ComponentResource {
  constructor(name: string, args: RegistrySettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:compute:RegistrySettings", name, {}, opts);
    const { at, receives = {} } = args;
    requireSenders(at, receives);
    const here = { parent: this };
    new aws.ecr.RegistryScanningConfiguration(
      name,
      {
        region: at.region,
        scanType: "ENHANCED",
        rules: [
          {
            scanFrequency: "CONTINUOUS_SCAN",
            repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
          },
        ],
      },
      here,
    );
    const statements = receiving(at, receives);
    if (statements.length > 0)
      new aws.ecr.RegistryPolicy(name, { region: at.region, policy: policyDocument(statements) }, here);
    this.registerOutputs({});
  }
}

const receiving = (at: Location, receives: NonNullable<RegistrySettingsArgs["receives"]>): Statement[] =>
  Object.entries(receives).map(([accountId, prefixes]) => ({
    Sid: `From${accountId}`,
    Effect: "Allow",
    Principal: { AWS: iamArn(accountId, "root") },
    Action: "ecr:ReplicateImage",
    Resource: prefixes.map(prefix => arn("ecr", at, `repository/${prefix}/*`)),
  }));

function requireSenders(at: Location, receives: NonNullable<RegistrySettingsArgs["receives"]>): void {
  for (const [accountId, prefixes] of Object.entries(receives)) {
    if (!/^\d{12}$/.test(accountId))
      throw new Error(`receives holds ${accountId}; an account has a number of 12 digits`);
    if (accountId === at.accountId)
      throw new Error(`receives holds ${accountId}, the account itself, which needs no permission`);
    if (prefixes.length === 0) throw new Error(`receives.${accountId} names no prefix`);
    for (const prefix of prefixes) requirePrefix(`receives.${accountId}`, prefix);
  }
}

/** @throws for what no repository's name begins with; the slash after it is understood. */
export function requirePrefix(argument: string, prefix: string): void {
  if (!/^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/.test(prefix))
    throw new Error(
      `${argument} has ${prefix}; a prefix is lower-case letters and digits, with single dots, hyphens, underscores or slashes between`,
    );
}
