import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface BackedUpTypesArgs {
  /** Of these settings there is one an account and region. */
  readonly region: string;
}

/** Types of what products keep that AWS Backup copies. */
const copied = ["Aurora", "DynamoDB", "EFS", "RDS", "S3"];
/** The others, said too: what is not said AWS may change, and a preview would show it as a difference. */
const notCopied = [
  "CloudFormation",
  "DocumentDB",
  "EBS",
  "EC2",
  "FSx",
  "Neptune",
  "Redshift",
  "SAP HANA on Amazon EC2",
  "Storage Gateway",
  "Timestream",
  "VirtualMachine",
];

const all = (types: readonly string[], value: boolean) =>
  Object.fromEntries(types.map(type => [type, value] as const));

/**
 * Which types AWS Backup copies by their tags in an account and region: a type that the account has not opted in to is
 * left out of every plan without a word. DynamoDB is taken with its advanced features, without which a copy can not go
 * to another account.
 *
 * Sources: AWS Backup developer guide, "Getting started 1: Service Opt-in" and "Advanced DynamoDB backup".
 */
export class BackedUpTypes extends pulumi.ComponentResource {
  constructor(name: string, args: BackedUpTypesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:BackedUpTypes", name, {}, opts);
    new aws.backup.RegionSettings(
      name,
      {
        region: args.region,
        resourceTypeOptInPreference: { ...all(copied, true), ...all(notCopied, false) },
        resourceTypeManagementPreference: { DynamoDB: true, EFS: true },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
