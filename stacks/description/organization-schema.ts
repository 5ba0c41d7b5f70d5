/** The shape of the organization's part of a description, checked on load. */
import { z } from "zod";
import { accountStateNames } from "./account-states";
import { alerts, slackChannel } from "./alert-schema";
import { byEnvironment } from "./by-environment";
import { costCentre, domain, email, name, oneOf, range, reason, region, text, usd, whole } from "./forms";
import { guardrailNames, policyTypes } from "./organization-types";
import { environmentNames } from "./types";

const unit = text(
  /^[^/\s][^/]{0,127}(\/[^/\s][^/]{0,127})*$/,
  "unit names of at most 128 characters with `/` between them, for example Workloads/prod",
);

const state = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("s3") }),
    z.strictObject({
      kind: z.literal("pulumiCloud"),
      organization: text(
        /^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$/,
        "the name of an organization in Pulumi Cloud: 2 to 40 letters, digits, hyphens and underscores",
      ),
    }),
  ],
  { error: 'must be s3State() or pulumiCloud("ORGANIZATION")' },
);

const accountId = text(/^\d{12}$/, "an account's twelve digits");
const flag = z.boolean({ error: "must be true or false" });

const account = z.strictObject({
  state: oneOf(accountStateNames),
  email,
  unit,
  domain: domain.optional(),
  addresses: range(16, 20).optional(),
  subnetsOf: name(40).optional(),
  monthlyBudget: usd.optional(),
  defaultVpcs: oneOf(["emptied", "absent"]).optional(),
});

const subject = text(
  /^[^\s*][^\s]*$/,
  "a pattern that does not begin with a wildcard, which would admit anyone's pipelines",
);
const subjects = z.array(subject).min(1, "must name at least one kind of pipeline");

/** Source: git documentation, "git-check-ref-format"; without characters that a shell or a pattern reads. */
const branch = text(
  /^(?![/-])(?!.*(?:\.\.|\/\/|\.lock$|[./]$))[\w./+-]{1,100}$/,
  "the name of a branch: letters, digits, `_`, `.`, `/`, `+` and `-`",
);

const repository = text(
  /^[\w.-]+(\/[\w.-]+)+$/,
  "a repository with its owner or group, for example example/landing-zone",
);
const branches = z.strictObject({ dev: branch, int: branch, prod: branch });
const deploys = z
  .array(oneOf(environmentNames))
  .refine(all => new Set(all).size === all.length, "must name each environment once")
  .optional();
const byToken = {
  repository,
  deploys,
  branches,
  issuer: domain,
  tokens: oneOf(["oidc", "runner"]).optional(),
  audience: text(/^\S{1,255}$/, "text without spaces, at most 255 characters"),
  preview: subjects,
  deploy: z.strictObject({ dev: subjects, int: subjects, prod: subjects, shared: subjects.optional() }),
};

/** Source: Developer Tools console user guide, "Share connections with AWS accounts": the older kind is not shared. */
const connection = text(
  /^arn:aws:codeconnections:[a-z0-9-]+:\d{12}:connection\/[\w-]+$/,
  "the ARN of a connection, arn:aws:codeconnections:<region>:<account>:connection/<id>",
);

const pipelines = z.discriminatedUnion(
  "platform",
  [
    z.strictObject({ platform: z.literal("gitlab"), ...byToken }),
    z.strictObject({ platform: z.literal("github"), ...byToken }),
    z.strictObject({
      platform: z.literal("codePipeline"),
      connection: byEnvironment(connection),
      repository,
      deploys,
      branches,
    }),
  ],
  { error: "must be made by gitlab(), github() or codePipeline()" },
);

/** Source: Account Management API reference, PutAlternateContact. */
const contact = z.strictObject({
  name: text(/^.{1,64}$/, "1 to 64 characters"),
  title: text(/^.{1,50}$/, "1 to 50 characters"),
  email,
  phone: text(/^[\s0-9()+-]{1,25}$/, "digits, spaces, `+`, `-` and brackets, at most 25 characters"),
});

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)], {
  error: "must be text or a list of it",
});

const statement = z
  .strictObject({
    Sid: text(/^[A-Za-z0-9]+$/, "letters and digits").optional(),
    Effect: oneOf(["Allow", "Deny"]),
    Principal: z.literal("*", { error: 'must be "*"' }).optional(),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore,
    Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
    error: "must have either Action or NotAction",
  });

/** A unit's path, or `root`. */
const node = unit;

const guardrails = z.strictObject({
  instanceFamilies: z
    .array(text(/^[a-z][a-z0-9-]*$/, "an instance family such as t4g"))
    .min(1, "must name at least one family; leave the guardrail out by `without` instead"),
  without: z.partialRecord(oneOf(guardrailNames), reason).optional(),
  more: z
    .record(
      name(40),
      z.strictObject({
        why: reason,
        type: oneOf(policyTypes),
        units: z.array(node).min(1, "must name at least one unit, or root"),
        statements: z.array(statement).min(1, "must have at least one statement"),
      }),
    )
    .optional(),
  trustedAccounts: z.record(accountId, reason).optional(),
  controlTower: z.strictObject({ reservedPolicies: whole(0, 9, "policies") }).optional(),
  limits: z
    .partialRecord(
      oneOf(policyTypes),
      z.strictObject({
        perNode: whole(1, 100, "policies").optional(),
        characters: whole(100, 100_000, "characters").optional(),
      }),
    )
    .optional(),
});

const permissionSet = z.strictObject({
  description: text(/^.{1,700}$/, "1 to 700 characters"),
  sessionHours: whole(1, 12, "hours"),
  managedPolicies: z
    .array(
      text(/^[\w+=,.@/-]{1,128}$/, "the name of an AWS managed policy, for example job-function/Billing"),
    )
    .optional(),
  statements: z.array(statement).optional(),
  allowAdministrator: reason.optional(),
});

