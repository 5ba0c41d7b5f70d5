/** What the policy pack says of what a component makes. */
import { rules } from "../../../policies/rules";
import { judge } from "../../policies/judge";
import type { Planned } from "../planned";

/** @param environment what the provider's tags say. */
export async function refusals(
  { resources }: Planned,
  environment: "dev" | "prod" = "prod",
): Promise<string[]> {
  const provider = { props: { defaultTags: { tags: { environment } } } };
  const given = resources
    .filter(({ custom, type }) => custom && type.startsWith("aws:"))
    .map(({ urn, type, inputs, propertyDependencies, protect }) => ({
      // Several resources have one name, and a URN is said of one only.
      name: urn,
      type,
      props: inputs,
      madeFrom: propertyDependencies,
      protect,
      provider,
    }));
  const verdicts = await Promise.all(
    rules.map(rule =>
      judge(
        rule,
        given.filter(({ type }) => rule.scope === "stack" || rule.types.includes(type)),
      ),
    ),
  );
  return verdicts
    .flat()
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, message }) => `${rule}: ${message}`);
}
