import assert from "node:assert/strict";
import { resolve } from "node:path";
import * as aws from "@pulumi/aws";
import { planStacks } from "../../../cli/planner";
import { Certificate } from "../../../components/ingress/certificate";
import {
  InternalLoadBalancer,
  type InternalLoadBalancerArgs,
} from "../../../components/ingress/internal-load-balancer";
import { refusals } from "../logs/judged";
import { Planned, planned } from "../planned";

const args: InternalLoadBalancerArgs = {
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  domainNames: ["orders.dev.example.com"],
  publicZoneId: "Z-public",
  privateZoneId: "Z-private",
  callers: { dev: "10.16.0.0/12", tasks: "100.64.0.0/16" },
  logs: { bucketName: "logs" },
  deletionProtection: true,
};
const balancer = (name = "orders", more: Partial<InternalLoadBalancerArgs> = {}) =>
  planned(() => new InternalLoadBalancer(name, { ...args, ...more }));
const alsoCertificateArn = "arn:aws:acm:eu-central-1:111122223333:certificate/services";

describe("an internal load balancer whose private zone is another account's", () => {
  it("gives its name there, and proves and makes all else here", async () => {
    const stack = await planned(() => {
      const [provider, privateZoneOwner] = ["account", "owner"].map(
        name => new aws.Provider(name, { region: "eu-central-1" }),
      );
      for (const name of ["orders", "payments"])
        new InternalLoadBalancer(name, { ...args, privateZoneOwner }, { provider });
    });
    for (const each of stack.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"))) {
      const isName = each.type === "aws:route53/record:Record" && each.inputs["zoneId"] === "Z-private";
      assert.equal(stack.provider(each), isName ? "owner" : "account", `${each.type} ${each.name}`);
    }
    assert.equal(stack.all("Record").filter(each => stack.provider(each) === "owner").length, 2);
  });
});

