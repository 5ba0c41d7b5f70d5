/** What the provider asks of AWS when it makes, changes and deletes what products' stacks are made of. */
import { needed as capacity } from "./requests/capacity";
import { needed as data } from "./requests/data";
import { needed as databases } from "./requests/databases";
import { needed as identity } from "./requests/identity";
import { needed as jobs } from "./requests/jobs";
import type { RowsByType } from "./requests/rows";
import { needed as runtime } from "./requests/runtime";
import { needed as stores } from "./requests/stores";
import { needed as ways } from "./requests/ways";

export { forbidden, notGranted } from "./requests/forbidden";
export { deployer, documentOf, keyArn, type Row, roleArn } from "./requests/rows";

export const needed: RowsByType = {
  ...runtime,
  ...jobs,
  ...capacity,
  ...data,
  ...databases,
  ...stores,
  ...ways,
  ...identity,
};
