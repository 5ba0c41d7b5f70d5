import type { TaskSize } from "./types";

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
