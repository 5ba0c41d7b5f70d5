import assert from "node:assert/strict";
import fc from "fast-check";
import {
  driverConfiguration,
  type RunnerConfiguration,
  runnerConfiguration,
  taskSsh,
  tokenPlace,
  workersKeyFile,
} from "../../../components/delivery/runner-configuration";
import { readToml, type Table } from "./toml";

const args: RunnerConfiguration = {
  name: "landing-zone-runner-dev",
  host: "gitlab.example.com",
  most: 4,
  cache: { bucketName: "cache-111122223333", region: "eu-central-1" },
  workers: { kind: "spot", groupName: "workers", least: 1, jobs: 1, privileged: false },
};
const fargate: RunnerConfiguration = { ...args, workers: { kind: "fargate" } };

const runnerIn = (text: string): Table => {
  const { runners } = readToml(text) as { runners: Table[] };
  assert.equal(runners.length, 1);
  return runners[0] ?? assert.fail();
};

describe("what GitLab Runner is told", () => {
  it("is one runner of one GitLab, whose token is put in later", () => {
    for (const one of [args, fargate]) {
      const text = runnerConfiguration(one);
      const runner = runnerIn(text);
      assert.equal(runner["url"], "https://gitlab.example.com");
      assert.equal(runner["token"], tokenPlace);
      assert.equal(text.split(tokenPlace).length, 2);
      assert.equal(readToml(text)["concurrent"], 4);
      assert.equal(runner["limit"], 4);
    }
  });

  it("caches in the bucket, by the manager's own role and without keys", () => {
    for (const one of [args, fargate])
      assert.deepEqual(runnerIn(runnerConfiguration(one))["cache"], {
        Type: "s3",
        Shared: true,
        s3: {
          BucketName: "cache-111122223333",
          BucketLocation: "eu-central-1",
          AuthenticationType: "iam",
        },
      });
  });

  it("scales the group of workers, which take one job at a time and are never shared by two", () => {
    const runner = runnerIn(runnerConfiguration(args));
    assert.equal(runner["executor"], "docker-autoscaler");
    const { plugin, plugin_config, policy, connector_config, ...autoscaler } = runner["autoscaler"] as Table;
    assert.match(String(plugin), /^aws:\d+\.\d+\.\d+$/);
    assert.deepEqual(plugin_config, { name: "workers" });
    assert.deepEqual(policy, [{ idle_count: 1, idle_time: "20m0s" }]);
    assert.deepEqual(connector_config, {
      username: "ec2-user",
      use_static_credentials: true,
      key_path: workersKeyFile,
      use_external_addr: false,
    });
    assert.equal(autoscaler["capacity_per_instance"], 1);
    assert.equal(autoscaler["max_use_count"], 1);
    assert.equal(autoscaler["max_instances"], 4);
  });

  it("keeps containers from the worker's network, and from what the worker may unless it is said", () => {
    for (const privileged of [false, true]) {
      const workers = { ...args.workers, privileged } as RunnerConfiguration["workers"];
      const docker = runnerIn(runnerConfiguration({ ...args, workers }))["docker"] as Table;
      assert.equal(docker["privileged"], privileged);
      assert.equal(docker["network_mode"], "bridge");
      assert.deepEqual(docker["volumes"], ["/cache"]);
    }
  });

  it("hands each stage of a job to the driver of Fargate", () => {
    const runner = runnerIn(runnerConfiguration(fargate));
    assert.equal(runner["executor"], "custom");
    assert.equal(runner["autoscaler"], undefined);
    const custom = runner["custom"] as Table;
    for (const stage of ["config", "prepare", "run", "cleanup"]) {
      assert.equal(custom[`${stage}_exec`], "/opt/gitlab-runner/fargate");
      assert.deepEqual(custom[`${stage}_args`], [
        "--config",
        "/etc/gitlab-runner/fargate.toml",
        "custom",
        stage,
      ]);
    }
  });

  it("is TOML whatever it is called", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(args.workers, fargate.workers),
        (name, most, least, kind) => {
          const workers = kind.kind === "spot" ? { ...kind, least } : kind;
          const runner = runnerIn(runnerConfiguration({ ...args, name, most, workers }));
          assert.equal(runner["name"], name);
          assert.equal(runner["limit"], most);
        },
      ),
    );
  });
});

describe("what the driver of Fargate is told", () => {
  it("is where tasks run, without a public address, and how it gets in", () => {
    const driver = {
      region: "eu-central-1",
      clusterName: "jobs",
      taskDefinition: "jobs",
      subnetId: "subnet-1",
      securityGroupId: "sg-1",
    };
    const { Fargate, SSH, TaskMetadata } = readToml(driverConfiguration(driver)) as Record<string, Table>;
    assert.deepEqual(Fargate, {
      Cluster: "jobs",
      Region: "eu-central-1",
      Subnet: "subnet-1",
      SecurityGroup: "sg-1",
      TaskDefinition: "jobs",
      EnablePublicIP: false,
      UsePublicIP: false,
    });
    assert.deepEqual(SSH, { Username: taskSsh.user, Port: taskSsh.port });
    assert.deepEqual(TaskMetadata, { Directory: "/opt/gitlab-runner/metadata" });
  });
});
