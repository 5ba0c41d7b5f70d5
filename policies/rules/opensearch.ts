import {
  all,
  inProduction,
  mustBe,
  mustBeAtLeast,
  mustBeSet,
  mustMatch,
  mustNotBe,
  mustNotBeEmpty,
} from "../demands";
import type { Resource } from "../graph";
import type { Report } from "../report";
import { searchDomains } from "../resource-types";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const currentDomains = searchDomains.slice(0, 1);

/** Search domains, also those that are made under the old name. */
export const opensearch: readonly Rule[] = [
  {
    name: "opensearch-encrypted",
    theme: "encryption-at-rest",
    title: "A search domain is encrypted",
    why: "Its disks and snapshots hold copies of what is secret elsewhere",
    fix: "set encryptAtRest.enabled: true",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Opensearch.1", "FSBP ES.1"],
    types: searchDomains,
    check: mustBe("encryptAtRest.enabled", true),
  },
  {
    name: "opensearch-cmk",
    theme: "encryption-at-rest",
    title: "A search domain is encrypted with a key of the company's",
    why: ownKey,
    fix: "set encryptAtRest.kmsKeyId; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: searchDomains,
    check: mustBeSet("encryptAtRest.kmsKeyId"),
  },
  {
    name: "opensearch-in-vpc",
    theme: "exposure",
    title: "A search domain is in a VPC",
    why: "One outside has an address in the internet, and only its policy before it",
    fix: "set vpcOptions.subnetIds to data subnets; a domain cannot be moved later",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP Opensearch.2", "FSBP ES.2"],
    types: searchDomains,
    check(domain, report) {
      const subnets = domain.at("vpcOptions", "subnetIds");
      if (!subnets.isUnknown) mustNotBeEmpty("vpcOptions.subnetIds")(domain, report);
    },
  },
  {
    name: "opensearch-node-to-node",
    theme: "encryption-in-transit",
    title: "The nodes of a search domain speak TLS with each other",
    why: "Between them all of its data crosses the network",
    fix: "set nodeToNodeEncryption.enabled: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Opensearch.3", "FSBP ES.3"],
    types: searchDomains,
    check: mustBe("nodeToNodeEncryption.enabled", true),
  },
  {
    name: "opensearch-error-logs",
    theme: "logging-and-detection",
    title: "A search domain's own log is kept",
    why: "A cluster that turns red says why there, and only there",
    fix: "add logPublishingOptions of the logType ES_APPLICATION_LOGS",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Opensearch.4", "FSBP ES.4"],
    types: searchDomains,
    check: publishes("ES_APPLICATION_LOGS"),
  },
  {
    name: "opensearch-audit-logs",
    theme: "logging-and-detection",
    title: "A search domain keeps who signed in and asked for what",
    why: "Nothing else records who read which index",
    fix: "add logPublishingOptions of the logType AUDIT_LOGS, with advancedSecurityOptions",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Opensearch.5", "FSBP ES.5"],
    types: searchDomains,
    check: publishes("AUDIT_LOGS"),
  },
  {
    name: "opensearch-slow-logs",
    theme: "logging-and-detection",
    title: "A search domain keeps slow questions",
    why: "Else nobody learns which question held up all others",
    fix: "add logPublishingOptions of the logTypes INDEX_SLOW_LOGS and SEARCH_SLOW_LOGS",
    severity: "low",
    level: "advisory",
    controls: [],
    types: searchDomains,
    check(domain, report) {
      publishes("INDEX_SLOW_LOGS")(domain, report);
      publishes("SEARCH_SLOW_LOGS")(domain, report);
    },
  },
  {
    name: "opensearch-three-data-nodes",
    theme: "resilience-and-backup",
    title: "A production search domain has three data nodes over several zones",
    why: "With fewer, one that is lost takes with it what has no copy elsewhere",
    fix: "set clusterConfig.instanceCount to 3 or more, and zoneAwarenessEnabled: true",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Opensearch.6", "FSBP ES.6"],
    types: searchDomains,
    check: inProduction(
      all(
        // The provider's default is 1.
        mustBeAtLeast("clusterConfig.instanceCount", 3, { otherwise: 1 }),
        mustBe("clusterConfig.zoneAwarenessEnabled", true),
      ),
    ),
  },
  {
    name: "opensearch-fine-grained",
    theme: "least-privilege",
    title: "A search domain says who may read which index",
    why: "Without it whoever gets in reads and deletes all of them",
    fix: "set advancedSecurityOptions.enabled: true, with the role that administers it",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Opensearch.7"],
    types: searchDomains,
    check: mustBe("advancedSecurityOptions.enabled", true),
  },
  {
    name: "opensearch-no-anonymous",
    theme: "least-privilege",
    title: "A search domain lets in nobody without a name",
    why: "The time of getting used to roles, for which it is meant, does not end by itself",
    fix: "leave advancedSecurityOptions.anonymousAuthEnabled out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: searchDomains,
    check: mustNotBe("advancedSecurityOptions.anonymousAuthEnabled", true),
  },
  {
    name: "opensearch-no-passwords",
    theme: "least-privilege",
    title: "A search domain keeps no passwords of its own",
    why: "Its administrator's password would be in the state of the program, and shared",
    fix: "set advancedSecurityOptions.internalUserDatabaseEnabled: false, and masterUserOptions.masterUserArn to a role",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: searchDomains,
    check: mustNotBe("advancedSecurityOptions.internalUserDatabaseEnabled", true),
  },
  {
    name: "opensearch-tls",
    theme: "encryption-in-transit",
    title: "A search domain answers over TLS 1.2 or newer only",
    why: "Without it questions and answers are read on their way",
    fix: "set domainEndpointOptions with enforceHttps: true and tlsSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP Opensearch.8", "FSBP ES.8"],
    types: searchDomains,
    check: all(
      // The provider's default is true; AWS's default policy accepts TLS 1.0.
      mustBe("domainEndpointOptions.enforceHttps", true, { otherwise: true }),
      mustMatch("domainEndpointOptions.tlsSecurityPolicy", /^Policy-Min-TLS-1-[23]-/),
    ),
  },
  {
    name: "opensearch-updates",
    theme: "images-and-compute",
    title: "A search domain takes updates by itself",
    why: "They close known holes, and nobody remembers to take them",
    fix: "set softwareUpdateOptions.autoSoftwareUpdateEnabled: true",
    severity: "low",
    level: "mandatory",
    controls: ["FSBP Opensearch.10"],
    types: currentDomains,
    // The provider's default is false.
    check: mustBe("softwareUpdateOptions.autoSoftwareUpdateEnabled", true),
  },
  {
    name: "opensearch-three-masters",
    theme: "resilience-and-backup",
    title: "Three nodes of a production search domain do nothing but keep it together",
    why: "Two cannot agree when one is lost, and those with data are busy just then",
    fix: "set clusterConfig.dedicatedMasterEnabled: true and dedicatedMasterCount: 3",
    severity: "low",
    level: "mandatory",
    controls: ["Security Hub Opensearch.11", "FSBP ES.7"],
    types: searchDomains,
    check: inProduction(
      all(
        mustBe("clusterConfig.dedicatedMasterEnabled", true),
        mustBeAtLeast("clusterConfig.dedicatedMasterCount", 3, { otherwise: 0 }),
      ),
    ),
  },
  {
    name: "opensearch-new-engine",
    theme: "images-and-compute",
    title: "A search domain runs OpenSearch",
    why: "AWS mends Elasticsearch no more, or for extra money",
    fix: "make it as aws.opensearch.Domain with engineVersion OpenSearch_2.19 or newer",
    severity: "low",
    level: "advisory",
    controls: [],
    types: searchDomains,
    check(domain, report) {
      if (!currentDomains.includes(domain.type))
        return report.refuse("it is made as a domain of Elasticsearch");
      const version = domain.at("engineVersion").text() ?? "";
      if (/^(Elasticsearch|OpenSearch_1\.)/.test(version)) report.refuse(`engineVersion is ${version}`);
    },
  },
];

function publishes(logType: string) {
  return (domain: Resource, report: Report): void => {
    const options = domain.at("logPublishingOptions").list();
    // The provider's default for `enabled` is true.
    const isOn = options.some(
      one => one.at("logType").is(logType) && (one.at("enabled").content() ?? true) === true,
    );
    if (!isOn) report.refuse(`logPublishingOptions has no ${logType}`);
  };
}
