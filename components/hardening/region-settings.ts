import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../identity/policy-document";
import type { Location } from "../location";
import { EncryptionKey } from "../security/encryption-key";
import { EmptyDefaultVpc } from "./empty-default-vpc";
import { checkRegions } from "./regions";

/**
 * What is to become of the default VPCs that AWS puts into a new account, one a region.
 *
 * - `emptied`: they stay, and nothing gets into, out of or through them. Where there is none, one is MADE: the
 *   provider's resource creates a default VPC that it does not find.
 * - `absent`: they are deleted already, for example when the account was vended; nothing is said of them here.
 */
export type DefaultVpcs = "emptied" | "absent";

/** Which regions have a key of the account's own. Each costs a dollar a month, used or not. */
export type KeysIn = "home" | "every-region";

export interface RegionSettingsArgs {
  /** Its region is the account's home. */
  readonly at: Location;
  /** All that the account may use, its home among them. A region without these settings has AWS's defaults. */
  readonly regions: readonly string[];
  readonly defaultVpcs: DefaultVpcs;
  /** Default `home`. Elsewhere volumes are encrypted with `aws/ebs`, the key that AWS manages. */
  readonly keysIn?: KeysIn;
}

/**
 * What holds for EC2, EBS, ECS and Systems Manager in each region of an account. AWS keeps these settings by region, and
 * they are defaults or refusals: nothing that runs already changes.
 *
 * - New volumes are encrypted. With `aws/ebs` a snapshot can be shared with no other account, by anybody; with a key
 *   of the account's own, alias `landing-zone/volumes`, the account decides.
 * - Instances answer to IMDSv2 only, over two hops at most. Two, because this is a default for all: with one, what
 *   runs in a container of an instance gets no answer, and neither do the image builds of EC2 Image Builder. An
 *   instance without containers may ask for one. Whether tags can be read there is each instance's choice.
 * - Neither snapshots, images nor documents of Systems Manager can be shared with everyone. Snapshots that are shared
 *   already are so no longer; images that are remain so.
 * - The serial console, which passes every security group, is closed.
 * - Instances that join clusters of ECS from now on have room for many tasks with network interfaces of their own
 *   (`awsvpcTrunking`): without it for two or three, however large they are.
 *
 * Refused are regions without the home or with one of them twice.
 *
 * Sources: FSBP controls EC2.2, EC2.7, EC2.8, EC2.182 and SSM.7; EC2 user guide, "Order of precedence for instance
 * metadata options", "Block public access to your AMIs" and "Configure access to the EC2 Serial Console"; ECS developer guide,
 * "Increasing Amazon ECS Linux container instance network interfaces".
 */
export class RegionSettings extends pulumi.ComponentResource {
  /** The account's own keys for volumes, by region; only those that `keysIn` says. */
  readonly volumeKeyArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: RegionSettingsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:hardening:RegionSettings", name, {}, opts);
    const { at, regions, defaultVpcs, keysIn = "home" } = args;
    checkRegions(regions, at.region);
    const here = { parent: this };

    const keys: Record<string, pulumi.Output<string>> = {};
    for (const region of regions) {
      const each = `${name}-${region}`;
      if (keysIn === "every-region" || region === at.region)
        keys[region] = this.volumeKey(each, { ...at, region });
      new aws.ebs.EncryptionByDefault(each, { enabled: true, region }, here);
      refuseSharing(each, region, here);
      new aws.ec2.InstanceMetadataDefaults(
        each,
        { httpTokens: "required", httpPutResponseHopLimit: 2, instanceMetadataTags: "no-preference", region },
        here,
      );
      new aws.ec2.SerialConsoleAccess(each, { enabled: false, region }, here);
      new aws.ecs.AccountSettingDefault(each, { name: "awsvpcTrunking", value: "enabled", region }, here);
      if (defaultVpcs === "emptied") new EmptyDefaultVpc(each, { region }, here);
    }
    this.volumeKeyArns = keys;
    this.registerOutputs({ volumeKeyArns: this.volumeKeyArns });
  }

  private volumeKey(name: string, at: Location): pulumi.Output<string> {
    const key = new EncryptionKey(
      name,
      {
        alias: "landing-zone/volumes",
        description: "Volumes and snapshots of the account",
        at,
        statements: throughEc2(at),
      },
      // Without the key nothing on the volumes can be read again.
      { parent: this, protect: true },
    );
    new aws.ebs.DefaultKmsKey(name, { keyArn: key.arn, region: at.region }, { parent: this });
    return key.arn;
  }
}

/**
 * Whoever of the account may start instances may use the key, and only for that. These are the conditions by which
 * AWS's own key `aws/ebs` lets in its account, so that this key is no harder to use. EC2 Auto Scaling and Spot come
 * in by them as well. Their service-linked roles are not named: KMS refuses a policy that names a role which does not
 * exist, and in a new account these do not.
 *
 * Sources: EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes"; KMS developer
 * guide, "AWS KMS condition keys", kms:CallerAccount and kms:GrantIsForAWSResource; FSBP control KMS.5.
 */
function throughEc2({ accountId, region }: Location): Statement[] {
  const caller = { "kms:CallerAccount": accountId, "kms:ViaService": `ec2.${region}.amazonaws.com` };
  return [
    {
      Sid: "VolumesOfTheAccount",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: { StringEquals: caller },
    },
    {
      Sid: "GrantsForVolumes",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { StringEquals: caller, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function refuseSharing(name: string, region: string, here: pulumi.CustomResourceOptions): void {
  new aws.ebs.SnapshotBlockPublicAccess(name, { state: "block-all-sharing", region }, here);
  new aws.ec2.ImageBlockPublicAccess(name, { state: "block-new-sharing", region }, here);
  new aws.ssm.ServiceSetting(
    name,
    { settingId: "/ssm/documents/console/public-sharing-permission", settingValue: "Disable", region },
    here,
  );
}
