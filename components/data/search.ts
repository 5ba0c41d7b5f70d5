import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { iamArn } from "../location";
import { emptySecurityGroup } from "../network/empty-security-group";
import { Alarm } from "../observability/alarm";
import { requireWhole } from "./database-limits";
import type { NetworkKeeping } from "./keeping";
import type { KeptLogs } from "./kept-logs";
import { domainArn, httpActions, searchHostParameter, searchPort } from "./search-access";
import { searchAdministrator } from "./search-administrator";
import { searchAlarms } from "./search-alarms";
import {
  offPeakHours,
  requireDomainName,
  requireSearchInstance,
  requireSearchVersion,
  searchSize,
  searchStorage,
} from "./search-limits";
import { searchLogs } from "./search-logs";
import { firstSubnets } from "./subnets-by-zone";
import { toldHosts } from "./told-parameters";

export interface SearchArgs extends NetworkKeeping {
  /** 3 to 28 small letters, digits and hyphens. */
  readonly domainName: string;
  /** OpenSearch's, as in `2.19`. */
  readonly engineVersion: string;
  /** For example `r7g.large.search`. */
  readonly instanceType: string;
  /** How many hold data, a multiple of the zones; default: one a zone. What is in one zone has one. */
  readonly instances?: number;
  /** Of the three that keep the cluster together where there are several zones; default `m7g.large.search`. */
  readonly masterType?: string;
  /** How many data subnets there are, one a zone; the first three are used, or the first one. */
  readonly zones: number;
  /** GiB of each instance that holds data, 10 to 24,576; the instance type may take less. */
  readonly storageGib: number;
  /** The hour in UTC, 0 to 23, that ten hours begin with in which AWS may renew instances; default 20. */
  readonly offPeakHour?: number;
  readonly logs: KeptLogs;
}

/** Three of them agree with one lost. FSBP control Opensearch.11. */
const masters = 3;

/** Source: Amazon OpenSearch Service API reference, "DomainEndpointOptions". FSBP control Opensearch.8. */
const tlsSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10";

/**
 * A search domain of OpenSearch Service in the data subnets, encrypted with the product's key, on disks and on all ways.
 * Only signed requests of the account's roles come in, and each role may do what it is mapped to: see searchAccess. Its
 * administrator is a role that comes with it, `<domainName>-search-administrator`; there are no passwords.
 *
 * `multiZone`: three zones, or two where there are no more, with three dedicated masters; else one instance. AWS takes
 * a snapshot every hour and keeps it for 14 days, but not longer than the domain; it does not protect a domain against
 * deletion: with `deletionProtection` Pulumi leaves it behind when it forgets it.
 *
 * The account must have the service-linked role AWSServiceRoleForAmazonOpenSearchService before its first domain in a
 * VPC (`aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com`): it is the account's and
 * not a domain's, so that it does not come with one.
 *
 * Refused: a name, version, instance type, size or hour that OpenSearch Service does not take; several zones with fewer
 * than two subnets; instances that are no multiple of the zones.
 * Sources: Amazon OpenSearch Service developer guide, "Launching your Amazon OpenSearch Service domains within a VPC",
 * "Operational best practices", "Defining off-peak windows", "Auto-Tune"; FSBP controls Opensearch.1 to Opensearch.11.
 */
export class Search extends pulumi.ComponentResource {
  readonly domainName: string;
  readonly arn: string;
  readonly port = searchPort;
  /** Says who may do what in the domain; see searchAccess. */
  readonly administratorArn: string;
  readonly securityGroupId: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: SearchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:Search", name, {}, opts);
    const { at, domainName, instanceType, masterType = "m7g.large.search", storageGib } = args;
    const { multiZone, offPeakHour = 20 } = args;
    requireDomainName(domainName);
    requireSearchVersion(args.engineVersion);
    requireSearchInstance("instanceType", instanceType);
    requireSearchInstance("masterType", masterType);
    requireWhole("storageGib", storageGib, searchStorage);
    requireWhole("offPeakHour", offPeakHour, offPeakHours);
    const { instances, zones } = searchSize(multiZone, args.zones, args.instances);
    const here = { parent: this };

    const group = emptySecurityGroup(this, name, args.vpcId, `The search domain ${domainName}`);
    const logs = searchLogs(this, name, at, domainName, args.logs);
    const administrator = searchAdministrator(this, name, at, domainName);
    const domain = new aws.opensearch.Domain(
      name,
      {
        domainName,
        engineVersion: `OpenSearch_${args.engineVersion}`,
        clusterConfig: {
          instanceType,
          instanceCount: instances,
          zoneAwarenessEnabled: multiZone,
          ...(multiZone
            ? {
                zoneAwarenessConfig: { availabilityZoneCount: zones },
                dedicatedMasterEnabled: true,
                dedicatedMasterCount: masters,
                dedicatedMasterType: masterType,
              }
            : { dedicatedMasterEnabled: false }),
        },
        ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: storageGib },
        encryptAtRest: { enabled: true, kmsKeyId: args.keyArn },
        nodeToNodeEncryption: { enabled: true },
        domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy },
        vpcOptions: { subnetIds: firstSubnets(args.subnetIds, zones), securityGroupIds: [group.id] },
        advancedSecurityOptions: {
          enabled: true,
          anonymousAuthEnabled: false,
          internalUserDatabaseEnabled: false,
          masterUserOptions: { masterUserArn: administrator.arn },
        },
        // The account's roles, as far as each role's own policy allows it.
        accessPolicies: policyDocument([
          {
            Effect: "Allow",
            Principal: { AWS: iamArn(at.accountId, "root") },
            Action: httpActions,
            Resource: `${domainArn(at, domainName)}/*`,
          },
        ]),
        logPublishingOptions: logs.options,
        // Instances of t3 are too small for it, and AWS refuses it there.
        autoTuneOptions: instanceType.startsWith("t3.")
          ? { desiredState: "DISABLED" }
          : { desiredState: "ENABLED", useOffPeakWindow: true },
        softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
        offPeakWindowOptions: {
          enabled: true,
          offPeakWindow: { windowStartTime: { hours: offPeakHour, minutes: 0 } },
        },
      },
      {
        ...here,
        protect: opts?.protect,
        retainOnDelete: args.deletionProtection,
        dependsOn: [...logs.ready, ...administrator.ready],
      },
    );

    for (const [what, alarm] of Object.entries(searchAlarms(at.accountId, domainName, storageGib)))
      new Alarm(`${name}-${what}`, { ...alarm, topics: args.alarmTopics }, here);
    toldHosts(this, name, domainName, { host: [searchHostParameter(domainName), domain.endpoint] });
    this.domainName = domainName;
    this.arn = domainArn(at, domainName);
    this.administratorArn = administrator.arn;
    this.securityGroupId = group.id;
    this.host = domain.endpoint;
    this.registerOutputs({ arn: this.arn, host: this.host });
  }
}
