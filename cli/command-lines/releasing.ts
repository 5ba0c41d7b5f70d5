/** How a release goes from environment to environment, and the pipelines that do it. */
import type { Command } from "commander";
import { late } from "./late";

const commands = {
  ci: () => (require("../ci-command") as typeof import("../ci-command")).ciCommand,
  comment: () => (require("../comment-command") as typeof import("../comment-command")).commentCommand,
  promote: () => (require("../promote-command") as typeof import("../promote-command")).promoteCommand,
  release: () => (require("../release-command") as typeof import("../release-command")).releaseCommand,
  scan: () => (require("../scan-command") as typeof import("../scan-command")).scanCommand,
};

export function releasing(lz: Command): void {
  lz.commandsGroup("Release, and pipelines:");

  lz.command("promote")
    .description(
      "Write an environment's release into the next one's place in the description, and nothing else",
    )
    .argument("<product>", "whose it is")
    .argument("<workload>", "a service, job or function")
    .requiredOption("--from <environment>", "which has the release")
    .requiredOption("--to <environment>", "the one after it, which gets it")
    .option("--release <reference>", "tag or digest of what --from has built")
    .option("--skip", "go past an environment between the two")
    .option("--dry-run", "show what would be written and what the plans would change")
    .option("--push", "commit it on the branches that deploy, and push them")
    .option("--yes", "do not ask before prod")
    .action(late(commands.promote));

  lz.command("release")
    .description("Write an image's digest into an environment's place in the description, and nothing else")
    .argument("<product>", "whose it is")
    .argument("<workload>", "a service, job or function")
    .requiredOption("--env <environment>", "which gets it")
    .option("--digest <digest>", "of the image: sha256: and 64 digits from 0 to f")
    .option("--back", "instead: what it was before the last release or promotion that was written here")
    .option("--dry-run", "show what would be written and what the plans would change")
    .option("--push", "commit it on the branches that deploy, and push them")
    .option("--yes", "do not ask before prod")
    .action(late(commands.release));

  lz.command("scan")
    .description("Wait for the scan of an image, and refuse what is too severe; 1 says that something is")
    .argument("<product>", "whose it is")
    .argument("<workload>", "a service, job or function")
    .requiredOption("--digest <digest>", "of the image: sha256: and 64 digits from 0 to f")
    .option(
      "--from <severity>",
      "the least that is refused: informational, low, medium, high, critical",
      "high",
    )
    .option("--minutes <number>", "to wait at most", "20")
    .option("--profile <name>", "of the AWS configuration; default: the usual credentials")
    .option("--dry-run", "only show the calls")
    .action(late(commands.scan));

  lz.command("ci")
    .description("Write the files of the pipelines, as the description has them")
    .argument("[platform]", "gitlab or github; default: those of the description, and those written before")
    .option("--check", "write nothing; 1 says that a file is not as the description has it")
    .action(late(commands.ci));

  lz.command("comment")
    .description(
      "Post a file as one comment of the merge request that a pipeline is of, and keep it up to date",
    )
    .argument("[file]", "Markdown, such as `lz plan --markdown` writes")
    .option("--marker <name>", "by which the comment is found again; a comment each", "plan")
    .option("--pull <number>", "of the pull or merge request, where the pipeline is of none itself")
    .option("--issue <title>", "instead: as one issue of the repository")
    .option("--close", "with --issue: close it, where it is open")
    .option("--optional", "without a token, say so and go on")
    .option("--dry-run", "only show the comment")
    .action(late(commands.comment));
}
