/**
 * The SDK loads the TypeScript compiler and npm's reader of packages as soon as it is loaded itself, to be able to
 * make Lambda functions out of closures. Nothing here does: they are loaded when something of them is asked for, which
 * saves a third of the time that the SDK takes to load.
 */
import Module from "node:module";

const late = new Set(["typescript", "@npmcli/arborist"]);

/** What `require` calls; the types leave it out. */
const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => object };
const loadNow = loader._load;

loader._load = function (request, ...rest) {
  if (!late.has(request)) return loadNow.call(this, request, ...rest);
  let loaded: object | undefined;
  return new Proxy(
    {},
    {
      get: (_, key) => {
        // Asked of every module on import, to hear whether it must be wrapped.
        if (key === "__esModule") return true;
        loaded ??= loadNow.call(this, request, ...rest);
        return Reflect.get(loaded, key) as unknown;
      },
    },
  );
};