describe("a certificate", () => {
  it("proves each of its names in the public zone, and is known when it has been issued", async () => {
    const names = ["orders.example.com", "api.example.com", "www.example.com"] as const;
    const stack = await planned(() => new Certificate("c", { domainNames: names, publicZoneId: "Z-public" }));
    const records = stack.all("Record");
    assert.equal(records.length, 3);
    for (const record of records) {
      assert.equal(record.inputs["zoneId"], "Z-public");
      assert.deepEqual(stack.from(record, "records"), ["c"]);
    }
    const inputs =
      stack.resources.find(({ type }) => type === "aws:acm/certificate:Certificate")?.inputs ?? {};
    assert.deepEqual([inputs["domainName"], inputs["subjectAlternativeNames"]], [names[0], names.slice(1)]);
    assert.equal(inputs["validationMethod"], "DNS");
  });

  it("is made, with its validation, in the region it is for", async () => {
    const stack = await planned(
      () => new Certificate("c", { domainNames: ["a.example.com"], publicZoneId: "Z", region: "us-east-1" }),
    );
    const regional = stack.resources.filter(({ type }) => type.startsWith("aws:acm/"));
    assert.deepEqual(
      regional.map(({ region }) => region),
      ["us-east-1", "us-east-1"],
    );
  });

  for (const region of [undefined, "us-east-1"])
    it(`for a zone of another account is proven there, and made and issued ${region ? `in ${region}` : "here"}`, async () => {
      for (const owned of [true, false]) {
        const stack = await planned(() => {
          const provider = new aws.Provider("account", { region: "eu-central-1" });
          const zoneOwner = new aws.Provider("zone-owner", { region: "eu-central-1" });
          new Certificate(
            "c",
            {
              domainNames: ["*.example.services", "example.services"],
              publicZoneId: "Z",
              region,
              ...(owned ? { zoneOwner } : {}),
            },
            { provider },
          );
        });
        assert.equal(stack.all("Record").length, 1);
        for (const record of stack.all("Record")) {
          assert.equal(stack.provider(record), owned ? "zone-owner" : "account", record.name);
          assert.equal(stack.top(record).name, "c");
        }
        for (const type of ["aws:acm/certificate:Certificate", "CertificateValidation"]) {
          assert.equal(stack.provider(stack.one(type)), "account", type);
          assert.equal(stack.one(type).inputs["region"], region);
        }
        assert.deepEqual(
          stack.from(stack.one("CertificateValidation"), "validationRecordFqdns").sort(),
          stack
            .all("Record")
            .map(({ name }) => name)
            .sort(),
        );
      }
    });

  for (const region of [undefined, "us-east-1"])
    for (const others of [[], ["www.example.com"], ["www.example.com", "*.example.com"]])
      it(`for ${others.length + 1} names ${region ? `in ${region}` : "here"} is issued when each is proven, once`, async () => {
        const stack = await planned(
          () => new Certificate("c", { domainNames: ["example.com", ...others], publicZoneId: "Z", region }),
        );
        const records = stack.all("Record").map(({ name }) => name);
        assert.deepEqual(
          records.sort(),
          [
            "c-validation",
            ...others.filter(name => !name.startsWith("*")).map(name => `c-validation-${name}`),
          ].sort(),
        );
        const issued = stack.one("CertificateValidation");
        assert.deepEqual(stack.from(issued, "validationRecordFqdns").sort(), records);
        for (const type of ["aws:acm/certificate:Certificate", "CertificateValidation"])
          assert.equal(stack.one(type).inputs["region"], region, type);
        // Route 53 has no regions.
        for (const record of stack.all("Record")) assert.equal(record.inputs["region"], undefined);
      });

  it("is proven in the zone that each name lies in, by who may write there", async () => {
    const stack = await planned(() => {
      const [provider, owner] = ["account", "owner"].map(
        name => new aws.Provider(name, { region: "eu-central-1" }),
      );
      assert.ok(owner);
      new Certificate(
        "c",
        {
          domainNames: ["a.example.com", "example.services", "*.b.example.services", "notexample.services"],
          publicZoneId: "Z",
          otherZones: [{ domain: "example.services", zoneId: "Z-services", owner }],
        },
        { provider },
      );
    });
    assert.deepEqual(
      stack
        .all("Record")
        .map(record => [record.name, record.inputs["zoneId"], stack.provider(record)])
        .sort(),
      [
        ["c-validation", "Z", "account"],
        ["c-validation-*.b.example.services", "Z-services", "owner"],
        ["c-validation-example.services", "Z-services", "owner"],
        ["c-validation-notexample.services", "Z", "account"],
      ],
    );
  });

  it("has one proof for a name and its wildcard, in whichever order", async () => {
    for (const domainNames of [
      ["example.com", "*.example.com"],
      ["*.example.com", "example.com"],
    ] as [string, string][]) {
      const stack = await planned(() => new Certificate("c", { domainNames, publicZoneId: "Z" }));
      assert.deepEqual(
        stack.all("Record").map(({ name }) => name),
        ["c-validation"],
      );
    }
  });

  it("is refused for a name that is there twice", async () => {
    const domainNames = ["a.example.com", "a.example.com"] as const;
    await assert.rejects(
      planned(() => new Certificate("c", { domainNames, publicZoneId: "Z" })),
      /domainNames holds a\.example\.com twice/,
    );
  });
});

