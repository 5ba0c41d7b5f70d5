/**
 * The SDK unpacks a resource's properties anew for every policy that it asks, which costs many times what a rule costs.
 * It walks through the pack's policies once for each resource and for each stack, though, and asks one before it takes the
 * next. So the first that is asked lets all rules judge what it was given, and behind it stand only those that have
 * something to say, each under its own name, with the level that the SDK has for it, and those that are not about it.
 * Whoever walks through without asking (to list the policies, or to let them mend) sees every policy in full.
 */
import type {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { covers } from "./covers";
import { exceptionsPolicy, exceptionsPolicyOf } from "./exception-register";
import { Resource, Stack } from "./graph";
import type { Finding } from "./report";
import type { ResourceRule, Rule, StackRule } from "./rule";
import {
  aboutStack,
  described,
  judgeResource,
  judgeStack,
  messageOf,
  type Policy,
  policyOf,
  scopeOf,
  tell,
} from "./sdk-policy";
import { settingsPolicy } from "./settings";
import { undecidedPolicy } from "./undecided";

/**
 * The policies of a pack, to be walked through as the SDK does.
 * @param says whether those that are not about a resource are noted as such, which the engine shows in its summaries.
 *   Nobody reads it in a plan, where it would cost as much as all rules.
 */
export function dispatched(rules: readonly Rule[], says: "all" | "findings" = "all"): Policy[] {
  const first = settingsPolicy;
  const second = undecidedPolicy(messageOf);
  const list: Policy[] = [first, second, ...rules.map(policyOf), exceptionsPolicy];
  const inFull = list.slice(2);
  const ofResources = rules.filter((rule): rule is ResourceRule => rule.scope !== "stack");
  const ofStacks = rules.filter((rule): rule is StackRule => rule.scope === "stack");
  const byType = new Map<string, Sorted<ResourceRule>>();

  function* walk(): Iterator<Policy> {
    let behind: Iterable<Policy> | undefined;
    yield scout(first, args => {
      const { type } = args;
      const sorted = byType.get(type) ?? sort(ofResources, says, rule => covers(rule, type));
      byType.set(type, sorted);
      behind = behindResource(sorted, args);
    });
    if (behind === undefined)
      yield stackScout(second, args => {
        const types = new Set(args.resources.map(({ type }) => type));
        const sorted = sort(ofStacks, says, rule => [...types].some(type => covers(rule, type)));
        behind = behindStack(sorted, args);
      });
    yield* behind ?? inFull;
  }

  // As an array to who counts or indexes, and as a walk to who goes through it.
  return Object.defineProperty(list, Symbol.iterator, { value: walk });
}

interface Sorted<R> {
  readonly asked: readonly R[];
  readonly passedOver: readonly Policy[];
}

function sort<R extends Rule>(
  rules: readonly R[],
  says: "all" | "findings",
  isAsked: (rule: R) => boolean,
): Sorted<R> {
  return {
    asked: rules.filter(isAsked),
    passedOver: says === "all" ? rules.filter(rule => !isAsked(rule)).map(passedOver) : [],
  };
}

/** With a mark that no type equals, so that the SDK notes it as not applicable and goes on. */
function passedOver(rule: Rule): Policy {
  const never = Object.assign(() => {}, { __pulumiType: scopeOf(rule) });
  return rule.scope === "stack"
    ? { ...described(rule), validateStack: never }
    : { ...described(rule), validateResource: never };
}

function scout(
  policy: ResourceValidationPolicy,
  look: (args: ResourceValidationArgs) => void,
): ResourceValidationPolicy {
  const { validateResource } = policy;
  return {
    ...policy,
    validateResource: (args, violation) => {
      if (typeof validateResource === "function") validateResource(args, violation);
      look(args);
    },
  };
}

function stackScout(
  policy: StackValidationPolicy,
  look: (args: StackValidationArgs) => void,
): StackValidationPolicy {
  return {
    ...policy,
    validateStack: (args, violation) => {
      policy.validateStack(args, violation);
      look(args);
    },
  };
}

function* behindResource(
  { asked, passedOver }: Sorted<ResourceRule>,
  args: ResourceValidationArgs,
): Generator<Policy> {
  if (asked.length > 0) {
    const resource = new Resource(args);
    for (const rule of asked) {
      const findings = judgeResource(rule, resource);
      if (findings.length > 0)
        yield {
          ...described(rule),
          validateResource: (given, violation) => tell(rule, findings, given, violation, () => resource),
        };
    }
  }
  yield* passedOver;
}

function* behindStack(
  { asked, passedOver }: Sorted<StackRule>,
  args: StackValidationArgs,
): Generator<Policy> {
  if (asked.length > 0) {
    const stack = new Stack(args.resources);
    const about = aboutStack(stack);
    for (const rule of asked) {
      const findings: readonly Finding[] = judgeStack(rule, stack);
      if (findings.length > 0)
        yield {
          ...described(rule),
          validateStack: (given, violation) => tell(rule, findings, given, violation, about),
        };
    }
  }
  const ending = exceptionsPolicyOf(args);
  if (ending) yield ending;
  yield* passedOver;
}
