export type Architecture = "ARM64" | "X86_64";

/** Family, generation, what sets it apart, and size: `m7g.large`, `c6gn.2xlarge`, `m7i-flex.large`, `i4i.metal`. */
const form =
  /^([a-z]+)(\d+)([a-z]*)(-[a-z0-9]+)?\.(nano|micro|small|medium|large|\d*xlarge|metal|metal-\d+xl)$/;

/** The first with AWS's own processors, from before their types were told by a letter. */
const firstOfArm = "a1";

/**
 * The architecture of an EC2 instance type. AWS's own processors, Graviton, are those of ARM; a `g` after the generation
 * stands for them: `m7g`, `c6gn`, `x2gd`. Before it, it is of the family, as in `g6`.
 *
 * Refused: what has not the form of an instance type, and Macs, which do not run containers of ECS.
 * Source: Amazon EC2 instance types guide, "Amazon EC2 instance type naming conventions".
 */
export function architectureOf(instanceType: string): Architecture {
  const [, family, generation, attributes = ""] = form.exec(instanceType) ?? [];
  if (family === undefined || family === "mac")
    throw new Error(
      `instanceType is ${JSON.stringify(instanceType)}: it is a type of EC2 that runs Linux, as m7g.large or c7i.xlarge`,
    );
  return attributes.includes("g") || `${family}${generation}` === firstOfArm ? "ARM64" : "X86_64";
}
