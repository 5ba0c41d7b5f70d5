import assert from "node:assert/strict";
import fc from "fast-check";
import { type EndpointService, endpointServices } from "../../../components/network/endpoint-policies";
import {
  GatewayEndpoints,
  type GatewayEndpointsArgs,
  InterfaceEndpoints,
  type InterfaceEndpointsArgs,
} from "../../../components/network/endpoints";
import { readDocument } from "../../../iam/document";
import { refusals } from "../logs/judged";
import { organizationId, type Request, verdict } from "../logs/request";
import { at, type Planned, planned, statements } from "../planned";

const every = Object.keys(endpointServices) as EndpointService[];
const gateways = (more: Partial<GatewayEndpointsArgs> = {}) =>
  planned(
    () =>
      new GatewayEndpoints("net", { at, vpcId: "vpc-1", routeTableIds: ["rtb-1"], organizationId, ...more }),
  );
const interfaces = (more: Partial<InterfaceEndpointsArgs> = {}) =>
  planned(
    () =>
      new InterfaceEndpoints("net", {
        at,
        vpcId: "vpc-1",
        subnetIds: ["subnet-a", "subnet-b"],
        fromRanges: ["10.16.0.0/16", "100.64.0.0/16"],
        services: every,
        organizationId,
        ...more,
      }),
  );

const ours = { account: "444455556666" };
const inside = { "aws:ResourceOrgID": organizationId };
const elsewhere = "o-fffff99999";
const ask = (stack: Planned, endpoint: string, request: Request) =>
  verdict(statements(stack.one("VpcEndpoint", endpoint)), request);

/** What of a call must not be another organization's: each by itself, and both. */
const foreign: Readonly<Record<string, Partial<Request>>> = {
  "somebody else's credentials": { context: { ...inside, "aws:PrincipalOrgID": elsewhere } },
  "somebody else's resource": { context: { "aws:ResourceOrgID": elsewhere } },
  "a resource of no organization": { context: {} },
  "both somebody else's": { context: { "aws:PrincipalOrgID": elsewhere, "aws:ResourceOrgID": elsewhere } },
  "nobody's credentials": { by: undefined, context: inside },
  "a service of AWS": {
    by: { service: "cloudformation.amazonaws.com" },
    context: { "aws:ResourceOrgID": elsewhere },
  },
};

