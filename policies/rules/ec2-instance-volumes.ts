import { all, eachOf, mustBe, mustBeOneOf } from "../demands";
import { instances, launchTemplates } from "../resource-types";
import type { Rule } from "../rule";
import { on, unlessOfTemplate } from "./ec2-machines";

export const ec2InstanceVolumes: readonly Rule[] = [
  {
    name: "ec2-root-volume-encrypted",
    theme: "encryption-at-rest",
    title: "An instance's root volume is encrypted",
    why: "A snapshot of it, copied or shared, can else be read by whoever gets it",
    fix: "set rootBlockDevice.encrypted: true; AWS makes the volume anew for it",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.3", "CIS 3.0 2.2.1", "CIS 5.0 5.1.1"],
    types: instances,
    check: unlessOfTemplate("rootBlockDevice", mustBe("rootBlockDevice.encrypted", true)),
  },
  {
    name: "ec2-extra-volumes-encrypted",
    theme: "encryption-at-rest",
    title: "Every further volume of an instance is encrypted",
    why: "It is mostly where the data is",
    fix: "set encrypted: true in every one of ebsBlockDevices",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.3", "CIS 3.0 2.2.1", "CIS 5.0 5.1.1"],
    types: instances,
    check: eachOf("ebsBlockDevices", mustBe("encrypted", true)),
  },
  {
    name: "ec2-launch-template-volumes-encrypted",
    theme: "encryption-at-rest",
    title: "A launch template encrypts the volumes that it makes",
    why: "A snapshot of one, copied or shared, can else be read by whoever gets it",
    fix: 'set ebs.encrypted: "true" in every one of blockDeviceMappings',
    severity: "high",
    level: "mandatory",
    controls: ["FSBP EC2.181", "CIS 3.0 2.2.1", "CIS 5.0 5.1.1"],
    types: launchTemplates,
    check: eachOf("blockDeviceMappings", (mapping, report) => {
      // Others are of the instance's own disks, or leave a device of the image's out.
      if (mapping.at("ebs").isSet) mustBeOneOf("ebs.encrypted", on)(mapping, report);
    }),
  },
  {
    name: "ec2-spot-fleet-volumes-encrypted",
    theme: "encryption-at-rest",
    title: "A fleet of spot instances encrypts its volumes",
    why: "Spot instances come and go, and their snapshots stay",
    fix: "set encrypted: true in every block device of the launch specifications",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP EC2.173"],
    types: ["aws:ec2/spotFleetRequest:SpotFleetRequest"],
    check: eachOf(
      "launchSpecifications",
      all(
        eachOf("rootBlockDevices", mustBe("encrypted", true)),
        eachOf("ebsBlockDevices", mustBe("encrypted", true)),
      ),
    ),
  },
];
