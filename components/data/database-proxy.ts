import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import { productRole } from "../identity/product-role";
import { emptySecurityGroup } from "../network/empty-security-group";
import { shortName } from "../short-name";
import { userArn } from "./database-access";
import { proxyAlarms } from "./database-alarms";
import { type DatabaseEngine, engines } from "./database-engines";
import { requireDatabaseName } from "./database-limits";
import { type DatabaseArgs, databaseAlarms, databaseLogs } from "./database-parts";

export interface DatabaseProxyArgs
  extends Pick<DatabaseArgs, "at" | "vpcId" | "subnetIds" | "alarmTopics" | "logs"> {
  /** Usually the database's own name. */
  readonly proxyName: string;
  readonly engine: DatabaseEngine;
  /** The users that it connects to the database as: those that clients connect to it as. */
  readonly users: readonly string[];
  /** The database, by its name. */
  readonly target:
    | { readonly clusterName: pulumi.Input<string> }
    | { readonly instanceName: pulumi.Input<string> };
  readonly databaseSecurityGroupId: pulumi.Input<string>;
  /** Whether to make an endpoint to read from, of a cluster that has readers; default false. */
  readonly reader?: boolean;
  /** What must be there first: the database's instances. */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * RDS Proxy: many clients share few connections, and a failover does not break them. There is no secret: clients come
 * with an IAM token, and the proxy goes on to the database with one of its own, as the same user. So what its role
 * may do is known before there is a database, and nobody's password is kept. Over TLS only, on both sides.
 *
 * It has a security group of its own, without rules but the one that leads to the database's.
 *
 * Refused: MariaDB, for which AWS does not say that this works; no users; a name that the proxy can not have.
 * Sources: Amazon Aurora user guide, "Configuring IAM authentication for RDS Proxy" (end-to-end IAM authentication),
 * "RDS Proxy endpoints"; Amazon RDS API reference, "CreateDBProxy", DefaultAuthScheme.
 */
export class DatabaseProxy extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;
  readonly host: pulumi.Output<string>;
  /** Where to read; the same as `host` without `reader`. */
  readonly readerHost: pulumi.Output<string>;

  constructor(name: string, args: DatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:data:DatabaseProxy", name, {}, opts);
    const { at, proxyName, engine, users, target, vpcId, subnetIds } = args;
    const { proxyFamily, port } = engines[engine];
    requireDatabaseName("proxyName", proxyName, engine);
    if (proxyFamily === undefined)
      throw new Error(`engine is ${engine}; a proxy that authenticates with IAM takes PostgreSQL and MySQL`);
    if (users.length === 0) throw new Error("users is empty; the proxy could connect as nobody");
    const here = { parent: this };

    const role = new aws.iam.Role(
      name,
      {
        name: shortName(`${proxyName}-proxy`, 64),
        description: `The proxy ${proxyName} connects to its database with this role`,
        // AWS does not say that the proxy names the account it asks for, so that a condition on it could lock it out.
        // Only who may pass this role can have a proxy take it, and roles are not passed to other accounts.
        assumeRolePolicy: policyDocument([
          { Effect: "Allow", Principal: { Service: "rds.amazonaws.com" }, Action: "sts:AssumeRole" },
        ]),
        ...productRole(at.accountId),
      },
      here,
    );
    const mayConnect = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocument([
          {
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: users.map(user => userArn(at, user)),
          },
        ]),
      },
      here,
    );

    const group = emptySecurityGroup(this, name, vpcId, `The proxy ${proxyName}`);
    const way = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-database`,
      {
        securityGroupId: group.id,
        description: "To the database",
        referencedSecurityGroupId: args.databaseSecurityGroupId,
        ...way,
      },
      here,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-database`,
      {
        securityGroupId: args.databaseSecurityGroupId,
        description: `From the proxy ${proxyName}`,
        referencedSecurityGroupId: group.id,
        ...way,
      },
      here,
    );

    const logs = databaseLogs(this, `${name}-log`, [`/aws/rds/proxy/${proxyName}`], at, args.logs);
    const proxy = new aws.rds.Proxy(
      name,
      {
        name: proxyName,
        engineFamily: proxyFamily,
        defaultAuthScheme: "IAM_AUTH",
        requireTls: true,
        debugLogging: false,
        idleClientTimeout: 1800,
        roleArn: role.arn,
        vpcSubnetIds: subnetIds,
        vpcSecurityGroupIds: [group.id],
      },
      { ...here, dependsOn: [mayConnect, ...logs] },
    );
    const targets = new aws.rds.ProxyDefaultTargetGroup(
      name,
      {
        dbProxyName: proxy.name,
        // The rest is for people and for maintenance.
        connectionPoolConfig: {
          maxConnectionsPercent: 90,
          maxIdleConnectionsPercent: 50,
          connectionBorrowTimeout: 60,
        },
      },
      here,
    );
    new aws.rds.ProxyTarget(
      name,
      {
        dbProxyName: proxy.name,
        targetGroupName: targets.name,
        ...("clusterName" in target
          ? { dbClusterIdentifier: target.clusterName }
          : { dbInstanceIdentifier: target.instanceName }),
      },
      { ...here, dependsOn: [...(args.after ?? [])] },
    );
    const reader =
      args.reader === true
        ? new aws.rds.ProxyEndpoint(
            `${name}-reader`,
            {
              dbProxyName: proxy.name,
              dbProxyEndpointName: `${proxyName}-reader`,
              targetRole: "READ_ONLY",
              vpcSubnetIds: subnetIds,
              vpcSecurityGroupIds: [group.id],
            },
            here,
          )
        : undefined;
    databaseAlarms(this, name, proxyAlarms(proxyName), args.alarmTopics);

    this.securityGroupId = group.id;
    this.host = proxy.endpoint;
    this.readerHost = (reader ?? proxy).endpoint;
    this.registerOutputs({ host: this.host, readerHost: this.readerHost });
  }
}
