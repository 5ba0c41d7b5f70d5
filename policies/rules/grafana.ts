import { mustBe, mustBeSet } from "../demands";
import type { Rule } from "../rule";
import { ownKey } from "./company-keys";

const workspaces = ["aws:grafana/workspace:Workspace"];

/** Amazon Managed Grafana. */
export const grafana: readonly Rule[] = [
  {
    name: "grafana-cmk",
    theme: "encryption-at-rest",
    title: "A workspace of Grafana is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: workspaces,
    check: mustBeSet("kmsKeyId"),
  },
  {
    name: "grafana-own-permissions",
    theme: "least-privilege",
    title: "Grafana's role is written by the company",
    why: "The one that AWS makes reads the metrics and logs of the whole account",
    fix: "set permissionType: CUSTOMER_MANAGED, and roleArn to a role that queries what it must",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: workspaces,
    check: mustBe("permissionType", "CUSTOMER_MANAGED"),
  },
  {
    name: "grafana-one-account",
    theme: "least-privilege",
    title: "Grafana reads one account",
    why: "With the organization's, whoever makes a dashboard reads the metrics of every account",
    fix: "set accountAccessType: CURRENT_ACCOUNT; other accounts share what is to be seen",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: workspaces,
    check: mustBe("accountAccessType", "CURRENT_ACCOUNT"),
  },
  {
    name: "grafana-plugins-fixed",
    theme: "images-and-compute",
    title: "Nobody adds plugins to Grafana by hand",
    why: "A plugin is somebody else's program, which acts with Grafana's role",
    fix: "leave plugins.pluginAdminEnabled out of configuration",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: workspaces,
    check(workspace, report) {
      // Grafana takes false.
      const admin = workspace.at("configuration").json()?.at("plugins", "pluginAdminEnabled");
      if (admin?.is(true)) report.refuse("pluginAdminEnabled is true");
    },
  },
];
