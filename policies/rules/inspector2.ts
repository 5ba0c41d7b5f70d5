import type { Rule } from "../rule";
import { someFits } from "../some-known";

const enablers = ["aws:inspector2/enabler:Enabler"];
const organizations = ["aws:inspector2/organizationConfiguration:OrganizationConfiguration"];

interface Scan {
  readonly rule: string;
  /** As an Enabler has it. */
  readonly type: string;
  /** As the organization's configuration has it. */
  readonly property: string;
  readonly control: `FSBP ${string}`;
  readonly title: string;
  readonly why: string;
}

const scans: readonly Scan[] = [
  {
    rule: "inspector-ec2",
    type: "EC2",
    property: "ec2",
    control: "FSBP Inspector.1",
    title: "Inspector scans machines",
    why: "A hole becomes known long after the machine was built",
  },
  {
    rule: "inspector-ecr",
    type: "ECR",
    property: "ecr",
    control: "FSBP Inspector.2",
    title: "Inspector scans images",
    why: "A hole becomes known long after the image was pushed",
  },
  {
    rule: "inspector-lambda-code",
    type: "LAMBDA_CODE",
    property: "lambdaCode",
    control: "FSBP Inspector.3",
    title: "Inspector scans the code of functions",
    why: "It finds what the author overlooked: secrets in the code, and texts that become commands",
  },
  {
    rule: "inspector-lambda",
    type: "LAMBDA",
    property: "lambda",
    control: "FSBP Inspector.4",
    title: "Inspector scans the libraries of functions",
    why: "A function that works is not built anew, and its libraries grow old",
  },
];

export const inspector2: readonly Rule[] = scans.map(({ rule, type, property, control, title, why }) => ({
  name: rule,
  theme: "logging-and-detection",
  title,
  why,
  fix: `add ${type} to resourceTypes of the Enabler, and set autoEnable.${property}: true for the organization`,
  severity: "medium",
  level: "mandatory",
  controls: [control],
  types: [...enablers, ...organizations],
  check(resource, report) {
    if (enablers.includes(resource.type)) {
      if (!someFits(resource.at("resourceTypes").list(), one => one.is(type)))
        report.refuse(`resourceTypes has no ${type}`);
      // What an organization leaves out is off.
    } else if (!resource.at("autoEnable", property).is(true))
      report.refuse(`autoEnable.${property} is not true`);
  },
}));
