/** What the policy pack says of a task's role that is given an access. */
import { FargateTaskDefinition } from "../../../components/compute/fargate-task-definition";
import type { Access } from "../../../components/identity/access";
import { refusals } from "../logs/judged";
import { at, planned } from "../planned";

export const roleRefusals = async ({ statements }: Access): Promise<string[]> =>
  refusals(
    await planned(
      () =>
        new FargateTaskDefinition("api", {
          product: "orders",
          workload: "api",
          at,
          repositoryName: "orders/api",
          tag: "1",
          cpu: 256,
          memory: 512,
          environment: {},
          statements,
          keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
          logRetentionDays: 30,
        }),
    ),
  );
