/** What is stopped before a restore and started after it: services, and the rules that run tasks. */
import type { Product } from "../../stacks/description";
import type { Step } from "./step";
import { stepName } from "./step";

const serviceOf = (product: Product, name: string): string => `${product.name}-${name}`;

const suspended = (product: Product, name: string, yes: boolean): string => {
  const word = String(yes);
  return `to application-autoscaling register-scalable-target --service-namespace ecs \\
  --resource-id service/${product.name}/${serviceOf(product, name)} --scalable-dimension ecs:service:DesiredCount \\
  --suspended-state DynamicScalingInSuspended=${word},DynamicScalingOutSuspended=${word},ScheduledScalingSuspended=${word} >/dev/null`;
};

/** Rules first, so that nothing begins; what a restore puts into a bucket would wake tasks, too. */
export function stopping(product: Product): Step[] {
  const tasks = Object.keys(product.tasks ?? {}).map(
    (name): Step => ({
      name: stepName("stop_task", name),
      title: `Stop the rule that runs the task ${name}`,
      body: `if ! exists to events describe-rule --name ${serviceOf(product, name)}; then
  keep ${name}.rule absent
  return 0
fi
if ! has ${name}.rule; then
  keep ${name}.rule "$(to events describe-rule --name ${serviceOf(product, name)} --query State | text)"
fi
to events disable-rule --name ${serviceOf(product, name)}`,
    }),
  );
  const services = Object.entries(product.services ?? {}).map(
    ([name]): Step => ({
      name: stepName("stop", name),
      title: `Stop the service ${name}: no scaling, no tasks`,
      body: `if ! has ${name}.count; then
  keep ${name}.count "$(to ecs describe-services --cluster ${product.name} --services ${serviceOf(product, name)} \\
    --query 'services[0].desiredCount' | text)"
fi
if [[ "$(kept ${name}.count)" == null ]]; then return 0; fi
${suspended(product, name, true)}
to ecs update-service --cluster ${product.name} --service ${serviceOf(product, name)} --desired-count 0 >/dev/null
to ecs wait services-stable --cluster ${product.name} --services ${serviceOf(product, name)}`,
    }),
  );
  return [
    ...tasks,
    ...services,
    {
      name: "stop_running",
      title: "Stop tasks that still run",
      body: `local task cluster
cluster="$(to ecs describe-clusters --clusters ${product.name} --query 'clusters[0].status' | text)"
if [[ "$cluster" != ACTIVE ]]; then return 0; fi
for task in $(to ecs list-tasks --cluster ${product.name} --desired-status RUNNING --query taskArns | tr -d '[]",\\n'); do
  to ecs stop-task --cluster ${product.name} --task "$task" --reason 'a restore is about to begin' >/dev/null
  to ecs wait tasks-stopped --cluster ${product.name} --tasks "$task"
done`,
    },
  ];
}

/** As it would run by its rule, whose subnets and group it takes. Source: AWS CLI reference, "ecs run-task". */
export const masking = (product: Product, task: string): Step => ({
  name: stepName("mask", task),
  title: `Mask what was restored, by the task ${task}, before any service sees it`,
  body: `local subnets group code
if ! has mask.task; then
  subnets="$(to events list-targets-by-rule --rule ${serviceOf(product, task)} \\
    --query "join(',', Targets[0].EcsParameters.NetworkConfiguration.awsvpcConfiguration.Subnets)" | text)"
  group="$(to events list-targets-by-rule --rule ${serviceOf(product, task)} \\
    --query 'Targets[0].EcsParameters.NetworkConfiguration.awsvpcConfiguration.SecurityGroups[0]' | text)"
  keep mask.task "$(to ecs run-task --cluster ${product.name} --task-definition ${serviceOf(product, task)} --launch-type FARGATE \\
    --network-configuration "awsvpcConfiguration={subnets=[$subnets],securityGroups=[$group],assignPublicIp=DISABLED}" \\
    --started-by lz-restore --propagate-tags TASK_DEFINITION --query 'tasks[0].taskArn' | text)"
fi
if [[ "$(kept mask.task)" == null ]]; then
  rm -f "$STATE/mask.task"
  fail "the task ${task} did not start"
fi
await STOPPED null to ecs describe-tasks --cluster ${product.name} --tasks "$(kept mask.task)" --query 'tasks[0].lastStatus' || {
  rm -f "$STATE/mask.task"
  fail "ECS does not know how the task ${task} ended; run this script again to mask again"
}
code="$(to ecs describe-tasks --cluster ${product.name} --tasks "$(kept mask.task)" --query 'tasks[0].containers[0].exitCode' | text)"
if [[ "$code" != 0 ]]; then
  rm -f "$STATE/mask.task"
  fail "the task ${task} ended with $code; services stay stopped. Its log group is /landing-zone/${product.name}/${task}"
fi`,
});

export function starting(product: Product): Step[] {
  const services = Object.keys(product.services ?? {}).map(
    (name): Step => ({
      name: stepName("start", name),
      title: `Start the service ${name}, as many tasks as before`,
      body: `if [[ "$(kept ${name}.count)" == null ]]; then return 0; fi
to ecs update-service --cluster ${product.name} --service ${serviceOf(product, name)} \\
  --desired-count "$(kept ${name}.count)" --force-new-deployment >/dev/null
to ecs wait services-stable --cluster ${product.name} --services ${serviceOf(product, name)}
${suspended(product, name, false)}`,
    }),
  );
  const tasks = Object.keys(product.tasks ?? {}).map(
    (name): Step => ({
      name: stepName("start_task", name),
      title: `Start the rule that runs the task ${name}, if it was on`,
      body: `if [[ "$(kept ${name}.rule)" == ENABLED ]]; then to events enable-rule --name ${serviceOf(product, name)}; fi`,
    }),
  );
  return [...services, ...tasks];
}
