import { organization } from "../description";

/** The example company. The numbers are AWS's documentation values: replace them with your accounts' own. */
export default organization({
  domain: "example.com",
  region: "eu-central-1",
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
  roles: { management: "management", logArchive: "log-archive", audit: "audit", network: "network" },
  accessRole: "OrganizationAccountAccessRole",
  pipelines: {
    issuer: "gitlab.com",
    audience: "https://gitlab.com",
    subjects: ["project_path:example/landing-zone:ref_type:branch:ref:*"],
  },
  accounts: {
    management: { id: "111122223333", email: "aws+management@example.com", unit: "Infrastructure" },
    "log-archive": { id: "222233334444", email: "aws+log-archive@example.com", unit: "Security" },
    audit: { id: "333344445555", email: "aws+audit@example.com", unit: "Security" },
    network: { id: "444455556666", email: "aws+network@example.com", unit: "Infrastructure" },
    dev: {
      id: "555566667777",
      email: "aws+dev@example.com",
      unit: "Workloads/dev",
      domain: "dev.example.com",
      addresses: "10.16.0.0/16",
    },
    int: {
      id: "666677778888",
      email: "aws+int@example.com",
      unit: "Workloads/int",
      domain: "int.example.com",
      addresses: "10.32.0.0/16",
    },
    prod: {
      id: "777788889999",
      email: "aws+prod@example.com",
      unit: "Workloads/prod",
      domain: "prod.example.com",
      addresses: "10.48.0.0/16",
    },
    "payments-dev": {
      id: "888899990000",
      email: "aws+payments-dev@example.com",
      unit: "Workloads/dev",
      domain: "payments-dev.example.com",
      addresses: "10.17.0.0/16",
    },
    "payments-int": {
      id: "999900001111",
      email: "aws+payments-int@example.com",
      unit: "Workloads/int",
      domain: "payments-int.example.com",
      addresses: "10.33.0.0/16",
    },
    "payments-prod": {
      id: "123456789012",
      email: "aws+payments-prod@example.com",
      unit: "Workloads/prod",
      domain: "payments-prod.example.com",
      addresses: "10.49.0.0/16",
    },
  },
});
