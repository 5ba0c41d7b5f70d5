import assert from "node:assert/strict";
import { accessLogBucketName } from "../../../components/logs/access-log-bucket";
import {
  LoadBalancerQueries,
  type LoadBalancerQueriesArgs,
} from "../../../components/logs/load-balancer-queries";
import { accessLines, connectionLines, type LineShape } from "../../../components/logs/load-balancer-tables";
import { at, planned, statements } from "../planned";
import { refusals } from "./judged";
import { organizationId, verdict } from "./request";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const results = "landing-zone-load-balancer-queries-111122223333-eu-central-1";
const made = (more: Partial<LoadBalancerQueriesArgs> = {}) =>
  planned(() => new LoadBalancerQueries("ask", { at, organizationId, keyArn, ...more }));

const table = async (name: string, more: Partial<LoadBalancerQueriesArgs> = {}) =>
  (await made(more)).one("CatalogTable", name).inputs as {
    name: string;
    parameters: Record<string, string>;
    partitionKeys: unknown;
    storageDescriptor: {
      location: string;
      columns: { name: string; type: string }[];
      serDeInfo: { serializationLibrary: string; parameters: Record<string, string> };
    };
  };

const queries = async () =>
  Object.fromEntries(
    (await made()).all("NamedQuery").map(({ inputs }) => [String(inputs["name"]), String(inputs["query"])]),
  );

/** A line as Athena reads it: its columns by their names, the whole line being of the pattern. */
function read({ columns, pattern }: LineShape, line: string): Record<string, string | undefined> {
  const match = new RegExp(`^(?:${pattern})$`).exec(line);
  assert.ok(match, line);
  const names = Object.keys(columns);
  assert.equal(match.length - 1, names.length, "a group for each column");
  return Object.fromEntries(names.map((name, index) => [name, match[index + 1]]));
}

const group =
  "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/orders-api/0123456789abcdef";
const start =
  'h2 2026-01-31T22:23:00.186641Z app/orders/0123456789abcdef 203.0.113.7:2817 10.0.0.1:8443 0.000 0.001 0.002 200 201 34 366 "GET https://orders.example.com:443/orders/7?a=b c HTTP/2.0" "curl/8.1" TLS_AES_128_GCM_SHA256 TLSv1.3';
const rest = `${group} "Root=1-58337262-36d228ad5d99923122bbe354" "orders.example.com" "arn:aws:acm:eu-central-1:111122223333:certificate/1" 10 2026-01-31T22:23:00.184000Z "waf,forward" "-" "-" "10.0.0.1:8443" "201" "-" "-"`;
const line = `${start} ${rest}`;
const now = `${line} TID_1234abcd5678ef90 "orders.internal" "/7" "TransformSuccess"`;

