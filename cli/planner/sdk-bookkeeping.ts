/**
 * The SDK takes a stack trace for every promise it makes and for every resource, dozens a resource, to find promises
 * that are never settled and to tell the engine where a resource was written. A plan finds the first by itself (see
 * program.ts) and has no use for the second, and with source maps, without which no line number means anything, the
 * traces would be most of its time (docs/performance.md). So they are left out while a plan's programs run.
 */
import { Resource } from "@pulumi/pulumi";

const debuggable = require("@pulumi/pulumi/runtime/debuggable") as {
  debuggablePromise<T>(promise: Promise<T>, context: unknown): Promise<T>;
};
const traced = Resource as unknown as { stackTrace(skip: number): unknown[] };

export async function withoutBookkeeping<T>(work: () => Promise<T>): Promise<T> {
  const { debuggablePromise } = debuggable;
  const { stackTrace } = traced;
  debuggable.debuggablePromise = promise => promise;
  traced.stackTrace = () => [];
  try {
    return await work();
  } finally {
    debuggable.debuggablePromise = debuggablePromise;
    traced.stackTrace = stackTrace;
  }
}
