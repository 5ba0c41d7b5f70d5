import { butThePlatform, type Guardrail, type GuardrailSettings, serviceControl } from "./settings";

/**
 * In an account that is not in use nobody does anything: the platform puts its baseline up, and who has broken the
 * glass may look. Pipelines that deploy products have no business there either.
 */
export const quarantine = (settings: GuardrailSettings): Guardrail =>
  serviceControl({
    Sid: "Quarantine",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: butThePlatform(settings),
  });
