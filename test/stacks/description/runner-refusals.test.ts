import assert from "node:assert/strict";
import { type GitlabRunner, gitlab, gitlabRunner, type LandingZone } from "../../../stacks/description";
import example from "../../../stacks/landing-zone";
import { faultsOf, refuses } from "./company";

type Draft<T> = T extends readonly (infer E)[]
  ? Draft<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Draft<T[K]> }
    : T;
type Zone = Draft<LandingZone>;

const spot: GitlabRunner = gitlabRunner({
  host: "gitlab.example.com",
  addresses: "10.18.0.0/22",
  workers: { kind: "spot", types: ["m7g.large", "c7g.large"], least: 0, most: 4 },
});
const fargate: GitlabRunner["workers"] = {
  kind: "fargate",
  most: 4,
  size: { cpu: 1024, memory: 2048 },
  image: "ci/jobs:1.4.0",
  driver: { version: "v0.5.1", sha256: "0".repeat(64) },
};
const onPremises = {
  ranges: ["172.16.0.0/16"],
  connection: { vpn: { address: "203.0.113.10", asn: 65_000 } },
  names: { domains: ["corp.example.net"], servers: ["172.16.0.53"] },
};

/** The example with this runner in dev, and what else is changed. */
function zoneWith(runner: object, change: (zone: Zone) => void = () => {}): Zone {
  const { environments, network, organization } = example;
  const zone = {
    ...example,
    organization: { ...organization, accounts: { ...organization.accounts } },
    network: { ...network, reaches: { ...network.reaches } },
    environments: { ...environments, dev: { ...environments.dev, runner } },
  } as unknown as Zone;
  change(zone);
  return zone;
}
const company = (zone: Zone): void => {
  zone.network.onPremises = structuredClone(onPremises);
  zone.network.reaches.runner = ["shared", "on-premises"];
  delete zone.network.egress;
};
const workers = (more: object) => ({ ...spot, workers: { ...spot.workers, ...more } });

