import { z } from "zod";
import { type ByEnvironment, byEnvironment } from "../by-environment";
import { text, whole } from "../forms";
import { Kept, type Link } from "./kept";

export interface SearchCapacity {
  /** For example `r7g.large.search`. */
  readonly instanceType: string;
  /** GiB of each instance that holds data, 10 to 24,576; the instance type may take less. */
  readonly storageGib: number;
  /**
   * How many hold data where the environment is `multiZone`, a multiple of its zones, of which three at most are used;
   * default one a zone. Elsewhere there is one.
   */
  readonly instances?: number;
  /** Of the three that keep it together where the environment is `multiZone`; default `m7g.large.search`. */
  readonly masterType?: string;
}

export interface SearchArgs {
  /** OpenSearch's major and minor, as in `2.19`. */
  readonly version: ByEnvironment<string>;
  readonly capacity: ByEnvironment<SearchCapacity>;
}

/** A domain of OpenSearch Service, reached by signed requests over HTTPS. */
export class Search extends Kept<"search", SearchArgs> {
  readonly offers = ["read", "readWrite"] as const;
  constructor(args: SearchArgs) {
    super("search", args);
  }
  /** Ask. */
  get read(): Link {
    return { resource: this, access: "read" };
  }
  /** Ask, write, make and delete indices. */
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
}

/** Source: Amazon OpenSearch Service developer guide, "Supported instance types": those that keep data on volumes. */
const instanceType = text(
  /^(t3\.(small|medium)|([cmr]\d+[gi]?|o[mr]\d)\.(medium|large|\d*xlarge))\.search$/,
  "of a t3, c, m, r, om or or family without disks, for example r7g.large.search",
);

export const searchSchema = z.strictObject({
  version: byEnvironment(text(/^[1-9]\d*\.\d+$/, "OpenSearch's major and minor version, for example 2.19")),
  capacity: byEnvironment(
    z.strictObject(
      {
        instanceType,
        storageGib: whole(10, 24_576, "GiB"),
        instances: whole(1, 80, "instances").optional(),
        masterType: instanceType.optional(),
      },
      { error: "must be { instanceType, storageGib }" },
    ),
  ),
});
