import type { TaskSize } from "./workload-types";

/** CPU units, in the order of their size. */
export const cpuSizes = [
  256, 512, 1024, 2048, 4096, 8192, 16384,
] as const satisfies readonly TaskSize["cpu"][];

const span = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/**
 * The memory, in MiB, that Fargate offers with so much CPU.
 * Source: Amazon ECS developer guide, "Fargate task definition differences: Task CPU and memory".
 */
export function fargateMemory(cpu: TaskSize["cpu"]): readonly number[] {
  switch (cpu) {
    case 256:
      return [512, 1024, 2048];
    case 512:
      return span(1024, 4096, 1024);
    case 1024:
      return span(2048, 8192, 1024);
    case 2048:
      return span(4096, 16_384, 1024);
    case 4096:
      return span(8192, 30_720, 1024);
    case 8192:
      return span(16_384, 61_440, 4096);
    case 16384:
      return span(32_768, 122_880, 8192);
  }
}

/** What there is instead of a size that there is not: the nearest memory with its CPU, and the least CPU that takes it. */
export function nearestSizes(cpu: TaskSize["cpu"], memory: number): TaskSize[] {
  const nearest = (of: TaskSize["cpu"]): TaskSize => ({
    cpu: of,
    memory: fargateMemory(of).reduce((best, next) =>
      Math.abs(next - memory) < Math.abs(best - memory) ? next : best,
    ),
  });
  const [smallest = cpuSizes[0]] = cpuSizes;
  const fits = (of: TaskSize["cpu"]) => {
    const [least = 0, most = 0] = [fargateMemory(of)[0], fargateMemory(of).at(-1)];
    return least <= memory && memory <= most;
  };
  const other = cpuSizes
    .filter(of => of !== cpu && fits(of))
    .sort((a, b) => Math.abs(a - cpu) - Math.abs(b - cpu))[0];
  const beyond = memory < (fargateMemory(smallest)[0] ?? 0) ? smallest : cpuSizes.at(-1);
  const second = other ?? (fits(cpu) ? undefined : beyond);
  return [nearest(cpu), ...(second === undefined || second === cpu ? [] : [nearest(second)])];
}
