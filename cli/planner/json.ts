import type { Plan } from "./model";

/** A plan as JSON: the same bytes for the same plan but for the milliseconds. */
export const toJson = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;
