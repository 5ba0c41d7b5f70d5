/** The types of all resources that the components of products can make, read from their sources. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as aws from "@pulumi/aws";

const components = resolve(__dirname, "../../../components");
/** A file, or all of a folder. */
const ofProducts = [
  "compute",
  "data",
  "ingress",
  "mail",
  "names/service-discovery.ts",
  "names/service-name.ts",
  "network/private-link.ts",
  "observability",
  "security/encryption-key.ts",
];

/** What the platform makes once an account or organization, though it lies beside what products make. */
const ofThePlatform = [
  // Products have a namespace with a zone.
  /^aws:servicediscovery\/httpNamespace:/,
  /^aws:backup\//,
  /^aws:ecr\/(pullThroughCacheRule|registry\w*|replicationConfiguration|repositoryCreationTemplate):/,
  /^aws:sesv2\/accountSuppressionAttributes:/,
  /^aws:oam\//,
];
const filesOfThePlatform = /^(backup-|cross-account-)/;

const filesOf = (place: string): string[] =>
  place.endsWith(".ts")
    ? [join(components, place)]
    : readdirSync(join(components, place))
        .filter(file => file.endsWith(".ts") && !filesOfThePlatform.test(file))
        .map(file => join(components, place, file));

function typeOf(resource: string): string {
  const made: unknown = resource
    .split(".")
    .reduce<unknown>((of, part) => (of === undefined ? of : Reflect.get(Object(of), part)), aws);
  const type: unknown = Reflect.get(Object(made), "__pulumiType");
  assert.ok(typeof type === "string", `aws.${resource} is no resource`);
  return type;
}

export async function madeByProducts(): Promise<string[]> {
  const found = ofProducts
    .flatMap(filesOf)
    .flatMap(file => [...readFileSync(file, "utf8").matchAll(/\bnew aws\.([\w.]+)\(/g)])
    .map(([, resource = ""]) => typeOf(resource));
  return [...new Set(found)].filter(type => !ofThePlatform.some(of => of.test(type))).sort();
}
