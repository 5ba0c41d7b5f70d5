import { type Cases, unknown } from "./example";
import { account, inOrganization, keyPolicy, ofType, root } from "./iam-statements";

const topicPolicy = (...statements: object[]) => ofType("aws:sns/topicPolicy:TopicPolicy", ...statements);

export default [
  {
    rule: "resource-policy-not-public",
    accepts: [
      topicPolicy({ Principal: { AWS: root }, Action: "sns:Publish", Resource: "*" }),
      topicPolicy({ Effect: "Deny", Principal: "*", Action: "sns:*", Resource: "*" }),
      // kms-policy-not-public refuses it.
      keyPolicy({ Principal: "*", Action: "kms:Decrypt", Resource: "*" }),
      topicPolicy({ Principal: "*", Action: "sns:Publish", Resource: "*", Condition: inOrganization }),
    ],
    refuses: [
      topicPolicy({ Principal: "*", Action: "sns:Publish", Resource: "*" }),
      topicPolicy({
        Principal: "*",
        Action: "sns:Publish",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
      topicPolicy({ Principal: { AWS: "arn:aws:iam::*:root" }, Action: "sns:Publish", Resource: "*" }),
      topicPolicy({ NotPrincipal: { AWS: root }, Action: "sns:Publish", Resource: "*" }),
      ofType("aws:ecr/repositoryPolicy:RepositoryPolicy", { Principal: "*", Action: "ecr:BatchGetImage" }),
      ofType("aws:sqs/queue:Queue", {
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": "*" } },
      }),
    ],
    unknown: [
      topicPolicy({ Principal: unknown, Action: "sns:Publish", Resource: "*" }),
      topicPolicy({
        Principal: "*",
        Action: "sns:Publish",
        Resource: "*",
        Condition: { ArnEquals: { "aws:SourceArn": unknown } },
      }),
    ],
  },
  {
    rule: "resource-policy-confused-deputy",
    accepts: [
      topicPolicy({
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      }),
      keyPolicy({ Principal: { Service: "events.amazonaws.com" }, Action: "kms:DescribeKey", Resource: "*" }),
      keyPolicy({
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${account}:log-group:*`,
          },
        },
      }),
      topicPolicy({ Principal: { AWS: root }, Action: "sns:Publish", Resource: "*" }),
    ],
    refuses: [
      topicPolicy({ Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: "*" }),
      keyPolicy({
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:DescribeKey", "kms:Decrypt"],
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      }),
    ],
    unknown: [topicPolicy({ Principal: { Service: unknown }, Action: "sns:Publish", Resource: "*" })],
  },
] satisfies Cases[];
