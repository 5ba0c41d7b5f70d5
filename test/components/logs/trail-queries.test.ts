import assert from "node:assert/strict";
import { TrailQueries, type TrailQueriesArgs } from "../../../components/logs/trail-queries";
import { at, planned, statements } from "../planned";
import { refusals } from "./judged";
import { organizationId, verdict } from "./request";

const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
const args = {
  at,
  organizationId,
  trailBucketName: "archive-trail",
  keyArn,
  accounts: ["222233334444", "333344445555"],
  regions: ["eu-central-1"],
  breakGlassRole: "break-glass",
};
const made = (more: Partial<TrailQueriesArgs> = {}) =>
  planned(() => new TrailQueries("ask", { ...args, ...more }));
const results = "landing-zone-athena-111122223333-eu-central-1";

const tableParameters = async (more: Partial<TrailQueriesArgs> = {}) =>
  (await made(more)).one("CatalogTable").inputs["parameters"] as Record<string, string>;

const queries = async (more: Partial<TrailQueriesArgs> = {}) =>
  Object.fromEntries(
    (await made(more))
      .all("NamedQuery")
      .map(({ inputs }) => [String(inputs["name"]), String(inputs["query"])]),
  );

describe("the results of queries", () => {
  it("are encrypted, protected, and gone after 30 days, copies included", async () => {
    const stack = await made();
    const bucket = stack.one("aws:s3/bucket:Bucket");
    assert.deepEqual([bucket.inputs["bucket"], bucket.protect], [results, true]);
    const [rule] = stack.one("BucketLifecycleConfiguration").inputs["rules"] as Record<string, unknown>[];
    assert.deepEqual(
      [rule?.["expiration"], rule?.["noncurrentVersionExpiration"], rule?.["transitions"]],
      [{ days: 30 }, { noncurrentDays: 1 }, undefined],
    );
    assert.deepEqual(stack.one("BucketServerSideEncryptionConfiguration").inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { kmsMasterKeyId: keyArn, sseAlgorithm: "aws:kms" },
        bucketKeyEnabled: true,
      },
    ]);
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
    const stack = await made();
    const workgroup = stack.one("Workgroup");
    assert.equal(workgroup.inputs["name"], "landing-zone-trail");
    assert.deepEqual(workgroup.inputs["configuration"], {
      enforceWorkgroupConfiguration: true,
      publishCloudwatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: 107_374_182_400,
      resultConfiguration: {
        outputLocation: `s3://${results}/`,
        expectedBucketOwner: at.accountId,
        encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: keyArn },
      },
    });
    assert.ok(workgroup.dependencies.includes(stack.one("BucketPolicy").urn));
    const limited = (await made({ scanLimitGib: 1 })).one("Workgroup").inputs["configuration"];
    assert.equal((limited as Record<string, unknown>)["bytesScannedCutoffPerQuery"], 1_073_741_824);
  });
});

