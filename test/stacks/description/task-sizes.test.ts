import assert from "node:assert/strict";
import fc from "fast-check";
import { memoryFault } from "../../../stacks/description/container-schema";
import { cpuSizes, fargateMemory, nearestSizes } from "../../../stacks/description/fargate";

const cpu = fc.constantFrom(...cpuSizes);
const memory = fc.integer({ min: 1, max: 200_000 });

describe("the sizes that are nearest to one that there is not", () => {
  it("are there, the first of the same CPU, and no other of it is nearer", () => {
    fc.assert(
      fc.property(cpu, memory, (units, asked) => {
        const [first, second, ...more] = nearestSizes(units, asked);
        assert.deepEqual(more, []);
        for (const size of [first, second])
          if (size !== undefined) assert.ok(fargateMemory(size.cpu).includes(size.memory));
        assert.equal(first?.cpu, units);
        const distance = Math.abs((first?.memory ?? 0) - asked);
        for (const other of fargateMemory(units)) assert.ok(Math.abs(other - asked) >= distance);
        if (second !== undefined) assert.notEqual(second.cpu, units);
      }),
    );
  });

  it("have as the second one a CPU that takes as much memory, if any does", () => {
    assert.deepEqual(nearestSizes(256, 4096), [
      { cpu: 256, memory: 2048 },
      { cpu: 512, memory: 4096 },
    ]);
    assert.deepEqual(nearestSizes(4096, 1024), [
      { cpu: 4096, memory: 8192 },
      { cpu: 512, memory: 1024 },
    ]);
    assert.deepEqual(nearestSizes(256, 200), [{ cpu: 256, memory: 512 }]);
    assert.deepEqual(nearestSizes(1024, 500_000), [
      { cpu: 1024, memory: 8192 },
      { cpu: 16384, memory: 122_880 },
    ]);
  });

  it("are told with what is wrong", () => {
    assert.match(
      memoryFault({ cpu: 256, memory: 4096 }) ?? "",
      /no memory that Fargate offers with 256 CPU units.*\{ cpu: 256, memory: 2048 \} and \{ cpu: 512, memory: 4096 \}/,
    );
    fc.assert(
      fc.property(cpu, memory, (units, asked) => {
        assert.equal(
          memoryFault({ cpu: units, memory: asked }) === undefined,
          fargateMemory(units).includes(asked),
        );
      }),
    );
  });
});
