import type * as pulumi from "@pulumi/pulumi";
import type { NetworkKeeping } from "../../components/data/keeping";
import type { Access } from "../../components/identity/access";
import type { Statement } from "../../components/identity/policy-document";
import type { Location } from "../../components/location";
import type {
  AccessWord,
  Environment,
  EnvironmentName,
  LandingZone,
  Product,
  Resource,
} from "../description";

/** How a kind of resource that a description names becomes components, names and permissions. */
export interface Kind<R extends Resource> {
  /** What it is called in AWS: known before it is made, so that permissions can name it. */
  readonly nameIn?: (product: Product, name: string, where: Where, resource: R) => string;
  readonly make: (its: Making<R>) => Made;
  /** @param user the name of the product that uses it. @param client of a user pool: who signs users in. */
  readonly access: (
    at: Location,
    resourceName: string,
    access: AccessWord,
    resource: R,
    user: string,
    client?: string,
  ) => Access;
  /** What the policy of the product's key for data must say for it. */
  readonly keyStatements?: (at: Location, resourceName: string) => readonly Statement[];
  /** Log groups of it, by name or pattern, that the key for data must admit beside the product's own. */
  readonly logGroups?: (resourceName: string) => readonly string[];
}

/** The account and region that a product lives in, and what names end in there. */
export interface Where {
  readonly at: Location;
  readonly domain: string;
}

/** One resource that is to be made, and where. */
export interface Making<R extends Resource> {
  /** The short name that the product keeps it under. */
  readonly name: string;
  readonly resource: R;
  /** Its name in AWS. */
  readonly resourceName: string;
  /** How it is kept; what a kind does not ask for it may be given all the same. */
  readonly keeping: NetworkKeeping;
  readonly zone: LandingZone;
  readonly product: Product;
  readonly environment: Environment & { readonly name: EnvironmentName };
  /** The short name of another resource of the product, its name in AWS, and what was made of it before this one. */
  readonly shortNameOf: (resource: Resource) => string;
  readonly nameOf: (resource: Resource) => string;
  readonly madeOf: (resource: Resource) => pulumi.Resource;
  /** The account's public hosted zone. */
  readonly publicZoneId: pulumi.Input<string>;
  readonly opts: pulumi.ComponentResourceOptions;
}

export interface Made {
  readonly component: pulumi.Resource;
  /** Of what is called over the network: the group that callers' rules are written to. */
  readonly securityGroupId?: pulumi.Output<string>;
  /** Of a file system: what tasks mount. */
  readonly fileSystem?: {
    readonly fileSystemId: pulumi.Output<string>;
    readonly accessPointId: pulumi.Output<string>;
  };
}

/** What each of a kind is called, where nothing else is said. */
export const usualName = (product: Product, name: string): string => `${product.name}-${name}`;
