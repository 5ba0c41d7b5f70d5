import type { HourlyDatabase } from "../components/data/database-hours";
import { inForce } from "../stacks/description/in-force";
import { ownerOf } from "../stacks/description/kept";
import { accountOf } from "../stacks/description/product-places";
import { workloadsOf } from "../stacks/description/workloads";
import { stoppedDatabases } from "../stacks/hours";
import { clusterName, workloadName } from "../stacks/product-names";
import { AwsCli } from "./aws-cli";
import { UsageError } from "./failures";
import { enter, type OperatedPlace, type OperateOptions, operatedPlace } from "./operated-place";
import { loadDescription } from "./project";

interface Sleeper {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

interface Described {
  readonly DBClusters?: readonly { readonly Status?: string }[];
  readonly DBInstances?: readonly { readonly DBInstanceStatus?: string }[];
}

interface Running {
  readonly services?: readonly { readonly desiredCount?: number }[];
}

/** Starts a product's databases and services before their time; the next evening stops them again. */
export async function wakeCommand(product: string, options: OperateOptions): Promise<void> {
  const place = operatedPlace(loadDescription("unasked"), product, options.env);
  const services = sleepersOf(place);
  const { databases, elsewhere } = databasesOf(place);
  if (services.length === 0 && databases.length === 0)
    throw new UsageError(
      `nothing of ${place.product.name} sleeps in ${place.environment}: environments.${place.environment}.hours and a service's scaling.asleep say what does`,
    );
  const aws = new AwsCli(place.region, options);
  enter(place, aws);
  for (const database of databases) start(aws, database);
  for (const database of databases)
    await aws.hand(
      database.kind === "cluster"
        ? ["rds", "wait", "db-cluster-available", "--db-cluster-identifier", database.name]
        : ["rds", "wait", "db-instance-available", "--db-instance-identifier", database.name],
    );
  for (const service of services) wake(aws, place, service);
  for (const owner of elsewhere)
    aws.say(`It uses what ${owner} keeps in another account: lz wake ${owner} --env ${place.environment}`);
  aws.say(`${place.product.name} is awake, until the clock puts it to sleep again`);
}

function sleepersOf({ zone, product, environment }: OperatedPlace): Sleeper[] {
  return Object.keys(product.services ?? {}).flatMap(name => {
    const { asleep, min, max } = inForce(zone, product, "services", name, environment).words.scaling;
    return asleep === undefined ? [] : [{ name, min, max }];
  });
}

/** The product's own that stop, and those of others that it uses. */
function databasesOf({ zone, product, environment, account }: OperatedPlace) {
  const used = workloadsOf(product)
    .flatMap(({ words: { uses = [] } }) => uses)
    .flatMap(({ resource }) => ownerOf(zone, resource) ?? []);
  const owners = [...new Set([product, ...used])].filter(
    owner => stoppedDatabases(zone, owner, environment).length > 0,
  );
  const here = owners.filter(owner => accountOf(zone, owner, environment) === account);
  return {
    databases: here.flatMap(owner => stoppedDatabases(zone, owner, environment)),
    elsewhere: owners.filter(owner => !here.includes(owner)).map(({ name }) => name),
  };
}

/** @throws {UsageError} for one that is on its way to stop, and can not be started before it has. */
function start(aws: AwsCli, { kind, name }: HourlyDatabase): void {
  const [what, option] =
    kind === "cluster"
      ? ["db-cluster", "--db-cluster-identifier"]
      : ["db-instance", "--db-instance-identifier"];
  const described = aws.ask<Described>(["rds", `describe-${what}s`, option, name], {});
  const status = described.DBClusters?.[0]?.Status ?? described.DBInstances?.[0]?.DBInstanceStatus;
  if (aws.dryRun) aws.say(`only if ${name} is stopped:`);
  else if (status === "stopping")
    throw new UsageError(`${name} is stopping, and can be started when it has; try again in some minutes`);
  else if (status !== "stopped") {
    aws.say(`${name} is ${status ?? "unknown"}`);
    return;
  }
  aws.ask<unknown>(["rds", `start-${what}`, option, name], {});
}

/** Bounds first: what scales would else take away at once what has been added. */
function wake(aws: AwsCli, { product }: OperatedPlace, { name, min, max }: Sleeper): void {
  const cluster = clusterName(product, name);
  const service = workloadName(product, name);
  aws.ask<unknown>(
    [
      ...["application-autoscaling", "register-scalable-target", "--service-namespace", "ecs"],
      ...[
        "--resource-id",
        `service/${cluster}/${service}`,
        "--scalable-dimension",
        "ecs:service:DesiredCount",
      ],
      ...["--min-capacity", String(min), "--max-capacity", String(max)],
    ],
    {},
  );
  const { services = [] } = aws.ask<Running>(
    ["ecs", "describe-services", "--cluster", cluster, "--services", service],
    {},
  );
  const wanted = services[0]?.desiredCount ?? 0;
  if (aws.dryRun) aws.say(`only if fewer than ${min} are wanted:`);
  if (wanted < min)
    aws.ask<unknown>(
      ["ecs", "update-service", "--cluster", cluster, "--service", service, "--desired-count", String(min)],
      {},
    );
}
