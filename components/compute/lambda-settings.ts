interface LambdaSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly fromParameters?: Readonly<Record<string, string>>;
}

interface LambdaSizes {
  readonly memory: number;
  readonly timeout: number;
  readonly concurrency?: number;
}

/** Parameters by their names: `arn:aws:ssm:...:parameter/orders/host` is called `/orders/host`. */
export const lambdaSettings = ({
  environment,
  fromParameters = {},
}: LambdaSettings): Record<string, string> => ({
  ...environment,
  ...Object.fromEntries(
    Object.entries(fromParameters).map(([setting, parameter]) => [
      `${setting}_PARAMETER`,
      parameter.replace(/^[^/]*:parameter/, ""),
    ]),
  ),
});

/** Refuses what Lambda would, and a setting that is there twice. */
export function requireSoundLambda(functionName: string, args: LambdaSettings & LambdaSizes): void {
  const { environment, fromParameters = {} } = args;
  if (functionName.length > 64)
    throw new Error(`the function ${functionName} has ${functionName.length} letters; Lambda takes 64`);
  for (const setting of Object.keys(fromParameters))
    if (`${setting}_PARAMETER` in environment)
      throw new Error(
        `the function ${functionName} has ${setting}_PARAMETER twice: as a setting, and for the parameter of ${setting}`,
      );
  const whole = (argument: string, value: number, min: number, max: number) => {
    if (!Number.isInteger(value) || value < min || value > max)
      throw new Error(
        `${argument} of the function ${functionName} is ${value}; it must be a whole number from ${min} to ${max.toLocaleString("en")}`,
      );
  };
  whole("memory", args.memory, 128, 10_240);
  whole("timeout", args.timeout, 1, 900);
  if (args.concurrency !== undefined) whole("concurrency", args.concurrency, 1, 1_000);
}
