import Module from "node:module";
import { sep } from "node:path";
import type ts from "typescript";
import type { LandingZone } from "../../stacks/description";
import { loadDescription } from "../project";
import { descriptionFolder } from "./written";

const compiler = require("typescript") as typeof ts;

type Load = (module: NodeModule & { _compile: (code: string, file: string) => void }, file: string) => void;

/** What `require` loads files with; the types leave it out. */
const loaders = (Module as unknown as { _extensions: Record<string, Load> })._extensions;

/**
 * The description as it would be if one of its files had another text. Nothing is written. All that comes from the
 * language's own modules is the same as before, so that both descriptions can be planned by the same programs.
 *
 * @throws what loadDescription does.
 */
export function reloaded(file: string, text: string): LandingZone {
  const { cache } = require;
  const loaded = Object.keys(cache).filter(name => name.startsWith(descriptionFolder + sep));
  const kept = loaded.map(name => [name, cache[name]] as const);
  const usual = loaders[".ts"] as Load;
  for (const name of loaded) delete cache[name];
  loaders[".ts"] = (module, name) => {
    if (name !== file) return usual(module, name);
    const { outputText } = compiler.transpileModule(text, {
      fileName: file,
      compilerOptions: {
        module: compiler.ModuleKind.CommonJS,
        target: compiler.ScriptTarget.ES2022,
        esModuleInterop: true,
      },
    });
    module._compile(outputText, name);
  };
  try {
    return loadDescription();
  } finally {
    loaders[".ts"] = usual;
    for (const name of Object.keys(cache).filter(its => its.startsWith(descriptionFolder + sep)))
      delete cache[name];
    for (const [name, module] of kept) cache[name] = module;
  }
}
