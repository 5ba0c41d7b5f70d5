import { type Cases, unknown } from "./example";
import { account, inline, keyPolicy, policy, root } from "./iam-statements";

export default [
  {
    rule: "kms-rotation",
    accepts: [{ props: { enableKeyRotation: true } }, { props: { customerMasterKeySpec: "RSA_2048" } }],
    refuses: [{}, { props: { enableKeyRotation: false, customerMasterKeySpec: "SYMMETRIC_DEFAULT" } }],
    unknown: [{ props: { enableKeyRotation: unknown } }],
  },
  {
    rule: "kms-rotation-period",
    accepts: [{ props: { rotationPeriodInDays: 90 } }, {}],
    refuses: [{ props: { rotationPeriodInDays: 730 } }],
    unknown: [{ props: { rotationPeriodInDays: unknown } }],
  },
  {
    rule: "kms-policy-admin-is-root",
    accepts: [
      keyPolicy({ Principal: { AWS: root }, Action: "kms:*", Resource: "*" }),
      keyPolicy({
        Principal: { Service: "logs.amazonaws.com" },
        Action: ["kms:Encrypt*", "kms:Decrypt*"],
        Resource: "*",
      }),
      {
        ...keyPolicy({ Principal: { AWS: root }, Action: "kms:*" }),
        provider: { props: { allowedAccountIds: `["${account}"]` } },
      },
    ],
    refuses: [
      keyPolicy({ Principal: { AWS: `arn:aws:iam::${account}:role/admin` }, Action: "kms:*", Resource: "*" }),
      keyPolicy({ Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*", Resource: "*" }),
      {
        ...keyPolicy({ Principal: { AWS: root }, Action: "kms:*" }),
        provider: { props: { allowedAccountIds: ["444455556666"] } },
      },
    ],
    unknown: [keyPolicy({ Principal: { AWS: unknown }, Action: "kms:*", Resource: "*" })],
  },
  {
    rule: "kms-policy-not-public",
    accepts: [
      keyPolicy({ Principal: { AWS: root }, Action: "kms:*", Resource: "*" }),
      keyPolicy({
        Principal: "*",
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:CallerAccount": account } },
      }),
    ],
    refuses: [
      keyPolicy({ Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
      keyPolicy({ NotPrincipal: { AWS: root }, Action: "kms:Decrypt", Resource: "*" }),
    ],
    unknown: [keyPolicy({ Principal: { AWS: unknown }, Action: "kms:Decrypt", Resource: "*" })],
  },
  {
    rule: "kms-policy-defined",
    accepts: [
      [keyPolicy({ Principal: { AWS: root }, Action: "kms:*", Resource: "*" })],
      [{ props: { policy: unknown } }],
      [
        { name: "orders" },
        {
          type: "aws:kms/keyPolicy:KeyPolicy",
          name: "policy",
          props: { keyId: unknown },
          madeFrom: { keyId: ["orders"] },
        },
      ],
    ],
    refuses: [[{}], [{ props: { policy: "" } }]],
    unknown: [
      [
        { name: "orders" },
        { type: "aws:kms/keyPolicy:KeyPolicy", name: "policy", props: { keyId: unknown } },
      ],
    ],
  },
  {
    rule: "kms-policy-no-lockout-bypass",
    accepts: [{}, { props: { bypassPolicyLockoutSafetyCheck: false } }],
    refuses: [
      { props: { bypassPolicyLockoutSafetyCheck: true } },
      { type: "aws:kms/keyPolicy:KeyPolicy", props: { bypassPolicyLockoutSafetyCheck: true } },
    ],
    unknown: [{ props: { bypassPolicyLockoutSafetyCheck: unknown } }],
  },
  {
    rule: "kms-deletion-window",
    accepts: [
      { props: { deletionWindowInDays: 30 } },
      {},
      { props: { deletionWindowInDays: 14, tags: { environment: "dev" } } },
    ],
    refuses: [
      { props: { deletionWindowInDays: 14, tags: { environment: "prod" } } },
      { props: { deletionWindowInDays: 13, tags: { environment: "dev" } } },
    ],
    unknown: [
      { props: { deletionWindowInDays: unknown } },
      { props: { deletionWindowInDays: 20, tags: unknown } },
    ],
  },
  {
    rule: "kms-key-enabled",
    accepts: [{}, { props: { isEnabled: true } }],
    refuses: [{ props: { isEnabled: false } }],
    unknown: [{ props: { isEnabled: unknown } }],
  },
  {
    rule: "kms-description",
    accepts: [{ props: { description: "Orders" } }, { props: { description: unknown } }],
    refuses: [{}, { props: { description: "" } }],
  },
  {
    rule: "kms-iam-no-decrypt-all",
    accepts: [
      policy({ Action: "kms:Decrypt", Resource: `arn:aws:kms:eu-central-1:${account}:key/1234` }),
      policy({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      }),
      policy({ Action: "kms:Encrypt", Resource: "*" }),
      policy({ Action: "*", Resource: "*" }),
      { props: { name: "orders-boundary", ...policy({ Action: "kms:Decrypt", Resource: "*" }).props } },
    ],
    refuses: [
      policy({ Action: "kms:Decrypt", Resource: "*" }),
      policy({ Action: "kms:ReEncrypt*", Resource: `arn:aws:kms:*:${account}:key/*` }),
      policy({ Action: [unknown, "kms:*"], Resource: "*" }),
    ],
    unknown: [
      policy({ Action: "kms:Decrypt", Resource: unknown }),
      policy({ Action: unknown, Resource: "*" }),
    ],
  },
  {
    rule: "kms-iam-inline-no-decrypt-all",
    accepts: [
      inline({ Action: "kms:Decrypt", Resource: `arn:aws:kms:eu-central-1:${account}:key/1234` }),
      inline({
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      }),
      inline({ Action: "kms:Encrypt", Resource: "*" }),
      inline({ Action: "*", Resource: "*" }),
    ],
    refuses: [
      inline({ Action: "kms:Decrypt", Resource: "*" }),
      inline({ Action: "kms:ReEncrypt*", Resource: `arn:aws:kms:*:${account}:key/*` }),
      inline({ Action: [unknown, "kms:*"], Resource: "*" }),
    ],
    unknown: [
      inline({ Action: "kms:Decrypt", Resource: unknown }),
      inline({ Action: unknown, Resource: "*" }),
    ],
  },
] satisfies Cases[];
