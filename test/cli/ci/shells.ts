/** What shells run in files of pipelines. */
import { parseAllDocuments } from "yaml";

/** Every script in a file: of jobs, of steps, or the file itself. */
export function scriptsIn(path: string, text: string): string[] {
  if (path.endsWith(".sh")) return [text];
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === "object" && value !== null)
      for (const [key, its] of Object.entries(value)) {
        if (key === "run" && typeof its === "string") found.push(its);
        else if (["script", "before_script"].includes(key) && Array.isArray(its)) found.push(its.join("\n"));
        else look(its);
      }
  };
  for (const document of parseAllDocuments(text)) look(document.toJS());
  return found;
}

/** What stands for what only a pipeline knows. */
const values: Readonly<Record<string, string>> = {
  STACKS: "shared prod",
  stacks: "dev",
  SCOPE: "int",
  PULL: "7",
  PRODUCT: "orders",
  WORKLOAD: "api",
  environment: "dev",
  from: "dev",
  test: "test",
  DRILLED: "statements",
  DIGEST: `sha256:${"0".repeat(64)}`,
  confirm: "--confirm prod",
};

/** The words after `lz` of each command of a script. */
export function lzCommandsIn(script: string): string[] {
  return [
    ...script
      .replaceAll(/^ *#.*$/gm, "")
      .replaceAll(/\\\n\s*/g, " ")
      .matchAll(/npx lz ([^\n;|&}]*)/g),
  ].map(([, line = ""]) =>
    line
      .replace(/\s+\d?>.*$/, "")
      .replaceAll(/\$\{?(\w+)\}?/g, (_, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`what is $${name} in: ${line}`);
        return value;
      })
      .trim(),
  );
}