describe("gateway endpoints", () => {
  it("are of S3 and DynamoDB, for the given route tables, and known in a plan", async () => {
    const stack = await gateways({ routeTableIds: ["rtb-1", "rtb-2"] });
    assert.deepEqual(
      stack
        .all("VpcEndpoint")
        .map(({ name, inputs }) => [name, inputs["serviceName"], inputs["vpcEndpointType"]]),
      [
        ["net-dynamodb", "com.amazonaws.eu-central-1.dynamodb", "Gateway"],
        ["net-s3", "com.amazonaws.eu-central-1.s3", "Gateway"],
      ],
    );
    for (const { inputs } of stack.all("VpcEndpoint")) {
      assert.deepEqual(inputs["routeTableIds"], ["rtb-1", "rtb-2"]);
      assert.equal(inputs["vpcId"], "vpc-1");
      assert.deepEqual(readDocument(inputs["policy"]).faults, []);
    }
  });

  const calls = [
    ["net-s3", { by: ours, action: "s3:PutObject", resource: "arn:aws:s3:::orders/1" }],
    ["net-s3", { by: ours, action: "s3:GetObject", resource: "arn:aws:s3:::orders/1" }],
    [
      "net-dynamodb",
      { by: ours, action: "dynamodb:PutItem", resource: "arn:aws:dynamodb:eu-central-1:1:table/a" },
    ],
  ] as const;
  for (const [endpoint, call] of calls) {
    it(`let the organization through to its own: ${call.action}`, async () => {
      assert.equal(ask(await gateways(), endpoint, { ...call, context: inside }), "allowed");
    });
    for (const [what, change] of Object.entries(foreign))
      it(`let ${call.action} of ${what} not through`, async () => {
        assert.equal(ask(await gateways(), endpoint, { ...call, ...change }), "silent");
      });
  }

  const amazons = [
    "prod-eu-central-1-starport-layer-bucket",
    "aws-ssm-eu-central-1",
    "patch-baseline-snapshot-eu-central-1",
    "al2023-repos-eu-central-1-de612dc2",
    "amazonlinux-2-repos-eu-central-1",
  ];
  for (const bucket of amazons)
    it(`let anyone read ${bucket}, and do nothing else`, async () => {
      const stack = await gateways();
      const resource = `arn:aws:s3:::${bucket}/a/b`;
      for (const by of [undefined, ours, { account: "999988887777" }])
        assert.equal(ask(stack, "net-s3", { by, action: "s3:GetObject", resource }), "allowed");
      for (const action of ["s3:PutObject", "s3:ListBucket", "s3:DeleteObject"])
        assert.equal(ask(stack, "net-s3", { by: ours, action, resource }), "silent", action);
    });

  it("know AWS's buckets of their own Region only", async () => {
    const stack = await gateways({ at: { ...at, region: "eu-west-1" } });
    const layers = (region: string) =>
      ask(stack, "net-s3", {
        action: "s3:GetObject",
        resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/1`,
      });
    assert.deepEqual([layers("eu-west-1"), layers("eu-central-1")], ["allowed", "silent"]);
  });

  it("do not take a bucket for AWS's because it is called alike", async () => {
    const stack = await gateways();
    for (const bucket of [
      "aws-ssm-eu-central-1-mine",
      "my-aws-ssm-eu-central-1",
      "prod-eu-central-1-starport",
    ]) {
      const resource = `arn:aws:s3:::${bucket}/1`;
      assert.equal(ask(stack, "net-s3", { by: ours, action: "s3:GetObject", resource }), "silent", bucket);
    }
  });

  it("stay below the 20,480 characters that AWS takes", async () => {
    for (const { inputs } of (await gateways()).all("VpcEndpoint"))
      assert.ok(String(inputs["policy"]).length < 20_480);
  });

  it("refuse to serve nobody, and an organization that is none", async () => {
    await assert.rejects(gateways({ routeTableIds: [] }), /routeTableIds is empty/);
    await assert.rejects(gateways({ organizationId: "*" }), /organizationId is \*/);
  });
});

describe("interface endpoints", () => {
  it("are one a service, called by it, in the given subnets, with private DNS", async () => {
    const stack = await interfaces();
    assert.deepEqual(
      stack.all("VpcEndpoint").map(({ name, inputs }) => [name, inputs["serviceName"]]),
      [...every].sort().map(service => [`net-${service}`, `com.amazonaws.eu-central-1.${service}`]),
    );
    for (const endpoint of stack.all("VpcEndpoint")) {
      const { vpcEndpointType, privateDnsEnabled, subnetIds, vpcId } = endpoint.inputs;
      assert.deepEqual(
        [vpcEndpointType, privateDnsEnabled, subnetIds, vpcId],
        ["Interface", true, ["subnet-a", "subnet-b"], "vpc-1"],
      );
      assert.deepEqual(stack.from(endpoint, "securityGroupIds"), ["net"]);
    }
  });

  it("make no names where they are told so", async () => {
    const stack = await interfaces({ privateDns: false });
    for (const { inputs } of stack.all("VpcEndpoint")) assert.equal(inputs["privateDnsEnabled"], false);
  });

  it("are called from the VPC's ranges with TLS, and call nobody", async () => {
    const stack = await interfaces();
    const group = stack.one("SecurityGroup");
    assert.deepEqual([group.inputs["ingress"], group.inputs["egress"]], [undefined, undefined]);
    assert.deepEqual(stack.all("SecurityGroupEgressRule"), []);
    assert.deepEqual(
      stack
        .all("SecurityGroupIngressRule")
        .map(({ inputs: { cidrIpv4, ipProtocol, fromPort, toPort, cidrIpv6, prefixListId } }) => [
          cidrIpv4,
          ipProtocol,
          fromPort,
          toPort,
          cidrIpv6,
          prefixListId,
        ]),
      [
        ["10.16.0.0/16", "tcp", 443, 443, undefined, undefined],
        ["100.64.0.0/16", "tcp", 443, 443, undefined, undefined],
      ],
    );
    for (const rule of stack.all("SecurityGroupIngressRule"))
      assert.deepEqual(rule.propertyDependencies["securityGroupId"], [group.urn]);
  });

  for (const service of every) {
    if (!endpointServices[service].policy) {
      it(`have no policy for ${service}, which takes none`, async () => {
        assert.equal((await interfaces()).one("VpcEndpoint", `net-${service}`).inputs["policy"], undefined);
      });
      continue;
    }
    it(`let the organization only through to its own: ${service}`, async () => {
      const stack = await interfaces();
      const call = { by: ours, action: "any:Action", resource: "arn:aws:any:eu-central-1:1:thing" };
      assert.deepEqual(readDocument(stack.one("VpcEndpoint", `net-${service}`).inputs["policy"]).faults, []);
      assert.equal(ask(stack, `net-${service}`, { ...call, context: inside }), "allowed");
      for (const [what, change] of Object.entries(foreign))
        assert.equal(ask(stack, `net-${service}`, { ...call, ...change }), "silent", what);
    });
  }

  it("let the organization read AWS's public parameters and documents, and others not", async () => {
    const stack = await interfaces();
    const read = (change: Partial<Request>) =>
      ask(stack, "net-ssm", {
        by: ours,
        action: "ssm:GetParameter",
        resource: "arn:aws:ssm:eu-central-1::parameter/aws/service/ecs/x",
        ...change,
      });
    assert.equal(read({}), "allowed");
    assert.equal(
      read({
        action: "ssm:StartSession",
        resource: "arn:aws:ssm:eu-central-1::document/AWS-StartSSHSession",
      }),
      "allowed",
    );
    assert.equal(read({ context: { "aws:PrincipalOrgID": elsewhere } }), "silent");
    assert.equal(read({ by: undefined }), "silent");
    assert.equal(read({ action: "ssm:PutParameter" }), "silent");
    assert.equal(read({ resource: "arn:aws:ssm:eu-central-1:999988887777:parameter/aws/x" }), "silent");
  });

  it("let who has a token take the organization's roles, and no other", async () => {
    const stack = await interfaces();
    const take = (action: string, context: Request["context"]) =>
      ask(stack, "net-sts", { action, resource: "arn:aws:iam::444455556666:role/deploy", context });
    assert.equal(take("sts:AssumeRoleWithWebIdentity", inside), "allowed");
    assert.equal(take("sts:AssumeRoleWithSAML", inside), "allowed");
    assert.equal(take("sts:AssumeRoleWithWebIdentity", { "aws:ResourceOrgID": elsewhere }), "silent");
    assert.equal(take("sts:AssumeRole", inside), "silent");
  });

  it("let tasks pull GuardDuty's image, whoever's account it is in, and push nothing", async () => {
    const stack = await interfaces();
    const image = (repository: string, action: string, change: Partial<Request> = {}) =>
      ask(stack, "net-ecr.dkr", {
        by: ours,
        action,
        resource: `arn:aws:ecr:eu-central-1:999988887777:repository/${repository}`,
        ...change,
      });
    assert.equal(image("aws-guardduty-agent-fargate", "ecr:BatchGetImage"), "allowed");
    assert.equal(image("aws-guardduty-agent-fargate", "ecr:PutImage"), "silent");
    assert.equal(image("theirs", "ecr:BatchGetImage"), "silent");
    const context = { "aws:PrincipalOrgID": elsewhere };
    assert.equal(image("aws-guardduty-agent-fargate", "ecr:BatchGetImage", { context }), "silent");
  });

  it("tell where they are", async () => {
    let made: InterfaceEndpoints | undefined;
    await planned(() => {
      made = new InterfaceEndpoints("net", {
        at,
        vpcId: "vpc-1",
        subnetIds: ["subnet-a"],
        fromRanges: ["10.16.0.0/16"],
        services: ["kms", "ecr.api"],
        organizationId,
      });
    });
    assert.deepEqual(Object.keys(made?.ids ?? {}), ["kms", "ecr.api"]);
    assert.deepEqual(Object.keys(made?.addresses ?? {}), ["kms", "ecr.api"]);
    assert.ok(made?.securityGroupId);
  });

  const wrong: Readonly<Record<string, [Partial<InterfaceEndpointsArgs>, RegExp]>> = {
    "no service": [{ services: [] }, /services is empty/],
    "a service twice": [{ services: ["kms", "sts", "kms"] }, /services holds kms twice/],
    "no subnet": [{ subnetIds: [] }, /subnetIds is empty/],
    "no range": [{ fromRanges: [] }, /fromRanges is empty/],
    "a range twice": [{ fromRanges: ["10.0.0.0/16", "10.0.0.0/16"] }, /fromRanges holds 10.0.0.0\/16 twice/],
    "an organization that is none": [{ organizationId: "o-1" }, /organizationId is o-1/],
  };
  for (const [what, [change, message]] of Object.entries(wrong))
    it(`refuse ${what}`, async () => {
      await assert.rejects(interfaces(change), message);
    });

  for (const range of [
    "0.0.0.0/0",
    "10.0.0.0/7",
    "10.0.0.0/29",
    "10.0.0.256/16",
    "10.0.0.0",
    "fd00::/8",
    "sg-1",
  ])
    it(`refuse to be called from ${range}`, async () => {
      await assert.rejects(
        interfaces({ fromRanges: [range] }),
        /fromRanges holds .*; it must be an IPv4 range/,
      );
    });

  it("make the same of a service, whatever others are asked for", async () => {
    const alone = await interfaces({ services: every });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(every, { minLength: 1 }), async services => {
        const stack = await interfaces({ services });
        assert.equal(stack.all("VpcEndpoint").length, services.length);
        for (const { name, inputs } of stack.all("VpcEndpoint"))
          assert.deepEqual(inputs, alone.one("VpcEndpoint", name).inputs);
      }),
      { numRuns: 10 },
    );
  });
});

describe("endpoints of two VPCs", () => {
  it("have a stack together and pass every rule of the policy pack", async () => {
    const stack = await planned(() => {
      for (const name of ["a", "b"]) {
        new GatewayEndpoints(name, { at, vpcId: `vpc-${name}`, routeTableIds: ["rtb-1"], organizationId });
        new InterfaceEndpoints(name, {
          at,
          vpcId: `vpc-${name}`,
          subnetIds: ["subnet-a"],
          fromRanges: ["10.16.0.0/16"],
          services: every,
          organizationId,
        });
      }
    });
    assert.equal(stack.all("VpcEndpoint").length, 2 * (every.length + 2));
    assert.deepEqual(await refusals(stack), []);
  });
});
