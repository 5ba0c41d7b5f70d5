import { environmentNames, type LandingZone } from "../stacks/description";
import { type StackDefinition, stacksOf } from "../stacks/names";
import { knownStacks } from "./deploy/backend-errors";
import { type ConfirmOptions, confirmed } from "./deploy/confirmation";
import { Engine } from "./deploy/engine";
import { type CommandLine, isDebugged, parallelOf } from "./deploy/options";
import { deploymentOrder, orderAmong, reversed, withThoseAfter } from "./deploy/order";
import { runStacks } from "./deploy/runs";
import { failed, summaryText } from "./deploy/summary";
import { nameOf, typeOf } from "./deploy/tally";
import { UsageError } from "./failures";
import { loadDescription } from "./project";
import { select } from "./selection";

export interface DestroyOptions extends ConfirmOptions {
  readonly parallel?: string;
  readonly continue?: boolean;
}

const command = "lz destroy";
const well = "destroyed";

/**
 * Destroys stacks, those that depend on others first. What must not be destroyed is refused before anything is touched.
 *
 * @throws {UsageError} see refusals.
 */
export async function destroyCommand(
  names: readonly string[],
  options: DestroyOptions,
  line?: CommandLine,
): Promise<void> {
  const parallel = parallelOf(options.parallel);
  const zone = loadDescription();
  const asked = meant(zone, names);
  refuse(refusals(zone, asked, new Set()));
  const engine = await Engine.open(zone);
  const known = await knownStacks(engine, withThoseAfter(deploymentOrder(zone), asked));
  const isDeployed = (name: string) => (known.get(name)?.resources ?? 0) > 0;
  refuse(refusals(zone, asked, new Set([...known.keys()].filter(isDeployed))));
  const resources = ({ name }: StackDefinition) => known.get(name)?.resources;
  const there = asked.filter(({ name }) => isDeployed(name));
  if (there.length === 0)
    return console.log(`Nothing to destroy: of ${names.join(", ")} nothing is deployed`);
  refuse(await protectedIn(engine, there));
  const environment = names.find(name => (environmentNames as readonly string[]).includes(name));
  await confirmed(
    zone,
    {
      verb: "destroy",
      stacks: there,
      resources,
      backend: engine.backend.url,
      ...(environment !== undefined && { typed: environment }),
    },
    options,
  );
  const runs = await runStacks(
    zone,
    [...asked].reverse(),
    reversed(orderAmong(deploymentOrder(zone), asked.map(({ name }) => name).reverse())),
    {
      command,
      well,
      planned: () => undefined,
      skip: ({ name }) => (isDeployed(name) ? undefined : { skipped: "not deployed" }),
      run: (stack, listener) => engine.destroy(stack, listener),
    },
    { parallel, goOn: options.continue === true },
    engine.backend.stackName,
  );
  const afterCancel = (its: string) => `lz refresh ${its}`;
  console.log(summaryText(runs, { command, well, debug: isDebugged(line), afterCancel }));
  if (failed(runs)) process.exitCode = 1;
}

/** An environment means the stacks of its products: the platform's part of it outlives them. */
function meant(zone: LandingZone, names: readonly string[]): readonly StackDefinition[] {
  const stacks = stacksOf(zone);
  const all = names.flatMap(name => {
    const products = stacks.filter(
      ({ environment, product }) => environment === name && product !== undefined,
    );
    return products.length > 0 ? products.map(its => its.name) : [name];
  });
  return select(zone, all).asked;
}

/** The engine refuses to delete what is protected, but only after it has deleted what is not. */
async function protectedIn(engine: Engine, stacks: readonly StackDefinition[]): Promise<string[]> {
  const found = await Promise.all(
    stacks.map(async stack => {
      const urns = await engine.protectedIn(stack);
      const [first = ""] = urns;
      return urns.length === 0
        ? []
        : `${stack.name} keeps ${urns.length} protected resources, for example ${typeOf(first)} ${nameOf(first)}; be certain that its data is backed up, then \`pulumi state unprotect --all -s ${engine.backend.stackName(stack)}\` takes the protection away, or leave it out`;
    }),
  );
  return found.flat();
}

function refuse(refused: readonly string[]): void {
  if (refused.length > 0)
    throw new UsageError(`nothing is destroyed:\n\n${refused.map(line => `  ${line}`).join("\n")}`);
}

/**
 * Why stacks are not destroyed: they are the platform's, or keep data where deletion is protected, or others that are
 * not to be destroyed come after them.
 *
 * @param deployed those that are there; absent: as if all that read a stack were.
 */
export function refusals(
  zone: LandingZone,
  asked: readonly StackDefinition[],
  deployed?: ReadonlySet<string>,
): string[] {
  const gone = new Set(asked.map(({ name }) => name));
  const others = stacksOf(zone).filter(({ name }) => !gone.has(name));
  const order = deploymentOrder(zone);
  const comesAfter = ({ name, dependsOn }: StackDefinition, stack: string) =>
    deployed === undefined
      ? dependsOn.includes(stack)
      : deployed.has(name) && (order.get(name) ?? []).includes(stack);
  return asked.flatMap(stack => {
    const readers = others.filter(other => comesAfter(other, stack.name));
    if (platform.has(stack.layer))
      return [`${stack.name} is the platform's: accounts, logs and networks outlive every product`];
    if (keepsProtectedData(zone, stack))
      return [
        `${stack.name} keeps the data of ${stack.product} in ${stack.environment}, where deletion is protected; \`lz backup ${stack.product} --env ${stack.environment}\` it, then say \`unprotected: "why"\` of the product and \`lz up ${stack.name}\``,
      ];
    return readers.length === 0
      ? []
      : [
          `${stack.name} is ${stack.layer === "delivery" ? "what deploys" : "read by"} ${readers.map(({ name }) => name).join(", ")}; name these too`,
        ];
  });
}

const platform: ReadonlySet<StackDefinition["layer"]> = new Set([
  "organization",
  "security",
  "network",
  "baseline",
]);

const keepsProtectedData = (zone: LandingZone, { layer, environment = "prod", product }: StackDefinition) =>
  layer === "persistent" &&
  zone.environments[environment].deletionProtection &&
  zone.products.find(({ name }) => name === product)?.unprotected === undefined;
