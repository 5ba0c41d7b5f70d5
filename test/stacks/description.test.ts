import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bucket,
  checked,
  DescriptionError,
  eventBus,
  github,
  type LandingZone,
  type Link,
  type Product,
  queue,
  type Resource,
  table,
  topic,
  userPool,
} from "../../stacks/description";
import example from "../../stacks/landing-zone";

/** A copy of the example with some of its values replaced; resources stay the same instances. */
type Change = (zone: Mutable<LandingZone>) => void;
type Mutable<T> = T extends Resource | Link
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

function changed(change: Change): LandingZone {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]));
    return value;
  };
  const zone = copy(example) as Mutable<LandingZone>;
  change(zone);
  return zone as LandingZone;
}

function faultsOf(value: unknown) {
  try {
    checked(value);
    return [];
  } catch (error) {
    assert.ok(error instanceof DescriptionError, String(error));
    return error.faults;
  }
}

const product = (zone: Mutable<LandingZone>, name: string): Mutable<Product> => {
  const found = zone.products.find(candidate => candidate.name === name);
  assert.ok(found);
  return found;
};
const account = (zone: Mutable<LandingZone>, name: string) => {
  const found = zone.organization.accounts[name];
  assert.ok(found);
  return found;
};

const guardrail = (zone: Mutable<LandingZone>) => {
  const found = zone.organization.guardrails.more?.["prod-keeps-its-backups"];
  assert.ok(found);
  return found;
};

/** Puts an account into another one's subnets. */
const living = (zone: Mutable<LandingZone>, name: string, subnetsOf: string) => {
  account(zone, name).addresses = undefined;
  account(zone, name).subnetsOf = subnetsOf;
};

/** Has the product orders keep something, which its links are not asked for. */
const keeping =
  (make: () => Resource): Change =>
  zone => {
    product(zone, "orders").data = { ...product(zone, "orders").data, kept: make() };
  };

