/**
 * The SDK takes a stack trace for every promise it makes and for every resource, dozens a resource, to find promises
 * that are never settled and to tell the engine where a resource was written. A plan finds the first by itself (see
 * program.ts) and has no use for the second, and with source maps, without which no line number means anything, the
 * traces would be most of its time (docs/performance.md). So they are left out while a plan's programs run, but for the
 * places in the project's own code where someone asks for these.
 */
import { relative } from "node:path";
import { Resource } from "@pulumi/pulumi";

const debuggable = require("@pulumi/pulumi/runtime/debuggable") as {
  debuggablePromise<T>(promise: Promise<T>, context: unknown): Promise<T>;
};
const traced = Resource as unknown as { stackTrace(skip: number): unknown[] };

/** @param placesIn the folder of the project, where each resource is to say which of its lines registered it. */
export async function withoutBookkeeping<T>(work: () => Promise<T>, placesIn?: string): Promise<T> {
  const { debuggablePromise } = debuggable;
  const { stackTrace } = traced;
  debuggable.debuggablePromise = promise => promise;
  traced.stackTrace = placesIn === undefined ? () => [] : () => ownFrames(placesIn);
  try {
    return await work();
  } finally {
    debuggable.debuggablePromise = debuggablePromise;
    traced.stackTrace = stackTrace;
  }
}

/** More than any program is deep, and far less than the SDK itself asks for. */
const deepest = 60;

/** The frames of a project's own code, files named from its folder, each line once. */
function ownFrames(root: string): { uri: string; line: number; column: number }[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = deepest;
  const trace = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  const frames = new Map<string, { uri: string; line: number; column: number }>();
  for (const text of trace.split("\n")) {
    const [, path, line, column] = /((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/.exec(text) ?? [];
    const uri = relative(root, path?.replace(/^file:\/\//, "") ?? "/");
    // What plans is of the project, too, but it registers nothing.
    if (uri.startsWith("..") || uri.includes("node_modules/") || uri.startsWith("cli/")) continue;
    frames.set(`${uri}:${line}`, { uri, line: Number(line), column: Number(column) });
  }
  return [...frames.values()];
}
