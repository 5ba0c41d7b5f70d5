import { inDev, inProd } from "./environments";
import { type Cases, unknown } from "./example";

const cluster = { type: "aws:rds/cluster:Cluster", name: "orders" };
const selection = {
  type: "aws:backup/selection:Selection",
  name: "selection",
  props: { resources: [unknown] },
  madeFrom: { resources: ["orders"] },
};
const group = {
  type: "aws:rds/subnetGroup:SubnetGroup",
  name: "group",
  props: { subnetIds: [unknown] },
  madeFrom: { subnetIds: ["data"] },
};
const subnet = { type: "aws:ec2/subnet:Subnet", name: "data" };
const routeOut = [
  { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway" },
  { type: "aws:ec2/routeTable:RouteTable", name: "table" },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: "association",
    props: { subnetId: unknown, routeTableId: unknown },
    madeFrom: { subnetId: ["data"], routeTableId: ["table"] },
  },
  {
    type: "aws:ec2/route:Route",
    name: "route",
    props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
    madeFrom: { routeTableId: ["table"], gatewayId: ["gateway"] },
  },
];

export default [
  {
    rule: "rds-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }, { ...cluster, props: { kmsKeyId: "arn:aws:kms:key" } }],
    refuses: [{ props: { storageEncrypted: true } }, { ...cluster, props: { kmsKeyId: "" } }],
  },
  {
    rule: "rds-secret-cmk",
    accepts: [
      { props: { manageMasterUserPassword: true, masterUserSecretKmsKeyId: unknown } },
      { props: { replicateSourceDb: "orders" } },
    ],
    refuses: [
      { props: { manageMasterUserPassword: true } },
      { ...cluster, props: { manageMasterUserPassword: true } },
    ],
    unknown: [{ props: { manageMasterUserPassword: unknown } }],
  },
  {
    rule: "rds-final-snapshot",
    accepts: [
      { ...inProd, props: { finalSnapshotIdentifier: "orders-final", deleteAutomatedBackups: false } },
      { ...inDev, props: { skipFinalSnapshot: true } },
    ],
    refuses: [
      { ...inProd, props: { skipFinalSnapshot: true, deleteAutomatedBackups: false } },
      { ...inProd, props: { skipFinalSnapshot: false } },
      { ...inProd, ...cluster, props: { deleteAutomatedBackups: true } },
    ],
    unknown: [{ props: { skipFinalSnapshot: unknown, deleteAutomatedBackups: false } }],
  },
  {
    rule: "rds-copy-tags",
    accepts: [{ props: { copyTagsToSnapshot: true } }],
    refuses: [{}, { ...cluster, props: { copyTagsToSnapshot: false } }],
    unknown: [{ props: { copyTagsToSnapshot: unknown } }],
  },
  {
    rule: "rds-default-port",
    accepts: [
      { props: { port: 45432 } },
      { props: { replicateSourceDb: "orders" } },
      { ...cluster, props: { replicationSourceIdentifier: unknown } },
    ],
    refuses: [
      { props: { port: 5432 } },
      {},
      { ...cluster, props: { port: 3306 } },
      { props: { port: 1433 } },
      { props: { port: 1521 } },
      { props: { port: 50000 } },
    ],
    unknown: [{ props: { port: unknown } }],
  },
  {
    rule: "rds-engine-supported",
    accepts: [
      { props: { engine: "postgres", engineVersion: "14.1" } },
      { props: { engine: "postgres", engineVersion: "17" } },
      { props: { engine: "postgres" } },
      { props: { engine: "mysql", engineVersion: "8.4.5" } },
      { props: { engine: "mariadb", engineVersion: "11.4.5" } },
      { props: { engine: "mariadb", engineVersion: "10.11.2" } },
      { ...cluster, props: { engine: "aurora-postgresql", engineVersion: "14.0" } },
      { ...cluster, props: { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.0" } },
      { props: { engine: "sqlserver-se", engineVersion: "15.00" } },
    ],
    refuses: [
      { props: { engine: "postgres", engineVersion: "13.15" } },
      { props: { engine: "mysql", engineVersion: "8.0.36" } },
      { props: { engine: "mysql", engineVersion: "8" } },
      { props: { engine: "mariadb", engineVersion: "10.6.1" } },
      { ...cluster, props: { engine: "aurora-mysql", engineVersion: "5.7.mysql_aurora.2.11.1" } },
      { ...cluster, props: { engine: "aurora-postgresql", engineVersion: "13.9" } },
      { props: { engine: "postgres", engineVersion: "latest" } },
    ],
    unknown: [{ props: { engine: "postgres", engineVersion: unknown } }],
  },
  {
    rule: "rds-admin-name",
    accepts: [{ props: { username: "maintainer" } }, { ...cluster, props: { masterUsername: "maintainer" } }],
    refuses: [
      { props: { username: "postgres" } },
      { ...cluster, props: { masterUsername: "Admin" } },
      ...["administrator", "root", "sa", "master"].map(username => ({ props: { username } })),
    ],
    unknown: [{ props: { username: unknown } }],
  },
  {
    rule: "rds-managed-password",
    accepts: [
      { props: { manageMasterUserPassword: true } },
      { props: { replicateSourceDb: "orders" } },
      { ...cluster, props: { globalClusterIdentifier: unknown } },
      { ...cluster, props: { replicationSourceIdentifier: unknown } },
    ],
    refuses: [
      { props: { password: unknown } },
      {},
      { ...cluster, props: { manageMasterUserPassword: true, masterPassword: "not-shown" } },
      { props: { manageMasterUserPassword: true, password: "not-shown" } },
    ],
    unknown: [{ props: { manageMasterUserPassword: unknown } }],
  },
  {
    rule: "rds-own-parameters",
    accepts: [
      { props: { parameterGroupName: unknown } },
      { ...cluster, props: { dbClusterParameterGroupName: "orders-aurora-mysql8" } },
    ],
    refuses: [{}, { ...cluster, props: { parameterGroupName: "orders" } }],
  },
  {
    rule: "rds-in-backup-plan",
    accepts: [{ ...inProd, name: "orders" }, [cluster, selection]],
    refuses: [{ name: "orders" }, { ...cluster, name: "others" }],
    unknown: [[cluster, { ...selection, props: { resources: unknown }, madeFrom: {} }]],
  },
  {
    rule: "rds-private-subnets",
    accepts: [[group, subnet], [{ ...group, madeFrom: {} }]],
    refuses: [
      [group, { ...subnet, props: { mapPublicIpOnLaunch: true } }],
      [group, subnet, ...routeOut],
    ],
    unknown: [[group, { ...subnet, props: { mapPublicIpOnLaunch: unknown } }]],
  },
] satisfies Cases[];
