import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { NamesProfile } from "../../../components/names/names-profile";
import { type EndpointService, endpointServices } from "../../../components/network/endpoint-policies";
import {
  SharedEndpointNames,
  type SharedEndpointNamesArgs,
  SharedEndpoints,
  type SharedEndpointsArgs,
} from "../../../components/network/shared-endpoints";
import { refusals } from "../logs/judged";
import { organizationId } from "../logs/request";
import { at, planned } from "../planned";

const local: readonly EndpointService[] = ["ecs-agent", "ecs-telemetry"];
const sharable = (Object.keys(endpointServices) as EndpointService[]).filter(
  service => !local.includes(service),
);
const args = {
  at,
  vpcId: "vpc-hub",
  subnetIds: ["subnet-a"],
  fromRanges: ["10.0.0.0/8"],
  services: sharable,
  organizationId,
};
const shared = (more: Partial<SharedEndpointsArgs> = {}) =>
  planned(() => new SharedEndpoints("hub", { ...args, ...more }));

describe("shared endpoints", () => {
  it("are in the hub's VPC, for the ranges of all, and make no names by themselves", async () => {
    const stack = await shared();
    assert.equal(stack.all("VpcEndpoint").length, sharable.length);
    for (const { inputs } of stack.all("VpcEndpoint"))
      assert.deepEqual([inputs["vpcId"], inputs["privateDnsEnabled"]], ["vpc-hub", false]);
    assert.equal(stack.one("SecurityGroupIngressRule").inputs["cidrIpv4"], "10.0.0.0/8");
  });

  it("have a private zone a service, which forgets no member", async () => {
    const stack = await shared();
    assert.equal(stack.all("Zone").length, sharable.length);
    for (const { inputs, ignoreChanges } of stack.all("Zone")) {
      assert.deepEqual(inputs["vpcs"], [{ vpcId: "vpc-hub", vpcRegion: at.region }]);
      assert.deepEqual(ignoreChanges, ["vpcs"]);
    }
  });

  const called: readonly (readonly [EndpointService, string, string])[] = [
    ["ecr.api", "api.ecr.eu-central-1.amazonaws.com", "api.ecr.eu-central-1.amazonaws.com"],
    ["ecr.dkr", "dkr.ecr.eu-central-1.amazonaws.com", "*.dkr.ecr.eu-central-1.amazonaws.com"],
    ["kms", "kms.eu-central-1.amazonaws.com", "kms.eu-central-1.amazonaws.com"],
    ["sqs", "sqs.eu-central-1.amazonaws.com", "sqs.eu-central-1.amazonaws.com"],
    ["kinesis-streams", "kinesis.eu-central-1.amazonaws.com", "kinesis.eu-central-1.amazonaws.com"],
  ];
  for (const [service, zone, record] of called)
    it(`are found by the name that callers of ${service} use`, async () => {
      const stack = await shared();
      const made = stack.one("aws:route53/zone:Zone", `hub-${service}`);
      assert.equal(made.inputs["name"], zone);
      const alias = stack.one("Record", `hub-${service}`);
      assert.deepEqual([alias.inputs["name"], alias.inputs["type"]], [record, "A"]);
      assert.deepEqual(alias.propertyDependencies["zoneId"], [made.urn]);
      assert.deepEqual(alias.propertyDependencies["aliases"], [
        stack.one("VpcEndpoint", `hub-${service}`).urn,
      ]);
    });

  it("are called alike by no two services", async () => {
    const names = (await shared()).all("Record").map(({ inputs }) => inputs["name"]);
    assert.equal(new Set(names).size, sharable.length);
  });

  it("say which zones they are found in, by id for members and by ARN for a profile", async () => {
    await planned(() => {
      const { zoneIds, zoneArns } = new SharedEndpoints("hub", args);
      assert.deepEqual(Object.keys(zoneIds), sharable);
      assert.deepEqual(Object.keys(zoneArns), sharable);
    });
    const stack = await planned(() => {
      const { zoneArns } = new SharedEndpoints("hub", args);
      new NamesProfile("names", {
        privateZones: zoneArns as Record<string, pulumi.Output<string>>,
        sharedWith: { dev: "555566667777" },
      });
    });
    assert.deepEqual(
      stack.all("ProfilesResourceAssociation").flatMap(each => stack.from(each, "resourceArn")),
      [...sharable].sort().map(service => `hub-${service}`),
    );
    for (const { inputs } of stack.all("ProfilesResourceAssociation"))
      assert.match(String(inputs["name"]), /^(?!\d+$)[a-zA-Z0-9\-_' ]{1,64}$/);
  });

  it("are shared with nobody by themselves", async () => {
    const stack = await shared();
    for (const type of ["ProfilesProfile", "ResourceShare"]) assert.deepEqual(stack.all(type), [], type);
  });

  for (const service of local)
    it(`refuse ${service}, which its callers need in their own VPC`, async () => {
      await assert.rejects(
        shared({ services: [service] }),
        new RegExp(`${service}, which cannot be shared: ECS`),
      );
    });

  it("refuse what endpoints of one VPC refuse", async () => {
    await assert.rejects(shared({ services: [] }), /services is empty/);
    await assert.rejects(shared({ fromRanges: ["0.0.0.0/0"] }), /fromRanges holds 0.0.0.0\/0/);
  });

  it("of two hubs have a stack together and pass every rule of the policy pack", async () => {
    const stack = await planned(() => {
      for (const name of ["a", "b"]) new SharedEndpoints(name, args);
    });
    assert.equal(stack.all("Zone").length, 2 * sharable.length);
    assert.deepEqual(await refusals(stack), []);
  });
});

describe("the names of shared endpoints", () => {
  const member = (zoneIds: SharedEndpointNamesArgs["zoneIds"]) =>
    planned(() => {
      const hub = new aws.Provider("hub", { region: at.region });
      const provider = new aws.Provider("member", { region: at.region });
      new SharedEndpointNames("dev", { at, vpcId: "vpc-dev", zoneIds, hub }, { provider });
    });
  const zoneIds = { kms: "Z1", "ecr.api": "Z2" };

  it("are found when the hub has agreed and the member then asked, zone by zone", async () => {
    const stack = await member(zoneIds);
    for (const [service, zoneId] of Object.entries(zoneIds)) {
      const agreed = stack.one("VpcAssociationAuthorization", `dev-${service}`);
      assert.deepEqual(agreed.inputs, { zoneId, vpcId: "vpc-dev", vpcRegion: at.region });
      assert.equal(stack.provider(agreed), "hub");
      const asked = stack.one("ZoneAssociation", `dev-${service}`);
      assert.deepEqual(asked.inputs, { zoneId, vpcId: "vpc-dev", vpcRegion: at.region });
      assert.equal(stack.provider(asked), "member");
      assert.deepEqual(asked.propertyDependencies["zoneId"], [agreed.urn]);
    }
    assert.equal(stack.all("ZoneAssociation").length, 2);
  });

  it("are some", async () => {
    await assert.rejects(member({}), /zoneIds is empty/);
  });

  it("of two VPCs have a stack together", async () => {
    const stack = await planned(() => {
      const hub = new aws.Provider("hub", { region: at.region });
      for (const vpcId of ["a", "b"]) new SharedEndpointNames(vpcId, { at, vpcId, zoneIds, hub });
    });
    assert.equal(stack.all("ZoneAssociation").length, 4);
  });
});
