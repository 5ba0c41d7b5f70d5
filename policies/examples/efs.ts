import { inDev, inProd } from "./environments";
import { type Cases, unknown } from "./example";

const files = { type: "aws:efs/fileSystem:FileSystem", name: "files" };
const ofFiles = { madeFrom: { fileSystemId: ["files"] } };
const backups = {
  type: "aws:efs/backupPolicy:BackupPolicy",
  name: "backups",
  props: { fileSystemId: unknown },
};

const denial = {
  Effect: "Deny",
  Principal: "*",
  Action: "elasticfilesystem:Client*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = (statement: object) => ({
  type: "aws:efs/fileSystemPolicy:FileSystemPolicy",
  name: "policy",
  props: { fileSystemId: unknown, policy: JSON.stringify({ Statement: [statement] }) },
  ...ofFiles,
});

const target = {
  type: "aws:efs/mountTarget:MountTarget",
  name: "target",
  props: { subnetId: unknown },
  madeFrom: { subnetId: ["data"] },
};
const subnet = (props = {}) => ({ type: "aws:ec2/subnet:Subnet", name: "data", props });
const association = {
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  name: "association",
  props: { subnetId: unknown, routeTableId: unknown },
  madeFrom: { subnetId: ["data"], routeTableId: ["table"] },
};
const table = (props = {}, madeFrom = {}) => ({
  type: "aws:ec2/routeTable:RouteTable",
  name: "table",
  props,
  madeFrom,
});
const gateway = { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway" };
const route = (from: string) => ({
  type: "aws:ec2/route:Route",
  name: "route",
  props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
  madeFrom: { routeTableId: [from], gatewayId: ["gateway"] },
});

export default [
  {
    rule: "efs-encrypted",
    accepts: [{ props: { encrypted: true } }],
    refuses: [{}, { props: { encrypted: false } }],
    unknown: [{ props: { encrypted: unknown } }],
  },
  {
    rule: "efs-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{ props: { encrypted: true } }],
  },
  {
    rule: "efs-backup-policy",
    accepts: [{ props: { backupPolicy: { status: "ENABLED" } } }],
    refuses: [{ props: { backupPolicy: { status: "DISABLED" } } }, {}],
    unknown: [{ props: { backupPolicy: unknown } }],
  },
  {
    rule: "efs-in-backup-plan",
    accepts: [
      [files, { ...backups, ...ofFiles }],
      { ...inProd, ...files },
      [files, { type: "aws:backup/selection:Selection", name: "all", props: { resources: ["*"] } }],
    ],
    refuses: [
      files,
      [files, { ...files, name: "others" }, { ...backups, madeFrom: { fileSystemId: ["others"] } }],
    ],
  },
  {
    rule: "efs-access-point-root",
    accepts: [{ props: { rootDirectory: { path: "/data" } } }],
    refuses: [{ props: { rootDirectory: { path: "/" } } }, {}],
    unknown: [{ props: { rootDirectory: unknown } }],
  },
  {
    rule: "efs-access-point-user",
    accepts: [{ props: { posixUser: { uid: 1000, gid: 1000 } } }],
    refuses: [{}, { props: { posixUser: { uid: 0, gid: 0 } } }],
    unknown: [{ props: { posixUser: { uid: unknown, gid: 1000 } } }],
  },
  {
    rule: "efs-mount-target-private",
    accepts: [
      [target, subnet()],
      [target, subnet(), association, table()],
      [{ ...target, madeFrom: {} }],
      [target, subnet(), association, table(), gateway, { ...table(), name: "other" }, route("other")],
    ],
    refuses: [
      [target, subnet({ mapPublicIpOnLaunch: true })],
      [target, subnet(), association, table(), gateway, route("table")],
      [target, subnet(), association, table({ routes: unknown }, { routes: ["gateway"] }), gateway],
    ],
    unknown: [[target, subnet({ mapPublicIpOnLaunch: unknown })]],
  },
  {
    rule: "efs-policy-tls",
    accepts: [
      [files, policy(denial)],
      [
        files,
        policy({
          ...denial,
          Principal: { AWS: ["*", "111122223333"] },
          Action: ["elasticfilesystem:Client*", "elasticfilesystem:DescribeMountTargets"],
        }),
      ],
      [
        files,
        {
          ...policy(denial),
          props: {
            fileSystemId: unknown,
            policy: {
              Statement: [
                { Effect: "Allow", Principal: "*", Action: "elasticfilesystem:ClientMount", Resource: "*" },
                denial,
              ],
            },
          },
        },
      ],
    ],
    refuses: [
      [files],
      [files, policy({ ...denial, Effect: "Allow" })],
      [files, policy({ ...denial, Principal: { AWS: "arn:aws:iam::111122223333:role/orders" } })],
      [files, policy({ ...denial, Action: "elasticfilesystem:ClientWrite" })],
      [files, policy({ ...denial, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
      [files, policy({ ...denial, Condition: { Bool: { "aws:SecureTransport": ["false", "true"] } } })],
      [files, policy({ ...denial, Condition: { Bool: { "aws:ViaAWSService": "false" } } })],
      [files, policy({ ...denial, Condition: { StringEquals: { "aws:SecureTransport": "false" } } })],
      [
        files,
        policy({
          ...denial,
          Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } },
        }),
      ],
      [files, { ...policy(denial), props: { fileSystemId: unknown } }],
    ],
    unknown: [
      [files, { ...policy(denial), props: { fileSystemId: unknown, policy: unknown } }],
      [files, policy({ ...denial, Principal: unknown })],
      [files, { ...policy(denial), madeFrom: {} }],
    ],
  },
  {
    rule: "efs-policy-no-anonymous-root",
    accepts: [
      policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:role/orders" },
        Action: "elasticfilesystem:ClientRootAccess",
        Resource: "*",
      }),
      policy({ ...denial, Action: "elasticfilesystem:ClientRootAccess" }),
      policy({ Effect: "Allow", Principal: "*", Action: "elasticfilesystem:ClientMount", Resource: "*" }),
    ],
    refuses: [
      policy({ Effect: "Allow", Principal: "*", Action: "elasticfilesystem:Client*", Resource: "*" }),
      policy({
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "elasticfilesystem:ClientRootAccess",
        Resource: "*",
      }),
      policy({
        Effect: "Allow",
        Principal: { AWS: ["*", "111122223333"] },
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"],
        Resource: "*",
      }),
    ],
    unknown: [{ ...policy(denial), props: { policy: unknown } }],
  },
  {
    rule: "efs-multi-az",
    accepts: [inProd, { ...inDev, props: { availabilityZoneName: "eu-central-1a" } }],
    refuses: [{ ...inProd, props: { availabilityZoneName: "eu-central-1a" } }],
  },
] satisfies Cases[];
