/** Where a resource belongs, by the tags of its provider, as the examples of many services say it. */
import { unknown } from "./example";

export const inProd = { provider: { props: { defaultTags: '{"tags":{"environment":"prod"}}' } } };
export const inDev = { provider: { props: { defaultTags: { tags: { environment: "dev" } } } } };
/** Its environment is not known yet. */
export const somewhere = { provider: { props: { defaultTags: unknown } } };
