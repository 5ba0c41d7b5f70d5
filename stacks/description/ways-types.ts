/** The words for the ways into a product; without any, it is called through its internal load balancer. */
import type { Bucket, Table, UserPool } from "./resources";

/** What a web application firewall looks for, beside what every one does. */
export interface Firewall {
  /** Requests that one address may send in five minutes; 10 to 2,000,000,000; default 2,000. */
  readonly rateLimit?: number;
  /**
   * Rule groups of AWS's beside the usual ones: `sql` where there is an SQL database, `linux` where files are served,
   * `admin` refuses administration pages, `anonymous` refuses proxies, Tor and hosting providers.
   */
  readonly groups?: readonly ("sql" | "admin" | "anonymous" | "linux")[];
  /** Ranges that are let in without looking further. */
  readonly allow?: readonly string[];
  /** Ranges that are never let in. */
  readonly deny?: readonly string[];
  /** Bodies of more than 8 KiB get through, as uploads need. */
  readonly largeBodies?: boolean;
}

export interface PublicWay {
  /** The public internet may call this product: say why. At least 20 characters. */
  readonly allowPublic: string;
  readonly firewall?: Firewall;
}

/** CloudFront, at `<product>.<domain>`, before the internal load balancer, or before a bucket, or both. */
export interface Cdn extends PublicWay {
  /** What of it lies in a bucket: below `path`, for example `/static/*`; without a path, all of it. */
  readonly files?: { readonly bucket: Bucket; readonly path?: string };
}

/** An Application Load Balancer on the internet, at `<product>.<domain>`; services say `public: true`. */
export type PublicBalancer = PublicWay;

/**
 * API Gateway at `api.<product>.<domain>`, before the internal load balancer: who calls it has a token of the user pool.
 * AWS offers no firewall for it; throttling and the tokens stand in its place.
 */
export interface HttpApi {
  /** As for every public way: why. At least 20 characters. */
  readonly allowPublic: string;
  /** Whose tokens are taken. */
  readonly users: UserPool;
  /** By method and path, such as `GET /orders/{id}`; what no route takes gets 404. */
  readonly routes: Readonly<Record<string, HttpApiRoute>>;
  /** Requests a second, on average and at once; default 100 and 200. */
  readonly throttling?: { readonly rate: number; readonly burst: number };
}

export interface HttpApiRoute {
  /** A token must have one of these scopes; absent: any valid token of the pool will do. */
  readonly scopes?: readonly string[];
  /** Why anybody may call it without a token, in 20 characters or more. */
  readonly open?: string;
}

/** AppSync at `graphql.<product>.<domain>`: called by the users of a pool, answered from tables. */
export interface GraphqlApi extends PublicWay {
  readonly users: UserPool;
  /** In GraphQL's schema definition language. */
  readonly schema: string;
  /** Tables, by a word of letters, digits and `_`, and what is done with them. */
  readonly sources: Readonly<
    Record<string, { readonly table: Table; readonly access: "read" | "readWrite" }>
  >;
  /** By type and field, such as `Query.order`: which source is asked, and the JavaScript that asks it. */
  readonly resolvers: Readonly<Record<string, { readonly source: string; readonly code: string }>>;
}
