import { arn, type Location } from "../location";
import { useOfKey } from "../security/encryption-key";
import type { Statement } from "./policy-document";

/** One use of one resource; the resources are known by their names before they are made. */
export type ResourceLink =
  | { readonly kind: "table"; readonly name: string; readonly access: "read" | "readWrite" }
  | { readonly kind: "bucket"; readonly name: string; readonly access: "read" | "readWrite" }
  | { readonly kind: "queue"; readonly name: string; readonly access: "send" | "consume" }
  | { readonly kind: "topic"; readonly name: string; readonly access: "publish" };

/** What a link lets a role do, and to what: nothing beside. */
function statementsOf(at: Location, link: ResourceLink): Statement[] {
  switch (link.kind) {
    case "table": {
      const table = arn("dynamodb", at, `table/${link.name}`);
      const read = ["GetItem", "BatchGetItem", "Query", "Scan", "ConditionCheckItem", "DescribeTable"];
      const write = ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"];
      const actions = link.access === "read" ? read : [...read, ...write];
      return [
        allow(
          actions.map(action => `dynamodb:${action}`),
          [table, `${table}/index/*`],
        ),
      ];
    }
    case "bucket": {
      const bucket = `arn:aws:s3:::${link.name}`;
      const objects =
        link.access === "read" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
      return [allow(["s3:ListBucket"], [bucket]), allow(objects, [`${bucket}/*`])];
    }
    case "queue": {
      const queue = arn("sqs", at, link.name);
      return link.access === "send"
        ? [allow(["sqs:SendMessage", "sqs:GetQueueUrl"], [queue])]
        : [
            allow(
              [
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
              ],
              [queue],
            ),
          ];
    }
    case "topic":
      return [allow(["sns:Publish"], [arn("sns", at, link.name)])];
  }
}

const allow = (Action: readonly string[], Resource: readonly string[]): Statement => ({
  Effect: "Allow",
  Action,
  Resource,
});

/** All that a role with these links may do; everything they lead to is encrypted with the key of that alias. */
export const linkStatements = (
  at: Location,
  links: readonly ResourceLink[],
  keyAlias: string,
): Statement[] =>
  links.length === 0 ? [] : [...links.flatMap(link => statementsOf(at, link)), useOfKey(at, keyAlias)];
