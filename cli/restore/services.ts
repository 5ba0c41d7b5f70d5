/** Services are stopped by taking all their tasks, and whatever would give them others. */
import type { Product } from "../../stacks/description";
import { inForce } from "../../stacks/description/in-force";
import { clusterName, workloadName } from "../../stacks/product-names";
import { indented } from "./rds";
import type { RestoreRequest } from "./request";
import type { Step } from "./step";
import { stepName } from "./step";

const namesOf = (product: Product): string[] => Object.keys(product.services ?? {});

interface Called {
  readonly cluster: string;
  readonly service: string;
}

const calledOf = (product: Product, name: string): Called => ({
  cluster: clusterName(product, name),
  service: workloadName(product, name),
});

/** What is said is changed, and nothing else of the target. Source: Application Auto Scaling API reference. */
const suspend = ({ cluster, service }: Called, state: string): string =>
  `to application-autoscaling register-scalable-target --service-namespace ecs \\
  --resource-id service/${cluster}/${service} --scalable-dimension ecs:service:DesiredCount \\
  --suspended-state ${state} >/dev/null`;

const all = ["DynamicScalingIn", "DynamicScalingOut", "ScheduledScaling"]
  .map(what => `${what}Suspended=true`)
  .join(",");

/** Of a deployment that has not ended; while one goes on, tasks come and go as it wants. */
const going = "PENDING IN_PROGRESS STOP_REQUESTED ROLLBACK_REQUESTED ROLLBACK_IN_PROGRESS";

/**
 * Policies, alarms on a queue's messages and schedules that wake a service are suspended first. Changing how many tasks
 * there are begins no deployment, so that a service with two releases side by side shifts nothing and asks no hook.
 *
 * Sources: ECS API reference, "UpdateService", "ListServiceDeployments"; Application Auto Scaling user guide, "Suspend and
 * resume scaling for Application Auto Scaling".
 */
export const stoppedServices = (product: Product): Step[] =>
  namesOf(product).map(name => {
    const called = calledOf(product, name);
    const of = `--cluster ${called.cluster} --services ${called.service}`;
    const count = `"$(to ecs describe-services ${of} --query "services[?status=='ACTIVE'] | [0].desiredCount" | text)"`;
    return {
      name: stepName("stop", name),
      title: `Stop the service ${name}, once it is not being deployed: no scaling, no tasks`,
      body: `local count=null
if ! has ${name}.count; then
  if exists to ecs describe-services ${of}; then
    count=${count}
  fi
  if [[ "$count" == null ]]; then keep ${name}.count null; fi
fi
if has ${name}.count && [[ "$(kept ${name}.count)" == null ]]; then return 0; fi
await 0 '' to ecs list-service-deployments --cluster ${called.cluster} --service ${called.service} \\
  --status ${going} --query 'length(serviceDeployments)'
if ! has ${name}.scaling; then
  keep ${name}.scaling "$(to application-autoscaling describe-scalable-targets --service-namespace ecs \\
    --resource-ids service/${called.cluster}/${called.service} --query 'ScalableTargets[0].SuspendedState')"
fi
if [[ "$(kept ${name}.scaling)" != null ]]; then
${indented(suspend(called, all))}
fi
if ! has ${name}.count; then
  keep ${name}.count ${count}
fi
to ecs update-service --cluster ${called.cluster} --service ${called.service} --desired-count 0 >/dev/null
to ecs wait services-stable ${of}`,
    };
  });

export const startedServices = (product: Product): Step[] =>
  namesOf(product).map(name => {
    const called = calledOf(product, name);
    return {
      name: stepName("start", name),
      title: `Start the service ${name}, as many tasks as before`,
      body: `if [[ "$(kept ${name}.count)" == null ]]; then return 0; fi
to ecs update-service --cluster ${called.cluster} --service ${called.service} \\
  --desired-count "$(kept ${name}.count)" >/dev/null
to ecs wait services-stable --cluster ${called.cluster} --services ${called.service}
if [[ "$(kept ${name}.scaling)" != null ]]; then
${indented(suspend(called, `"$(kept ${name}.scaling)"`))}
fi`,
    };
  });

/** Those whose bounds change by the clock: what the clock would have said meanwhile is not made up for. */
export const byTheClock = ({ zone, product, to }: RestoreRequest): string[] =>
  namesOf(product).filter(name => {
    const { scaling } = inForce(zone, product, "services", name, to.environment).words;
    return scaling.asleep !== undefined || Object.keys(scaling.planned).length > 0;
  });
