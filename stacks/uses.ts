/** What a workload's links come to: permissions, settings, secrets and ways over the network. */
import type { Access } from "../components/identity/access";
import type { Statement } from "../components/identity/policy-document";
import { arn, type Location } from "../components/location";
import { useOfKey } from "../components/security/encryption-key";
import type { LandingZone, Link, Product } from "./description";
import { ownerOf, shortNameOf } from "./description/kept";
import { accessTo, resourceName, type Where } from "./kinds";
import { keyAlias } from "./product-names";

export interface Uses {
  /** What the task may do. */
  readonly statements: readonly Statement[];
  /** Settings whose values are known. */
  readonly settings: Readonly<Record<string, string>>;
  /** What the role that starts the task may do beside. */
  readonly startStatements: readonly Statement[];
  /** Settings that ECS reads from a parameter when a task starts: the parameters' ARNs. */
  readonly fromParameters: Readonly<Record<string, string>>;
  /** Settings that ECS reads from a secret then. */
  readonly fromSecrets: Readonly<Record<string, string>>;
  /** What is called over the network. */
  readonly doors: readonly Door[];
  /** File systems, and where the container finds them. */
  readonly mounts: readonly MountedAt[];
}

export interface MountedAt {
  /** The product that keeps it, and its short name there. */
  readonly product: string;
  readonly name: string;
  readonly path: string;
  readonly readOnly: boolean;
}

export interface Door {
  /** The product that keeps it, and its short name there. */
  readonly product: string;
  readonly name: string;
  readonly port: number;
}

interface Used {
  readonly link: Link;
  readonly owner: Product;
  readonly name: string;
  readonly access: Access;
  /** What its settings begin with: `ORDERS`, and `SHOP_CARTS` where the product shop shares it. */
  readonly word: string;
}

/** @param accessOf what each link takes, where it is not the usual. */
export function usesOf(
  zone: LandingZone,
  product: Product,
  links: readonly Link[],
  where: Where,
  accessOf: typeof accessTo = accessTo,
): Uses {
  const { at } = where;
  const used = links.map((link): Used => {
    const { resource, access, client } = link;
    const owner = ownerOf(zone, resource);
    const name = owner && shortNameOf(owner, resource);
    if (owner === undefined || name === undefined) throw new Error(`no product keeps the ${resource.kind}`);
    return {
      link,
      owner,
      name,
      access: accessOf(
        resource,
        resourceName(owner, name, resource, where),
        access,
        at,
        product.name,
        client,
      ),
      word: (owner === product ? name : `${owner.name}-${name}`).toUpperCase().replace(/-/g, "_"),
    };
  });
  const worded = (its: (access: Access) => Readonly<Record<string, string>> | undefined) =>
    Object.fromEntries(
      used.flatMap(({ word, access }) =>
        Object.entries(its(access) ?? {}).map(([end, value]) => [`${word}_${end}`, value]),
      ),
    );
  const atStart = used.filter(({ access }) => access.secrets !== undefined);
  const later = used.filter(its => !atStart.includes(its));
  return {
    statements: statementsOf(at, later),
    startStatements: statementsOf(at, atStart),
    fromSecrets: worded(({ secrets }) => secrets),
    settings: worded(({ settings }) => settings),
    fromParameters: Object.fromEntries(
      Object.entries(worded(({ parameters }) => parameters)).map(([setting, parameter]) => [
        setting,
        arn("ssm", at, `parameter${parameter}`),
      ]),
    ),
    doors: used.flatMap(({ owner, name, access: { port } }) =>
      port === undefined ? [] : [{ product: owner.name, name, port }],
    ),
    mounts: used.flatMap(({ owner, name, link: { resource, access } }) =>
      resource.kind === "fileSystem"
        ? [{ product: owner.name, name, path: resource.args.mountPath, readOnly: access === "read" }]
        : [],
    ),
  };
}

const statementsOf = (at: Location, used: readonly Used[]): Statement[] => [
  ...used.flatMap(({ access }) => access.statements),
  ...keyStatements(at, used),
];

/** Each owner's key, through the services that the links go through and no other. */
const keyStatements = (at: Location, used: readonly Used[]): Statement[] =>
  [...new Set(used.map(({ owner }) => owner))].flatMap((owner, index) => {
    const through = used.flatMap(its => (its.owner === owner ? (its.access.keyThrough ?? []) : []));
    return through.length === 0
      ? []
      : [{ ...useOfKey(at, keyAlias(owner, "data"), [...new Set(through)]), Sid: `Key${index || ""}` }];
  });
