import * as pulumi from "@pulumi/pulumi";

/** What a layer hands to the layers on its right: `O` names its outputs, each of which may hold what is not known yet. */
export type Handed<O> = { readonly [K in keyof O]: Unresolved<O[K]> };
type Unresolved<T> = pulumi.Input<T extends object ? { readonly [K in keyof T]: Unresolved<T[K]> } : T>;

/** The same as it is received. */
export type Received<O> = { readonly [K in keyof O]: pulumi.Output<O[K]> };

/**
 * The outputs of another stack of this project, by name and type. One that is known is known here too, even where
 * others of the same stack are not yet.
 *
 * An output that the stack does not have is an error that names both.
 */
export function outputsOf<O extends object>(stack: string): Received<O> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
  const { outputs } = new pulumi.StackReference(stack, { name });
  return new Proxy({} as Received<O>, {
    get: (_, key) => {
      // An output's property rather than `getOutput`, which knows no value of a stack as long as one is unknown.
      const value = outputs[key as keyof typeof outputs] as pulumi.Output<unknown>;
      return value.apply(known => {
        if (known === undefined)
          throw new pulumi.RunError(
            `the stack "${stack}" has no output "${String(key)}": run \`pulumi up -s ${stack}\` first`,
          );
        return known;
      });
    },
  });
}
