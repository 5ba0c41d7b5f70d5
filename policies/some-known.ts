import { UnknownValue } from "./value";

/** Whether one of several fits. Where none does and of one it cannot be told, that is not known rather than a no. */
export function someFits<T>(items: Iterable<T>, fits: (item: T) => boolean): boolean {
  let unknown: UnknownValue | undefined;
  for (const item of items) {
    try {
      if (fits(item)) return true;
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown = error;
    }
  }
  if (unknown) throw unknown;
  return false;
}
