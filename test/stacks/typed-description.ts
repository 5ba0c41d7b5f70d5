/**
 * What the compiler refuses in a description: `npm run typecheck` fails where one of these lines is accepted. Nothing
 * here is run.
 */
import {
  bucket,
  type Environments,
  landingZone,
  organization,
  product,
  queue,
  type Service,
  table,
} from "../../stacks/description";
import environments from "../../stacks/landing-zone/environments";
import company from "../../stacks/landing-zone/organization";

const t = table({ partitionKey: "id" });
const own = { team: "t", costCentre: "c", dataClass: "internal" } as const;

const { dev } = company.accounts;

const elsewhere = product({ name: "p", ...own, accounts: { dev: "elsewhere" } });

const running = (words: Partial<Service>) =>
  product({ name: "p", ...own, services: { a: { release: "1", ...words } } });

export const refused = [
  // @ts-expect-error an account that the organization does not have
  () => landingZone({ organization: company, environments, products: [elsewhere] }),
  // @ts-expect-error an environment that there is not
  () => product({ name: "p", ...own, environments: ["staging"] }),
  // @ts-expect-error a class of data that there is not
  () => product({ name: "p", ...own, dataClass: "secret" }),
  // @ts-expect-error a word that there is not
  () => product({ name: "p", ...own, colour: "red" }),
  // @ts-expect-error a service without a release
  () => product({ name: "p", ...own, services: { api: { port: 8443, path: "/" } } }),
  // @ts-expect-error a release for some environments only
  () => product({ name: "p", ...own, services: { api: { release: { dev: "1" } } } }),
  // @ts-expect-error a CPU that Fargate does not offer
  () => product({ name: "p", ...own, services: { api: { release: "1", size: { cpu: 300, memory: 512 } } } }),
  // @ts-expect-error a resource instead of what may be done with it
  () => product({ name: "p", ...own, services: { api: { release: "1", uses: [t] } } }),
  // @ts-expect-error publishing to a table
  () => t.publish,
  // @ts-expect-error reading a queue
  () => queue().read,
  // @ts-expect-error a CPU that Fargate does not offer in one environment
  () => running({ overrides: { dev: { size: { cpu: 3 } } } }),
  // @ts-expect-error an override of where a service is called
  () => running({ overrides: { dev: { port: 1 } } }),
  // @ts-expect-error parts of what has none
  () => running({ deployment: { strategy: "blueGreen", percent: 5 } }),
  // @ts-expect-error a table's backlog
  () => running({ scaling: { min: 0, max: 1, backlog: { queue: t, perTask: 1 } } }),
  // @ts-expect-error the old word for jobs
  () => product({ name: "p", ...own, tasks: {} }),
  // @ts-expect-error a job on the arrival of a message
  () => product({ name: "p", ...own, jobs: { job: { release: "1", on: { objectCreated: queue() } } } }),
  // @ts-expect-error a table without a key
  () => table({}),
  // @ts-expect-error a bucket's days as text
  () => bucket({ expireAfterDays: "30" }),
  // @ts-expect-error a region that there is not
  () => ({ dev: { ...environments.dev, region: "eu-north-9" } }) satisfies Partial<Environments>,
  // @ts-expect-error a way out that there is not
  () => ({ dev: { ...environments.dev, nat: "double" } }) satisfies Partial<Environments>,
  // @ts-expect-error the subnets of an account that there is not
  () => organization({ ...company, accounts: { ...company.accounts, dev: { ...dev, subnetsOf: "nobody" } } }),
  // @ts-expect-error a role for an account that there is not
  () => organization({ ...company, roles: { ...company.roles, audit: "nobody" } }),
];
