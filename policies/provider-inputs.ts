import type { Resource } from "./graph";
import { Value } from "./value";

/** An input of a provider. The SDK writes all but texts as JSON; a program without types may not. */
export function providerInput(props: Value, name: string): Value {
  return props.at(name).json() ?? Value.root(undefined);
}

/** The account that a provider is pinned to. */
export function pinnedAccount(props: Value): string | undefined {
  const [account, ...others] = providerInput(props, "allowedAccountIds").list();
  return others.length === 0 ? account?.text() : undefined;
}

export function accountOf(resource: Resource): string | undefined {
  return resource.provider && pinnedAccount(resource.provider.props);
}
