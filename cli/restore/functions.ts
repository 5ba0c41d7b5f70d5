/** Functions are stopped by letting none of their runs begin, and those that have begun end. */
import type { Product } from "../../stacks/description";
import { workloadName } from "../../stacks/product-names";
import type { Step } from "./step";
import { stepName } from "./step";

const namesOf = (product: Product): string[] => Object.keys(product.functions ?? {});

/**
 * What calls a function meanwhile is refused, or waits for up to an hour and then lies in the queue of missed runs. No
 * function runs for longer than its timeout.
 *
 * Source: Lambda developer guide, "Configuring reserved concurrency for a function".
 */
export function stoppedFunctions(product: Product): Step[] {
  const stops = namesOf(product).map((name): Step => {
    const called = workloadName(product, name);
    return {
      name: stepName("stop_function", name),
      title: `Let no run of the function ${name} begin`,
      body: `if ! exists to lambda get-function-configuration --function-name ${called}; then
  keep ${name}.concurrency absent
  return 0
fi
if ! has ${name}.concurrency; then
  keep ${name}.concurrency "$(to lambda get-function-concurrency --function-name ${called} \\
    --query "ReservedConcurrentExecutions || 'none'" | text)"
fi
to lambda put-function-concurrency --function-name ${called} --reserved-concurrent-executions 0 >/dev/null`,
    };
  });
  if (stops.length === 0) return [];
  const asked = namesOf(product).map(
    name => `if [[ "$(kept ${name}.concurrency)" != absent ]]; then
  seconds="$(to lambda get-function-configuration --function-name ${workloadName(product, name)} --query Timeout | text)"
  if ((seconds > longest)); then longest="$seconds"; fi
fi`,
  );
  return [
    ...stops,
    {
      name: "end_functions",
      title: "Wait for as long as functions may run that have begun",
      body: `local seconds longest=0
${asked.join("\n")}
sleep "$longest"`,
    },
  ];
}

export const startedFunctions = (product: Product): Step[] =>
  namesOf(product).map(name => {
    const called = workloadName(product, name);
    return {
      name: stepName("start_function", name),
      title: `Let the function ${name} run again, as many at once as before`,
      body: `case "$(kept ${name}.concurrency)" in
  absent) return 0 ;;
  none) to lambda delete-function-concurrency --function-name ${called} ;;
  *)
    to lambda put-function-concurrency --function-name ${called} \\
      --reserved-concurrent-executions "$(kept ${name}.concurrency)" >/dev/null
    ;;
esac`,
    };
  });
