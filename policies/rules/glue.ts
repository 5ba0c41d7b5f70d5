import { all, mustBe, mustBeSet, mustNotBeSet, where } from "../demands";
import type { Rule } from "../rule";

const jobs = ["aws:glue/job:Job"];
const connections = ["aws:glue/connection:Connection"];

/** Source: AWS Glue user guide, "AWS Glue version support policy": older ones get no mending. */
const oldestVersion = 3;

export const glue: readonly Rule[] = [
  {
    name: "glue-job-version",
    theme: "images-and-compute",
    title: "A Spark job of Glue's runs on a version that is supported",
    why: "What is not supported is not mended, and at some time not started",
    fix: `set glueVersion to ${oldestVersion}.0 or later`,
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP Glue.4"],
    types: jobs,
    // Glue's defaults are a Spark job and version 0.9.
    check: where(
      "command.name",
      ["glueetl", "gluestreaming"],
      (job, report) => {
        const version = job.at("glueVersion").text() ?? "0.9";
        if (!(Number.parseFloat(version) >= oldestVersion)) report.refuse(`glueVersion is ${version}`);
      },
      { otherwise: "glueetl" },
    ),
  },
  {
    name: "glue-security-configuration-named",
    theme: "encryption-at-rest",
    title: "A job or crawler of Glue's says how it encrypts",
    why: "Without a security configuration its logs and bookmarks, and what it writes, are encrypted as AWS pleases",
    fix: "set securityConfiguration to the name of a SecurityConfiguration",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: [...jobs, "aws:glue/crawler:Crawler", "aws:glue/devEndpoint:DevEndpoint"],
    check: mustBeSet("securityConfiguration"),
  },
  {
    name: "glue-security-configuration-encrypts",
    theme: "encryption-at-rest",
    title: "A security configuration of Glue's encrypts data, logs and bookmarks with keys of the company's",
    why: "All three hold parts of the data",
    fix: "set s3EncryptionMode and cloudwatchEncryptionMode: SSE-KMS and jobBookmarksEncryptionMode: CSE-KMS, each with a kmsKeyArn",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:glue/securityConfiguration:SecurityConfiguration"],
    check: all(
      mustBe("encryptionConfiguration.s3Encryption.s3EncryptionMode", "SSE-KMS"),
      mustBeSet("encryptionConfiguration.s3Encryption.kmsKeyArn"),
      mustBe("encryptionConfiguration.cloudwatchEncryption.cloudwatchEncryptionMode", "SSE-KMS"),
      mustBeSet("encryptionConfiguration.cloudwatchEncryption.kmsKeyArn"),
      mustBe("encryptionConfiguration.jobBookmarksEncryption.jobBookmarksEncryptionMode", "CSE-KMS"),
      mustBeSet("encryptionConfiguration.jobBookmarksEncryption.kmsKeyArn"),
    ),
  },
  {
    name: "glue-catalog-encrypted",
    theme: "encryption-at-rest",
    title: "Glue's catalogue and the passwords of its connections are encrypted with keys of the company's",
    why: "The catalogue says what there is and where, and a connection how to get in",
    fix: "set catalogEncryptionMode: SSE-KMS and returnConnectionPasswordEncrypted: true, each with a key",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: ["aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"],
    check: all(
      (settings, report) => {
        const mode = settings.at(
          "dataCatalogEncryptionSettings",
          "encryptionAtRest",
          "catalogEncryptionMode",
        );
        const given = mode.text() ?? "not set";
        if (!given.startsWith("SSE-KMS")) report.refuse(`${mode.path} is ${given}`);
      },
      mustBeSet("dataCatalogEncryptionSettings.encryptionAtRest.sseAwsKmsKeyId"),
      mustBe(
        "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted",
        true,
      ),
      mustBeSet("dataCatalogEncryptionSettings.connectionPasswordEncryption.awsKmsKeyId"),
    ),
  },
  {
    name: "glue-connection-tls",
    theme: "encryption-in-transit",
    title: "A connection of Glue's to a database uses TLS",
    why: "It carries the whole of a table, and the password with it",
    fix: 'set connectionProperties.JDBC_ENFORCE_SSL: "true"',
    severity: "high",
    level: "mandatory",
    controls: [],
    types: connections,
    // The provider's default is JDBC, and JDBC's is not to enforce it.
    check: where("connectionType", ["JDBC"], mustBe("connectionProperties.JDBC_ENFORCE_SSL", "true"), {
      otherwise: "JDBC",
    }),
  },
  {
    name: "glue-connection-no-password",
    theme: "data-protection",
    title: "A connection of Glue's takes its password from a secret",
    why: "Whoever may read the catalogue reads it, and so does who reads the program",
    fix: "set connectionProperties.SECRET_ID instead of USERNAME and PASSWORD",
    severity: "critical",
    level: "mandatory",
    controls: [],
    types: connections,
    check: mustNotBeSet("connectionProperties.PASSWORD"),
  },
  {
    name: "glue-job-logs",
    theme: "logging-and-detection",
    title: "A Spark job of Glue's logs while it runs",
    why: "A job that hangs is else silent until it is stopped, and then what it said is gone",
    fix: 'set defaultArguments["--enable-continuous-cloudwatch-log"]: "true"',
    severity: "low",
    level: "advisory",
    controls: [],
    types: jobs,
    check(job, report) {
      const logs = job.at("defaultArguments", "--enable-continuous-cloudwatch-log");
      if (!logs.is("true")) report.refuse("--enable-continuous-cloudwatch-log is not true");
    },
  },
];
