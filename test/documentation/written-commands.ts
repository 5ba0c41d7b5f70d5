/** Commands as pages and pipelines write them, and whether there are such commands. */
import assert from "node:assert/strict";
import type { Command } from "commander";
import { commandLine } from "../../cli/command-line";
import { actionsMatching, isService } from "../../iam/action-data";

/** The fenced blocks of a page that hold commands: those for a shell, and the first line of those that show an answer. */
export function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)];
  return blocks.flatMap(([, , language, text = ""]) => {
    const lines = text.replaceAll(/\\\n\s*/g, "").split("\n");
    const said = lines.map(line => line.trim()).filter(line => line !== "" && !line.startsWith("#"));
    if (language === "sh") return said;
    return said.filter(line => line.startsWith("$ ")).map(line => line.slice(2));
  });
}

/** The words of a line up to a pipe or a comment, as a shell splits them. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (/^(?:\||>|>>|&&|;|#.*)$/.test(word)) break;
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, "$1$2"));
  }
  return words;
}

/** What lz understood: the command, its arguments and options. */
export interface Understood {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Has lz's own command line read the words after `lz`, and does nothing of what they ask.
 *
 * @throws where lz would refuse them.
 */
export function understood(words: readonly string[]): Understood {
  let found: Understood | undefined;
  const idle = (command: Command) => {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
    command.action((...heard: unknown[]) => {
      const args = heard.slice(0, -2).flat() as string[];
      found = { command: command.name(), args, options: command.opts() };
    });
    command.commands.forEach(idle);
  };
  const lz = commandLine();
  idle(lz);
  lz.parse([...words], { from: "user" });
  assert.ok(found !== undefined && found.command !== "lz", "no command is named");
  return found;
}

/** Where the AWS CLI calls a service by another word than IAM does. */
const prefixes: Readonly<Record<string, string>> = {
  configservice: "config",
  elbv2: "elasticloadbalancing",
  "service-quotas": "servicequotas",
  stepfunctions: "states",
  "sso-admin": "sso",
};

/** Calls that IAM knows by another name than the API, and commands that are the AWS CLI's own. */
const known = new Set([
  "s3 ls",
  "s3 cp",
  "s3 sync",
  "sso login",
  "configure sso",
  "logs tail",
  "ecs wait",
  "backup start-restore-job",
]);

/** Whether the AWS CLI has the call, by IAM's list of actions. */
export function isAwsCall(words: readonly string[]): boolean {
  const [service = "", operation = ""] = words;
  if (known.has(`${service} ${operation}`)) return true;
  const prefix = prefixes[service] ?? service;
  if (!isService(prefix)) return false;
  const action = operation.replaceAll("-", "").toLowerCase();
  return actionsMatching(`${prefix}:*`).some(({ name }) => name.split(":")[1]?.toLowerCase() === action);
}

/** What of the Pulumi CLI pages tell people to use. Source: Pulumi documentation, "Pulumi CLI". */
const pulumiCommands: readonly RegExp[] = [
  /^(up|preview|refresh|destroy|cancel|import|login|logout|whoami|version)$/,
  /^stack( (init|ls|select|output|export|import|rename|rm))?$/,
  /^state (unprotect|protect|delete|rename|move|repair)$/,
  /^config( (set|get))?$/,
  /^plugin (install|ls)$/,
];

export const isPulumiCommand = ([first = "", second = ""]: readonly string[]): boolean => {
  const words = second.startsWith("-") || second === "" ? first : `${first} ${second}`;
  return pulumiCommands.some(form => form.test(words));
};
