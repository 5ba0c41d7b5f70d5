import * as pulumi from "@pulumi/pulumi";

/** What a layer hands to the layers on its right: `O` names its outputs, each of which may hold what is not known yet. */
export type Handed<O> = { readonly [K in keyof O]: Unresolved<O[K]> };
type Unresolved<T> = pulumi.Input<T extends object ? { readonly [K in keyof T]: Unresolved<T[K]> } : T>;

/** The same as it is received. */
export type Received<O> = { readonly [K in keyof O]: pulumi.Output<O[K]> };

/** Every stack puts out its own name beside what its layer hands over: that is how others know it is deployed. */
export const deployedMark = "deployed";

/** The stacks that a stack depends on. */
export class Upstream {
  private constructor(private readonly references: ReadonlyMap<string, pulumi.StackReference>) {}

  /**
   * @param stacks names of stacks of this project.
   * @throws {pulumi.RunError} where one of them has not been deployed; once, and not for each of its outputs.
   */
  static async of(stacks: readonly string[]): Promise<Upstream> {
    const references = new Map<string, pulumi.StackReference>();
    for (const stack of stacks) {
      const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
      const reference = new pulumi.StackReference(stack, { name });
      const mark = await new Promise(resolve => outputOf(reference, deployedMark).apply(resolve));
      if (mark !== stack)
        throw new pulumi.RunError(`the stack "${stack}" has no outputs yet: run \`lz up ${stack}\` first`);
      references.set(stack, reference);
    }
    return new Upstream(references);
  }

  /**
   * The outputs of a stack, by name and type. One that is known is known here too, even where others of the same
   * stack are not yet. An output that the stack does not have is an error that names both.
   */
  outputsOf<O extends object>(stack: string): Received<O> {
    const reference = this.references.get(stack);
    if (reference === undefined) throw new Error(`the stack "${stack}" is read, but not named in dependsOn`);
    return new Proxy({} as Received<O>, {
      get: (_, key) =>
        outputOf(reference, String(key)).apply(known => {
          if (known === undefined)
            throw new pulumi.RunError(
              `the stack "${stack}" has no output "${String(key)}": run \`lz up ${stack}\` first`,
            );
          return known;
        }),
    });
  }
}

/** An output's property rather than `getOutput`, which knows no value of a stack as long as one is unknown. */
const outputOf = ({ outputs }: pulumi.StackReference, key: string): pulumi.Output<unknown> =>
  outputs[key as keyof typeof outputs] as pulumi.Output<unknown>;
