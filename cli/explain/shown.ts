/** Settings as people read them: with units, and resources by their short names. */
import {
  isResource,
  type LandingZone,
  type Link,
  type Product,
  type Resource,
} from "../../stacks/description";
import { ownerOf, shortNameOf } from "../../stacks/description/kept";

/** By the words of a path, in the order of their search; `*` is one name. */
const units: readonly (readonly [path: string, unit: string])[] = [
  ["size.cpu", "CPU units"],
  ["sidecars.*.cpu", "CPU units"],
  ["size.memory", "MiB"],
  ["sidecars.*.memory", "MiB"],
  ["memory", "MiB"],
  ["storage", "GiB"],
  ["drain", "s"],
  ["sticky", "s"],
  ["timeout", "s"],
  ["health.interval", "s"],
  ["health.timeout", "s"],
  ["health.startSeconds", "s"],
  ["health.healthy", "answers"],
  ["health.unhealthy", "answers"],
  ["scaling.min", "tasks"],
  ["scaling.max", "tasks"],
  ["scaling.planned.*.min", "tasks"],
  ["scaling.planned.*.max", "tasks"],
  ["scaling.steps.above", "% of CPU"],
  ["scaling.steps.below", "% of CPU"],
  ["scaling.steps.by", "tasks"],
  ["scaling.targets.cpu", "%"],
  ["scaling.targets.memory", "%"],
  ["scaling.targets.requests", "a task a minute"],
  ["scaling.backlog.perTask", "messages"],
  ["spot", "%"],
  ["deployment.percent", "%"],
  ["deployment.minutes", "min"],
  ["deployment.bakeMinutes", "min"],
  ["timeoutMinutes", "min"],
  ["objective.availability", "%"],
  ["objective.latency.percent", "%"],
  ["objective.latency.milliseconds", "ms"],
];

export const unitOf = (path: string): string | undefined => {
  const words = path.split(".");
  return units.find(([pattern]) => {
    const its = pattern.split(".");
    return its.length === words.length && its.every((word, index) => word === "*" || word === words[index]);
  })?.[1];
};

const isLink = (value: unknown): value is Link =>
  typeof value === "object" && value !== null && isResource((value as Partial<Link>).resource);

/** `orders`, and `shop.carts` of another product. */
function resourceText(zone: LandingZone, product: Product, resource: Resource): string {
  const owner = ownerOf(zone, resource);
  const name = owner && shortNameOf(owner, resource);
  if (owner === undefined || name === undefined) return `a ${resource.kind} that no product keeps`;
  return owner === product ? name : `${owner.name}.${name}`;
}

/** A value without instances of classes: resources and links as text, all else as it is. */
export function plainValue(zone: LandingZone, product: Product, value: unknown): unknown {
  const plain = (its: unknown): unknown => plainValue(zone, product, its);
  if (isLink(value)) return `${resourceText(zone, product, value.resource)}.${value.access}`;
  if (isResource(value)) return resourceText(zone, product, value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, its]) => [key, plain(its)]));
  return value;
}

/** @param value a plain one. */
export function valueText(path: string, value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map(its => valueText("", its)).join(", ");
  if (typeof value === "object" && value !== null)
    return Object.keys(value).length === 0
      ? "none"
      : Object.entries(value)
          .map(([key, its]) => `${key}: ${valueText("", its)}`)
          .join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  const unit = unitOf(path);
  if (typeof value !== "number" || unit === undefined) return String(value);
  // One task, one answer, one message.
  return `${value.toLocaleString("en")} ${value === 1 ? unit.replace(/^(task|answer|message)s$/, "$1") : unit}`;
}