describe("a line of an access log", () => {
  it("is read as it is today, field by field", () => {
    assert.deepEqual(read(accessLines, now), {
      type: "h2",
      time: "2026-01-31T22:23:00.186641Z",
      elb: "app/orders/0123456789abcdef",
      client_ip: "203.0.113.7",
      client_port: "2817",
      target_ip: "10.0.0.1",
      target_port: "8443",
      request_processing_time: "0.000",
      target_processing_time: "0.001",
      response_processing_time: "0.002",
      elb_status_code: "200",
      target_status_code: "201",
      received_bytes: "34",
      sent_bytes: "366",
      request_verb: "GET",
      request_url: "https://orders.example.com:443/orders/7?a=b c",
      request_proto: "HTTP/2.0",
      user_agent: "curl/8.1",
      ssl_cipher: "TLS_AES_128_GCM_SHA256",
      ssl_protocol: "TLSv1.3",
      target_group_arn: group,
      trace_id: "Root=1-58337262-36d228ad5d99923122bbe354",
      domain_name: "orders.example.com",
      chosen_cert_arn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
      matched_rule_priority: "10",
      request_creation_time: "2026-01-31T22:23:00.184000Z",
      actions_executed: "waf,forward",
      redirect_url: "-",
      lambda_error_reason: "-",
      target_port_list: "10.0.0.1:8443",
      target_status_code_list: "201",
      classification: "-",
      classification_reason: "-",
      conn_trace_id: "TID_1234abcd5678ef90",
      transformed_host: "orders.internal",
      transformed_uri: "/7",
      request_transform_status: "TransformSuccess",
    });
  });

  it("is read from before and after fields were added at its end", () => {
    const before = read(accessLines, line);
    assert.deepEqual([before["classification_reason"], before["conn_trace_id"]], ["-", undefined]);
    const between = read(accessLines, `${line} TID_1234abcd5678ef90`);
    assert.deepEqual(
      [between["conn_trace_id"], between["transformed_host"]],
      ["TID_1234abcd5678ef90", undefined],
    );
    const later = read(accessLines, `${now} 203.0.113.9 "something new" -`);
    assert.deepEqual(later, read(accessLines, now));
  });

  it("is read where there was no target, no HTTP, an address of IPv6, or a user agent with quotes", () => {
    const untouched = read(
      accessLines,
      now.replace("10.0.0.1:8443 0.000 0.001", "- -1 -1").replace(group, "-"),
    );
    assert.deepEqual(
      [untouched["target_ip"], untouched["target_port"], untouched["target_group_arn"]],
      ["", "", "-"],
    );
    assert.equal(untouched["target_processing_time"], "-1");
    const noHttp = read(accessLines, now.replace(/"GET [^"]*"/, '"- - - "'));
    assert.deepEqual([noHttp["request_verb"], noHttp["request_url"]], ["-", "-"]);
    const six = read(accessLines, now.replace("203.0.113.7:2817", "2001:db8::7:2817"));
    assert.deepEqual([six["client_ip"], six["client_port"]], ["2001:db8::7", "2817"]);
    const quoted = read(accessLines, now.replace('"curl/8.1"', '"a \\x22b\\x22 c"'));
    assert.equal(quoted["user_agent"], "a \\x22b\\x22 c");
  });
});

describe("a line of a connection log", () => {
  const handshake =
    '2026-01-31T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=orders.example.com,O=Example Corp" NotBefore=2026-01-01T22:30:27Z;NotAfter=2027-01-01T22:30:27Z FEF257372D5C14D4 Success';

  it("is read, with and without what is newer", () => {
    const before = read(connectionLines, handshake);
    assert.deepEqual(
      [before["leaf_client_cert_subject"], before["tls_verify_status"], before["conn_trace_id"]],
      ["CN=orders.example.com,O=Example Corp", "Success", undefined],
    );
    const later = read(connectionLines, `${handshake} TID_3180a73013c8ca4b x25519 "new" -`);
    assert.deepEqual([later["conn_trace_id"], later["tls_keyexchange"]], ["TID_3180a73013c8ca4b", "x25519"]);
  });

  it("is read where the handshake failed", () => {
    const failed = read(
      connectionLines,
      '2026-01-31T17:05:15.514108Z 203.0.113.1 36280 443 - - - "-" - - Failed:ClientCertInvalid TID_3180a73013c8ca4b',
    );
    assert.deepEqual(
      [failed["tls_handshake_latency"], failed["tls_verify_status"]],
      ["-", "Failed:ClientCertInvalid"],
    );
  });
});

describe("the tables of load balancers' logs", () => {
  for (const [name, called, folder, shape] of [
    ["ask-access", "requests", "access", accessLines],
    ["ask-connections", "connections", "connections", connectionLines],
  ] as const)
    it(`find ${called} below the account's bucket, by day`, async () => {
      const its = await table(name);
      const location = `s3://${accessLogBucketName(at)}/${folder}/AWSLogs/111122223333/elasticloadbalancing/eu-central-1/`;
      assert.equal(its.name, called);
      assert.deepEqual(its.partitionKeys, [{ name: "day", type: "string" }]);
      assert.deepEqual(its.parameters, {
        EXTERNAL: "TRUE",
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy/MM/dd",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "projection.day.range": "2025/01/01,NOW",
        "storage.location.template": `${location}\${day}`,
      });
      assert.equal(its.storageDescriptor.location, location);
      assert.deepEqual(
        its.storageDescriptor.columns.map(column => column.name),
        Object.keys(shape.columns),
      );
      assert.deepEqual(its.storageDescriptor.serDeInfo, {
        serializationLibrary: "org.apache.hadoop.hive.serde2.RegexSerDe",
        parameters: { "serialization.format": "1", "input.regex": shape.pattern },
      });
    });

  it("begin with the day that is said, and refuse what is none", async () => {
    assert.equal(
      (await table("ask-access", { firstDay: "2026/02/28" })).parameters["projection.day.range"],
      "2026/02/28,NOW",
    );
    await assert.rejects(
      made({ firstDay: "2026-02-28" }),
      /firstDay is 2026-02-28; it must be written yyyy\/MM\/dd/,
    );
    await assert.rejects(made({ organizationId: "o-1" }), /organizationId is o-1/);
    await assert.rejects(made({ scanLimitGib: 0 }), /scanLimitGib is 0/);
  });
});

describe("the results of what is asked", () => {
  it("are encrypted, protected, gone after 30 days, and allowed by the policies", async () => {
    const stack = await made();
    const bucket = stack.one("aws:s3/bucket:Bucket");
    assert.deepEqual([bucket.inputs["bucket"], bucket.protect], [results, true]);
    assert.ok(results.replace("eu-central-1", "ap-southeast-1").length <= 63);
    const [rule] = stack.one("BucketLifecycleConfiguration").inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(
      [rule?.["expiration"], rule?.["noncurrentVersionExpiration"]],
      [{ days: 30 }, { noncurrentDays: 1 }],
    );
    assert.deepEqual(await refusals(stack), []);
  });

  it("are written with KMS, by the organization", async () => {
    const policy = statements((await made()).one("BucketPolicy"));
    const write = (context: Record<string, string>) =>
      verdict(policy, {
        by: { account: at.accountId },
        action: "s3:PutObject",
        resource: `arn:aws:s3:::${results}/a.csv`,
        context,
      });
    assert.equal(write({ "s3:x-amz-server-side-encryption": "aws:kms" }), "silent");
    assert.equal(write({ "s3:x-amz-server-side-encryption": "AES256" }), "denied");
    assert.equal(write({ "aws:PrincipalOrgID": "o-zzzzz99999" }), "denied");
  });

  it("go where the workgroup says, which nobody overrides, and are limited", async () => {
    const stack = await made({ scanLimitGib: 3 });
    const workgroup = stack.one("Workgroup");
    assert.deepEqual(workgroup.inputs["configuration"], {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 3 * 2 ** 30,
      resultConfiguration: {
        outputLocation: `s3://${results}/`,
        expectedBucketOwner: at.accountId,
        encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
      },
    });
    assert.ok(workgroup.dependencies.includes(stack.one("BucketPolicy").urn));
  });
});

describe("a saved question to load balancers' logs", () => {
  it("is each of these, in the workgroup and database", async () => {
    const stack = await made();
    assert.deepEqual(Object.keys(await queries()).sort(), [
      "callers-by-address",
      "errors-by-service",
      "failed-connections",
      "requests-of-a-trace",
      "slowest-paths",
    ]);
    for (const query of stack.all("NamedQuery"))
      assert.deepEqual([stack.from(query, "workgroup"), stack.from(query, "database")], [["ask"], ["ask"]]);
  });

  it("says what to replace, and reads today and yesterday only", async () => {
    for (const [name, query] of Object.entries(await queries())) {
      assert.match(query, /^-- .+\.\n-- Replace: .*the days by those that matter\.\nSELECT /, name);
      assert.match(
        query,
        /\nFROM "landing_zone_load_balancers"\."(requests|connections)"\nWHERE day >= date_format\(current_date - INTERVAL '1' DAY, '%Y\/%m\/%d'\)\n/,
        name,
      );
      assert.match(query, /\nLIMIT 1000$/, name);
    }
  });

  it("balances its parentheses and quotes", async () => {
    for (const [name, query] of Object.entries(await queries())) {
      const bare = query.replace(/^--.*$/gm, "").replace(/'[^']*'/g, "");
      assert.ok(!bare.includes("'"), name);
      assert.equal(bare.split("(").length, bare.split(")").length, name);
    }
  });

  it("asks of columns that its table has", async () => {
    const words = new Set(
      "select from where and or as in is not null like order group by desc limit interval distinct between current_date".split(
        " ",
      ),
    );
    for (const [name, query] of Object.entries(await queries())) {
      const shape = query.includes('."requests"') ? accessLines : connectionLines;
      const bare = query.replace(/^--.*$/gm, "").replace(/'[^']*'|"[^"]*"/g, "");
      const named = [...bare.matchAll(/ AS (\w+)/g)].map(([, alias = ""]) => alias);
      const known = new Set([...Object.keys(shape.columns), ...named, "day"]);
      const unknown = [...bare.matchAll(/\b[a-z_]\w*\b(?!\()/gi)]
        .map(([word]) => word.toLowerCase())
        .filter(word => !known.has(word) && !words.has(word));
      assert.deepEqual(unknown, [], name);
    }
  });

  it("takes paths that differ by a number or a UUID for one", async () => {
    const [, pattern = ""] = /regexp_replace\(url_extract_path\(request_url\), '([^']+)', '\/\*'\)/.exec(
      (await queries())["slowest-paths"] ?? "",
    ) ?? [""];
    const one = (path: string) => path.replace(new RegExp(pattern, "g"), "/*");
    assert.equal(one("/orders/17/items/4"), "/orders/*/items/*");
    assert.equal(one("/orders/0f8fad5b-d9cb-469f-a165-70867728950e"), "/orders/*");
    assert.equal(one("/orders/v2/open"), "/orders/v2/open");
  });
});
