/** The platforms' own word on files of pipelines. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import Ajv from "ajv";
import { parseAllDocuments } from "yaml";

const root = resolve(__dirname, "../../..");

/** GitLab's schema of pipelines. @returns what it has against a file. */
export async function gitlabFaults(text: string): Promise<string[]> {
  const file = resolve(root, "node_modules/gitlab-ci-local/src/schema/schema.js");
  const { schema } = (await import(pathToFileURL(file).href)) as { schema: object };
  const documents = parseAllDocuments(text);
  compiled ??= new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const validate = compiled;
  return documents.flatMap(document => {
    if (document.errors.length > 0) return document.errors.map(String);
    return validate(document.toJS())
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  });
}

let compiled: ReturnType<Ajv["compile"]> | undefined;

/** GitHub's own parser of workflows. */
export async function githubFaults(name: string, text: string): Promise<string[]> {
  const parser = await import("@actions/workflow-parser");
  const { context, value } = parser.parseWorkflow(
    { name, content: text },
    new parser.NoOperationTraceWriter(),
  );
  const faults = context.errors.getErrors().map(String);
  if (faults.length > 0) return faults;
  assert.ok(value !== undefined, `${name} is empty`);
  const { errors } = await parser.convertWorkflowTemplate(context, value);
  return (errors ?? []).map(({ Message }) => Message);
}

export const faultsOf = (path: string, text: string): Promise<string[]> =>
  path.includes("workflows/") ? githubFaults(path, text) : gitlabFaults(text);