describe("a runner in a description", () => {
  const taken: readonly (readonly [string, object, ((zone: Zone) => void)?])[] = [
    ["spot workers", spot],
    ["fargate", { ...spot, workers: fargate }],
    [
      "a GitLab in the company's own network, without the internet",
      { ...spot, through: "on-premises" },
      company,
    ],
    [
      "a firewall that lets through what it calls",
      spot,
      zone => {
        zone.network.egress = { allow: [".example.com", "packages.gitlab.com", "registry.gitlab.com"] };
      },
    ],
    [
      "its own environment in reach",
      spot,
      zone => {
        zone.network.reaches.runner = ["shared", "dev"];
      },
    ],
    [
      "jobs that may do what their worker may, with a reason",
      workers({ allowPrivileged: "Images are built in Docker here" }),
    ],
  ];
  for (const [what, runner, change] of taken)
    it(`takes ${what}`, () => assert.deepEqual(faultsOf(zoneWith(runner, change)), []));

  const refused: readonly (readonly [
    what: string,
    runner: object,
    path: string,
    value: unknown,
    says: RegExp,
    change?: (zone: Zone) => void,
  ])[] = [
    ["a URL", { ...spot, host: "https://gitlab.com" }, "host", "https://gitlab.com", /a domain name/],
    [
      "too little room",
      { ...spot, addresses: "10.18.0.0/23" },
      "addresses",
      "10.18.0.0/23",
      /a \/16 to a \/22; 512 addresses are missing/,
    ],
    [
      "addresses elsewhere",
      { ...spot, addresses: "10.50.0.0/22" },
      "addresses",
      "10.50.0.0/22",
      /must lie inside environments\.dev\.addresses, 10\.16\.0\.0\/12/,
    ],
    [
      "an account's addresses",
      { ...spot, addresses: "10.16.4.0/22" },
      "addresses",
      "10.16.4.0/22",
      /overlaps organization\.accounts\.dev\.addresses, 10\.16\.0\.0\/16/,
    ],
    [
      "another kind of workers",
      workers({ kind: "lambda" }),
      "workers.kind",
      "lambda",
      /kind: "spot" or kind: "fargate"/,
    ],
    ["no types", workers({ types: [] }), "workers.types", [], /at least one instance type/],
    ["what is no type", workers({ types: ["large"] }), "workers.types[0]", "large", /a type of EC2/],
    [
      "a type twice",
      workers({ types: ["m7g.large", "m7g.large"] }),
      "workers.types[1]",
      "m7g.large",
      /is the value of environments\.dev\.runner\.workers\.types\[0\] too/,
    ],
    [
      "types of two architectures",
      workers({ types: ["m7g.large", "t3.large"] }),
      "workers.types[1]",
      "t3.large",
      /is x86_64, and m7g\.large is not/,
    ],
    [
      "a type that guardrails refuse",
      workers({ types: ["m6g.large"] }),
      "workers.types[0]",
      "m6g.large",
      /instanceFamilies has t3, t4g, m7g/,
    ],
    [
      "a manager that guardrails refuse",
      { ...spot, manager: "t2.small" },
      "manager",
      "t2.small",
      /not of a family that guardrails let in/,
    ],
    ["more that wait than there are", workers({ least: 5 }), "workers.least", 5, /at most workers\.most, 4/],
    ["no workers at all", workers({ most: 0 }), "workers.most", 0, /from 1 to 100/],
    [
      "privileges without a reason",
      workers({ allowPrivileged: "docker" }),
      "workers.allowPrivileged",
      "docker",
      /at least 20 characters/,
    ],
    [
      "a size that Fargate has not",
      { ...spot, workers: { ...fargate, size: { cpu: 1024, memory: 1024 } } },
      "workers.size",
      { cpu: 1024, memory: 1024 },
      /\{ cpu: 1024, memory: 2048 \}/,
    ],
    [
      "a CPU that Fargate has not",
      { ...spot, workers: { ...fargate, size: { cpu: 1000, memory: 2048 } } },
      "workers.size.cpu",
      1000,
      /one of 256, 512/,
    ],
    [
      "an image that moves",
      { ...spot, workers: { ...fargate, image: "ci/jobs:latest" } },
      "workers.image",
      "ci/jobs:latest",
      /a tag other than latest/,
    ],
    [
      "a driver without its digest",
      { ...spot, workers: { ...fargate, driver: { version: "v0.5.1", sha256: "" } } },
      "workers.driver.sha256",
      "",
      /64 hexadecimal digits/,
    ],
    [
      "a manager that the driver does not run on",
      { ...spot, workers: fargate, manager: "t4g.small" },
      "manager",
      "t4g.small",
      /x86_64 only; .* t3\.small/,
    ],
    ["a version that moves", { ...spot, version: "latest" }, "version", "latest", /three numbers/],
    ["jobs that are too long", { ...spot, jobMinutes: 120 }, "jobMinutes", 120, /from 1 to 110/],
    [
      "a word that there is not",
      { ...spot, concurrency: 4 },
      "concurrency",
      4,
      /is no word of the description/,
    ],
    [
      "the internet where the hub has no way out",
      spot,
      "through",
      undefined,
      /say network\.egress, for example egress: \{\}; or through: "on-premises"/,
      zone => {
        delete zone.network.egress;
      },
    ],
    [
      "on-premises that there is not",
      { ...spot, through: "on-premises" },
      "through",
      "on-premises",
      /network\.onPremises does not say how/,
      zone => {
        zone.network.reaches.runner = ["shared"];
      },
    ],
    [
      "no way to AWS",
      { ...spot, through: "on-premises", endpoints: "none" },
      "endpoints",
      "none",
      /leaves no way to AWS's services/,
      company,
    ],
    [
      "what only tokens of a runner are for",
      { ...spot, deploysShared: true },
      "deploysShared",
      true,
      /has no effect: .* tokens: "runner"/,
    ],
  ];
  for (const [what, runner, word, value, says, change] of refused)
    it(`refuses ${what}`, () => {
      const zone = zoneWith(runner, change);
      const path = `environments.dev.runner.${word}`;
      if (what !== "on-premises that there is not") return refuses(zone, path, value, says);
      const fault = faultsOf(zone).find(its => its.path === path);
      assert.match(fault?.problem ?? "", says);
    });

  it("refuses a route domain that does not reach where GitLab is", () => {
    const zone = zoneWith({ ...spot, through: "on-premises" }, its => {
      company(its);
      its.network.reaches.runner = ["shared"];
    });
    refuses(zone, "network.reaches.runner", ["shared"], /must hold "on-premises"/);
  });

  it("refuses another environment in its reach, whose runner it is not", () => {
    const zone = zoneWith(spot, its => {
      its.network.reaches.runner = ["shared", "prod"];
    });
    refuses(zone, "network.reaches.runner[1]", "prod", /the runner of dev would reach too/);
  });

  for (const missing of ["gitlab.example.com", "packages.gitlab.com", "registry.gitlab.com"])
    it(`refuses a firewall that does not let through ${missing}`, () => {
      const allow = ["gitlab.example.com", "packages.gitlab.com", "registry.gitlab.com"].filter(
        name => name !== missing,
      );
      const zone = zoneWith(spot, its => {
        its.network.egress = { allow };
      });
      refuses(zone, "network.egress.allow", allow, new RegExp(`must hold ${missing}, which`));
    });

  describe("that deploys by what it is", () => {
    const branches = { dev: "main", int: "release", prod: "production" };
    const byRunner = (zone: Zone, host = "gitlab.example.com"): void => {
      zone.organization.pipelines = [
        gitlab("example/landing-zone", branches, host, "runner") as Zone["organization"]["pipelines"][number],
      ];
    };
    const inAll = (zone: Zone): void => {
      byRunner(zone);
      zone.environments = {
        dev: zone.environments.dev,
        int: { ...zone.environments.int, runner: { ...spot, addresses: "10.34.0.0/22" } as never },
        prod: { ...zone.environments.prod, runner: { ...spot, addresses: "10.50.0.0/22" } as never },
      };
    };

    it("is taken where each environment has one", () => {
      assert.deepEqual(faultsOf(zoneWith(spot, inAll)), []);
    });

    it("deploys what all share by prod's runner only", () => {
      const shares = (name: "dev" | "prod") => (zone: Zone) => {
        inAll(zone);
        zone.environments = {
          ...zone.environments,
          [name]: {
            ...zone.environments[name],
            runner: { ...zone.environments[name].runner, deploysShared: true },
          },
        } as never;
      };
      assert.deepEqual(faultsOf(zoneWith(spot, shares("prod"))), []);
      refuses(
        zoneWith(spot, shares("dev")),
        "environments.dev.runner.deploysShared",
        true,
        /deployed with prod, from its branch; leave it out, or say it of prod's runner/,
      );
    });

    it("is needed only where these pipelines deploy", () => {
      const zone = zoneWith(spot, its => {
        byRunner(its);
        Object.assign(its.organization.pipelines[0] as object, { deploys: ["dev"] });
      });
      assert.deepEqual(faultsOf(zone), []);
    });

    it("is refused where an environment has none", () => {
      const faults = faultsOf(zoneWith(spot, byRunner));
      assert.deepEqual(
        faults.map(({ path }) => path),
        ["environments.int.runner", "environments.prod.runner"],
      );
      assert.match(faults[0]?.problem ?? "", /nothing else could deploy to int/);
    });

    it("is refused for another GitLab", () => {
      const zone = zoneWith({ ...spot, host: "gitlab.com" }, inAll);
      refuses(
        zone,
        "environments.dev.runner.host",
        "gitlab.com",
        /must be gitlab\.example\.com, whose pipelines organization\.pipelines\[0\]/,
      );
    });
  });
});
