import { actionMatches } from "../iam/actions";
import { readDocument } from "../iam/document";
import { declaredReason } from "./resource-tags";
import {
  bucketEncryptions,
  bucketPolicies,
  buckets,
  distributions,
  keys,
  listeners,
  logGroups,
  repositories,
  tables,
  targetGroups,
} from "./resource-types";
import type { Rule } from "./rule";
import { holdsUnknown, UnknownValue, type Value } from "./value";

const ownKey =
  "Whoever may use the key decides who can read, and use of it is logged; AWS's own keys allow neither";

export const encryption: readonly Rule[] = [
  {
    name: "logs-cmk",
    title: "A log group is encrypted with a key of the company's",
    why: ownKey,
    fix: "set kmsKeyId to the account's key for logs",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: logGroups,
    check(logGroup, report) {
      if (!logGroup.at("kmsKeyId").isSet) report.refuse("kmsKeyId is not set");
    },
  },
  {
    name: "ecr-cmk",
    title: "An image repository is encrypted with a key of the company's",
    why: ownKey,
    fix: "set encryptionConfigurations to type KMS with a kmsKey; it cannot be changed later",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub ECR.5"],
    types: repositories,
    check(repository, report) {
      const [encryption] = repository.at("encryptionConfigurations").list();
      const type = encryption?.at("encryptionType").text() ?? "AES256";
      if (!type.startsWith("KMS")) report.refuse(`encryptionType is ${type}`);
      else if (!encryption?.at("kmsKey").isSet) report.refuse("kmsKey is not set");
    },
  },
  {
    name: "ddb-cmk",
    title: "A table is encrypted with a key of the company's",
    why: ownKey,
    fix: "set serverSideEncryption with enabled: true and a kmsKeyArn",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: tables,
    check(table, report) {
      const encryption = table.at("serverSideEncryption");
      if (!encryption.at("enabled").is(true)) report.refuse("serverSideEncryption is not enabled");
      else if (!encryption.at("kmsKeyArn").isSet) report.refuse("serverSideEncryption.kmsKeyArn is not set");
    },
  },
  {
    name: "s3-bucket-encryption",
    title: "A bucket encrypts with KMS",
    why: ownKey,
    fix: "add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms, or, for a bucket that a service delivers to without KMS, the tag allow-aws-key with the reason",
    severity: "high",
    level: "mandatory",
    controls: ["Security Hub S3.17"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const rules = [
          ...stack.companions(bucket, bucketEncryptions, "bucket").flatMap(one => one.at("rules").list()),
          ...bucket.at("serverSideEncryptionConfiguration", "rule").list(),
        ];
        const algorithms = rules.map(rule => rule.at("applyServerSideEncryptionByDefault", "sseAlgorithm"));
        if (algorithms.some(algorithm => algorithm.text()?.startsWith("aws:kms"))) return;
        const reason = declaredReason(bucket, "allow-aws-key");
        if (reason) report.remark(`encrypted with a key of AWS's: ${reason}`);
        else report.refuse("no encryption configuration of the bucket says aws:kms");
      });
    },
  },
  {
    name: "s3-bucket-policy-tls-only",
    title: "A bucket denies requests without TLS",
    why: "S3 answers plain HTTP too, and then anyone on the way reads along",
    fix: 'add a BucketPolicy that denies s3:* to everyone where aws:SecureTransport is "false"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP S3.5", "CIS 3.0 2.1.1", "CIS 5.0 2.1.1"],
    types: buckets,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(buckets), (bucket, report) => {
        const holders = [...stack.companions(bucket, bucketPolicies, "bucket"), bucket];
        if (!holders.some(holder => deniesPlainHttp(holder.at("policy")))) {
          report.refuse("no policy of the bucket denies it");
        }
      });
    },
  },
  {
    name: "sqs-cmk",
    title: "A queue is encrypted with a key",
    why: ownKey,
    fix: "set kmsMasterKeyId",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SQS.1"],
    types: ["aws:sqs/queue:Queue"],
    check(queue, report) {
      if (!queue.at("kmsMasterKeyId").isSet) report.refuse("kmsMasterKeyId is not set");
    },
  },
  {
    name: "sns-encrypted",
    title: "A topic is encrypted with a key",
    why: ownKey,
    fix: "set kmsMasterKeyId",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP SNS.1"],
    types: ["aws:sns/topic:Topic"],
    check(topic, report) {
      if (!topic.at("kmsMasterKeyId").isSet) report.refuse("kmsMasterKeyId is not set");
    },
  },
  {
    name: "kms-rotation",
    title: "A key is renewed every year",
    why: "What a lost key opens is then one year's data at most",
    fix: "set enableKeyRotation: true",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub KMS.4", "CIS 3.0 3.6", "CIS 5.0 3.6"],
    types: keys,
    check(key, report) {
      // AWS renews symmetric keys only.
      const spec = key.at("customerMasterKeySpec");
      if (spec.isSet && !spec.is("SYMMETRIC_DEFAULT")) return;
      if (!key.at("enableKeyRotation").is(true)) report.refuse("enableKeyRotation is not true");
    },
  },
  {
    name: "lb-listener-tls",
    title: "A load balancer listens with TLS, and on plain HTTP only to redirect",
    why: "A request over plain HTTP can be read and changed on its way",
    fix: "set protocol HTTPS or TLS, or make every default action a redirect with protocol HTTPS and status HTTP_301; where what is behind it ends TLS, say why in the tag allow-tcp, in 20 characters or more",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ELB.1", "FSBP ELB.18"],
    types: listeners,
    check(listener, report) {
      const protocol = listener.at("protocol").text() ?? "HTTP";
      if (protocol === "HTTPS" || protocol === "TLS") return;
      const reason = protocol === "TCP" ? declaredReason(listener, "allow-tcp") : undefined;
      if (reason) return report.remark(`TLS is ended behind it: ${reason}`);
      if (protocol !== "HTTP") return report.refuse(`protocol is ${protocol}`);
      const actions = listener.at("defaultActions").list();
      if (actions.length === 0) report.refuse("protocol is HTTP and it does not redirect");
      report.each(actions, action => {
        const redirect = action.at("redirect");
        const toHttps = action.at("type").is("redirect") && redirect.at("protocol").is("HTTPS");
        if (!toHttps)
          report.refuse(`${action.path} answers plain HTTP with something else than a redirect to HTTPS`);
        else if (!redirect.at("statusCode").is("HTTP_301"))
          report.refuse(`${action.path} does not redirect for good`);
      });
    },
  },
  {
    name: "lb-listener-tls-policy",
    title: "A listener accepts TLS 1.3 and at least TLS 1.2",
    why: "AWS's default policy still accepts TLS 1.0",
    fix: "set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-* or ELBSecurityPolicy-TLS13-1-3-*",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ELB.17"],
    types: listeners,
    check(listener, report) {
      const protocol = listener.at("protocol");
      if (!protocol.is("HTTPS") && !protocol.is("TLS")) return;
      const policy = listener.at("sslPolicy").text() ?? "AWS's default";
      // Policies named TLS13-1-0 and TLS13-1-1 accept those old versions too.
      if (!/^ELBSecurityPolicy-TLS13-1-[23]-/.test(policy)) report.refuse(`sslPolicy is ${policy}`);
    },
  },
  {
    name: "lb-tg-protocol-encrypted",
    title: "A load balancer speaks TLS with its targets",
    why: "The last stretch crosses zones and shared networks",
    fix: "set protocol HTTPS or TLS, and let the container bring a certificate: it may be self-signed; where it ends the callers' own TLS, say why in the tag allow-tcp, in 20 characters or more",
    severity: "medium",
    level: "mandatory",
    controls: ["Security Hub ELB.22"],
    types: targetGroups,
    check(targetGroup, report) {
      if (!speaksProtocol(targetGroup.at("targetType"))) return;
      const protocol = targetGroup.at("protocol").text() ?? "not set";
      if (protocol === "HTTPS" || protocol === "TLS") return;
      const reason = protocol === "TCP" ? declaredReason(targetGroup, "allow-tcp") : undefined;
      if (reason) report.remark(`TLS is ended by its targets: ${reason}`);
      else report.refuse(`protocol is ${protocol}`);
    },
  },
  {
    name: "lb-tg-health-check-encrypted",
    title: "A load balancer asks after its targets' health with TLS",
    why: "A target that answers plain HTTP to the health check answers it to others too",
    fix: "set healthCheck.protocol HTTPS; for targets that do not speak it, TCP, and say why in the tag allow-tcp-health, in 20 characters or more",
    severity: "low",
    level: "mandatory",
    controls: ["Security Hub ELB.21"],
    types: targetGroups,
    check(targetGroup, report) {
      if (!speaksProtocol(targetGroup.at("targetType"))) return;
      const protocol = targetGroup.at("healthCheck", "protocol").text() ?? "HTTP";
      if (protocol === "HTTPS") return;
      const reason = protocol === "TCP" ? declaredReason(targetGroup, "allow-tcp-health") : undefined;
      if (reason) report.remark(`its targets are asked whether they can be connected to: ${reason}`);
      else report.refuse(`healthCheck.protocol is ${protocol}`);
    },
  },
  {
    name: "cf-viewer-https",
    title: "A distribution answers over HTTPS only",
    why: "A request over plain HTTP can be read and changed on its way",
    fix: "set viewerProtocolPolicy to redirect-to-https or https-only in every behaviour",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.3"],
    types: distributions,
    check(distribution, report) {
      const behaviours = [
        distribution.at("defaultCacheBehavior"),
        ...distribution.at("orderedCacheBehaviors").list(),
      ];
      report.each(behaviours, behaviour => {
        const policy = behaviour.at("viewerProtocolPolicy").text() ?? "not set";
        if (policy === "redirect-to-https" || policy === "https-only") return;
        report.refuse(`${behaviour.path}.viewerProtocolPolicy is ${policy}`);
      });
    },
  },
  {
    name: "cf-viewer-tls-policy",
    title: "A distribution accepts nothing older than TLS 1.2 with the ciphers of 2021",
    why: "Older versions and ciphers are broken, and a distribution without a certificate of its own accepts them all",
    fix: "give viewerCertificate a certificate and minimumProtocolVersion TLSv1.2_2021 or newer",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.15"],
    types: distributions,
    check(distribution, report) {
      const certificate = distribution.at("viewerCertificate");
      // With CloudFront's own certificate the version that is asked for has no effect.
      const asked = certificate.at("cloudfrontDefaultCertificate").is(true)
        ? undefined
        : certificate.at("minimumProtocolVersion").text();
      const version = asked ?? "TLSv1";
      if (!/^TLSv1\.(2_202[1-9]|3_)/.test(version))
        report.refuse(`the minimum protocol version is ${version}`);
    },
  },
  {
    name: "cf-origin-tls",
    title: "A distribution asks its origins over HTTPS only",
    why: "What is encrypted up to the edge would cross the internet in the clear behind it",
    fix: "set originProtocolPolicy https-only",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP CloudFront.9"],
    types: [...distributions, "aws:cloudfront/vpcOrigin:VpcOrigin"],
    check(resource, report) {
      const origins = resource.at("origins").list();
      const endpoints = [
        ...origins.map(origin => origin.at("customOriginConfig")),
        resource.at("vpcOriginEndpointConfig"),
      ];
      report.each(endpoints, endpoint => {
        if (!endpoint.isSet || endpoint.at("originProtocolPolicy").is("https-only")) return;
        report.refuse(`${endpoint.path}.originProtocolPolicy is not https-only`);
      });
    },
  },
];

/** Functions are invoked, and a load balancer behind a load balancer ends TLS itself. */
function speaksProtocol(targetType: Value): boolean {
  return !targetType.is("lambda") && !targetType.is("alb");
}

/** For everyone, on the bucket's objects, and under no further condition. */
function deniesPlainHttp(policy: Value): boolean {
  if (!policy.isSet) return false;
  const content = policy.json()?.content();
  const denies = readDocument(content).statements.some(
    ({ effect, principals, actions, resources, conditions: [condition, ...others] }) =>
      effect === "Deny" &&
      principals.some(({ id }) => id === "*") &&
      actions.some(action => actionMatches(action, "s3:*")) &&
      resources.some(resource => resource.endsWith("*")) &&
      others.length === 0 &&
      /^Bool(IfExists)?$/.test(condition?.operator ?? "") &&
      condition?.key.toLowerCase() === "aws:securetransport" &&
      condition.values.every(value => value === "false"),
  );
  if (!denies && holdsUnknown(content)) throw new UnknownValue(policy.path);
  return denies;
}
