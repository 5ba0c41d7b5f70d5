import { Bucket, type BucketCopy } from "../../components/data/bucket";
import { bucketAccess } from "../../components/data/bucket-access";
import { contentReads } from "../../components/ingress/content-statements";
import { accessLogBucketName } from "../../components/logs/access-log-bucket";
import { type Bucket as Described, inEnvironment, type Product } from "../description";
import { keyAlias } from "../product-names";
import { keyElsewhere } from "./key-elsewhere";
import type { Kind, Making } from "./kind";

export const bucket: Kind<Described> = {
  // Unique in all of AWS, hence the account's number and the region in it.
  nameIn: (product, name, { at }) => bucketName(product, name, at.accountId, at.region),
  make: its => {
    const { name, resource, resourceName, keeping, product, environment, opts } = its;
    const { expireAfterDays, lockDays, replicateTo = "none", ...args } = resource.args;
    const region = inEnvironment(replicateTo, environment.name);
    return {
      component: new Bucket(
        name,
        {
          ...args,
          ...keeping,
          bucketName: resourceName,
          ...(expireAfterDays === undefined
            ? {}
            : { expireAfterDays: inEnvironment(expireAfterDays, environment.name) }),
          ...(lockDays === undefined ? {} : { lockDays: inEnvironment(lockDays, environment.name) }),
          // Source: FSBP control S3.11; of other data nobody waits to hear.
          events: wakesTasks(product, resource) || product.dataClass === "restricted",
          ...(product.cdn?.files?.bucket === resource
            ? { statements: [contentReads(keeping.at.accountId, resourceName)] }
            : {}),
          accessLogs: { bucketName: accessLogBucketName(keeping.at) },
          ...(region === "none" ? {} : { copy: copyIn(its, region) }),
        },
        opts,
      ),
    };
  },
  access: (at, name, access) => bucketAccess(at, name, access as Described["offers"][number]),
};

const bucketName = (product: Product, name: string, accountId: string, region: string): string =>
  `${product.name}-${name}-${accountId}-${region}`;

function copyIn(its: Making<Described>, region: string): BucketCopy {
  const { name, product, keeping } = its;
  const key = keyElsewhere(its, region);
  return {
    region,
    bucketName: bucketName(product, name, keeping.at.accountId, region),
    keyArn: key.arn,
    keyAlias: key.alias,
    ownKeyAlias: keyAlias(product, "data"),
    roleName: `${product.name}-${name}-copies`,
  };
}

/** Whether a job or a function of the product waits for the bucket's objects. */
export const wakesTasks = (product: Product, bucket: Described): boolean =>
  [...Object.values(product.jobs ?? {}), ...Object.values(product.functions ?? {})].some(
    ({ on }) => on?.objectCreated === bucket,
  );
