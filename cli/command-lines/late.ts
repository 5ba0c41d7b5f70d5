/** Only the command that is called is loaded: `lz stacks` needs no planner, and `lz plan` no client of AWS. */
export const late =
  <A extends unknown[]>(load: () => (...args: A) => void | Promise<void>) =>
  (...args: A) =>
    load()(...args);
