import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type ConformanceRule, conformanceRules, unusedRules } from "./conformance-rules";
import { regionsBeside } from "./regions";

export interface ConformanceArgs {
  /** Each once, and home among them. */
  readonly regions: readonly string[];
  /** Where IAM is recorded, and rules about it are asked. */
  readonly home: string;
  /** What there must be first: the account's recorder. */
  readonly after: readonly pulumi.Resource[];
}

/** Source: AWS CloudFormation user guide, "Understand CloudFormation quotas": bytes of a template in a request. */
const longestTemplate = 51_200;

/**
 * The rules of `conformanceRules` for one account, as a conformance pack in each of its Regions, and those of
 * `unusedRules` as another. The packs belong to the account and not to the organization: AWS refuses an organization's rule as a whole as long as one account
 * records nothing, so that a new account, or one that is suspended, would hold up all others.
 *
 * Source: Config developer guide, "Conformance Packs".
 */
export class Conformance extends pulumi.ComponentResource {
  constructor(name: string, args: ConformanceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("landing-zone:detection:Conformance", name, {}, opts);
    const { home, regions, after } = args;
    regionsBeside(home, regions);
    for (const region of regions)
      for (const [suffix, rules] of Object.entries(packs))
        new aws.cfg.ConformancePack(
          `${name}-${region}${suffix}`,
          { name: `landing-zone${suffix}`, templateBody: template(rules, region === home), region },
          { parent: this, dependsOn: [...after] },
        );
    this.registerOutputs({});
  }
}

/** By what the names of the packs end with. */
const packs = { "": conformanceRules, "-unused": unusedRules };

function template(pack: Readonly<Record<string, ConformanceRule>>, atHome: boolean): string {
  const rules = Object.entries(pack).filter(([, { once }]) => atHome || once !== true);
  const text = JSON.stringify({
    Resources: Object.fromEntries(
      rules.map(([rule, { identifier, parameters, controls }]) => [
        logicalId(rule),
        {
          Type: "AWS::Config::ConfigRule",
          Properties: {
            ConfigRuleName: `landing-zone-${rule}`,
            ...(controls.length === 0 ? {} : { Description: controls.join(", ") }),
            Source: { Owner: "AWS", SourceIdentifier: identifier },
            ...(parameters === undefined ? {} : { InputParameters: parameters }),
          },
        },
      ]),
    ),
  });
  if (text.length > longestTemplate)
    throw new Error(`the conformance pack has ${text.length} bytes, and AWS Config takes ${longestTemplate}`);
  return text;
}

const logicalId = (rule: string): string =>
  rule.replace(/(^|-)(\w)/g, (_, _hyphen, letter: string) => letter.toUpperCase());
