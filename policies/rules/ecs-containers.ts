/** What each container of a task is allowed and told, sidecars included. */
import { eachContainer } from "../containers";
import type { Resource } from "../graph";
import type { Report } from "../report";
import { taskDefinitions } from "../resource-types";
import type { Rule } from "../rule";
import type { Value } from "../value";
import { isInPrivateRegistry, whyMoving } from "./images";
import { isSecretName, secretIn } from "./plain-secrets";

export const ecsContainers: readonly Rule[] = [
  {
    name: "ecs-task-not-privileged",
    theme: "images-and-compute",
    title: "No container is privileged",
    why: "A privileged container is root on its host",
    fix: "leave privileged out",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP ECS.4"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      if (container.at("privileged").is(true)) report.refuse("privileged is true");
    }),
  },
  {
    name: "ecs-task-readonly-root",
    theme: "images-and-compute",
    title: "Containers cannot change their own files",
    why: "An intruder then cannot leave anything behind",
    fix: "set readonlyRootFilesystem: true, and mount a volume for what must be written",
    severity: "medium",
    level: "mandatory",
    controls: ["FSBP ECS.5"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      if (!container.at("readonlyRootFilesystem").is(true))
        report.refuse("readonlyRootFilesystem is not true");
    }),
  },
  {
    name: "ecs-task-non-root",
    theme: "images-and-compute",
    title: "Containers run as a user other than root",
    why: "Root in a container is one fault of the kernel away from root on the host",
    fix: "set user to a number of the image's, for example 1000:1000",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.1", "Security Hub ECS.20"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const user = container.at("user").text();
      if (!user) report.refuse("user is not set, so the image decides");
      else if (/^(root|0+)(:|$)/.test(user)) report.refuse(`user is ${user}`);
    }),
  },
  {
    name: "ecs-task-no-added-capabilities",
    theme: "images-and-compute",
    title: "No container gets capabilities of the kernel that containers do not have by themselves",
    why: "With SYS_ADMIN or SYS_PTRACE a container reaches what is beside it on the host",
    fix: "leave linuxParameters.capabilities.add out",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      report.each(container.at("linuxParameters", "capabilities", "add").list(), added =>
        report.refuse(`it adds ${added.text()}`),
      );
    }),
  },
  {
    name: "ecs-task-drop-capabilities",
    theme: "images-and-compute",
    title: "Containers give up the capabilities of the kernel that they start with",
    why: "A program that serves requests needs none, and an intruder uses what is left",
    fix: 'set linuxParameters.capabilities.drop: ["ALL"]',
    severity: "low",
    level: "advisory",
    controls: [],
    types: taskDefinitions,
    check(definition, report) {
      // Windows knows no such capabilities.
      if (/^WINDOWS/.test(definition.at("runtimePlatform", "operatingSystemFamily").text() ?? "")) return;
      eachContainer(definition, report, (container, report) => {
        const dropped = container.at("linuxParameters", "capabilities", "drop").list();
        if (!dropped.some(one => !one.isUnknown && one.is("ALL"))) {
          for (const one of dropped) one.content();
          report.refuse("it does not drop ALL");
        }
      });
    },
  },
  {
    name: "ecs-task-no-secrets-in-env",
    theme: "data-protection",
    title: "Containers take secrets from a store, not from plain settings",
    why: "Whoever may describe a task definition reads its settings, and every old revision keeps them",
    fix: "move it to secrets, with valueFrom the ARN of a secret or parameter",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP ECS.8"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      report.each(container.at("environment").list(), setting => {
        const name = setting.at("name").text() ?? "";
        if (isSecretName(name)) report.refuse(`${name} looks like a secret`);
      });
    }),
  },
  {
    name: "ecs-task-no-secret-values",
    theme: "data-protection",
    title: "Nothing that a container is told shows a secret, whatever it is called",
    why: "Whoever may describe a task definition reads it, and every old revision keeps it",
    fix: "move it to secrets, with valueFrom the ARN of a secret or parameter",
    severity: "critical",
    level: "mandatory",
    controls: ["FSBP ECS.8"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const texts = [["command"], ["entryPoint"], ["healthCheck", "command"], ["environment"]];
      report.each(texts, path =>
        report.each(container.at(...path).list(), part => {
          const kind = secretIn((path[0] === "environment" ? part.at("value") : part).text() ?? "");
          if (kind) report.refuse(`${part.path} shows ${kind}`);
        }),
      );
    }),
  },
  {
    name: "ecs-task-no-secrets-in-log-options",
    theme: "data-protection",
    title: "Log drivers take secrets from a store, not from plain options",
    why: "Whoever may describe a task definition reads its options, and every old revision keeps them",
    fix: "move it to logConfiguration.secretOptions, with valueFrom the ARN of a secret or parameter",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.8"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const options = container.at("logConfiguration", "options").content();
      report.each(Object.keys(typeof options === "object" ? (options ?? {}) : {}), option => {
        if (secretOption.test(option)) report.refuse(`the option ${option} looks like a secret`);
      });
    }),
  },
  {
    name: "ecs-task-logging",
    theme: "logging-and-detection",
    title: "Every container logs",
    why: "What a container without a log has said is gone with it",
    fix: "set logConfiguration.logDriver to awslogs or awsfirelens",
    severity: "high",
    level: "mandatory",
    controls: ["FSBP ECS.9"],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const driver = container.at("logConfiguration", "logDriver").text();
      if (!driver) report.refuse("logConfiguration.logDriver is not set");
      else if (driver === "none") report.refuse("logConfiguration.logDriver is none");
    }),
  },
  {
    name: "ecs-task-log-group-managed",
    theme: "logging-and-detection",
    title: "A container logs to a group that a program makes",
    why: "One that the log driver makes has no key of the company's, and keeps everything for ever",
    fix: "leave the option awslogs-create-group out, and make the group with a key and a retention",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const make = container.at("logConfiguration", "options", "awslogs-create-group");
      if (make.is("true") || make.is(true)) report.refuse("awslogs-create-group is true");
    }),
  },
  {
    name: "ecs-task-image-from-own-ecr",
    theme: "images-and-compute",
    title: "Images come from a private registry of ECR",
    why: "There they are scanned and kept; elsewhere somebody else says what runs here, and whether it is there at all",
    fix: "push the image to the account's registry, or pull it through the registry's cache",
    severity: "high",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const image = container.at("image").text() ?? "";
      if (!isInPrivateRegistry(image)) report.refuse(image ? `image is ${image}` : "image is not set");
    }),
  },
  {
    name: "ecs-task-image-pinned",
    theme: "images-and-compute",
    title: "A task definition says which image it runs",
    why: "What was tested is not what runs where latest has moved, and taking a release back takes nothing back",
    fix: "name a tag that does not move, for example 1.4.2, or a digest",
    severity: "medium",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      const why = whyMoving(container.at("image").text() ?? "");
      if (why) report.refuse(why);
    }),
  },
  {
    name: "ecs-task-version-consistency",
    theme: "images-and-compute",
    title: "All tasks of a deployment run the same image",
    why: "Else a tag that moves half-way gives the second half of the tasks another image",
    fix: "leave versionConsistency out",
    severity: "low",
    level: "mandatory",
    controls: [],
    types: taskDefinitions,
    check: inContainers((container, report) => {
      // ECS takes enabled.
      if (container.at("versionConsistency").is("disabled")) report.refuse("versionConsistency is disabled");
    }),
  },
];

/** As log drivers name theirs: splunk-token, http_passwd, apikey. Other keys of theirs, as log_key, say where to look. */
const secretOption = /passw(or)?d|secret|token|(api|access|license)[-_]?key|authori[sz]ation/i;

function inContainers(check: (container: Value, report: Report) => void) {
  return (definition: Resource, report: Report): void => eachContainer(definition, report, check);
}
