import { type AccountName, type Environments, gitlabRunner } from "../description";
import type organization from "./organization";

/** What differs between the environments: where they are, how large, how careful, how thrifty. */
export default {
  dev: {
    account: "dev",
    region: "eu-central-1",
    addresses: "10.16.0.0/12",
    // Tasks call the environment's other accounts, as they do in int and prod.
    network: { profile: "economy", privateNat: "single" },
    logRetentionDays: 30,
    deletionProtection: false,
    multiZone: false,
    backup: { keepDays: 7 },
    shell: "allowed",
    runner: gitlabRunner({
      host: "gitlab.com",
      addresses: "10.18.0.0/22",
      workers: { kind: "spot", types: ["m7g.large", "c7g.large", "r7g.large"], most: 4 },
    }),
    policies: "advisory",
    service: { size: { cpu: 256, memory: 512 }, scaling: { min: 1, max: 2 } },
  },
  int: {
    account: "int",
    region: "eu-central-1",
    addresses: "10.32.0.0/12",
    network: { profile: "standard", nat: "single" },
    logRetentionDays: 90,
    deletionProtection: false,
    multiZone: false,
    // Before a release, tests run on what customers have; see docs/restore.md.
    restoresFrom: "prod",
    service: { size: { cpu: 256, memory: 512 }, scaling: { min: 2, max: 3 } },
  },
  prod: {
    account: "prod",
    region: "eu-central-1",
    addresses: "10.48.0.0/12",
    network: { profile: "strict" },
    logRetentionDays: 365,
    deletionProtection: true,
    multiZone: true,
    backup: { keepDays: 35, keepMonthlyDays: 365, copies: true },
    service: { size: { cpu: 512, memory: 1024 }, scaling: { min: 2, max: 6 } },
  },
} satisfies Environments<AccountName<typeof organization>>;
