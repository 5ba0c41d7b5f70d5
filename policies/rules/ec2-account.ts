import { mustBe } from "../demands";
import { instances, launchTemplates } from "../resource-types";
import type { Rule } from "../rule";

/** What names an image that the company or AWS has made. */
const imageMakers = /^aws:(ec2\/ami(Copy|FromInstance)?|imagebuilder\/image|ssm\/parameter|index\/getAmi):/;

export const ec2Account: readonly Rule[] = [
  {
    name: "ec2-account-imds-defaults",
    theme: "images-and-compute",
    title: "An account's new instances ask for IMDSv2",
    why: "It holds for what is started by hand, too",
    fix: 'set httpTokens: "required"',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.8", "CIS 3.0 5.6", "CIS 5.0 5.7"],
    types: ["aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"],
    check: mustBe("httpTokens", "required"),
  },
  {
    name: "ec2-serial-console-off",
    theme: "exposure",
    title: "The serial console is off",
    why: "It passes every security group, and no log shows what is typed",
    fix: "set enabled: false",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: ["aws:ec2/serialConsoleAccess:SerialConsoleAccess"],
    // The provider's default is true.
    check: mustBe("enabled", false),
  },
  {
    name: "ec2-ami-block-public",
    theme: "exposure",
    title: "An account's images cannot be shared with everyone",
    why: "An image holds what was on the machine, keys and source code among it",
    fix: 'set state: "block-new-sharing"',
    severity: "high",
    level: "mandatory",
    controls: [],
    types: ["aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess"],
    check: mustBe("state", "block-new-sharing"),
  },
  {
    name: "ec2-image-known-owner",
    theme: "images-and-compute",
    title: "An instance's image is named by its maker, not by a number",
    why: "Anyone can publish an image, its number says nothing of whose it is, and it is not renewed",
    fix: "set resolve:ssm: and the name of a parameter, or the id of an image that the stack makes",
    severity: "medium",
    level: "advisory",
    controls: [],
    types: [...instances, ...launchTemplates],
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType([...instances, ...launchTemplates]), (machine, report) => {
        const property = instances.includes(machine.type) ? "ami" : "imageId";
        if (machine.madeFrom(property).some(({ type }) => imageMakers.test(type))) return;
        const image = machine.at(property).text() ?? "";
        if (image !== "" && !image.startsWith("resolve:ssm:")) report.refuse(`${property} is ${image}`);
      });
    },
  },
];
