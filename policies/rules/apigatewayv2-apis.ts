import type { Stack, StackResource } from "../graph";
import { httpApis } from "../resource-types";
import { UnknownValue } from "../value";

/** The API that a stage or a route belongs to, if the stack makes it. */
export function apiOf(part: StackResource, stack: Stack): StackResource | undefined {
  return stack.ofType(httpApis).find(api => part.names("apiId", api));
}

/** Whether a stage or a route belongs to a WebSocket API. Of an API that another stack made a plan cannot tell. */
export function isOfWebSocket(part: StackResource, stack: Stack): boolean {
  const own = apiOf(part, stack);
  if (!own) throw new UnknownValue("the protocolType of the API that apiId names");
  return own.at("protocolType").is("WEBSOCKET");
}
