/**
 * What a product's resources are called. Its service stack and its policies name what its persistent stack makes,
 * without asking it: that is how every permission can be read and judged before anything exists. What it keeps is
 * named by its kind; see kinds/.
 */
import type { Location } from "../components/location";
import { alarmTopicArns } from "../components/observability/alarm-audience";
import type { AlarmTopics, Severity } from "../components/observability/severity";
import type { Container, Product } from "./description";
import { workloadsOf } from "./description/workloads";

/** A key a purpose: who may read logs may not by that read data. */
export type KeyPurpose = "data" | "images" | "operations";

/** The alias of a product's key, without `alias/`. */
export const keyAlias = (product: Product, purpose: KeyPurpose): string => `${product.name}/${purpose}`;

export const repositoryName = (product: Product, image: string): string => `${product.name}/${image}`;

/** The topics that a product's alarms go to. They are the platform's, so that no release silences them. */
export const alarmTopicNames = ({ name }: Pick<Product, "name">): Record<Severity, string> => ({
  critical: `landing-zone-alarms-${name}-critical`,
  warning: `landing-zone-alarms-${name}-warning`,
});

export const alarmTopicsOf = (product: Pick<Product, "name">, at: Location): AlarmTopics =>
  alarmTopicArns(at, alarmTopicNames(product));

/** The product's cluster, or with `cluster: "service"` each service's own. */
export const clusterName = (product: Pick<Product, "name" | "cluster">, service: string): string =>
  product.cluster === "service" ? workloadName(product, service) : product.name;

/** What a service, a job or a function is called: the ECS service, the state machine, the Lambda function. */
export const workloadName = ({ name }: Pick<Product, "name">, workload: string): string =>
  `${name}-${workload}`;

/** Where a service, a job or a function writes what it has to say. */
export const logGroupName = ({ name }: Pick<Product, "name">, workload: string): string =>
  `/landing-zone/${name}/${workload}`;

/** The images of a product: one a repository, however many services run it. */
export const images = (product: Product): string[] =>
  [
    ...new Set(
      workloadsOf(product).flatMap(({ group, name, words }) => [
        ...(words.release === undefined ? [] : [imageOf(name, words)]),
        // What holds a slash is in a public registry.
        ...(group === "functions" ? [] : Object.values(words.sidecars ?? {}))
          .map(({ image }) => image)
          .filter(image => !image.includes("/")),
      ]),
    ),
  ].sort();

/** Those that functions run. */
export const functionImages = (product: Product): string[] =>
  Object.entries(product.functions ?? {}).flatMap(([name, words]) =>
    words.release === undefined ? [] : [imageOf(name, words)],
  );

export const imageOf = (name: string, container: Pick<Container, "image">): string => container.image ?? name;
