/** Whether the state can be reached, and is as it should be. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LandingZone } from "../../stacks/description";
import { stateBucket } from "../../stacks/platform-names";
import { stateBackend } from "../../stacks/state-backend";
import type { Aws } from "./aws";
import { type Check, checksOf } from "./check";
import type { Run } from "./machine";

const { ok, warn, fail } = checksOf("state");

/** @param aws absent: AWS is not asked. */
export async function backendChecks(zone: LandingZone, run: Run, aws: Aws | undefined): Promise<Check[]> {
  const { url } = stateBackend(zone);
  const named = process.env["PULUMI_BACKEND_URL"] === url;
  if (url.startsWith("file:")) return [folderCheck(url)];
  if (url.startsWith("https:")) return [loginCheck(url, run)];
  if (aws === undefined || named)
    return [
      checksOf("state").unknown(`${url.split("?")[0]}${named ? ", by PULUMI_BACKEND_URL" : ""}: not asked`),
    ];
  return await bucketChecks(zone, aws);
}

function folderCheck(url: string): Check {
  const folder = url.startsWith("file:///") ? fileURLToPath(url) : url.replace(/^file:\/\//, "");
  const next = "make it, or unset PULUMI_BACKEND_URL: then the description says where the state is";
  if (!existsSync(folder.replace(/^~/, process.env["HOME"] ?? "~")))
    return fail(`the folder ${folder} is not there, which PULUMI_BACKEND_URL names`, next);
  return warn(
    `the folder ${folder}, which PULUMI_BACKEND_URL names`,
    "only for trying things out: nobody else sees this state",
  );
}

function loginCheck(url: string, run: Run): Check {
  const who = run("pulumi", ["whoami", "--non-interactive"]);
  return who === "missing" || who instanceof Error
    ? fail(`${url} does not know who asks`, "`pulumi login`, or set PULUMI_ACCESS_TOKEN in a pipeline")
    : ok(`${url}, as ${who.trim()}`);
}

async function bucketChecks(zone: LandingZone, aws: Aws): Promise<Check[]> {
  const name = stateBucket(zone);
  const again = "`lz bootstrap` puts it right";
  try {
    const { versioned, encryption } = await aws.bucket(name, zone.organization.region);
    return [
      ok(`the bucket ${name} is there`),
      versioned
        ? ok("it keeps old versions")
        : fail("it keeps no old versions: a state that is lost is lost", again),
      encryption === "aws:kms"
        ? ok("it is encrypted with a key of the account's")
        : fail(`it is encrypted with ${encryption ?? "nothing"}, and not with a key of the account's`, again),
    ];
  } catch (error) {
    return [bucketFailure(name, error)];
  }
}

function bucketFailure(name: string, error: unknown): Check {
  const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 404 || /NotFound|NoSuchBucket/.test(kind))
    return fail(
      `the bucket ${name} is not there`,
      "`lz bootstrap` makes it, with credentials of the management account",
    );
  if (status === 403 || /AccessDenied|Forbidden/.test(`${kind} ${message}`))
    return fail(
      `the bucket ${name} may not be looked at by these credentials`,
      "take a role that may: landing-zone-plan or landing-zone-apply-<environment> of the management account",
    );
  return fail(
    `the bucket ${name} can not be reached: ${message || kind}`,
    "look at the network, at HTTPS_PROXY and at the region in organization.region",
  );
}

/** Whether the roles are those that the description asks for today. */
export async function bootstrapCheck(wanted: string, aws: Aws): Promise<Check> {
  const again = "run `lz bootstrap`, which shows what it would change";
  try {
    const deployed = await aws.bootstrapped();
    if (deployed === undefined) return fail("`lz bootstrap` was never run here", again);
    return same(deployed, wanted)
      ? ok("the roles of the bootstrap are as the description says")
      : warn("the description has changed since the roles of the bootstrap were made", again);
  } catch (error) {
    return checksOf("state").unknown(
      `whether the bootstrap is as the description says is not known: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function same(deployed: string, wanted: string): boolean {
  try {
    return JSON.stringify(JSON.parse(deployed)) === JSON.stringify(JSON.parse(wanted));
  } catch {
    return false;
  }
}
