/** What a company may choose beside the example's choices, planned as it stands there. */
import assert from "node:assert/strict";
import type { Plan, PlannedResource } from "../../cli/planner";
import { checked, github, type LandingZone, type Organization } from "../../stacks/description";
import example from "../../stacks/landing-zone";
import { planOf, refusalsOf } from "./plan-of";

const { organization } = example;

/** What the example's runner calls, and a firewall must therefore let through. */
const gitlabHosts = ["gitlab.com", "packages.gitlab.com", "registry.gitlab.com"];

const withOrganization = (more: Partial<Organization>): LandingZone => ({
  ...example,
  organization: { ...organization, ...more },
  products: [],
});

describe("a network with every choice made otherwise", () => {
  const { dev, int, prod } = example.environments;
  let stacks: Map<string, readonly PlannedResource[]>;
  let refused: string[];
  before(async () => {
    const plan = await planOf(
      checked({
        ...example,
        environments: {
          dev: { ...dev, zones: 2, network: { profile: "economy", nat: "central" } },
          int: { ...int, network: { profile: "standard", endpoints: "shared", ipv6: true } },
          prod: { ...prod, network: { profile: "strict", blockedNames: ["bad.example.com"] } },
        },
        network: {
          ...example.network,
          asn: 64_600,
          reaches: {
            ...example.network.reaches,
            prod: ["shared", "on-premises"],
            "on-premises": ["prod"],
          },
          egress: { allow: ["example.com", ".example.org", ...gitlabHosts] },
          sharedEndpoints: true,
          addressPools: true,
          onPremises: {
            ranges: ["172.16.0.0/16"],
            connection: { vpn: { address: "203.0.113.10", asn: 65_000 } },
            names: { domains: ["corp.example.com"], servers: ["172.16.0.53"] },
          },
        },
      }),
    );
    stacks = new Map(plan.stacks.map(({ name, resources }) => [name, resources]));
    refused = plan.stacks.flatMap(({ name, violations }) =>
      violations
        .filter(({ level }) => level === "mandatory")
        .map(({ policy, urn }) => `${name} ${policy} ${urn}`),
    );
  });

  const count = (stack: string, type: string) =>
    (stacks.get(stack) ?? []).filter(({ type: its, custom }) => custom && its.split(":").at(-1) === type)
      .length;

  it("is refused by no policy", () => assert.deepEqual(refused, []));

  it("leaves by the hub, past a firewall, where an environment says so", () => {
    assert.equal(count("network", "Firewall"), 1);
    assert.ok(count("network", "NatGateway") > 0);
    const routes = (stacks.get("baseline-dev") ?? []).filter(({ type }) => type === "aws:ec2/route:Route");
    const toInternet = routes.filter(({ inputs }) => inputs["destinationCidrBlock"] === "0.0.0.0/0");
    // The internet gateway of ingress, a private NAT gateway a zone, and the hub.
    assert.deepEqual(toInternet.map(({ name }) => name).sort(), [
      "dev-0.0.0.0-0",
      "dev-internet",
      "dev-outbound-a-0.0.0.0-0",
      "dev-outbound-b-0.0.0.0-0",
    ]);
  });

  it("has as many zones as an environment says", () => {
    assert.equal(count("baseline-dev", "Subnet"), 10);
    assert.equal(count("baseline-prod", "Subnet"), 15);
  });

  it("has endpoints in the hub or in the account, and one key to their names", () => {
    assert.ok(count("network", "VpcEndpoint") > 10);
    assert.equal(count("baseline-int", "VpcEndpoint"), 2);
    assert.ok(count("baseline-int", "ZoneAssociation") > 10);
    assert.ok(count("baseline-prod", "VpcEndpoint") > 10);
  });

  it("is joined to the company's own, whose names only those ask for that reach it", () => {
    assert.equal(count("network", "VpnConnection"), 1);
    assert.equal(count("network", "ResolverEndpoint"), 2);
    assert.equal(count("baseline-prod", "ResolverRuleAssociation"), 1);
    assert.equal(count("baseline-dev", "ResolverRuleAssociation"), 0);
    assert.ok(count("network", "VpcIpamPool") >= 4);
  });
});

const typesIn = (plan: Plan, stack: string) =>
  (plan.stacks.find(({ name }) => name === stack)?.resources ?? [])
    .filter(({ custom }) => custom)
    .map(({ type }) => type.split(":").at(-1) ?? type);