/** One mistake a row: what is done, where it is reported, and what the message must say. */
const mistakes: readonly [what: string, change: Change, path: string, says: RegExp][] = [
  [
    "environments that overlap",
    zone => {
      zone.environments.int.addresses = "10.16.0.0/12";
    },
    "environments.int.addresses",
    /overlaps environments\.dev\.addresses, 10\.16\.0\.0\/12/,
  ],
  [
    "accounts that overlap",
    zone => {
      account(zone, "payments-dev").addresses = "10.16.128.0/20";
    },
    "organization.accounts.payments-dev.addresses",
    /overlaps organization\.accounts\.dev\.addresses/,
  ],
  [
    "an account outside its environment's range",
    zone => {
      account(zone, "dev").addresses = "10.32.0.0/16";
    },
    "organization.accounts.dev.addresses",
    /must lie inside environments\.dev\.addresses/,
  ],
  [
    "a range that does not begin where it says",
    zone => {
      account(zone, "dev").addresses = "10.16.0.1/16";
    },
    "organization.accounts.dev.addresses",
    /did you mean 10\.16\.0\.0\/16/,
  ],
  [
    "a range that is the internet's",
    zone => {
      account(zone, "dev").addresses = "203.0.0.0/16";
    },
    "organization.accounts.dev.addresses",
    /10\.0\.0\.0\/8, 172\.16\.0\.0\/12 or 192\.168\.0\.0\/16/,
  ],
  [
    "a range that is too small",
    zone => {
      account(zone, "dev").addresses = "10.16.0.0/21";
    },
    "organization.accounts.dev.addresses",
    /\/16 to a \/20; 2,048 addresses are missing/,
  ],
  [
    "a region without three zones",
    zone => {
      zone.environments.dev.region = "us-west-1";
    },
    "environments.dev.region",
    /asks for 3 availability zones, and us-west-1 has 2 for new accounts/,
  ],
  [
    "an unknown region",
    zone => {
      (zone.environments.dev as { region: string }).region = "eu-north-9";
    },
    "environments.dev.region",
    /no region known here/,
  ],
  [
    "a zone of another region",
    zone => {
      zone.environments.dev.zones = ["euc1-az1", "euc1-az2", "euw1-az3"];
    },
    "environments.dev.zones[2]",
    /no availability zone of eu-central-1/,
  ],
  [
    "one zone twice",
    zone => {
      zone.environments.dev.zones = ["euc1-az1", "euc1-az2", "euc1-az1"];
    },
    "environments.dev.zones[2]",
    /environments\.dev\.zones\[0\] too/,
  ],
  [
    "an environment in an unknown account",
    zone => {
      zone.environments.dev.account = "nowhere";
    },
    "environments.dev.account",
    /no account of this landing zone; there are: management/,
  ],
  [
    "workloads in the management account",
    zone => {
      zone.environments.dev.account = "management";
    },
    "environments.dev.account",
    /is the management account/,
  ],
  [
    "one account for two environments",
    zone => {
      zone.environments.int.account = "dev";
    },
    "environments.int.account",
    /an account belongs to one environment/,
  ],
  [
    "a workload account without a domain",
    zone => {
      account(zone, "dev").domain = undefined;
    },
    "organization.accounts.dev.domain",
    /dev\.example\.com/,
  ],
  [
    "a domain outside the organization's",
    zone => {
      account(zone, "dev").domain = "dev.example.org";
    },
    "organization.accounts.dev.domain",
    /must be below organization\.domain/,
  ],
  [
    "two accounts with one number",
    zone => {
      zone.organization.ids.accounts["int"] = "555566667777";
    },
    "organization.ids.accounts.int",
    /organization\.ids\.accounts\.dev too/,
  ],
  [
    "two accounts with one address, in other letters",
    zone => {
      account(zone, "int").email = "AWS+dev@example.com";
    },
    "organization.accounts.int.email",
    /organization\.accounts\.dev\.email too/,
  ],
  [
    "an account in an unknown unit",
    zone => {
      account(zone, "dev").unit = "Workloads/test";
    },
    "organization.accounts.dev.unit",
    /no unit of this landing zone/,
  ],
  [
    "a unit without its parent",
    zone => {
      zone.organization.units.push("Labs/one");
    },
    "organization.units[8]",
    /list "Labs" too/,
  ],
  [
    "a unit six levels deep",
    zone => {
      zone.organization.units.push("a", "a/b", "a/b/c", "a/b/c/d", "a/b/c/d/e", "a/b/c/d/e/f");
    },
    "organization.units[13]",
    /6 levels deep; AWS Organizations allows 5/,
  ],
  [
    "pipelines of anyone",
    zone => {
      zone.organization.pipelines = [{ ...github("example/landing-zone"), preview: ["*"] }] as never;
    },
    "organization.pipelines[0].preview[0]",
    /would admit anyone/,
  ],
  [
    "an account that is gone from the description, but not from AWS",
    zone => {
      delete zone.organization.accounts["sandbox"];
    },
    "organization.accounts.sandbox",
    /account 555555555555 was vended and AWS still has it.*`closed`/,
  ],
  [
    "an account in use without a number",
    zone => {
      delete zone.organization.ids.accounts["sandbox"];
    },
    "organization.ids.accounts.sandbox",
    /is needed, because the account is live/,
  ],
  [
    "a state that there is not",
    zone => {
      (account(zone, "sandbox") as { state: string }).state = "sleeping";
    },
    "organization.accounts.sandbox.state",
    /must be one of vended, quarantined, baselined, live, suspended, closed/,
  ],
  [
    "a closed account that a product still lives in",
    zone => {
      account(zone, "payments-int").state = "closed";
    },
    "products.payments.accounts.int",
    /is a closed account/,
  ],
  [
    "a suspended account that plays a role",
    zone => {
      account(zone, "audit").state = "suspended";
    },
    "organization.accounts.audit.state",
    /organization\.roles\.audit/,
  ],
  [
    "a management account that is not there yet",
    zone => {
      account(zone, "management").state = "vended";
    },
    "organization.accounts.management.state",
    /must be live/,
  ],
  [
    "an account whose place is the quarantine",
    zone => {
      account(zone, "sandbox").unit = "Suspended";
    },
    "organization.accounts.sandbox.unit",
    /is the quarantine/,
  ],
  [
    "a quarantine that is no unit",
    zone => {
      zone.organization.quarantine = "Jail";
    },
    "organization.quarantine",
    /no unit of this landing zone/,
  ],
  [
    "a unit called root",
    zone => {
      zone.organization.units.push("Root");
    },
    "organization.units[8]",
    /what the organization's root is called/,
  ],
  [
    "an organization's id that is none",
    zone => {
      zone.organization.ids.organization = "111122223333";
    },
    "organization.ids.organization",
    /o- and ten to thirty-two/,
  ],
  [
    "an unknown region among those allowed",
    zone => {
      (zone.organization.regions as string[]).push("eu-north-9");
    },
    "organization.regions[3]",
    /is no region known here; known: .*eu-central-1/,
  ],
  [
    "regions without the one of AWS's global services",
    zone => {
      zone.organization.regions = ["eu-central-1"];
    },
    "organization.regions",
    /must hold us-east-1/,
  ],
  [
    "regions without an environment's",
    zone => {
      zone.environments.prod.region = "eu-west-3";
    },
    "organization.regions",
    /must hold eu-west-3, because it is environments\.prod\.region/,
  ],
  [
    "a permission set that is too long",
    zone => {
      zone.organization.people.permissionSets = {
        wide: {
          description: "Reads one table after the other",
          sessionHours: 8,
          statements: Array.from({ length: 100 }, (_, index) => ({
            Effect: "Allow" as const,
            Action: "dynamodb:GetItem",
            Resource: `arn:aws:dynamodb:eu-central-1:111122223333:table/table-${index}`,
          })),
        },
      };
    },
    "organization.people.permissionSets.wide.statements",
    /make a policy of 11,828 characters, 1,588 more than the 10,240/,
  ],
  [
    "administrators without a word",
    zone => {
      zone.organization.people.permissionSets = {
        boss: { description: "Everything", sessionHours: 8, managedPolicies: ["AdministratorAccess"] },
      };
    },
    "organization.people.permissionSets.boss.allowAdministrator",
    /say why, in at least 20 characters/,
  ],
  [
    "a permission set that allows nothing",
    zone => {
      zone.organization.people.permissionSets = { none: { description: "Nothing", sessionHours: 8 } };
    },
    "organization.people.permissionSets.none",
    /allows nothing/,
  ],
  [
    "a session longer than AWS allows",
    zone => {
      zone.organization.people.permissionSets = {
        long: { description: "Long", sessionHours: 13, managedPolicies: ["ReadOnlyAccess"] },
      };
    },
    "organization.people.permissionSets.long.sessionHours",
    /from 1 to 12/,
  ],
  [
    "an assignment of a group that there is not",
    zone => {
      zone.organization.people.assignments.push({
        group: "nobody",
        permissionSet: "billing",
        accounts: ["management"],
      });
    },
    "organization.people.assignments[7].group",
    /no group of this landing zone/,
  ],
  [
    "an assignment in a unit that there is not",
    zone => {
      zone.organization.people.assignments.push({
        group: "finance",
        permissionSet: "billing",
        units: ["Workloads/test"],
      });
    },
    "organization.people.assignments[7].units[0]",
    /no unit of this landing zone/,
  ],
  [
    "an assignment nowhere",
    zone => {
      zone.organization.people.assignments.push({ group: "finance", permissionSet: "billing" });
    },
    "organization.people.assignments[7]",
    /must name units or accounts/,
  ],
  [
    "a guardrail left out without a reason",
    zone => {
      zone.organization.guardrails.without = { regions: "because" };
    },
    "organization.guardrails.without.regions",
    /at least 20 characters/,
  ],
  [
    "a guardrail left out that there is not",
    zone => {
      (zone.organization.guardrails as { without: object }).without = {
        "no-fun": "There is no guardrail of this name",
      };
    },
    "organization.guardrails.without.no-fun",
    /is no word of the description here/,
  ],
  [
    "a guardrail that allows",
    zone => {
      guardrail(zone).statements = [{ Effect: "Allow", Action: "s3:*", Resource: "*" }];
    },
    "organization.guardrails.more.prod-keeps-its-backups.statements[0].Effect",
    /must be Deny/,
  ],
  [
    "a guardrail for a unit that there is not",
    zone => {
      guardrail(zone).units = ["Workloads/test"];
    },
    "organization.guardrails.more.prod-keeps-its-backups.units[0]",
    /no unit of this landing zone/,
  ],
  [
    "a service control policy with a principal",
    zone => {
      guardrail(zone).statements = [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }];
    },
    "organization.guardrails.more.prod-keeps-its-backups.statements[0].Principal",
    /no place in a service control policy/,
  ],
  [
    "a statement with both lists of actions",
    zone => {
      guardrail(zone).statements = [{ Effect: "Deny", Action: "s3:*", NotAction: "iam:*", Resource: "*" }];
    },
    "organization.guardrails.more.prod-keeps-its-backups.statements[0]",
    /either Action or NotAction/,
  ],
  [
    "findings that nobody hears of",
    zone => {
      zone.organization.detection.notify = [];
    },
    "organization.detection.notify",
    /nobody hears/,
  ],
  [
    "a product called as the platform's roles are",
    zone => {
      product(zone, "orders").name = "landing-zone-orders";
    },
    "products.landing-zone-orders.name",
    /stacks and roles of the platform/,
  ],
  [
    "environments that reach one another",
    zone => {
      zone.network.reaches.dev = ["shared", "prod"];
    },
    "network.reaches.dev[1]",
    /environments never reach one another/,
  ],
  [
    "a route domain that there is not",
    zone => {
      (zone.network.reaches as Record<string, string[]>)["dev"] = ["mars"];
    },
    "network.reaches.dev[0]",
    /must be one of dev, int, prod, shared, runner, on-premises/,
  ],
  [
    "a way on-premises that is not described",
    zone => {
      zone.network.reaches.prod = ["shared", "on-premises"];
    },
    "network.reaches.prod[1]",
    /network\.onPremises does not say how/,
  ],
  [
    "ranges on-premises that meet an environment's",
    zone => {
      zone.network.onPremises = {
        ranges: ["10.40.0.0/16"],
        connection: { vpn: { address: "203.0.113.10", asn: 65000 } },
      };
    },
    "network.onPremises.ranges[0]",
    /overlaps environments\.int\.addresses/,
  ],
  [
    "a hub that meets an environment",
    zone => {
      zone.network.addresses = "10.16.0.0/16";
    },
    "network.addresses",
    /overlaps environments\.dev\.addresses/,
  ],
  [
    "an allow list's entry that is no domain",
    zone => {
      zone.network.egress = { allow: ["https://example.com"] };
    },
    "network.egress.allow[0]",
    /a domain such as example\.com/,
  ],
  [
    "a way out through a hub that has none",
    zone => {
      zone.environments.dev.network.nat = "central";
      delete zone.environments.dev.runner;
      delete zone.network.egress;
    },
    "environments.dev.network.nat",
    /say network\.egress/,
  ],
  [
    "endpoints of a hub that has none",
    zone => {
      zone.environments.dev.network.endpoints = "shared";
    },
    "environments.dev.network.endpoints",
    /network\.sharedEndpoints: true/,
  ],
  [
    "a profile of names that would be empty",
    zone => {
      zone.network.namesProfile = true;
    },
    "network.namesProfile",
    /has no names to bring: no environment has endpoints: "shared"/,
  ],
  [
    "the word that once meant a profile of endpoints' names",
    zone => {
      (zone.network as { sharedEndpoints?: unknown }).sharedEndpoints = "profile";
    },
    "network.sharedEndpoints",
    /must be true or false/,
  ],
  [
    "subnets of an account that there is not",
    zone => living(zone, "payments-dev", "nowhere"),
    "organization.accounts.payments-dev.subnetsOf",
    /no account of this landing zone; there are: management/,
  ],
  [
    "subnets beside addresses",
    zone => {
      account(zone, "payments-dev").subnetsOf = "dev";
    },
    "organization.accounts.payments-dev.subnetsOf",
    /stands beside organization\.accounts\.payments-dev\.addresses.*leave one out/,
  ],
  [
    "an account in its own subnets",
    zone => living(zone, "payments-dev", "payments-dev"),
    "organization.accounts.payments-dev.subnetsOf",
    /is the account itself; name another one, or give it addresses/,
  ],
  [
    "subnets of an account that has none either",
    zone => {
      zone.organization.accounts["orders-dev"] = {
        ...account(zone, "payments-dev"),
        email: "aws+orders-dev@example.com",
        domain: "orders-dev.example.com",
        addresses: undefined,
        subnetsOf: "payments-dev",
        state: "vended",
      };
      product(zone, "orders").accounts = { dev: "orders-dev" };
      living(zone, "payments-dev", "dev");
    },
    "organization.accounts.orders-dev.subnetsOf",
    /has no subnets either, it lives in those of dev; name one of dev$/,
  ],
  [
    "subnets of an account without workloads",
    zone => living(zone, "payments-dev", "sandbox"),
    "organization.accounts.payments-dev.subnetsOf",
    /no workloads are put in; name one of dev$/,
  ],
  [
    "subnets of the platform's",
    zone => living(zone, "payments-dev", "network"),
    "organization.accounts.payments-dev.subnetsOf",
    /no workloads are put in/,
  ],
  [
    "subnets of another environment",
    zone => living(zone, "payments-dev", "prod"),
    "organization.accounts.payments-dev.subnetsOf",
    /is an account of prod, and payments-dev is one of dev; environments share no network\. Name one of dev$/,
  ],
  [
    "an environment's own account in another's subnets",
    zone => living(zone, "dev", "payments-dev"),
    "organization.accounts.dev.subnetsOf",
    /is environments\.dev\.account, .*give it addresses instead/,
  ],
  [
    "subnets of an account that is not numbered yet",
    zone => {
      living(zone, "payments-dev", "dev");
      account(zone, "dev").state = "vended";
    },
    "organization.accounts.payments-dev.subnetsOf",
    /is vended and has no subnets to share, and payments-dev is live; number dev in ids\.json/,
  ],
  [
    "subnets of an account that is suspended",
    zone => {
      living(zone, "payments-dev", "dev");
      account(zone, "dev").state = "suspended";
    },
    "organization.accounts.payments-dev.subnetsOf",
    /is suspended and has no subnets to share.*suspend payments-dev too/,
  ],
  [
    "subnets of an account that is closed, by one that is still there",
    zone => {
      living(zone, "payments-dev", "dev");
      account(zone, "dev").state = "closed";
      account(zone, "payments-dev").state = "suspended";
    },
    "organization.accounts.payments-dev.subnetsOf",
    /is closed, and its subnets with it; .*close payments-dev first/,
  ],
  [
    "a public product in another account's subnets",
    zone => {
      living(zone, "payments-dev", "dev");
      product(zone, "payments").cdn = product(zone, "shop").cdn;
    },
    "products.payments.accounts.dev",
    /CloudFront reaches load balancers in a VPC of their own account only; give payments-dev addresses/,
  ],
  [
    "a workload account with neither addresses nor another's subnets",
    zone => {
      account(zone, "payments-dev").addresses = undefined;
    },
    "organization.accounts.payments-dev.addresses",
    /for example a \/16 inside 10\.16\.0\.0\/12; or subnetsOf, to live in another account's VPC/,
  ],
  [
    "more zones than the region has",
    zone => {
      zone.environments.dev.zones = 4;
    },
    "environments.dev.zones",
    /asks for 4 availability zones, and eu-central-1 has 3 for new accounts/,
  ],
  [
    "an unknown environment",
    zone => {
      (product(zone, "orders") as { environments: string[] }).environments = ["dev", "staging"];
    },
    "products.orders.environments[1]",
    /one of dev, int, prod/,
  ],
  [
    "an account for an environment the product does not live in",
    zone => {
      product(zone, "payments").environments = ["dev", "prod"];
    },
    "products.payments.accounts.int",
    /add "int" to its environments/,
  ],
  [
    "a product's name that would break the limit of load balancers",
    zone => {
      product(zone, "orders").name = "orders-of-the-whole-company";
    },
    "products.orders-of-the-whole-company.name",
    /at most 20 characters/,
  ],
  [
    "two products of one name",
    zone => {
      product(zone, "pricing").name = "orders";
    },
    "products[2].name",
    /products\[0\]\.name too/,
  ],
  [
    "a product called like a layer",
    zone => {
      product(zone, "orders").name = "baseline";
    },
    "products.baseline.name",
    /what stacks and roles of the platform are called/,
  ],
  [
    "services of two products whose roles would have one name",
    zone => {
      product(zone, "pricing").name = "orders-api";
      product(zone, "orders-api").services = { v2: { release: "1" } };
      product(zone, "orders").services = { "api-v2": { release: "1" } };
    },
    "products.orders-api.services.v2",
    /is what products\.orders\.services\.api-v2 is called in AWS too/,
  ],
  [
    "a bucket whose name would be too long",
    zone => {
      product(zone, "statements").name = "statements-of-banks";
      product(zone, "statements-of-banks").data = {
        ...product(zone, "statements-of-banks").data,
        "incoming-documents": bucket(),
      };
    },
    "products.statements-of-banks.data.incoming-documents",
    /name of 64 characters, and S3 allows 63; use at most 17 here/,
  ],
  [
    "two services on one path",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", port: 8443, path: "/orders/*" },
        b: { release: "1", port: 8443, path: "/orders/*" },
      };
    },
    "products.orders.services.b.path",
    /has the same requests as products\.orders\.services\.a; tell them apart/,
  ],
  [
    "a path without a port",
    zone => {
      product(zone, "orders").services = { a: { release: "1", path: "/orders/*" } };
    },
    "products.orders.services.a.port",
    /needed with a `path`/,
  ],
  [
    "a worker with a health check",
    zone => {
      product(zone, "orders").services = { a: { release: "1", health: "/health" } };
    },
    "products.orders.services.a.health",
    /no effect on a worker/,
  ],
  [
    "another product's table",
    zone => {
      const ledger = product(zone, "payments").data?.["ledger"];
      assert.ok(ledger?.kind === "table");
      product(zone, "orders").services = {
        a: { release: "1", uses: [{ resource: ledger, access: "read" }] },
      };
    },
    "products.orders.services.a.uses[0]",
    /is a table of the product payments, which does not share it; say so there: shares: { ledger: \["orders"\] }/,
  ],
  [
    "another product's table, shared, in another account",
    zone => {
      const ledger = product(zone, "payments").data?.["ledger"];
      assert.ok(ledger?.kind === "table");
      product(zone, "payments").shares = { ledger: ["orders"] };
      product(zone, "orders").services = { a: { release: "1", uses: [ledger.read] } };
    },
    "products.orders.services.a.uses[0]",
    /is not in the account that orders lives in in dev; only products of one account share data/,
  ],
  [
    "a share of what there is not",
    zone => {
      product(zone, "orders").shares = { order: ["shop"] };
    },
    "products.orders.shares.order",
    /is no resource of orders .*there are: orders, sessions, pending, returned, events, placed/,
  ],
  [
    "a share with a product that there is not",
    zone => {
      product(zone, "orders").shares = { orders: ["shops"] };
    },
    "products.orders.shares.orders[0]",
    /is no other product .*payments, pricing, shop, statements/,
  ],
  [
    "a product's alarms of which nobody hears",
    zone => {
      product(zone, "orders").alerts = { critical: {} };
    },
    "products.orders.alerts.critical",
    /names nobody; leave it out/,
  ],
  [
    "a product's notify, which was before alerts",
    zone => {
      (product(zone, "orders") as unknown as Record<string, unknown>)["notify"] = ["a@example.com"];
    },
    "products.orders.notify",
    /./,
  ],
  [
    "a pager that is not reached by HTTPS",
    zone => {
      zone.organization.operations = { alerts: { critical: { pager: "http://pager.example.com/1" } } };
    },
    "organization.operations.alerts.critical.pager",
    /an HTTPS address/,
  ],
  [
    "a pager for what can wait",
    zone => {
      (zone.organization as unknown as Record<string, unknown>)["operations"] = {
        alerts: { warning: { mail: ["a@example.com"], pager: "https://pager.example.com/1" } },
      };
    },
    "organization.operations.alerts.warning.pager",
    /./,
  ],
  [
    "a Slack channel by its name",
    zone => {
      zone.organization.operations = {
        alerts: { warning: { slack: { teamId: "T07EA123LEP", channelId: "#alarms" } } },
      };
    },
    "organization.operations.alerts.warning.slack.channelId",
    /a channel's id/,
  ],
  [
    "no mail address to mail to",
    zone => {
      zone.organization.operations = { alerts: { warning: { mail: [] } } };
    },
    "organization.operations.alerts.warning.mail",
    /at least one address/,
  ],
  [
    "access that is unused for longer than AWS counts",
    zone => {
      zone.organization.detection.unusedAccessDays = 400;
    },
    "organization.detection.unusedAccessDays",
    /whole number of days from 1 to 365/,
  ],
  [
    "a link that a resource does not offer",
    zone => {
      const orders = product(zone, "orders").data?.["orders"];
      assert.ok(orders);
      product(zone, "orders").services = {
        a: { release: "1", uses: [{ resource: orders, access: "publish" }] },
      };
    },
    "products.orders.services.a.uses[0].access",
    /is nothing that a table offers; it offers read, readWrite/,
  ],
  [
    "a table that nobody keeps",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", uses: [table({ partitionKey: "id" }).read] },
      };
    },
    "products.orders.services.a.uses[0]",
    /name it in products\.orders\.data/,
  ],
  [
    "a topic that delivers to another product's queue",
    zone => {
      const captures = product(zone, "payments").data?.["captures"];
      assert.ok(captures?.kind === "queue");
      product(zone, "pricing").data = {
        ...product(zone, "pricing").data,
        news: topic({ deliversTo: [captures] }),
      };
    },
    "products.pricing.data.news.deliversTo[0]",
    /is a queue of the product payments/,
  ],
  [
    "a stream that a table does not have",
    zone => {
      const orders = table({ partitionKey: "id" });
      product(zone, "orders").data = { ...product(zone, "orders").data, plain: orders };
      product(zone, "orders").services = { a: { release: "1", uses: [orders.consume] } };
    },
    "products.orders.services.a.uses[0]",
    /has no stream; say stream: true/,
  ],
  ...(
    [
      [
        "a key of two types",
        { partitionKey: "id", indexes: { byId: { partitionKey: { name: "id", type: "number" } } } },
        "indexes.byId.partitionKey",
        /is a number here and a string elsewhere/,
      ],
      [
        "a key of a type that there is not",
        { partitionKey: { name: "id", type: "map" } },
        "partitionKey",
        /must be the name of an attribute/,
      ],
      [
        "an index with a short name",
        { partitionKey: "id", indexes: { x: { partitionKey: "y" } } },
        "indexes.x",
        /3 to 255/,
      ],
      [
        "an expiry that is no number",
        { partitionKey: "id", expiresAt: "id" },
        "expiresAt",
        /is a key that is a string/,
      ],
      [
        "a capacity that is less at most than at least",
        { partitionKey: "id", capacity: { read: { min: 3, max: 2 }, write: { min: 1, max: 1 } } },
        "capacity.read.max",
        /must be at least `min`/,
      ],
      [
        "more days to go back than there are",
        { partitionKey: "id", recoveryDays: { dev: 7, int: 7, prod: 36 } },
        "recoveryDays.prod",
        /whole number of days from 1 to 35/,
      ],
      [
        "a replica where the table is",
        { partitionKey: "id", replicas: ["eu-central-1"] },
        "replicas",
        /is where dev is/,
      ],
      [
        "a replica where guardrails refuse it",
        { partitionKey: "id", replicas: ["eu-west-2"] },
        "replicas",
        /is not among organization\.regions/,
      ],
      [
        "a replica twice",
        { partitionKey: "id", replicas: ["eu-west-1", "eu-west-1"] },
        "replicas",
        /is named twice/,
      ],
      [
        "replicas of what has a capacity",
        {
          partitionKey: "id",
          replicas: { dev: [], int: [], prod: ["eu-west-1"] },
          capacity: {
            dev: "on-demand",
            int: "on-demand",
            prod: { read: { min: 1, max: 2 }, write: { min: 1, max: 2 } },
          },
        },
        "capacity",
        /can not be given in prod/,
      ],
    ] as const
  ).map(([what, args, where, says]): (typeof mistakes)[number] => [
    what,
    keeping(() => table(args as never)),
    `products.orders.data.kept.${where}`,
    says,
  ]),
  ...(
    [
      [
        "an object that leaves a class too early",
        { rarelyReadAfterDays: 30, archiveAfterDays: 59 },
        "archiveAfterDays",
        /must be at least 60/,
      ],
      [
        "an archive that is paid for in vain",
        { archiveAfterDays: 10, expireAfterDays: { dev: 99, int: 100, prod: 100 } },
        "expireAfterDays",
        /must be at least 100/,
      ],
      ["two ways to be thrifty", { tiering: true, archiveAfterDays: 10 }, "tiering", /S3 chooses by itself/],
      ["a lock of nothing", { lock: "compliance" }, "lock", /has no effect on what is not locked/],
      [
        "what is deleted while it is locked",
        { lockDays: 30, expireAfterDays: 29 },
        "expireAfterDays",
        /must be at least lockDays/,
      ],
      [
        "pages of any origin",
        { cors: [{ origins: ["*"], methods: ["GET"] }] },
        "cors[0].origins[0]",
        /must be https:/,
      ],
      ["a copy where the bucket is", { replicateTo: "eu-central-1" }, "replicateTo", /is where dev is/],
      [
        "a copy where guardrails refuse it",
        { replicateTo: { dev: "none", int: "none", prod: "eu-west-2" } },
        "replicateTo",
        /is not among organization\.regions/,
      ],
      ["a copy in no region", { replicateTo: "mars" }, "replicateTo", /region/],
    ] as const
  ).map(([what, args, where, says]): (typeof mistakes)[number] => [
    what,
    keeping(() => bucket(args as never)),
    `products.orders.data.kept.${where}`,
    says,
  ]),
  [
    "messages that are late when they are gone",
    keeping(() => queue({ retentionHours: 1, lateAfter: 3_600 })),
    "products.orders.data.kept.lateAfter",
    /must be less than the 3,600 seconds/,
  ],
  [
    "messages that are kept for too long",
    keeping(() => queue({ retentionHours: 313 })),
    "products.orders.data.kept.retentionHours",
    /from 1 to 312/,
  ],
  [
    "a FIFO queue behind a topic that keeps no order",
    keeping(() => topic({ deliversTo: [queue({ fifo: true })] })),
    "products.orders.data.kept.deliversTo[0]",
    /only a FIFO topic delivers to one/,
  ],
  [
    "a queue that a topic delivers to twice",
    keeping(() => {
      const twice = queue();
      return topic({ deliversTo: [twice, { queue: twice, filter: { kind: ["placed"] } }] });
    }),
    "products.orders.data.kept.deliversTo[1]",
    /is delivered to already/,
  ],
  [
    "a filter that lets everything through",
    keeping(() => topic({ deliversTo: [{ queue: queue(), filter: {} }] })),
    "products.orders.data.kept.deliversTo[0].filter",
    /must name something of a message/,
  ],
  [
    "a filter on what no message has",
    keeping(() => topic({ deliversTo: [{ queue: queue(), filter: { kind: "placed" } as never }] })),
    "products.orders.data.kept.deliversTo[0].filter.kind",
    /must be a list of what the field may be/,
  ],
  [
    "a delivery to what is no queue",
    keeping(() => topic({ deliversTo: [{ queue: "q", filter: { a: ["b"] } } as never] })),
    "products.orders.data.kept.deliversTo[0].queue",
    /must be a queue/,
  ],
  [
    "events that are to keep order",
    keeping(() =>
      eventBus({ deliversTo: { placed: { queue: queue({ fifo: true }), pattern: { source: ["a"] } } } }),
    ),
    "products.orders.data.kept.deliversTo.placed.queue",
    /deliver to a standard queue/,
  ],
  [
    "no releases at all",
    zone => {
      product(zone, "orders").keepReleases = 0;
    },
    "products.orders.keepReleases",
    /whole number of images from 1 to 1,000/,
  ],
  [
    "a product that is called as base images are",
    zone => {
      product(zone, "orders").name = "bases";
    },
    "products.bases.name",
    /of the platform are called/,
  ],
  ...(
    [
      [["docker.io/library/node"], "approvedBases[0]", /which need no credentials/],
      [["public.ecr.aws/*"], "approvedBases[0]", /which need no credentials/],
      [[], "approvedBases", /must name at least one image/],
    ] as const
  ).map(([approvedBases, where, says]): (typeof mistakes)[number] => [
    `the bases ${approvedBases.join(", ") || "of none"}`,
    zone => {
      zone.organization.images = { approvedBases: [...approvedBases] };
    },
    `organization.images.${where}`,
    says,
  ]),
  [
    "memory that Fargate does not offer",
    zone => {
      product(zone, "orders").services = { a: { release: "1", size: { cpu: 256, memory: 4096 } } };
    },
    "products.orders.services.a.size.memory",
    /256 CPU units; it offers 512 to 2048 MiB/,
  ],
  [
    "more tasks at least than at most",
    zone => {
      product(zone, "orders").services = { a: { release: "1", scaling: { min: 3, max: 2 } } };
    },
    "products.orders.services.a.scaling.max",
    /at least `min`/,
  ],
  [
    "a load balancer of a product that there is not",
    zone => {
      product(zone, "orders").loadBalancerOf = "shops";
    },
    "products.orders.loadBalancerOf",
    /is no other product .*there are: payments, pricing, shop, statements/,
  ],
  [
    "a load balancer in another account",
    zone => {
      product(zone, "orders").loadBalancerOf = "payments";
    },
    "products.orders.loadBalancerOf",
    /is not in the account that orders lives in in dev/,
  ],
  [
    "a load balancer that is borrowed itself",
    zone => {
      product(zone, "orders").loadBalancerOf = "pricing";
      product(zone, "pricing").loadBalancerOf = "shop";
    },
    "products.orders.loadBalancerOf",
    /has no load balancer itself; it uses that of shop, so name this one/,
  ],
  [
    "a service on the internet without a load balancer there",
    zone => {
      product(zone, "orders").services = { a: { release: "1", port: 8443, path: "/*", public: true } };
    },
    "products.orders.services.a.public",
    /say publicLoadBalancer: \{ allowPublic/,
  ],
  [
    "two public doors of one name",
    zone => {
      product(zone, "shop").publicLoadBalancer = { allowPublic: "Customers buy here from anywhere" };
    },
    "products.shop.publicLoadBalancer",
    /would have the name that the content delivery network has/,
  ],
  [
    "a service that is called in two ways",
    zone => {
      product(zone, "orders").services = { a: { release: "1", port: 8443, path: "/*", network: "tls" } };
    },
    "products.orders.services.a.network",
    /is another way than `path`/,
  ],
  [
    "two services behind one Network Load Balancer",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", port: 8443, network: "tls" },
        b: { release: "1", port: 8443, network: "tls" },
      };
    },
    "products.orders.services.b.network",
    /calls a; make it a product of its own/,
  ],
  [
    "a network service without a port",
    zone => {
      product(zone, "orders").services = { a: { release: "1", network: "tls" } };
    },
    "products.orders.services.a.port",
    /needed with `network`/,
  ],
  [
    "a product that is offered to one that there is not",
    zone => {
      product(zone, "payments").offersTo = ["shops"];
    },
    "products.payments.offersTo[0]",
    /is no other product .*there are: orders, pricing, shop, statements/,
  ],
  [
    "a product that is offered to itself",
    zone => {
      product(zone, "payments").offersTo = ["payments"];
    },
    "products.payments.offersTo[0]",
    /is no other product/,
  ],
  [
    "a product that is offered twice to another",
    zone => {
      product(zone, "payments").offersTo = ["shop", "shop"];
    },
    "products.payments.offersTo[1]",
    /is the value of products\.payments\.offersTo\[0\] too/,
  ],
  [
    "a product that is offered to nobody",
    zone => {
      product(zone, "payments").offersTo = [];
    },
    "products.payments.offersTo",
    /must name at least one product/,
  ],
  [
    "a product that is offered to one in the same account",
    zone => {
      product(zone, "orders").offersTo = ["payments", "shop"];
    },
    "products.orders.offersTo[1]",
    /is in the same account; it can call orders directly/,
  ],
  [
    "a product that is offered to one that it never meets",
    zone => {
      product(zone, "payments").environments = ["prod"];
      product(zone, "payments").accounts = { prod: "payments-prod" };
      product(zone, "shop").environments = ["dev"];
      product(zone, "payments").offersTo = ["shop"];
    },
    "products.payments.offersTo[0]",
    /lives in no environment that payments lives in/,
  ],
  [
    "a product that is offered and answers nothing",
    zone => {
      product(zone, "statements").offersTo = ["payments"];
    },
    "products.statements.offersTo",
    /has nothing to offer; give a service a `path`/,
  ],
  [
    "a product that is offered by another one's load balancer",
    zone => {
      product(zone, "orders").loadBalancerOf = "pricing";
      product(zone, "orders").offersTo = ["payments"];
    },
    "products.orders.offersTo",
    /would offer the load balancer of pricing, which others are behind too/,
  ],
  [
    "a product that is offered by a load balancer that another one uses",
    zone => {
      product(zone, "orders").loadBalancerOf = "pricing";
      product(zone, "pricing").offersTo = ["payments"];
    },
    "products.pricing.offersTo",
    /would offer orders too, which uses its load balancer/,
  ],
  [
    "a product that is offered to one in another account's subnets",
    zone => {
      living(zone, "payments-dev", "dev");
      product(zone, "orders").offersTo = ["payments"];
    },
    "products.orders.offersTo[0]",
    /lives in payments-dev in dev, in the subnets of dev, where that account alone may make endpoints/,
  ],
  [
    "a link of a product's name",
    zone => {
      product(zone, "payments").offersTo = ["shop"];
      product(zone, "pricing").name = "payments-for-shop";
    },
    "products.payments.offersTo[0]",
    /makes the name payments-for-shop, which is that of products\.payments-for-shop\.name too/,
  ],
  [
    "a caller that there is not",
    zone => {
      product(zone, "orders").services = { a: { release: "1", port: 8443, calledBy: ["b"] } };
    },
    "products.orders.services.a.calledBy[0]",
    /is no service or job of orders/,
  ],
  [
    "a service that calls itself",
    zone => {
      product(zone, "orders").services = { a: { release: "1", port: 8443, calledBy: ["a"] } };
    },
    "products.orders.services.a.calledBy[0]",
    /is the service itself/,
  ],
  [
    "a caller twice",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", port: 8443, calledBy: ["b", "b"] },
        b: { release: "1" },
      };
    },
    "products.orders.services.a.calledBy[1]",
    /is the value of products\.orders\.services\.a\.calledBy\[0\] too/,
  ],
  [
    "a service that is called by none",
    zone => {
      product(zone, "orders").services = { a: { release: "1", port: 8443, calledBy: [] } };
    },
    "products.orders.services.a.calledBy",
    /must name at least one service or job/,
  ],
  [
    "a service that is called without a port",
    zone => {
      product(zone, "orders").services = { a: { release: "1", calledBy: ["b"] }, b: { release: "1" } };
    },
    "products.orders.services.a.port",
    /needed with `calledBy`/,
  ],
  [
    "a path to ask for health where no load balancer asks",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", port: 8443, health: "/healthz", calledBy: ["b"] },
        b: { release: "1" },
      };
    },
    "products.orders.services.a.health",
    /has no effect on a worker/,
  ],
  [
    "a service that is called directly in another account's subnets",
    zone => {
      living(zone, "payments-dev", "dev");
      product(zone, "payments").services = {
        a: { release: "1", port: 8443, calledBy: ["b"] },
        b: { release: "1" },
      };
    },
    "products.payments.services.a.calledBy",
    /payments-dev lives in the subnets of dev in dev, which alone may add any/,
  ],
  [
    "a product of the name that services are found below",
    zone => {
      product(zone, "orders").services = {
        a: { release: "1", port: 8443, calledBy: ["b"] },
        b: { release: "1" },
      };
      product(zone, "pricing").name = "tasks";
    },
    "products.orders.services.a.calledBy",
    /needs names below tasks\.<domain>/,
  ],
  [
    "a service and a product of one setting",
    zone => {
      product(zone, "payments").offersTo = ["orders"];
      product(zone, "orders").services = {
        payments: { release: "1", port: 8443, calledBy: ["b"] },
        b: { release: "1" },
      };
    },
    "products.orders.services.payments.calledBy",
    /would be told by PAYMENTS_URL where payments is/,
  ],
  [
    "an API whose users another product keeps",
    zone => {
      product(zone, "orders").api = {
        allowPublic: "Partners of the company call it",
        users: userPool({ clients: { app: {} } }),
        routes: { "ANY /{proxy+}": {} },
      };
    },
    "products.orders.api.users",
    /is no user pool that the product keeps/,
  ],
  [
    "a header on a worker",
    zone => {
      product(zone, "orders").services = { a: { release: "1", headers: { "x-a": ["1"] } } };
    },
    "products.orders.services.a.headers",
    /no effect on a worker/,
  ],
  [
    "a public door without a reason",
    zone => {
      product(zone, "shop").cdn = { allowPublic: "because" };
    },
    "products.shop.cdn.allowPublic",
    /say why the public internet may call/,
  ],
  [
    "a public door before nothing",
    zone => {
      product(zone, "statements").cdn = { allowPublic: "The tax office fetches them" };
    },
    "products.statements.cdn",
    /nothing to stand before/,
  ],
  [
    "a schedule that is none",
    zone => {
      product(zone, "statements").jobs = { a: { release: "1", schedule: "daily" } };
    },
    "products.statements.jobs.a.schedule",
    /rate\(1 hour\)/,
  ],
  [
    "a product without services, jobs and functions",
    zone => {
      product(zone, "pricing").services = {};
    },
    "products.pricing",
    /neither services nor jobs nor functions/,
  ],
  [
    "a word that does not exist",
    zone => {
      (product(zone, "orders") as { colour?: string }).colour = "red";
    },
    "products.orders.colour",
    /no word of the description/,
  ],
];

describe("the description", () => {
  it("of the example company is free of faults", () => {
    assert.deepEqual(faultsOf(example), []);
  });

  it("may put an account into another one's subnets, far from ready as both may be", () => {
    for (const [owner, participant] of [
      ["live", "live"],
      ["quarantined", "quarantined"],
      ["vended", "vended"],
      ["live", "suspended"],
      ["suspended", "suspended"],
      ["closed", "closed"],
      ["live", "closed"],
    ] as const) {
      const zone = changed(its => {
        living(its, "payments-dev", "dev");
        account(its, "dev").state = owner;
        account(its, "payments-dev").state = participant;
      });
      assert.deepEqual(
        faultsOf(zone).filter(({ path }) => path.endsWith(".subnetsOf")),
        [],
        `${owner} and ${participant}`,
      );
    }
    assert.deepEqual(faultsOf(changed(its => living(its, "payments-dev", "dev"))), []);
  });

  it("of the example company has products of many shapes", () => {
    const services = example.products.flatMap(({ services, jobs, functions }) => [
      ...Object.values(services ?? {}),
      ...Object.values(jobs ?? {}),
      ...Object.values(functions ?? {}),
    ]);
    assert.ok(example.products.length >= 4);
    assert.ok(services.length >= 10);
  });

  for (const [what, change, path, says] of mistakes)
    it(`refuses ${what}`, () => {
      const faults = faultsOf(changed(change));
      const fault = faults.find(candidate => candidate.path === path);
      assert.ok(
        fault,
        `no fault at ${path}, but at ${faults.map(({ path: its }) => its).join(", ") || "nothing"}`,
      );
      assert.match(fault.problem, says);
    });

  it("names every mistake in one run", () => {
    const independent = mistakes.filter(([what]) =>
      [
        "environments that overlap",
        "an account in an unknown unit",
        "an unknown environment",
        "memory that Fargate does not offer",
        "pipelines of anyone",
        "a schedule that is none",
        "a public door without a reason",
      ].includes(what),
    );
    const faults = faultsOf(
      changed(zone => {
        for (const [, change] of independent) change(zone);
      }),
    );
    const found = new Set(faults.map(({ path }) => path));
    for (const [what, , path] of independent) assert.ok(found.has(path), `${what} is not reported`);
  });

  it("shows the path, the value and what would be right", () => {
    assert.throws(
      () =>
        checked(
          changed(zone => {
            zone.environments.dev.region = "us-west-1";
          }),
        ),
      /environments\.dev\.region: "us-west-1"\n {4}asks for 3 availability zones/,
    );
  });

  for (const [what, value] of Object.entries({
    nothing: undefined,
    "an empty object": {},
    text: "zone",
    list: [],
  }))
    it(`refuses ${what} in its place`, () => assert.notDeepEqual(faultsOf(value), []));

  it("never fails in another way than by its faults, whatever it is given", () => {
    fc.assert(fc.property(fc.anything({ maxDepth: 4 }), value => faultsOf(value).length > 0));
  });

  it("never fails in another way than by its faults, whatever one of its values is", () => {
    const paths: (readonly string[])[] = [];
    const walk = (value: unknown, path: readonly string[]) => {
      if (path.length > 0) paths.push(path);
      // Resources are shared with the example: what is in them is left alone.
      const ours = value !== null && typeof value === "object";
      if (ours && (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype))
        for (const [key, inner] of Object.entries(value)) if (path.length < 6) walk(inner, [...path, key]);
    };
    walk(example, []);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.anything({ maxDepth: 1 }), (path, value) => {
        const zone = changed(whole => {
          const holder = path
            .slice(0, -1)
            .reduce((inner: unknown, key) => (inner as Record<string, unknown>)[key], whole);
          (holder as Record<string, unknown>)[path.at(-1) ?? ""] = value;
        });
        faultsOf(zone);
      }),
      { numRuns: 500 },
    );
  });
});
