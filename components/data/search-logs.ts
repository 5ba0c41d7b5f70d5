import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../identity/policy-document";
import type { Location } from "../location";
import { LogGroup } from "../observability/log-group";
import type { KeptLogs } from "./kept-logs";
import { domainArn } from "./search-access";

/** What a domain calls its logs, by the ends of their groups' names. */
const kinds = {
  audit: "AUDIT_LOGS",
  application: "ES_APPLICATION_LOGS",
  "slow-indexing": "INDEX_SLOW_LOGS",
  "slow-search": "SEARCH_SLOW_LOGS",
} as const;

export interface SearchLogs {
  readonly options: { readonly logType: string; readonly cloudwatchLogGroupArn: string }[];
  /** What must be there before the domain is: it tries to write when it is made. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * A log group for each of a domain's logs, and one policy that lets this domain write to these. An account has ten such
 * policies in a region. What is slow, and what is audited, is then to be set in the domain: nothing is, at first.
 * Source: Amazon OpenSearch Service developer guide, "Monitoring OpenSearch logs with Amazon CloudWatch Logs",
 * "Monitoring audit logs".
 */
export function searchLogs(
  parent: pulumi.ComponentResource,
  name: string,
  at: Location,
  domainName: string,
  { groupPrefix, keyArn, retentionDays }: KeptLogs,
): SearchLogs {
  const groups = Object.entries(kinds).map(([kind, logType]) => ({
    logType,
    group: new LogGroup(
      `${name}-${kind}`,
      { name: `${groupPrefix}/${kind}`, at, keyArn, retentionDays },
      { parent },
    ),
  }));
  const arns = groups.map(({ group }) => group.arn);
  const letIn = new aws.cloudwatch.LogResourcePolicy(
    name,
    {
      policyName: `${domainName}-search`,
      policyDocument: policyDocument([
        {
          Sid: "SearchDomain",
          Effect: "Allow",
          Principal: { Service: "es.amazonaws.com" },
          // The last is no action that IAM lists, but the service refuses to be made without it.
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
          Resource: arns.flatMap(arn => [arn, `${arn}:*`]),
          Condition: {
            StringEquals: { "aws:SourceAccount": at.accountId },
            ArnLike: { "aws:SourceArn": domainArn(at, domainName) },
          },
        },
      ]),
    },
    { parent },
  );
  return {
    options: groups.map(({ logType, group }) => ({ logType, cloudwatchLogGroupArn: group.arn })),
    ready: [letIn, ...groups.map(({ group }) => group)],
  };
}
