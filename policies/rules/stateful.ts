/** What a company cannot make again once it is lost, whatever service it is of. */
import { isProduction } from "../resource-tags";
import { databaseClusters, databases, fileSystems, stateful, tables, userPools } from "../resource-types";
import type { Rule } from "../rule";
import { isBackedUp, notBackedUp } from "./backed-up";

/** Stacks that a release replaces; destroying one loses nothing. */
const replaceable = /-service-/;

const data = [...tables, ...databases, ...databaseClusters, ...fileSystems, ...userPools];

/** Data of services that have no file here; of the others their own rules ask the same. */
const furtherData = [
  "aws:fsx/lustreFileSystem:LustreFileSystem",
  "aws:fsx/ontapVolume:OntapVolume",
  "aws:fsx/openZfsVolume:OpenZfsVolume",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
  "aws:timestreamwrite/table:Table",
];

export const statefulRules: readonly Rule[] = [
  {
    name: "stateful-protected",
    theme: "resilience-and-backup",
    title: "What cannot be made again is protected",
    why: "One wrong name in a change would delete it with all that it holds",
    fix: "give the resource the option protect: true",
    severity: "high",
    level: "mandatory",
    yieldsWhereUnprotected: true,
    controls: [],
    types: stateful,
    check(resource, report) {
      if (!resource.protect && !replaceable.test(resource.stack)) report.refuse("protect is not set");
    },
  },
  {
    name: "stateful-not-in-service-stack",
    theme: "resilience-and-backup",
    title: "A stack that a release replaces holds no data",
    why: "It is destroyed and brought back without asking, and its data would be gone",
    fix: "move the resource to the product's persistent stack, and hand over its name",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: data,
    check(resource, report) {
      if (replaceable.test(resource.stack)) report.refuse(`it is in ${resource.stack}`);
    },
  },
  {
    name: "stateful-not-deleted-first",
    theme: "resilience-and-backup",
    title: "Data in production is not deleted before what replaces it is there",
    why: "A change that cannot be made in place would begin with the loss of all that it holds",
    fix: "leave the option deleteBeforeReplace out, and move the data before the change",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: stateful,
    check(resource, report) {
      if (resource.deletedFirst && isProduction(resource)) report.refuse("deleteBeforeReplace is true");
    },
  },
  {
    name: "prod-data-backed-up",
    theme: "resilience-and-backup",
    title: "Data in production is backed up, whatever keeps it",
    why: "A faulty release is noticed after it has overwritten data, not before",
    fix: "tag the resource environment, or name it in a Selection of AWS Backup's",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: furtherData,
    scope: "stack",
    check(stack, report) {
      report.each(stack.ofType(furtherData), (resource, report) => {
        if (!isBackedUp(resource, stack) && isProduction(resource)) report.refuse(notBackedUp);
      });
    },
  },
];