describe("an internal load balancer", () => {
  it("is internal, kept, and refuses malformed headers", async () => {
    const { inputs } = (await balancer()).one("LoadBalancer");
    assert.equal(inputs["internal"], true);
    assert.equal(inputs["dropInvalidHeaderFields"], true);
    assert.equal(inputs["enableDeletionProtection"], true);
  });

  it("listens with TLS 1.3 and answers 404 where no rule matches", async () => {
    const { inputs } = (await balancer()).one("Listener", "orders-https");
    assert.deepEqual([inputs["protocol"], inputs["port"]], ["HTTPS", 443]);
    assert.match(String(inputs["sslPolicy"]), /^ELBSecurityPolicy-TLS13-1-2-/);
    const [action] = inputs["defaultActions"] as { type: string; fixedResponse: { statusCode: string } }[];
    assert.deepEqual([action?.type, action?.fixedResponse.statusCode], ["fixed-response", "404"]);
  });

  it("lets its callers in on 443, on 80 to be redirected, and calls nobody", async () => {
    const stack = await balancer();
    assert.deepEqual(
      stack
        .all("SecurityGroupIngressRule")
        .map(({ inputs }) => [inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]])
        .sort(),
      [
        ["10.16.0.0/12", 443, 443],
        ["10.16.0.0/12", 80, 80],
        ["100.64.0.0/16", 443, 443],
        ["100.64.0.0/16", 80, 80],
      ],
    );
    assert.deepEqual(stack.all("SecurityGroupEgressRule"), []);
    assert.deepEqual(
      [stack.one("SecurityGroup").inputs["ingress"], stack.one("SecurityGroup").inputs["egress"]],
      [undefined, undefined],
    );
  });

  it("is found by its name in the private zone", async () => {
    const stack = await balancer();
    const record = stack.one("Record", "orders");
    assert.deepEqual(
      [record.inputs["zoneId"], record.inputs["name"]],
      ["Z-private", "orders.dev.example.com"],
    );
    assert.deepEqual(stack.from(record, "aliases"), ["orders"]);
  });

  it("has a name that fits, however long it is called", async () => {
    const { name } = (await balancer("a-product-with-a-very-long-name")).one("LoadBalancer");
    assert.ok(name.length + "-1234567".length <= 32, name);
  });

  it("presents a certificate of its own that has been issued", async () => {
    const stack = await balancer();
    const listener = stack.one("Listener", "orders-https");
    assert.deepEqual(listener.propertyDependencies["certificateArn"], [
      stack.one("CertificateValidation").urn,
    ]);
    assert.deepEqual(listener.propertyDependencies["loadBalancerArn"], [stack.one("LoadBalancer").urn]);
    assert.equal(stack.one("aws:acm/certificate:Certificate").inputs["domainName"], "orders.dev.example.com");
  });

  it("presents another name's certificate beside its own, where it is given one, and only then", async () => {
    assert.deepEqual((await balancer()).all("ListenerCertificate"), []);
    const stack = await balancer("orders", { alsoCertificateArn });
    const also = stack.one("ListenerCertificate");
    assert.equal(also.inputs["certificateArn"], alsoCertificateArn);
    const listener = stack.one("Listener", "orders-https");
    assert.deepEqual(also.propertyDependencies["listenerArn"], [listener.urn]);
    assert.deepEqual(listener.propertyDependencies["certificateArn"], [
      stack.one("CertificateValidation").urn,
    ]);
    assert.equal(stack.top(also).name, "orders");
  });

  it("has no other name in the private zone for that certificate", async () => {
    const names = (stack: Planned) => stack.all("Record").map(({ name, inputs }) => [name, inputs["zoneId"]]);
    assert.deepEqual(names(await balancer("orders", { alsoCertificateArn })), names(await balancer()));
  });

  it("tells by what name and in which zone Elastic Load Balancing keeps it, for names elsewhere", async () => {
    const { stacks } = await planStacks(
      [
        {
          name: "test",
          program: () => {
            for (const name of ["orders", "pay"]) {
              const { dnsName, zoneId } = new InternalLoadBalancer(name, args);
              new aws.route53.Record(`elsewhere-${name}`, {
                zoneId: "Z-services",
                name: `${name}.example.services`,
                type: "A",
                aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
              });
            }
          },
        },
      ],
      { project: "test", root: resolve(__dirname, "../../.."), ids: "made-up" },
    );
    const stack = new Planned(stacks[0]?.resources ?? []);
    for (const name of ["orders", "pay"]) {
      const elsewhere = stack.one("Record", `elsewhere-${name}`);
      assert.deepEqual(elsewhere.inputs["aliases"], stack.one("Record", name).inputs["aliases"]);
      assert.deepEqual(elsewhere.propertyDependencies["aliases"], [stack.one("LoadBalancer", name).urn]);
      const [alias] = elsewhere.inputs["aliases"] as { name: string; zoneId: string }[];
      assert.match(alias?.name ?? "", /\.elb\.amazonaws\.com$/);
      assert.match(alias?.zoneId ?? "", /-zone$/);
    }
  });

  it("may be there twice in a stack, and passes the policies", async () => {
    const stack = await planned(() => {
      for (const name of ["one", "two"])
        new InternalLoadBalancer(
          name,
          { ...args, domainNames: [`${name}.dev.example.com`], alsoCertificateArn },
          { protect: true },
        );
    });
    assert.equal(new Set(stack.resources.map(({ urn }) => urn)).size, stack.resources.length);
    assert.equal(stack.all("ListenerCertificate").length, 2);
    assert.deepEqual(await refusals(stack), []);
  });

  for (const length of [1, 23, 24, 25, 63])
    it(`called by ${length} characters ${length > 24 ? "is shortened" : "keeps its name"}`, async () => {
      // A hyphen wherever the name may be cut.
      const called = "a-"
        .repeat(40)
        .slice(0, length - 1)
        .concat("z");
      const { name } = (await balancer(called)).one("LoadBalancer");
      assert.ok(name.length <= 24, name);
      assert.doesNotMatch(name, /--|-$/);
      if (length <= 24) assert.equal(name, called);
    });
});