/** Source: IAM Identity Center API reference, CreatePermissionSet: 1 to 32 of these characters. */
const permissionSetName = text(/^[\w+=,.@-]{1,32}$/, "1 to 32 letters, digits and `+=,.@-_`");

const people = z.strictObject({
  instanceArn: text(
    /^arn:aws:sso:::instance\/(sso)?ins-[a-zA-Z0-9]{16}$/,
    "arn:aws:sso:::instance/ssoins- and sixteen letters or digits",
  ),
  identityStoreId: text(/^d-[0-9a-f]{10}$/, "d- and ten digits or letters a to f"),
  region: region.optional(),
  groups: z.record(
    text(/^[\p{L}\p{N} ._@+-]{1,100}$/u, "a group's name, at most 100 characters"),
    z.union(
      [
        z.strictObject({ description: text(/^.{1,200}$/, "1 to 200 characters") }),
        z.strictObject({ id: text(/^[0-9a-f-]{36,47}$/, "the id that Identity Center shows") }),
      ],
      { error: "must be { description: TEXT } to have it made, or { id: ID } where it is there" },
    ),
  ),
  permissionSets: z.record(permissionSetName, permissionSet).optional(),
  assignments: z.array(
    z
      .strictObject({
        group: z.string({ error: "must be the name of a group" }),
        permissionSet: z.string({ error: "must be the name of a permission set" }),
        units: z.array(unit).optional(),
        accounts: z.array(z.string()).optional(),
      })
      .refine(({ units = [], accounts = [] }) => units.length + accounts.length > 0, {
        error: "must name units or accounts",
      }),
  ),
});

const severity = oneOf(["low", "medium", "high", "critical"]);

export const organization = z.strictObject({
  ids: z.strictObject({
    organization: text(/^o-[a-z0-9]{10,32}$/, "o- and ten to thirty-two letters and digits"),
    accounts: z.record(name(40), accountId),
  }),
  domain,
  region,
  regions: z.array(region).min(1, "must name at least one region"),
  units: z.array(unit),
  quarantine: unit,
  team: name(40),
  costCentre,
  roles: z.strictObject({
    management: z.string(),
    logArchive: z.string(),
    audit: z.string(),
    network: z.string(),
  }),
  accessRole: text(/^[\w+=,.@-]{1,64}$/, "the name of an IAM role, at most 64 characters"),
  pipelines: z
    .array(pipelines)
    .refine(
      all => all.filter(({ platform }) => platform === "codePipeline").length <= 1,
      "must have at most one codePipeline()",
    ),
  state: state.optional(),
  accounts: z.record(name(40), account),
  alsoEnabled: z
    .strictObject({
      trustedServices: z
        .array(text(/^[a-z0-9.-]+\.amazonaws\.com$/, "a service, for example controltower.amazonaws.com"))
        .optional(),
      policyTypes: z.array(text(/^[A-Z0-9_]+$/, "a type of policies, for example CHATBOT_POLICY")).optional(),
    })
    .optional(),
  contacts: z.strictObject({ billing: contact, operations: contact, security: contact }),
  guardrails,
  people,
  trail: z
    .strictObject({
      dataEvents: oneOf(["none", "writes", "all"]).optional(),
      insights: flag.optional(),
      lockDays: whole(1, 3_650, "days").optional(),
      lock: oneOf(["governance", "compliance"]).optional(),
      keepYears: whole(1, 100, "years").optional(),
    })
    .optional(),
  detection: z.strictObject({
    olderAccounts: z.array(z.string({ error: "must be the name of an account" })),
    notify: z.array(email).min(1, "must name at least one address, or nobody hears of findings"),
    from: severity.optional(),
    slack: slackChannel.optional(),
    macie: flag.optional(),
    detective: flag.optional(),
    unusedAccessDays: z
      .union([whole(1, 365, "days"), z.literal("never")], {
        error: 'must be a number of days, or "never"',
      })
      .optional(),
    recording: oneOf(["continuous", "daily"]).optional(),
    disabledControls: z
      .record(text(/^[A-Za-z0-9]+\.\d+$/, "a control's id, for example IAM.6"), reason)
      .optional(),
  }),
  operations: z.strictObject({ alerts: alerts.optional() }).optional(),
  costs: z.strictObject({
    monthlyBudget: usd,
    productBudget: usd,
    notify: z
      .array(email)
      .min(1, "must name at least one address")
      .max(10, "may name ten addresses: AWS Budgets sends to no more"),
    anomalyUsd: usd.optional(),
    allocationTags: z.array(oneOf(["environment", "product", "service", "team", "cost-centre"])).optional(),
  }),
  images: z
    .strictObject({
      approvedBases: z
        .array(
          text(
            /^(public\.ecr\.aws|registry\.k8s\.io|quay\.io)(\/[a-z0-9]+([._-][a-z0-9]+)*)+(\/\*)?$/,
            "an image of public.ecr.aws, registry.k8s.io or quay.io, which need no credentials, or a path and /*, for example public.ecr.aws/docker/library/*",
          ),
        )
        .min(1, "must name at least one image; leave images out to have none"),
    })
    .optional(),
  quotas: z
    .array(
      z.strictObject({
        service: text(/^[a-z0-9-]{1,63}$/, "a service's code, for example lambda"),
        quota: text(/^L-[A-Z0-9]{8}$/, "a quota's code, for example L-B99A9384"),
        region,
        value: whole(1, 100_000_000, "units"),
      }),
    )
    .max(10, "may have ten entries: a template of Service Quotas holds no more")
    .optional(),
});