describe("the table of the trail", () => {
  it("finds its partitions below the organization, by account, region and day", async () => {
    assert.deepEqual(await tableParameters(), {
      EXTERNAL: "TRUE",
      classification: "cloudtrail",
      "projection.enabled": "true",
      "projection.account.type": "enum",
      "projection.account.values": "222233334444,333344445555",
      "projection.region.type": "enum",
      "projection.region.values": "eu-central-1,us-east-1",
      "projection.day.type": "date",
      "projection.day.format": "yyyy/MM/dd",
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "projection.day.range": "2020/01/01,NOW",
      "storage.location.template": `s3://archive-trail/AWSLogs/${organizationId}/\${account}/CloudTrail/\${region}/\${day}`,
    });
    const { inputs } = (await made()).one("CatalogTable");
    assert.deepEqual(inputs["partitionKeys"], [
      { name: "account", type: "string" },
      { name: "region", type: "string" },
      { name: "day", type: "string" },
    ]);
  });

  it("takes accounts that are not known beforehand, a first day, and each region once", async () => {
    const parameters = await tableParameters({
      accounts: "injected",
      firstDay: "2025/06/30",
      regions: ["us-east-1", "eu-west-1", "us-east-1"],
    });
    assert.equal(parameters["projection.account.type"], "injected");
    assert.equal(parameters["projection.account.values"], undefined);
    assert.equal(parameters["projection.day.range"], "2025/06/30,NOW");
    assert.equal(parameters["projection.region.values"], "us-east-1,eu-west-1");
  });

  it("has the columns and formats of AWS's own example", async () => {
    const stack = await made();
    const { inputs } = stack.one("CatalogTable");
    assert.deepEqual([inputs["name"], inputs["tableType"]], ["cloudtrail", "EXTERNAL_TABLE"]);
    assert.deepEqual(stack.from(stack.one("CatalogTable"), "databaseName"), ["ask"]);
    assert.equal(stack.one("CatalogDatabase").inputs["name"], "landing_zone");
    const { columns, ...formats } = inputs["storageDescriptor"] as {
      columns: { name: string; type: string }[];
    };
    assert.deepEqual(formats, {
      location: `s3://archive-trail/AWSLogs/${organizationId}/`,
      inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
      outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
      serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe" },
    });
    const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    assert.deepEqual(
      Object.keys(types).join(" "),
      "eventversion useridentity eventtime eventsource eventname awsregion sourceipaddress useragent errorcode " +
        "errormessage requestparameters responseelements additionaleventdata requestid eventid readonly resources " +
        "eventtype apiversion recipientaccountid serviceeventdetails sharedeventid vpcendpointid " +
        "vpcendpointaccountid eventcategory addendum sessioncredentialfromconsole edgedevicedetails tlsdetails",
    );
    const session =
      "struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string," +
      "principalid:string,arn:string,accountid:string,username:string>,ec2roledelivery:string," +
      "webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>>";
    const structs = {
      useridentity:
        "struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string," +
        `username:string,onbehalfof:struct<userid:string,identitystorearn:string>,sessioncontext:${session}>`,
      resources: "array<struct<arn:string,accountid:string,type:string>>",
      addendum: "struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>",
      tlsdetails: "struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>",
    };
    for (const [name, type] of Object.entries(types))
      assert.equal(type, structs[name as keyof typeof structs] ?? "string", name);
  });

  it("refuses what would mean something else in SQL or in a partition, and says what would be right", async () => {
    const refused = (more: Partial<TrailQueriesArgs>, message: RegExp) => assert.rejects(made(more), message);
    await refused({ accounts: [] }, /accounts is empty/);
    await refused({ accounts: ["222233334444,1"] }, /accounts holds 222233334444,1/);
    await refused({ regions: [] }, /regions is empty/);
    await refused({ regions: ["eu-central-1a"] }, /regions holds eu-central-1a; .* like eu-central-1/);
    await refused({ firstDay: "2025-01-01" }, /firstDay is 2025-01-01; it must be written yyyy\/MM\/dd/);
    await refused({ firstDay: "2025/13/01" }, /firstDay is 2025\/13\/01/);
    await refused({ breakGlassRole: "o'brien" }, /breakGlassRole is o'brien/);
    await refused({ organizationId: "o-1" }, /organizationId is o-1/);
    await refused({ scanLimitGib: 0.5 }, /scanLimitGib is 0.5/);
  });
});

describe("a saved query", () => {
  it("answers each of these questions, in the workgroup and database", async () => {
    const stack = await made();
    assert.deepEqual(Object.keys(await queries()).sort(), [
      "break-glass",
      "deletions",
      "denied-calls",
      "iam-changes",
      "made-public",
      "resource-changes",
      "root-user",
      "sign-in-without-mfa",
    ]);
    for (const query of stack.all("NamedQuery")) {
      assert.equal(query.name, `ask-${query.inputs["name"]}`);
      assert.deepEqual(
        [query.inputs["workgroup"], query.inputs["database"]],
        ["landing-zone-trail", "landing_zone"],
      );
      assert.deepEqual([stack.from(query, "workgroup"), stack.from(query, "database")], [["ask"], ["ask"]]);
    }
  });

  it("reads some days, accounts and regions only, and says what to replace", async () => {
    for (const [name, query] of Object.entries(await queries())) {
      const [asks, replace, , from, ...where] = query.split("\n").filter(line => !/^ {2}count/.test(line));
      assert.match(asks ?? "", /^-- .+\.$/, name);
      assert.match(replace ?? "", /^-- Replace: .+\.$/, name);
      assert.equal(from, 'FROM "landing_zone"."cloudtrail"', name);
      assert.match(
        where[0] ?? "",
        /^WHERE day >?= date_format\(current_date - INTERVAL '\d' DAY, '%Y\/%m\/%d'\)$/,
      );
      assert.equal(where[1], "  AND account LIKE '%'", name);
      assert.equal(where[2], "  AND region IN ('eu-central-1', 'us-east-1')", name);
      assert.equal(where.at(-1), "LIMIT 1000", name);
      assert.ok(!query.includes(";\n") && !query.includes("${"), name);
    }
  });

  it("names one account, to be replaced, where accounts are injected", async () => {
    for (const query of Object.values(await queries({ accounts: "injected" })))
      assert.match(query, /\n {2}AND account = '000000000000'\n/);
  });

  it("balances its parentheses and quotes", async () => {
    for (const [name, query] of Object.entries(await queries())) {
      const bare = query.replace(/^--.*$/gm, "").replace(/'[^']*'/g, "");
      assert.ok(!bare.includes("'"), name);
      assert.equal(bare.split("(").length, bare.split(")").length, name);
    }
  });

  it("asks of columns that the table has", async () => {
    const stack = await made();
    const { columns } = stack.one("CatalogTable").inputs["storageDescriptor"] as {
      columns: { name: string }[];
    };
    const known = new Set([...columns.map(({ name }) => name), "account", "region", "day"]);
    const words =
      /^(select|from|where|and|or|as|in|is|not|null|like|order|group|by|desc|limit|interval|resource|arn|type|username|principal|calls|earliest|latest|kind|invokedby|sessioncontext|sessionissuer|current_date)$/i;
    for (const [name, query] of Object.entries(await queries())) {
      const bare = query.replace(/^--.*$/gm, "").replace(/'[^']*'|"[^"]*"/g, "");
      const unknown = [...bare.matchAll(/\b[a-z_]\w*\b(?!\()/gi)]
        .map(([word]) => word)
        .filter(word => !known.has(word) && !words.test(word));
      assert.deepEqual(
        [...new Set(unknown)].filter(word => word !== "DAY"),
        [],
        name,
      );
    }
  });

  it("looks for what it says", async () => {
    const all = await queries({ breakGlassRole: "emergency" });
    assert.match(all["break-glass"] ?? "", /sessionissuer\.username = 'emergency'/);
    assert.match(all["break-glass"] ?? "", /LIKE '%\/emergency'/);
    assert.match(all["root-user"] ?? "", /useridentity\.type = 'Root'/);
    assert.match(all["sign-in-without-mfa"] ?? "", /'\$\.MFAUsed'\), 'No'\) <> 'Yes'/);
    assert.match(all["denied-calls"] ?? "", /GROUP BY 1, 2, 3, 4\nORDER BY calls DESC/);
    assert.match(all["iam-changes"] ?? "", /errorcode IS NULL\n {2}AND readonly = 'false'/);
    assert.match(all["deletions"] ?? "", /WHERE day = date_format/);
  });

  it("finds, by its patterns, what makes something public, and little else", async () => {
    const query = (await queries())["made-public"] ?? "";
    const patterns = [...query.matchAll(/regexp_like\(requestparameters, '([^']+)'\)/g)].map(
      ([, pattern = ""]) => new RegExp(pattern.replace("(?i)", ""), pattern.startsWith("(?i)") ? "is" : "s"),
    );
    const found = (text: string) => patterns.some(pattern => pattern.test(text));
    for (const text of [
      '{"bucketPolicy":{"Statement":[{"Principal":"*"}]}}',
      '{"bucketPolicy":{"Statement":[{"Principal":{"AWS":"*"}}]}}',
      String.raw`{"policy":"{\"Statement\":[{\"Principal\":{\"AWS\":\"*\"}}]}"}`,
      '{"cidrIp":"0.0.0.0/0"}',
      '{"cidrIpv6":"::/0"}',
      '{"createVolumePermission":{"add":{"items":[{"group":"all"}]}}}',
      '{"valuesToAdd":["all"]}',
      '{"publiclyAccessible":true}',
      '{"x-amz-acl":["public-read"]}',
      '{"URI":"http://acs.amazonaws.com/groups/global/AllUsers"}',
    ])
      assert.ok(found(text), text);
    for (const text of [
      '{"Principal":{"AWS":"arn:aws:iam::111122223333:role/*"}}',
      '{"cidrIp":"10.0.0.0/8"}',
      '{"publiclyAccessible":false}',
      '{"x-amz-acl":["private"]}',
    ])
      assert.ok(!found(text), text);
  });
});
