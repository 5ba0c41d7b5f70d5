import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ServiceDiscovery } from "../../../components/names/service-discovery";
import { ServiceName } from "../../../components/names/service-name";
import { ServiceNames } from "../../../components/names/service-names";
import { ServiceNamesMember } from "../../../components/names/service-names-member";
import { refusals } from "../logs/judged";
import { planned } from "../planned";

const domainName = "example.services";

describe("the service names of an environment", () => {
  const names = () =>
    planned(() => new ServiceNames("dev", { domainName, environment: "dev", vpcId: "vpc-1" }));

  it("are a private zone of the first VPC, kept and not emptied", async () => {
    const zone = (await names()).one("Zone");
    assert.equal(zone.protect, true);
    assert.deepEqual(zone.inputs, {
      name: domainName,
      comment: "Services of dev",
      forceDestroy: false,
      vpcs: [{ vpcId: "vpc-1" }],
    });
  });

  it("have one name in all environments", async () => {
    const stack = await planned(() => {
      for (const environment of ["dev", "int", "prod"])
        new ServiceNames(environment, { domainName, environment, vpcId: `vpc-${environment}` });
    });
    assert.deepEqual(
      stack.all("Zone").map(({ inputs }) => [inputs["name"], inputs["vpcs"]]),
      ["dev", "int", "prod"].map(environment => [domainName, [{ vpcId: `vpc-${environment}` }]]),
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("leave the VPCs that joined alone", async () => {
    const options: string[][] = [];
    await planned(() => {
      const names = new ServiceNames(
        "dev",
        { domainName, environment: "dev", vpcId: "vpc-1" },
        {
          transformations: [
            ({ type, opts }) => {
              if (type === "aws:route53/zone:Zone")
                options.push(Array.isArray(opts.ignoreChanges) ? opts.ignoreChanges.map(String) : []);
              return undefined;
            },
          ],
        },
      );
      return names;
    });
    assert.deepEqual(options, [["vpcs"]]);
  });

  it("are below a domain", async () => {
    await assert.rejects(
      planned(() => new ServiceNames("dev", { domainName: "a..b", environment: "dev", vpcId: "vpc-1" })),
      /"a..b" is no domain name/,
    );
  });
});

describe("a VPC that joins service names", () => {
  const joined = (environment: string, vpcRegion?: string) =>
    planned(() => {
      const [owner, provider] = ["owner", "account"].map(
        name => new aws.Provider(name, { region: "eu-central-1" }),
      ) as [aws.Provider, aws.Provider];
      const names = new ServiceNames(
        "dev",
        { domainName, environment: "dev", vpcId: "vpc-1" },
        { provider: owner },
      );
      for (const vpcId of ["vpc-2", "vpc-3"])
        new ServiceNamesMember(vpcId, { names, environment, vpcId, vpcRegion, owner }, { provider });
    });

  it("is permitted by the zone's account, and then joins from its own", async () => {
    const stack = await joined("dev");
    for (const vpcId of ["vpc-2", "vpc-3"]) {
      const permission = stack.one("VpcAssociationAuthorization", vpcId);
      const association = stack.one("ZoneAssociation", vpcId);
      assert.deepEqual([stack.provider(permission), stack.provider(association)], ["owner", "account"]);
      assert.ok(association.dependencies.includes(permission.urn));
      for (const resource of [permission, association]) {
        assert.equal(resource.inputs["vpcId"], vpcId);
        assert.deepEqual(stack.from(resource, "zoneId"), ["dev"]);
      }
    }
    assert.equal(stack.all("ZoneAssociation").length, 2);
  });

  it("may be in another region", async () => {
    const stack = await joined("dev", "eu-west-1");
    for (const type of ["VpcAssociationAuthorization", "ZoneAssociation"])
      assert.equal(stack.one(type, "vpc-2").inputs["vpcRegion"], "eu-west-1");
  });

  it("is of the same environment", async () => {
    await assert.rejects(joined("prod"), /a VPC of prod can not resolve the services of dev/);
  });
});

describe("a service's name", () => {
  const loadBalancer = { dnsName: "internal-1.eu-central-1.elb.amazonaws.com", zoneId: "ZLB" };
  const names = { zoneId: "Z1", domainName };
  const alias = { name: loadBalancer.dnsName, zoneId: "ZLB", evaluateTargetHealth: true };

  it("is an alias of its load balancer", async () => {
    const stack = await planned(() => new ServiceName("orders", { names, service: "orders", loadBalancer }));
    assert.deepEqual(stack.one("Record").inputs, {
      zoneId: "Z1",
      name: "orders.example.services",
      type: "A",
      aliases: [alias],
    });
    assert.deepEqual(await refusals(stack), []);
  });

  it("has IPv6 where the load balancer has, and there may be several", async () => {
    const stack = await planned(() => {
      for (const service of ["orders", "payments"])
        new ServiceName(service, { names, service, loadBalancer, dualStack: true });
    });
    assert.deepEqual(
      stack.all("Record").map(({ inputs }) => [inputs["name"], inputs["type"], inputs["aliases"]]),
      ["orders", "payments"].flatMap(service =>
        ["A", "AAAA"].map(type => [`${service}.example.services`, type, [alias]]),
      ),
    );
  });

  for (const service of ["", "*", "Orders", "orders."])
    it(`is not "${service}"`, async () => {
      await assert.rejects(
        planned(() => new ServiceName("orders", { names, service, loadBalancer })),
        /is no domain name/,
      );
    });
});

describe("service discovery", () => {
  it("by DNS is a namespace of the VPC's", async () => {
    const stack = await planned(
      () => new ServiceDiscovery("orders", { namespace: "orders.internal", vpcId: "vpc-1" }),
    );
    assert.deepEqual(stack.one("PrivateDnsNamespace").inputs, {
      name: "orders.internal",
      description: "Services below orders.internal",
      vpc: "vpc-1",
    });
    assert.equal(stack.all("HttpNamespace").length, 0);
    assert.deepEqual(await refusals(stack), []);
  });

  it("by the API alone is an HTTP namespace, and there may be several", async () => {
    const stack = await planned(() => {
      for (const namespace of ["orders", "payments"]) new ServiceDiscovery(namespace, { namespace });
    });
    assert.deepEqual(
      stack.all("HttpNamespace").map(({ inputs }) => inputs["name"]),
      ["orders", "payments"],
    );
    assert.equal(stack.all("PrivateDnsNamespace").length, 0);
  });

  it("tells of a zone where there is one", async () => {
    await planned(() => {
      const [dns, http] = [
        new ServiceDiscovery("a", { namespace: "a", vpcId: "vpc-1" }),
        new ServiceDiscovery("b", { namespace: "b" }),
      ];
      assert.ok(dns.zoneId !== undefined && http.zoneId === undefined);
    });
  });

  it("is below a domain", async () => {
    await assert.rejects(
      planned(() => new ServiceDiscovery("orders", { namespace: "orders_internal" })),
      /"orders_internal" is no domain name/,
    );
  });
});
