import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * Properties whose wire form is turned into values once. The SDK asks for a resource's when it is registered, the
 * policies' SDK once more for every rule, those of the resource's provider too, and the plan at the end. Each copies
 * what it reads, so all may read the same.
 *
 * @param properties not to be changed any more.
 */
export function readOnce(properties: Struct): Struct {
  let values: ReturnType<Struct["toJavaScript"]> | undefined;
  const once = Object.create(properties) as Struct;
  once.toJavaScript = () => {
    values ??= properties.toJavaScript();
    return values;
  };
  return once;
}
