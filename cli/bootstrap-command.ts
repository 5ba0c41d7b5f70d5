import { type LandingZone, s3State } from "../stacks/description";
import { stacksOf } from "../stacks/names";
import { applyRole, planRole, stateBucket, stateKeyAlias } from "../stacks/platform-names";
import { accountIdOf } from "../stacks/providers";
import type { Template } from "./bootstrap/cloudformation";
import type { ClientSettings, StateStack } from "./bootstrap/state-stack";
import { UsageError } from "./failures";
import { loadDescription } from "./project";

export interface BootstrapOptions {
  readonly profile?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function bootstrapCommand(options: BootstrapOptions): Promise<void> {
  const zone = loadDescription();
  if (options.dryRun === true) {
    process.stdout.write(templateYaml(await bootstrapTemplate(zone)));
    return;
  }
  const { stateStack } = require("./bootstrap/state-stack") as typeof import("./bootstrap/state-stack");
  const { bootstrapStack } = require("./bootstrap/template") as typeof import("./bootstrap/template");
  const settings: ClientSettings = {
    region: zone.organization.region,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  };
  await bootstrapWith(zone, () => bootstrapTemplate(zone), stateStack(bootstrapStack, settings), options);
}

/** CloudFormation reads YAML 1.1, where a bare 2012-10-17 is a date. */
export function templateYaml(template: Template): string {
  const { stringify } = require("yaml") as typeof import("yaml");
  return stringify(template, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}

/** Generated from the plan of all stacks, without AWS. */
export async function bootstrapTemplate(zone: LandingZone): Promise<Template> {
  const { offlinePlan } = require("./bootstrap/offline-plan") as typeof import("./bootstrap/offline-plan");
  const { needsOf } = require("./bootstrap/needs") as typeof import("./bootstrap/needs");
  const { templateOf } = require("./bootstrap/template") as typeof import("./bootstrap/template");
  const { stacks } = await offlinePlan(zone, stacksOf(zone));
  return templateOf(zone, needsOf(zone, stacks));
}

/**
 * @throws {UsageError} where the credentials are not the management account's, or AWS refuses.
 */
export async function bootstrapWith(
  zone: LandingZone,
  /** Called once it is certain that the credentials are those of the management account. */
  templateFor: () => Promise<Template>,
  stacks: StateStack,
  { profile, yes = false }: BootstrapOptions,
  say: (line: string) => void = console.log,
): Promise<void> {
  const { bootstrap } = require("./bootstrap/bootstrapping") as typeof import("./bootstrap/bootstrapping");
  const { explained, wrongAccount } =
    require("./bootstrap/refusals") as typeof import("./bootstrap/refusals");
  const { bootstrapStack } = require("./bootstrap/template") as typeof import("./bootstrap/template");
  const { confirm } = require("./promote/confirmation") as typeof import("./promote/confirmation");
  const { management } = zone.organization.roles;
  try {
    const caller = await stacks.caller();
    const expected = accountIdOf(zone, management);
    if (caller.accountId !== expected) throw wrongAccount(caller, management, expected);
    const template = await templateFor();
    const body = JSON.stringify(template);
    refuseTooLong(body);
    say(`The management account is ${management} (${expected}), and you are ${caller.arn}.`);
    const outputs = await bootstrap(
      stacks,
      {
        stack: bootstrapStack,
        template: body,
        kept: ["StateBucket", "StateKey"].filter(id => id in template.Resources),
      },
      {
        confirm: what => (yes ? Promise.resolve() : confirm("yes", what)),
        say,
        sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
        now: Date.now,
      },
    );
    say(summary(zone, outputs));
  } catch (error) {
    throw explained(error, profile);
  }
}

/** Source: CloudFormation user guide, "Understand CloudFormation quotas": of a template in a request. */
const longestTemplate = 51_200;

function refuseTooLong(body: string): void {
  if (Buffer.byteLength(body) > longestTemplate)
    throw new UsageError(
      `the template is ${Buffer.byteLength(body).toLocaleString("en")} bytes, and CloudFormation takes ${longestTemplate.toLocaleString("en")} from here; write it by \`lz bootstrap --dry-run > state.yaml\`, put it into a bucket of the management account, and deploy it by \`aws cloudformation deploy --template-file state.yaml --s3-bucket BUCKET --stack-name landing-zone-state --capabilities CAPABILITY_NAMED_IAM\``,
    );
}

function summary(zone: LandingZone, outputs: Readonly<Record<string, string>>): string {
  const { state = s3State() } = zone.organization;
  const kept =
    state.kind === "s3"
      ? [`bucket  ${stateBucket(zone)}`, `key     ${stateKeyAlias}  ${outputs["StateKey"] ?? ""}`.trimEnd()]
      : [`state   Pulumi Cloud, organization ${state.organization}`];
  const home = accountIdOf(zone, zone.organization.roles.management);
  const roles = [planRole, ...(["shared", "dev", "int", "prod"] as const).map(applyRole)];
  return [
    "",
    ...kept,
    ...roles.map(name => `role    arn:aws:iam::${home}:role/${name}`),
    "",
    "Next: `lz doctor`, then `lz up shared`. Run `lz bootstrap` again when an account or a pipeline is added.",
  ].join("\n");
}
