import type { Access, Offer } from "../identity/access";
import { arn } from "../location";

/** `publish`: a batch needs no action of its own. Source: SNS API reference, "PublishBatch". */
export const topicAccess: Offer<"publish"> = (at, topicName): Access => {
  const topic = arn("sns", at, topicName);
  return {
    statements: [{ Effect: "Allow", Action: ["sns:Publish"], Resource: [topic] }],
    keyThrough: ["sns"],
    settings: { TOPIC_ARN: topic },
  };
};
