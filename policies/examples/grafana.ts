import { type Cases, unknown } from "./example";

const plugins = (pluginAdminEnabled: unknown) => ({
  props: { configuration: JSON.stringify({ plugins: { pluginAdminEnabled } }) },
});

export default [
  {
    rule: "grafana-cmk",
    accepts: [{ props: { kmsKeyId: unknown } }],
    refuses: [{ props: { name: "shop" } }],
  },
  {
    rule: "grafana-own-permissions",
    accepts: [{ props: { permissionType: "CUSTOMER_MANAGED", roleArn: unknown } }],
    refuses: [{ props: { permissionType: "SERVICE_MANAGED" } }],
    unknown: [{ props: { permissionType: unknown } }],
  },
  {
    rule: "grafana-one-account",
    accepts: [{ props: { accountAccessType: "CURRENT_ACCOUNT" } }],
    refuses: [{ props: { accountAccessType: "ORGANIZATION" } }],
    unknown: [{ props: { accountAccessType: unknown } }],
  },
  {
    rule: "grafana-plugins-fixed",
    accepts: [plugins(false), {}],
    refuses: [plugins(true)],
    unknown: [plugins(unknown), { props: { configuration: unknown } }],
  },
] satisfies Cases[];
