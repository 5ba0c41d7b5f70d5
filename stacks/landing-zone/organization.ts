import { gitlab, organization } from "../description";
import ids from "./ids.json";

/** The example company. Numbers, names and addresses are AWS's documentation values: replace them with your own. */
export default organization({
  ids,
  domain: "example.com",
  region: "eu-central-1",
  regions: ["eu-central-1", "eu-west-1", "us-east-1"],
  team: "platform",
  costCentre: "cc-1000",
  units: [
    "Security",
    "Infrastructure",
    "Workloads",
    "Workloads/dev",
    "Workloads/int",
    "Workloads/prod",
    "Sandbox",
    "Suspended",
  ],
  quarantine: "Suspended",
  roles: { management: "management", logArchive: "log-archive", audit: "audit", network: "network" },
  accessRole: "OrganizationAccountAccessRole",
  pipelines: [gitlab("example/landing-zone", { dev: "main", int: "release", prod: "production" })],
  accounts: {
    management: { state: "live", email: "aws+management@example.com", unit: "Infrastructure" },
    "log-archive": { state: "live", email: "aws+log-archive@example.com", unit: "Security" },
    audit: { state: "live", email: "aws+audit@example.com", unit: "Security" },
    network: { state: "live", email: "aws+network@example.com", unit: "Infrastructure" },
    dev: {
      state: "live",
      email: "aws+dev@example.com",
      unit: "Workloads/dev",
      domain: "dev.example.com",
      addresses: "10.16.0.0/16",
      monthlyBudget: 1500,
    },
    int: {
      state: "live",
      email: "aws+int@example.com",
      unit: "Workloads/int",
      domain: "int.example.com",
      addresses: "10.32.0.0/16",
      monthlyBudget: 1500,
    },
    prod: {
      state: "live",
      email: "aws+prod@example.com",
      unit: "Workloads/prod",
      domain: "prod.example.com",
      addresses: "10.48.0.0/16",
      monthlyBudget: 5000,
    },
    "payments-dev": {
      state: "live",
      email: "aws+payments-dev@example.com",
      unit: "Workloads/dev",
      domain: "payments-dev.example.com",
      addresses: "10.17.0.0/16",
    },
    "payments-int": {
      state: "live",
      email: "aws+payments-int@example.com",
      unit: "Workloads/int",
      domain: "payments-int.example.com",
      addresses: "10.33.0.0/16",
    },
    "payments-prod": {
      state: "live",
      email: "aws+payments-prod@example.com",
      unit: "Workloads/prod",
      domain: "payments-prod.example.com",
      addresses: "10.49.0.0/16",
      monthlyBudget: 2000,
    },
    sandbox: { state: "live", email: "aws+sandbox@example.com", unit: "Sandbox", monthlyBudget: 200 },
    legacy: { state: "suspended", email: "aws+legacy@example.com", unit: "Workloads/prod" },
    analytics: { state: "vended", email: "aws+analytics@example.com", unit: "Workloads/dev" },
  },
  contacts: {
    billing: {
      name: "Accounts payable",
      title: "Finance",
      email: "billing@example.com",
      phone: "+1 555 0100",
    },
    operations: {
      name: "Platform team",
      title: "Operations",
      email: "operations@example.com",
      phone: "+1 555 0101",
    },
    security: {
      name: "Security team",
      title: "Security",
      email: "security@example.com",
      phone: "+1 555 0102",
    },
  },
  guardrails: {
    instanceFamilies: ["t3", "t4g", "m7g", "c7g", "r7g"],
    more: {
      "prod-keeps-its-backups": {
        why: "Backups of prod are the last way back from a mistake or from blackmail",
        type: "SERVICE_CONTROL_POLICY",
        units: ["Workloads/prod"],
        statements: [
          {
            Effect: "Deny",
            Action: ["backup:DeleteRecoveryPoint", "backup:DeleteBackupVault"],
            Resource: "*",
          },
        ],
      },
    },
  },
  people: {
    instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
    identityStoreId: "d-1234567890",
    groups: {
      platform: { description: "Runs the landing zone" },
      "on-call": { description: "May break the glass" },
      developers: { description: "Everyone who builds products" },
      security: { description: "Watches the landing zone" },
      finance: { description: "Pays for it" },
    },
    assignments: [
      {
        group: "platform",
        permissionSet: "administrator",
        units: ["Security", "Infrastructure", "Workloads/dev", "Workloads/int"],
      },
      { group: "platform", permissionSet: "read-only", units: ["Workloads/prod"] },
      {
        group: "on-call",
        permissionSet: "break-glass",
        units: ["Security", "Infrastructure", "Workloads", "Sandbox"],
      },
      { group: "developers", permissionSet: "developer", units: ["Workloads"] },
      { group: "developers", permissionSet: "power-user", units: ["Sandbox"] },
      {
        group: "security",
        permissionSet: "security-audit",
        units: ["Security", "Infrastructure", "Workloads", "Sandbox"],
      },
      { group: "finance", permissionSet: "billing", accounts: ["management"] },
    ],
  },
  detection: {
    olderAccounts: ["management", "log-archive", "network", "dev", "int", "prod"],
    notify: ["security@example.com"],
    from: "high",
  },
  operations: {
    alerts: {
      critical: {
        mail: ["operations@example.com"],
        slack: { teamId: "T07EA123LEP", channelId: "C07EZ1ABC23" },
        pager: "https://events.pagerduty.com/integration/0123456789abcdef/enqueue",
      },
      warning: { slack: { teamId: "T07EA123LEP", channelId: "C07EZ1ABC24" } },
    },
  },
  costs: {
    monthlyBudget: 300,
    productBudget: 500,
    notify: ["finance@example.com", "platform@example.com"],
    allocationTags: ["environment", "product", "team", "cost-centre"],
  },
  images: {
    approvedBases: [
      "public.ecr.aws/docker/library/*",
      "public.ecr.aws/amazonlinux/amazonlinux",
      "public.ecr.aws/aws-observability/*",
    ],
  },
  quotas: [
    // Lambda functions at once, and Fargate vCPUs: a new account may have ten of the one and six of the other.
    { service: "lambda", quota: "L-B99A9384", region: "eu-central-1", value: 1000 },
    { service: "fargate", quota: "L-3032A538", region: "eu-central-1", value: 200 },
  ],
});
