/** What the policy pack says of a task's role that is given an access. */
import { TaskDefinition } from "../../../components/compute/task-definition";
import type { Access } from "../../../components/identity/access";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

export const roleRefusals = async ({ statements }: Access): Promise<string[]> =>
  refusals(
    await planned(
      () =>
        new TaskDefinition("api", {
          product: "orders",
          workload: "api",
          at,
          image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders/api:1",
          repositories: ["orders/api"],
          cpu: 256,
          memory: 512,
          environment: {},
          statements,
          logGroup: { name: "/landing-zone/orders/api" },
        }),
    ),
  );
