/**
 * Questions that are asked of the organization's trail, in the SQL of Athena engine version 3, which is
 * Trino's.
 */
export interface SavedQuery {
  readonly id: string;
  readonly description: string;
  readonly query: string;
}

export interface QueryScope {
  readonly database: string;
  readonly table: string;
  readonly accounts: readonly string[] | "injected";
  readonly regions: readonly string[];
  /** The role's name without its path. */
  readonly breakGlassRole: string;
}

interface Question {
  readonly id: string;
  readonly asks: string;
  /** What else to replace than days, accounts and regions. */
  readonly replace?: string;
  readonly select: string;
  readonly where: (scope: QueryScope) => string;
  readonly groupBy?: string;
  readonly orderBy?: string;
  /** Which days; default: the last seven and today. */
  readonly days?: string;
}

const who = "eventtime, account, region, useridentity.arn AS principal, sourceipaddress";
const what = `${who}, eventsource, eventname, requestparameters`;
const succeeded = "errorcode IS NULL";

const publicAcl = "AllUsers|AuthenticatedUsers|public-read";
/** Also where the policy is text within text, with its quotes escaped. */
const everyone = String.raw`(?i)principal.{0,20}"\*`;

const questions: readonly Question[] = [
  {
    id: "resource-changes",
    asks: "Who did what to a resource",
    replace: "'my-resource' in all three places by a part of the resource's name or ARN",
    select: `${what}, errorcode`,
    where: () => `readonly = 'false'
  AND (
    any_match(resources, resource -> resource.arn LIKE '%my-resource%')
    OR requestparameters LIKE '%my-resource%'
    OR responseelements LIKE '%my-resource%'
  )`,
  },
  {
    id: "root-user",
    // Source: Security Hub CloudWatch.1; CIS 3.0 4.3.
    asks: "Use of the root user of any account",
    select: `${what}, errorcode`,
    where: () => `useridentity.type = 'Root'
  AND useridentity.invokedby IS NULL
  AND eventtype <> 'AwsServiceEvent'`,
  },
  {
    id: "sign-in-without-mfa",
    // Source: Security Hub CloudWatch.3; CIS 3.0 4.2. Who comes through Identity Center has shown a second
    // factor there.
    asks: "Console sign-ins of IAM users and the root user without a second factor",
    select: `${who}, useridentity.type AS kind, useridentity.username AS username`,
    where: () => `eventsource = 'signin.amazonaws.com'
  AND eventname = 'ConsoleLogin'
  AND useridentity.type IN ('IAMUser', 'Root')
  AND json_extract_scalar(responseelements, '$.ConsoleLogin') = 'Success'
  AND coalesce(json_extract_scalar(additionaleventdata, '$.MFAUsed'), 'No') <> 'Yes'`,
  },
  {
    id: "denied-calls",
    // Source: Security Hub CloudWatch.2; CIS 3.0 4.1.
    asks: "Denied calls by principal, most first",
    select: `account, useridentity.arn AS principal, eventsource, eventname,
  count(*) AS calls, min(eventtime) AS earliest, max(eventtime) AS latest`,
    where: () => "(errorcode LIKE '%AccessDenied%' OR errorcode LIKE '%UnauthorizedOperation')",
    groupBy: "1, 2, 3, 4",
    orderBy: "calls DESC",
  },
  {
    id: "made-public",
    asks: "Changes that may have made something public; a policy that denies everyone something is found, too",
    select: what,
    where: () => `${succeeded}
  AND (
    eventname IN ('DeleteBucketPublicAccessBlock', 'DeleteAccountPublicAccessBlock', 'DisableSnapshotBlockPublicAccess',
      'DisableImageBlockPublicAccess')
    OR (eventname IN ('PutBucketPublicAccessBlock', 'PutAccountPublicAccessBlock')
      AND requestparameters LIKE '%false%')
    OR (eventname IN ('PutBucketAcl', 'PutObjectAcl', 'CreateBucket')
      AND regexp_like(requestparameters, '${publicAcl}'))
    OR (eventname IN ('AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules')
      AND regexp_like(requestparameters, '0\\.0\\.0\\.0/0|::/0'))
    OR (eventname IN ('ModifySnapshotAttribute', 'ModifyImageAttribute', 'ModifyDBSnapshotAttribute',
      'ModifyDBClusterSnapshotAttribute') AND regexp_like(requestparameters, '"all"'))
    OR (eventname IN ('CreateDBInstance', 'ModifyDBInstance')
      AND regexp_like(requestparameters, '(?i)"publiclyAccessible"\\s*:\\s*true'))
    OR (eventname IN ('PutBucketPolicy', 'SetRepositoryPolicy', 'SetQueueAttributes', 'SetTopicAttributes',
      'CreateKey', 'PutKeyPolicy', 'PutResourcePolicy', 'AddPermission20150331v2')
      AND regexp_like(requestparameters, '${everyone}'))
  )`,
  },
  {
    id: "iam-changes",
    // Source: Security Hub CloudWatch.4; CIS 3.0 4.4.
    asks: "Changes of IAM, Identity Center and the organization",
    select: what,
    where: () => `${succeeded}
  AND readonly = 'false'
  AND eventsource IN ('iam.amazonaws.com', 'sso.amazonaws.com', 'sso-directory.amazonaws.com',
    'identitystore.amazonaws.com', 'organizations.amazonaws.com')`,
  },
  {
    id: "break-glass",
    asks: "Use of the break-glass role: who took it, and what was done with it",
    select: `${what}, errorcode`,
    where: ({ breakGlassRole }) => `(
    useridentity.sessioncontext.sessionissuer.username = '${breakGlassRole}'
    OR (eventname IN ('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity')
      AND json_extract_scalar(requestparameters, '$.roleArn') LIKE '%/${breakGlassRole}')
  )`,
  },
  {
    id: "deletions",
    asks: "What was deleted on a day",
    select: what,
    where: () => `${succeeded}
  AND readonly = 'false'
  AND regexp_like(eventname, '^(Delete|Terminate|Remove|Deregister|Purge|Release|BatchDelete|ScheduleKeyDeletion)')`,
    days: "day = date_format(current_date - INTERVAL '1' DAY, '%Y/%m/%d')",
  },
];

