/** As small a company as the description lets there be: one region, one environment that is live, two products. */
import {
  github,
  landingZone,
  network,
  organization,
  product,
  queue,
  userPool,
} from "../../stacks/description";

const accounts = {
  management: { state: "live", email: "aws+management@example.com", unit: "Platform" },
  logs: { state: "live", email: "aws+logs@example.com", unit: "Platform" },
  audit: { state: "live", email: "aws+audit@example.com", unit: "Platform" },
  network: { state: "live", email: "aws+network@example.com", unit: "Platform" },
  dev: {
    state: "live",
    email: "aws+dev@example.com",
    unit: "Workloads",
    domain: "dev.example.com",
    addresses: "10.16.0.0/20",
  },
  int: {
    state: "vended",
    email: "aws+int@example.com",
    unit: "Workloads",
    domain: "int.example.com",
    addresses: "10.32.0.0/20",
  },
  prod: {
    state: "vended",
    email: "aws+prod@example.com",
    unit: "Workloads",
    domain: "prod.example.com",
    addresses: "10.48.0.0/20",
  },
} as const;

const contact = { name: "Example", title: "Platform", email: "platform@example.com", phone: "+1 555 0100" };

const environment = {
  region: "us-east-1",
  zones: 1,
  network: { profile: "economy" },
  logRetentionDays: 30,
  deletionProtection: false,
  multiZone: false,
  service: { size: { cpu: 256, memory: 512 }, scaling: { min: 1, max: 2 } },
} as const;

const parcels = product({
  name: "parcels",
  team: "logistics",
  costCentre: "cc-2006",
  dataClass: "internal",
  environments: ["dev"],
  data: { senders: userPool({ clients: { desk: { confidential: true } } }) },
  services: { api: { release: "1.0.0", port: 8443, path: "/parcels/*" } },
});

const read = queue();
const scans = product({
  name: "scans",
  team: "logistics",
  costCentre: "cc-2006",
  dataClass: "internal",
  environments: ["dev"],
  data: { read },
  services: { reader: { release: "1.0.0", uses: [read.consume] } },
});

export default landingZone({
  organization: organization({
    ids: {
      organization: "o-exampleorgid",
      accounts: {
        management: "111122223333",
        logs: "222233334444",
        audit: "333344445555",
        network: "444455556666",
        dev: "555566667777",
      },
    },
    domain: "example.com",
    region: "us-east-1",
    regions: ["us-east-1"],
    team: "platform",
    costCentre: "cc-1000",
    units: ["Platform", "Workloads", "Suspended"],
    quarantine: "Suspended",
    roles: { management: "management", logArchive: "logs", audit: "audit", network: "network" },
    accessRole: "OrganizationAccountAccessRole",
    pipelines: [github("example/landing-zone")],
    accounts,
    contacts: { billing: contact, operations: contact, security: contact },
    guardrails: { instanceFamilies: ["t4g"] },
    people: {
      instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
      identityStoreId: "d-1234567890",
      groups: { platform: { description: "Runs the landing zone" } },
      assignments: [{ group: "platform", permissionSet: "read-only", units: ["Workloads"] }],
    },
    detection: { olderAccounts: ["management"], notify: ["security@example.com"] },
    costs: { monthlyBudget: 300, productBudget: 500, notify: ["finance@example.com"] },
  }),
  environments: {
    dev: { ...environment, account: "dev", addresses: "10.16.0.0/12", policies: "advisory" },
    int: { ...environment, account: "int", addresses: "10.32.0.0/12" },
    prod: { ...environment, account: "prod", addresses: "10.48.0.0/12" },
  },
  network: network({
    addresses: "10.0.0.0/16",
    serviceDomain: "example.services",
    reaches: { dev: ["shared"] },
  }),
  products: [parcels, scans],
});
