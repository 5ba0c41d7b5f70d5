/**
 * What each role may do with the state: it writes that of its own stacks, reads that of the stacks they depend on, and
 * does not see the others'.
 *
 * The layout is that of the engine's own backend, for the project landing-zone; stacks' names have no dots:
 *
 * - `.pulumi/meta.yaml`, once a bucket, written by whoever comes first
 * - `.pulumi/stacks/landing-zone/STACK.json`, with `.bak`, `.gz` and so on, and `STACK.pulumi-tags`
 * - `.pulumi/history/landing-zone/STACK/`, `.pulumi/backups/...`, `.pulumi/journal/...`
 * - `.pulumi/locks/organization/landing-zone/STACK/`
 *
 * Sources: Pulumi documentation, "Using a DIY Backend"; the engine's package pkg/backend/diy.
 */
import type { LandingZone } from "../../stacks/description";
import { type StackDefinition, stacksOf } from "../../stacks/names";
import { stateBucket } from "../../stacks/platform-names";
import { stateContextKey } from "../../stacks/state-backend";
import { arnOf, type Statement } from "./cloudformation";
import type { Needs, Scope } from "./needs";
import { stateKeyId } from "./state-resources";

/** What an apply role needs. */
export function applyStatements(zone: LandingZone, needs: Needs): Statement[] {
  const { scope, reads, decrypts } = needs;
  const objects = objectsOf(zone);
  const own = patternsOf(needs, stacksOf(zone)).flatMap(stack => [
    `${objects}/stacks/landing-zone/${stack}.*`,
    // Of no other stack's objects is this a part: names of projects and stacks hold no slash.
    `${objects}/*/landing-zone/${stack}/*`,
  ]);
  return [
    ...seeing(zone),
    {
      Sid: "ReadWhatIsDependedOn",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [
        `${objects}/meta.yaml`,
        ...reads.map(stack => `${objects}/stacks/landing-zone/${stack}.json*`),
      ],
    },
    {
      Sid: "WriteOwnState",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      // The engine writes it into an empty bucket; what is shared is deployed before all else.
      Resource: [...own, ...(scope === "shared" ? [`${objects}/meta.yaml`] : [])],
    },
    bucketKey(zone, ["kms:Decrypt", "kms:GenerateDataKey"]),
    secrets("EncryptOwnSecrets", "kms:Encrypt", [scope]),
    secrets("DecryptSecrets", "kms:Decrypt", decrypts),
  ];
}

/** What the plan role needs: all of it, and to write none. A preview takes no lock. */
export function readStatements(zone: LandingZone, scopes: readonly Scope[]): Statement[] {
  const objects = objectsOf(zone);
  return [
    ...seeing(zone),
    {
      Sid: "ReadState",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [`${objects}/meta.yaml`, `${objects}/*/landing-zone/*`],
    },
    bucketKey(zone, ["kms:Decrypt"]),
    secrets("DecryptSecrets", "kms:Decrypt", scopes),
  ];
}

/**
 * The names of an environment's stacks, those of products by their endings: a new product's state needs no new policy.
 * Where such an ending is also that of somebody else's stack, each is named.
 */
export function patternsOf({ scope, stacks }: Needs, all: readonly StackDefinition[]): string[] {
  const endings = ["persistent", "service"].map(layer => `-${layer}-${scope}`);
  const safe = endings.filter(
    ending =>
      stacks.some(name => name.endsWith(ending)) &&
      all.every(({ name }) => !name.endsWith(ending) || stacks.includes(name)),
  );
  return [
    ...stacks.filter(name => !safe.some(ending => name.endsWith(ending))),
    ...safe.map(ending => `*${ending}`),
  ];
}

const objectsOf = (zone: LandingZone): string => `arn:aws:s3:::${stateBucket(zone)}/.pulumi`;

/**
 * Names of objects are names of stacks, and no secret. Without a condition on the prefix: S3 says of an object that is
 * not there that it may not be read, unless the whole bucket may be listed, and the engine takes that for a failure.
 */
const seeing = (zone: LandingZone): Statement[] => [
  {
    Sid: "SeeState",
    Effect: "Allow",
    Action: ["s3:ListBucket", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration"],
    Resource: `arn:aws:s3:::${stateBucket(zone)}`,
  },
];

/** With a bucket key, S3's encryption context is the bucket's ARN. Source: S3 user guide, "Encryption context". */
const bucketKey = (zone: LandingZone, Action: readonly string[]): Statement => ({
  Sid: "EncryptedByS3",
  Effect: "Allow",
  Action,
  Resource: arnOf(stateKeyId),
  Condition: {
    StringEquals: {
      "kms:ViaService": `s3.${zone.organization.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${stateBucket(zone)}`,
    },
  },
});

const secrets = (Sid: string, Action: string, scopes: readonly Scope[]): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource: arnOf(stateKeyId),
  Condition: { StringEquals: { [`kms:EncryptionContext:${stateContextKey}`]: scopes } },
});