const lastWeek = "day >= date_format(current_date - INTERVAL '7' DAY, '%Y/%m/%d')";

const listed = (values: readonly string[]) => values.map(value => `'${value}'`).join(", ");

/** Each reads the partitions of some days, accounts and regions only: what a query reads is what it costs. */
export const savedQueries = (scope: QueryScope): SavedQuery[] =>
  questions.map(question => ({
    id: question.id,
    description: question.asks,
    query: queryOf(question, scope),
  }));

function queryOf(question: Question, scope: QueryScope): string {
  const { asks, replace, select, where, groupBy, orderBy = "eventtime DESC", days = lastWeek } = question;
  const narrowing = "the days, accounts and regions by those that matter";
  return [
    `-- ${asks}.`,
    `-- Replace: ${[replace, narrowing].filter(Boolean).join("; ")}.`,
    `SELECT ${select}`,
    `FROM "${scope.database}"."${scope.table}"`,
    `WHERE ${days}`,
    `  AND ${accountsOf(scope)}`,
    `  AND region IN (${listed(scope.regions)})`,
    `  AND ${where(scope)}`,
    ...(groupBy === undefined ? [] : [`GROUP BY ${groupBy}`]),
    `ORDER BY ${orderBy}`,
    "LIMIT 1000",
  ].join("\n");
}

/**
 * Athena refuses a query that leaves out an injected partition; this number, to be replaced, finds nothing. Where the
 * table lists accounts the query does not: it would change with every account that comes.
 */
const accountsOf = ({ accounts }: QueryScope) =>
  accounts === "injected" ? "account = '000000000000'" : "account LIKE '%'";
