/** Where the engine keeps the state of each stack, and what it encrypts secrets in it with. Nothing here asks AWS. */
import type { LandingZone } from "./description";
import type { StackDefinition } from "./names";
import { stateBucket, stateKeyAlias } from "./platform-names";

export interface StateBackend {
  /** What the engine is logged in to: PULUMI_BACKEND_URL of the environment before what the description says. */
  readonly url: string;
  /** The name by which the engine knows a stack. */
  readonly stackName: (stack: Pick<StackDefinition, "name">) => string;
  /**
   * For `pulumi stack init --secrets-provider`. Absent where the backend does it itself (Pulumi Cloud), and where
   * another backend is named by PULUMI_BACKEND_URL: there PULUMI_CONFIG_PASSPHRASE encrypts.
   */
  readonly secretsProvider: (stack: Pick<StackDefinition, "environment">) => string | undefined;
}

/** By which state and keys are told apart: the environments, and what they share. */
export const stateScopeOf = ({ environment }: Pick<StackDefinition, "environment">) =>
  environment ?? "shared";

/** The word of the encryption context by which the key tells environments apart; the roles' statements name it. */
export const stateContextKey = "environment";

/**
 * Source: Pulumi documentation, "Using a DIY Backend", "Secrets"; the Go CDK's package secrets/awskms for the query of
 * the key: `context_` and a word is a word of the encryption context.
 */
export function stateBackend(
  zone: LandingZone,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): StateBackend {
  const { state = { kind: "s3" }, region } = zone.organization;
  const elsewhere = environment["PULUMI_BACKEND_URL"];
  if (elsewhere !== undefined && elsewhere !== "")
    return { url: elsewhere, stackName: ({ name }) => name, secretsProvider: () => undefined };
  if (state.kind === "pulumiCloud")
    return {
      url: "https://api.pulumi.com",
      stackName: ({ name }) => `${state.organization}/landing-zone/${name}`,
      secretsProvider: () => undefined,
    };
  const place = `region=${region}&awssdk=v2`;
  return {
    url: `s3://${stateBucket(zone)}?${place}`,
    stackName: ({ name }) => name,
    secretsProvider: stack =>
      `awskms://${stateKeyAlias}?${place}&context_${stateContextKey}=${stateScopeOf(stack)}`,
  };
}
