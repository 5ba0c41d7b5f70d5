import { type Cases, unknown } from "./example";

const sessions = (logConfiguration: unknown, more: object = {}) => ({
  props: {
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: "alias/shop",
        logging: "OVERRIDE",
        logConfiguration,
        ...more,
      },
    },
  },
});
const group = { cloudWatchLogGroupName: "/shop/sessions", cloudWatchEncryptionEnabled: true };
const bucket = { s3BucketName: "sessions", s3BucketEncryptionEnabled: true };
const insights = (value: string) => ({ props: { settings: [{ name: "containerInsights", value }] } });

export default [
  {
    rule: "ecs-cluster-container-insights",
    accepts: [insights("enhanced"), insights("enabled")],
    refuses: [{}, insights("disabled")],
    unknown: [insights(unknown)],
  },
  {
    rule: "ecs-cluster-exec-logging",
    accepts: [
      sessions(group),
      sessions(bucket),
      sessions({ ...group, ...bucket }),
      sessions({ ...group, cloudWatchLogGroupName: unknown }, { kmsKeyId: unknown }),
    ],
    refuses: [
      {},
      sessions(group, { logging: "DEFAULT" }),
      sessions(group, { logging: undefined }),
      sessions(group, { logging: "NONE" }),
      sessions(group, { kmsKeyId: undefined }),
      sessions(undefined),
      sessions({ ...group, cloudWatchEncryptionEnabled: false }),
      sessions({ ...bucket, s3BucketEncryptionEnabled: undefined }),
      sessions({ ...group, s3BucketName: "sessions" }),
      sessions({ ...bucket, cloudWatchLogGroupName: "/shop/sessions" }),
    ],
    unknown: [
      sessions(group, { logging: unknown }),
      sessions(unknown),
      { props: { configuration: unknown } },
    ],
  },
  {
    rule: "ecs-cluster-storage-cmk",
    accepts: [
      {
        props: {
          configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: unknown } },
        },
      },
    ],
    refuses: [{}, { props: { configuration: { managedStorageConfiguration: {} } } }],
    unknown: [{ props: { configuration: unknown } }],
  },
  {
    rule: "ecs-capacity-provider-drains",
    accepts: [
      { props: { autoScalingGroupProvider: { managedDraining: "ENABLED" } } },
      { props: { autoScalingGroupProvider: {} } },
    ],
    refuses: [{ props: { autoScalingGroupProvider: { managedDraining: "DISABLED" } } }],
    unknown: [{ props: { autoScalingGroupProvider: { managedDraining: unknown } } }],
  },
] satisfies Cases[];
