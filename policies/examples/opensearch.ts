import { inDev, inProd, somewhere } from "./environments";
import { type Cases, unknown } from "./example";

const old = { type: "aws:elasticsearch/domain:Domain" };
const logs = (...logTypes: string[]) => ({
  props: { logPublishingOptions: logTypes.map(logType => ({ logType, cloudwatchLogGroupArn: unknown })) },
});
const off = (logType: string) => ({ props: { logPublishingOptions: [{ logType, enabled: false }] } });
const nodes = (clusterConfig: object) => ({ ...inProd, props: { clusterConfig } });

export default [
  {
    rule: "opensearch-encrypted",
    accepts: [{ props: { encryptAtRest: { enabled: true } } }],
    refuses: [{}, { ...old, props: { encryptAtRest: { enabled: false } } }],
    unknown: [{ props: { encryptAtRest: unknown } }],
  },
  {
    rule: "opensearch-cmk",
    accepts: [{ props: { encryptAtRest: { enabled: true, kmsKeyId: unknown } } }],
    refuses: [{ props: { encryptAtRest: { enabled: true } } }],
  },
  {
    rule: "opensearch-in-vpc",
    accepts: [
      { props: { vpcOptions: { subnetIds: ["subnet-1"] } } },
      { props: { vpcOptions: { subnetIds: unknown } } },
    ],
    refuses: [{}, old, { props: { vpcOptions: { subnetIds: [] } } }],
  },
  {
    rule: "opensearch-node-to-node",
    accepts: [{ props: { nodeToNodeEncryption: { enabled: true } } }],
    refuses: [{}, { props: { nodeToNodeEncryption: { enabled: false } } }],
    unknown: [{ props: { nodeToNodeEncryption: { enabled: unknown } } }],
  },
  {
    rule: "opensearch-error-logs",
    accepts: [logs("ES_APPLICATION_LOGS")],
    refuses: [{}, logs("AUDIT_LOGS"), off("ES_APPLICATION_LOGS")],
    unknown: [{ props: { logPublishingOptions: unknown } }],
  },
  {
    rule: "opensearch-audit-logs",
    accepts: [logs("ES_APPLICATION_LOGS", "AUDIT_LOGS")],
    refuses: [{}, logs("ES_APPLICATION_LOGS"), off("AUDIT_LOGS")],
    unknown: [logs(unknown)],
  },
  {
    rule: "opensearch-slow-logs",
    accepts: [logs("INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS")],
    refuses: [{}, logs("INDEX_SLOW_LOGS"), logs("SEARCH_SLOW_LOGS")],
    unknown: [logs(unknown)],
  },
  {
    rule: "opensearch-three-data-nodes",
    accepts: [nodes({ instanceCount: 3, zoneAwarenessEnabled: true }), inDev],
    refuses: [nodes({ instanceCount: 2, zoneAwarenessEnabled: true }), nodes({ instanceCount: 3 }), inProd],
    unknown: [nodes({ instanceCount: unknown, zoneAwarenessEnabled: true }), somewhere],
  },
  {
    rule: "opensearch-fine-grained",
    accepts: [{ props: { advancedSecurityOptions: { enabled: true } } }],
    refuses: [{}, { props: { advancedSecurityOptions: { enabled: false } } }],
    unknown: [{ props: { advancedSecurityOptions: unknown } }],
  },
  {
    rule: "opensearch-no-anonymous",
    accepts: [{ props: { advancedSecurityOptions: { enabled: true } } }],
    refuses: [{ props: { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true } } }],
    unknown: [{ props: { advancedSecurityOptions: { anonymousAuthEnabled: unknown } } }],
  },
  {
    rule: "opensearch-no-passwords",
    accepts: [{ props: { advancedSecurityOptions: { internalUserDatabaseEnabled: false } } }, {}],
    refuses: [{ props: { advancedSecurityOptions: { internalUserDatabaseEnabled: true } } }],
    unknown: [{ props: { advancedSecurityOptions: { internalUserDatabaseEnabled: unknown } } }],
  },
  {
    rule: "opensearch-tls",
    accepts: [
      {
        props: {
          domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
        },
      },
      { props: { domainEndpointOptions: { tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" } } },
    ],
    refuses: [
      {},
      {
        props: {
          domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" },
        },
      },
      {
        props: {
          domainEndpointOptions: { enforceHttps: false, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
        },
      },
    ],
    unknown: [{ props: { domainEndpointOptions: unknown } }],
  },
  {
    rule: "opensearch-updates",
    accepts: [{ props: { softwareUpdateOptions: { autoSoftwareUpdateEnabled: true } } }],
    refuses: [{}, { props: { softwareUpdateOptions: { autoSoftwareUpdateEnabled: false } } }],
    unknown: [{ props: { softwareUpdateOptions: unknown } }],
  },
  {
    rule: "opensearch-three-masters",
    accepts: [nodes({ dedicatedMasterEnabled: true, dedicatedMasterCount: 3 }), inDev],
    refuses: [
      nodes({ dedicatedMasterEnabled: true, dedicatedMasterCount: 2 }),
      nodes({ dedicatedMasterEnabled: false, dedicatedMasterCount: 3 }),
      inProd,
    ],
    unknown: [nodes({ dedicatedMasterEnabled: true, dedicatedMasterCount: unknown })],
  },
  {
    rule: "opensearch-new-engine",
    accepts: [{ props: { engineVersion: "OpenSearch_2.19" } }, {}],
    refuses: [
      { props: { engineVersion: "Elasticsearch_7.10" } },
      { props: { engineVersion: "OpenSearch_1.3" } },
      old,
    ],
    unknown: [{ props: { engineVersion: unknown } }],
  },
] satisfies Cases[];