describe("the hub's names by profiles", () => {
  const { int, prod } = example.environments;
  let plan: Plan;
  before(async () => {
    plan = await planOf(
      checked({
        ...example,
        products: example.products
          .filter(({ name }) => name === "payments")
          .map(({ offersTo: _, ...payments }) => payments),
        environments: {
          ...example.environments,
          int: { ...int, network: { profile: "standard", endpoints: "shared" } },
          prod: { ...prod, network: { profile: "standard", endpoints: "shared" } },
        },
        network: {
          ...example.network,
          reaches: { ...example.network.reaches, prod: ["shared", "on-premises"] },
          sharedEndpoints: true,
          namesProfile: true,
          onPremises: {
            ranges: ["172.16.0.0/16"],
            connection: { vpn: { address: "203.0.113.10", asn: 65_000 } },
            names: { domains: ["corp.example.com"], servers: ["172.16.0.53"] },
          },
        },
      }),
    );
  });

  const hub = () => plan.stacks.find(({ name }) => name === "network")?.resources ?? [];
  const ofType = (type: string) => hub().filter(its => its.type.split(":").at(-1) === type);

  it("are refused by no policy", () => assert.deepEqual(refusalsOf(plan), []));

  it("are in a profile an environment that needs any, with the rules of on-premises for those who reach it", () => {
    assert.deepEqual(
      ofType("ProfilesProfile").map(({ name }) => name),
      ["names-int", "names-prod"],
    );
    const held = ofType("ProfilesResourceAssociation").map(({ name }) => name);
    for (const environment of ["int", "prod"])
      assert.equal(
        held.filter(name => name.startsWith(`names-${environment}-zone-`)).length,
        ofType("Zone").filter(({ name }) => name.startsWith("endpoints-")).length,
      );
    assert.deepEqual(
      held.filter(name => name.includes("-rule-")),
      ["names-prod-rule-corp.example.com"],
    );
  });

  it("are for the accounts of that environment alone", () => {
    const principals = (share: string) =>
      ofType("PrincipalAssociation")
        .filter(({ name }) => name.startsWith(share))
        .map(({ inputs }) => inputs["principal"]);
    for (const environment of ["int", "prod"]) {
      const accounts = [environment, `payments-${environment}`];
      assert.deepEqual(
        principals(`names-${environment}`).sort(),
        accounts.map(name => example.organization.ids.accounts[name]).sort(),
      );
    }
    assert.deepEqual(principals("forwarding"), []);
  });

  it("cost a VPC one association instead of one a name, and one that needs none nothing", () => {
    const associations = (account: string) =>
      typesIn(plan, `baseline-${account}`).filter(type =>
        /^(ProfilesAssociation|ResolverRuleAssociation|VpcAssociationAuthorization)$/.test(type),
      );
    for (const account of ["int", "prod"]) assert.deepEqual(associations(account), ["ProfilesAssociation"]);
    // Those of other accounts also join the zone of the environment's services.
    for (const account of ["payments-int", "payments-prod"])
      assert.deepEqual(associations(account).sort(), ["ProfilesAssociation", "VpcAssociationAuthorization"]);
    assert.deepEqual(associations("dev"), []);
  });
});

describe("a landing zone with every choice made otherwise", () => {
  let resources: Map<string, readonly PlannedResource[]>;
  let refused: string[];
  before(async () => {
    const plan = await planOf(
      withOrganization({
        pipelines: [...organization.pipelines, { ...github("example/landing-zone"), deploys: [] }],
        trail: { dataEvents: "all", insights: true, lock: "compliance", lockDays: 730, keepYears: 10 },
        detection: {
          ...organization.detection,
          macie: true,
          detective: true,
          recording: "daily",
          from: "low",
          slack: { teamId: "T0123456789", channelId: "C0123456789" },
          disabledControls: { "IAM.6": "Root users are managed centrally and have no password" },
        },
        guardrails: { ...organization.guardrails, controlTower: { reservedPolicies: 3 } },
        alsoEnabled: {
          trustedServices: ["controltower.amazonaws.com"],
          policyTypes: ["CHATBOT_POLICY"],
        },
        quotas: [],
      }),
    );
    resources = new Map(plan.stacks.map(({ name, resources: its }) => [name, its]));
    refused = plan.stacks.flatMap(({ violations }) =>
      violations.filter(({ level }) => level === "mandatory").map(({ policy, urn }) => `${policy} ${urn}`),
    );
  });

  const all = (stack: string, type: string) =>
    (resources.get(stack) ?? []).filter(({ type: its, custom }) => custom && its.split(":").at(-1) === type);
  const one = (stack: string, type: string) => {
    const [first, ...others] = all(stack, type);
    assert.ok(first !== undefined && others.length === 0, `${type} in ${stack}: ${others.length + 1}`);
    return first.inputs as Record<string, unknown>;
  };

  it("is refused by no policy", () => assert.deepEqual(refused, []));

  it("records data events and unusual activity, and locks logs for good", () => {
    const trail = one("security", "Trail");
    assert.equal((trail["insightSelectors"] as unknown[]).length, 2);
    assert.match(JSON.stringify(trail["advancedEventSelectors"]), /AWS::S3::Object/);
    const [lock] = all("security", "BucketObjectLockConfiguration");
    assert.deepEqual(lock?.inputs["rule"], {
      defaultRetention: { mode: "COMPLIANCE", days: 730 },
    });
  });

  it("looks for personal data, keeps behaviour, and tells a channel", () => {
    const regions = organization.regions.length;
    assert.equal(all("security", "Graph").length, regions);
    // One for findings, and one for platform alarms of either severity.
    assert.equal(all("security", "SlackChannelConfiguration").length, 3);
    const macie = (resources.get("security") ?? []).filter(({ type }) => type.startsWith("aws:macie2/"));
    assert.ok(macie.length >= 3 * regions);
    assert.match(JSON.stringify(one("security", "ConfigurationPolicy")), /IAM\.6/);
    for (const { inputs } of all("baseline-dev", "Recorder"))
      assert.deepEqual(inputs["recordingMode"], { recordingFrequency: "DAILY" });
  });

  it("lets pipelines of both platforms in", () => {
    assert.deepEqual(
      all("delivery-prod", "OpenIdConnectProvider").map(({ inputs }) => inputs["url"]),
      ["https://gitlab.com", "https://token.actions.githubusercontent.com"],
    );
  });

  it("keeps what Control Tower has switched on, and lets its role through", () => {
    const inputs = one("organization", "Organization");
    assert.ok((inputs["awsServiceAccessPrincipals"] as string[]).includes("controltower.amazonaws.com"));
    assert.ok((inputs["enabledPolicyTypes"] as string[]).includes("CHATBOT_POLICY"));
    const policies = all("organization", "Policy").map(({ inputs: { content } }) => String(content));
    assert.ok(policies.some(content => content.includes("role/AWSControlTowerExecution")));
    assert.deepEqual(all("organization", "Template"), []);
  });
});
