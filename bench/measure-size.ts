/** One measurement: plans the example with so many copies of its products, in this process. */
import { planStacks } from "../cli/planner";
import { policyPack, projectName, projectRoot } from "../cli/project";
import { pulumiProgram } from "../cli/pulumi-program";
import type { LandingZone } from "../stacks/description";
import example from "../stacks/landing-zone";
import { stacksOf } from "../stacks/names";

export interface Measured {
  readonly resources: number;
  readonly stacks: number;
  readonly planMs: number;
  readonly megabytes: number;
}

/** The example's resources that its products make, and the others. */
const perCopy = 1_050;
const fixed = 1_330;

/** The example with each of its products so many times. */
const multiplied = (copies: number): LandingZone => ({
  ...example,
  products: example.products.flatMap(product =>
    Array.from({ length: copies }, (_, copy) => ({
      ...product,
      name: copy ? `${product.name}-${copy}` : product.name,
    })),
  ),
});

async function measure(size: number, policies: string | undefined): Promise<Measured> {
  const zone = multiplied(Math.max(1, Math.round((size - fixed) / perCopy)));
  const main = pulumiProgram();
  const stacks = stacksOf(zone).map(({ name }) => ({ name, program: () => main(zone) }));
  const plan = await planStacks(stacks, {
    project: projectName,
    root: projectRoot,
    ...(policies === "with" && { policyPack }),
  });
  const resources = plan.stacks.flatMap(stack => stack.resources);
  return {
    resources: resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length,
    stacks: plan.stacks.length,
    planMs: plan.ms,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}

measure(Number(process.argv[2]), process.argv[3]).then(measured => console.log(JSON.stringify(measured)));
