import { type Cases, unknown } from "./example";

const complete = {
  environment: "dev",
  product: "shop",
  team: "web",
  "cost-centre": "cc-1000",
  "data-class": "internal",
  "managed-by": "pulumi",
};
const { team, ...withoutTeam } = complete;

export default [
  {
    rule: "tags-required-default-tags",
    accepts: [
      { props: { defaultTags: { tags: complete } } },
      { props: { defaultTags: JSON.stringify({ tags: { ...complete, service: "cart" } }) } },
      { props: { defaultTags: { tags: { ...complete, team: unknown } } } },
    ],
    refuses: [
      {},
      { props: { defaultTags: "not JSON" } },
      { props: { defaultTags: { tags: withoutTeam } } },
      { props: { defaultTags: JSON.stringify({ tags: { ...complete, team: "" } }) } },
      { props: { defaultTags: { tags: { ...complete, "data-class": "secret" } } } },
      {
        props: { defaultTags: { tags: { ...complete, "allow-public": "Everything here is for everyone" } } },
      },
    ],
    unknown: [
      { props: { defaultTags: unknown } },
      { props: { defaultTags: { tags: { ...complete, "data-class": unknown } } } },
    ],
  },
  {
    rule: "tags-required",
    accepts: [
      { type: "aws:sqs/queue:Queue" },
      { type: "aws:sqs/queue:Queue", props: { tags: { service: "cart", "data-class": "restricted" } } },
    ],
    refuses: [
      { type: "aws:sqs/queue:Queue", props: { tags: { team: "" } } },
      { type: "aws:sqs/queue:Queue", props: { tags: { "data-class": "secret" } } },
      { type: "aws:sqs/queue:Queue", props: { tags: { "data-class": 7 } } },
    ],
    unknown: [{ type: "aws:sqs/queue:Queue", props: { tags: { "data-class": unknown } } }],
  },
] satisfies Cases[];
