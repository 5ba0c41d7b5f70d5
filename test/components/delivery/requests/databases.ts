import {
  grantThrough,
  handsOver,
  inRegion,
  keyThrough,
  ofOrders,
  type Row,
  type RowsByType,
  rows,
  serviceLinked,
  tagged,
} from "./rows";

const rds = (actions: string, resource: string, context: Row[2] = ofOrders): Row[] =>
  rows("rds", actions, inRegion("rds", resource), context);
const tags = "AddTagsToResource RemoveTagsFromResource ListTagsForResource";

/** RDS keeps the master user's password in a secret, and its data with the product's key. */
const kept = (kind: "cluster" | "db"): Row[] => [
  ...rows(
    "secretsmanager",
    "CreateSecret TagResource",
    inRegion("secretsmanager", `secret:rds!${kind}-1-AbCdEf`),
  ),
  ...rows(
    "secretsmanager",
    "DescribeSecret RotateSecret DeleteSecret",
    inRegion("secretsmanager", `secret:rds!${kind}-1-AbCdEf`),
    ofOrders,
  ),
  ...["rds", "secretsmanager"].flatMap(service => [...keyThrough(service), grantThrough(service)]),
  ...rows("ec2", "DescribeSecurityGroups DescribeSubnets DescribeVpcs DescribeAvailabilityZones", "*"),
  serviceLinked("rds.amazonaws.com"),
];

const instance: readonly Row[] = [
  ...[
    "db:orders-ledger",
    "subgrp:orders-ledger",
    "pg:orders-ledger-postgres16",
    "og:default:postgres-16",
  ].flatMap(resource => rds("CreateDBInstance ModifyDBInstance", resource)),
  ...rds(`DescribeDBInstances RebootDBInstance DeleteDBInstance ${tags}`, "db:orders-ledger"),
  handsOver("orders-ledger-monitoring", "monitoring.rds.amazonaws.com"),
];

export const needed: RowsByType = {
  "aws:rds/cluster:Cluster": [
    ...rds("CreateDBCluster", "cluster:orders-ledger", tagged),
    ...["cluster-pg:orders-ledger-aurora-postgresql16", "og:default:aurora", "subgrp:orders-ledger"].flatMap(
      resource => rds("CreateDBCluster", resource),
    ),
    ...rds(`DescribeDBClusters ModifyDBCluster DeleteDBCluster ${tags}`, "cluster:orders-ledger"),
    ...rds("DeleteDBCluster", "cluster-snapshot:orders-ledger-final"),
    ...["cluster:orders-ledger", "cluster-snapshot:orders-ledger-final"].flatMap(resource =>
      rds("CreateDBClusterSnapshot", resource),
    ),
    ["rds:DescribeGlobalClusters", "*"],
    ...kept("cluster"),
  ],
  "aws:rds/clusterInstance:ClusterInstance": [
    ...instance,
    ...rds("CreateDBInstance", "cluster:orders-ledger"),
    ...keyThrough("rds"),
    grantThrough("rds"),
  ],
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": rds(
    `CreateDBClusterParameterGroup DescribeDBClusterParameterGroups DescribeDBClusterParameters ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DeleteDBClusterParameterGroup ${tags}`,
    "cluster-pg:orders-ledger-aurora-postgresql16",
  ),
  "aws:rds/instance:Instance": [
    ...instance,
    ...["db:orders-ledger", "snapshot:orders-ledger-final"].flatMap(resource =>
      rds("CreateDBSnapshot", resource),
    ),
    ...kept("db"),
  ],
  "aws:rds/parameterGroup:ParameterGroup": rds(
    `CreateDBParameterGroup DescribeDBParameterGroups DescribeDBParameters ModifyDBParameterGroup ResetDBParameterGroup DeleteDBParameterGroup ${tags}`,
    "pg:orders-ledger-postgres16",
  ),
  "aws:rds/proxy:Proxy": [
    ["rds:CreateDBProxy", "*", tagged],
    ...rds(`DescribeDBProxies ModifyDBProxy DeleteDBProxy ${tags}`, "db-proxy:prx-1"),
    handsOver("orders-ledger-proxy", "rds.amazonaws.com"),
    serviceLinked("rds.amazonaws.com"),
  ],
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": rds(
    "DescribeDBProxyTargetGroups ModifyDBProxyTargetGroup",
    "target-group:prx-tg-1",
  ),
  "aws:rds/proxyEndpoint:ProxyEndpoint": [
    ...rds("CreateDBProxyEndpoint", "db-proxy:prx-1"),
    ...rds(
      `CreateDBProxyEndpoint DescribeDBProxyEndpoints ModifyDBProxyEndpoint DeleteDBProxyEndpoint ${tags}`,
      "db-proxy-endpoint:prx-endpoint-1",
    ),
  ],
  "aws:rds/proxyTarget:ProxyTarget": [
    ...["target-group:prx-tg-1", "db:orders-ledger", "cluster:orders-ledger"].flatMap(resource =>
      rds("RegisterDBProxyTargets DeregisterDBProxyTargets", resource),
    ),
    ...rds("DeregisterDBProxyTargets", "db-proxy:prx-1"),
    ...rds("DescribeDBProxyTargets", "target-group:prx-tg-1"),
  ],
  "aws:rds/subnetGroup:SubnetGroup": rds(
    `CreateDBSubnetGroup DescribeDBSubnetGroups ModifyDBSubnetGroup DeleteDBSubnetGroup ${tags}`,
    "subgrp:orders-ledger",
  ),
};
