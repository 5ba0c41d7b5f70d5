import assert from "node:assert/strict";
import type { TlsProxyArgs } from "../../../../components/compute/sidecars/tls-proxy";
import { container, definition, environmentOf } from "../tasks";

const proxied = (more: Partial<TlsProxyArgs> = {}) => ({
  tlsProxy: { listensOn: 8443, proxyTo: 8080, protocol: "http1", ...more } as const,
});
const configuration = async (more?: Partial<TlsProxyArgs>) =>
  environmentOf(await container(proxied(more), "tls-proxy"))["NGINX_CONFIGURATION"] ?? "";

describe("a proxy that speaks TLS", () => {
  it("is what is called, in place of the main container", async () => {
    const args = { port: 8443, ...proxied() };
    assert.deepEqual((await container(args, "tls-proxy"))["portMappings"], [
      { containerPort: 8443, protocol: "tcp" },
    ]);
    assert.equal((await container(args))["portMappings"], undefined);
    const made: { trafficContainerName: string; containerName: string }[] = [];
    await definition(args, made as never);
    assert.deepEqual([made[0]?.trafficContainerName, made[0]?.containerName], ["tls-proxy", "api"]);
  });

  it("starts when the main container has, and the task ends with either", async () => {
    const its = await container(proxied(), "tls-proxy");
    assert.deepEqual(its["dependsOn"], [{ containerName: "api", condition: "START" }]);
    assert.equal(its["essential"], true);
    assert.equal((await container(proxied()))["essential"], true);
  });

  it("makes its key when it starts, where only it can read it and nothing stays", async () => {
    const its = await container(proxied(), "tls-proxy");
    assert.deepEqual(its["entryPoint"], ["/bin/sh", "-ec"]);
    const [script = "", ...others] = its["command"] as string[];
    assert.deepEqual(others, []);
    assert.match(script, /^umask 077\nopenssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes /);
    assert.match(script, /-keyout \/tmp\/key\.pem -out \/tmp\/certificate\.pem\n/);
    assert.match(script, /\nexec nginx -e stderr -c \/tmp\/nginx\.conf$/);
    assert.deepEqual(its["mountPoints"], []);
    const { tmpfs } = its["linuxParameters"] as { tmpfs: unknown };
    assert.deepEqual(tmpfs, [
      { containerPath: "/tmp", size: 16, mountOptions: ["noexec", "nosuid", "nodev"] },
    ]);
  });

  it("writes nowhere but there", async () => {
    for (const protocol of ["http1", "http2", "grpc"] as const)
      for (const [, path = ""] of (await configuration({ protocol })).matchAll(
        /(?:_path|pid|certificate|key) (\/\S+);/g,
      ))
        assert.match(path, /^\/tmp\//);
  });

  for (const [protocol, yes, no] of [
    ["http1", /proxy_pass http:\/\/127\.0\.0\.1:8080;/, /http2|grpc/],
    ["http2", /http2 on;[\s\S]*proxy_pass http:\/\/127\.0\.0\.1:8080;/, /grpc/],
    ["grpc", /http2 on;[\s\S]*grpc_pass grpc:\/\/127\.0\.0\.1:8080;/, /proxy_pass/],
  ] as const)
    it(`hands on ${protocol} to localhost`, async () => {
      const text = await configuration({ protocol });
      assert.match(text, /listen 8443 ssl;/);
      assert.match(text, /ssl_protocols TLSv1\.2 TLSv1\.3;/);
      assert.match(text, yes);
      assert.doesNotMatch(text, no);
    });

  it("keeps connections longer than any load balancer", async () => {
    const [, seconds] = /keepalive_timeout (\d+)s;/.exec(await configuration()) ?? [];
    assert.ok(Number(seconds) > 4_000);
  });

  it("refuses ports that can not be", async () => {
    for (const port of [0, -1, 65_536, 1.5]) {
      await assert.rejects(definition(proxied({ listensOn: port })), /tlsProxy\.listensOn is/);
      await assert.rejects(definition(proxied({ proxyTo: port })), /tlsProxy\.proxyTo is/);
    }
    await assert.rejects(definition(proxied({ proxyTo: 8443 })), /are both 8443/);
    await assert.rejects(
      definition({ port: 9443, ...proxied() }),
      /port is 9443 and tlsProxy\.listensOn 8443/,
    );
  });
});
