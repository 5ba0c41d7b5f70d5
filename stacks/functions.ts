/** The functions of a product. */
import { LambdaFunction, type LambdaFunctionArgs } from "../components/compute/lambda-function";
import { usualTestPort } from "../components/ingress/application-load-balancer";
import { callsOf, type RunningPlace } from "./containers";
import type { Queue, Stream } from "./description";
import { inForce } from "./description/in-force";
import type { FunctionInForce } from "./description/in-force-types";
import { shortNameOf } from "./description/kept";
import { objectsOf } from "./jobs";
import { resourceName } from "./kinds";
import { missedRunsQueue } from "./missed-runs";
import { alarmTopicsOf, keyAlias, logGroupName, repositoryName } from "./product-names";
import { releasedImage } from "./releases";
import { usesOf } from "./uses";

/** @returns by name, where deployments find them. */
export function runFunctions(place: RunningPlace): Readonly<Record<string, LambdaFunction>> {
  const { zone, product, environment } = place;
  return Object.fromEntries(
    Object.keys(product.functions ?? {}).map(name => [
      name,
      runFunction(place, name, inForce(zone, product, "functions", name, environment.name).words),
    ]),
  );
}

function runFunction(place: RunningPlace, name: string, words: FunctionInForce): LambdaFunction {
  const { zone, product, where, kept, linked, provider } = place;
  const { settings, doors, statements, fromParameters } = usesOf(zone, product, words.uses, where);
  const tested = testedBy(place, name);
  const calls = {
    ...callsOf(place, doors),
    ...linked.calls,
    ...(tested.length === 0 ? {} : { tests: testListener(place) }),
  };
  return new LambdaFunction(
    name,
    {
      product: product.name,
      workload: name,
      at: where.at,
      code: codeOf(place, name, words),
      architecture: words.architecture === "arm64" ? "ARM64" : "X86_64",
      memory: words.memory,
      timeout: words.timeout,
      environment: {
        ...settings,
        ...linked.settings,
        ...Object.fromEntries(tested.map(service => testUrl(place, service))),
        ...words.settings,
      },
      fromParameters,
      statements,
      logGroup: { name: logGroupName(product, name) },
      ...(Object.keys(calls).length === 0
        ? {}
        : { vpc: { vpcId: kept.vpcId, subnetIds: kept.taskSubnetIds, calls } }),
      ...(words.schedule === undefined
        ? {}
        : { schedule: { expression: words.schedule, timezone: words.timezone } }),
      ...(words.on === undefined ? {} : { on: objectsOf(place, words.on) }),
      ...(words.from === undefined ? {} : { from: sourceOf(place, words.from) }),
      ...(words.concurrency === undefined ? {} : { concurrency: words.concurrency }),
      missedRunsQueueName: missedRunsQueue(product),
      keyArn: kept.dataKeyArn,
      keyAlias: keyAlias(product, "data"),
      alarmTopics: alarmTopicsOf(product, where.at),
    },
    { provider },
  );
}

/** The services whose deployments ask a function. */
const testedBy = ({ zone, product, environment }: RunningPlace, name: string): string[] =>
  Object.keys(product.services ?? {}).filter(service => {
    const { deployment } = inForce(zone, product, "services", service, environment.name).words;
    return deployment.strategy !== "rolling" && Object.values(deployment.hooks).includes(name);
  });

/** Where the internal load balancer answers for a release that callers do not get to yet. */
const testListener = ({ kept }: RunningPlace) => ({
  port: usualTestPort,
  securityGroupId: kept.ways.apply(ways => ways?.internal?.securityGroupId as string),
});

function testUrl({ product, where }: RunningPlace, service: string): [setting: string, url: string] {
  const host = product.services?.[service]?.host;
  const name = `${host === undefined ? "" : `${host}.`}${product.name}.${where.domain}`;
  return [`${service.toUpperCase().replace(/-/g, "_")}_TEST_URL`, `https://${name}:${usualTestPort}`];
}

function codeOf(place: RunningPlace, name: string, words: FunctionInForce): LambdaFunctionArgs["code"] {
  const { code, image = name, release, architecture } = words;
  if (code !== undefined) return code;
  if (release === undefined) throw new Error(`the function ${name} has neither code nor a release`);
  return {
    image: releasedImage(place, {
      workload: name,
      repository: repositoryName(place.product, image),
      release,
      architecture,
    }),
  };
}

function sourceOf(
  { product, where }: RunningPlace,
  source: Queue | Stream,
): NonNullable<LambdaFunctionArgs["from"]> {
  const name = resourceName(product, shortNameOf(product, source) as string, source, where);
  return source.kind === "queue" ? { queueName: name } : { streamName: name };
}
