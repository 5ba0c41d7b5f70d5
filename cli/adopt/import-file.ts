/** The file that `pulumi import --file` takes the organization, its units and its accounts into the stack's state by. */
import { projectName } from "../project";
import type { Adoption } from "./adoption";
import { organizationName, stackName, types } from "./organization-stack";

/** Source: Pulumi documentation, "Importing resources", bulk import operations. */
export interface ImportFile {
  /** URNs of what is in the state already, by the names they have in this file. */
  readonly nameTable: Readonly<Record<string, string>>;
  readonly resources: readonly ImportedResource[];
}

export interface ImportedResource {
  readonly type: string;
  /** Its name in this file: `parent` says it. */
  readonly name: string;
  /** Its name in the stack, where that is another's name in this file already. */
  readonly logicalName?: string;
  readonly component?: true;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
}

/** The provider must be in the state before anything is imported by it; it is called after the management account. */
export const providerUrn = ({ roles }: Adoption): string =>
  `urn:pulumi:${stackName}::${projectName}::${types.provider}::${roles.management?.name}`;

const provider = "provider";

export function importFileOf(adoption: Adoption): ImportFile {
  const { found, units, accounts } = adoption;
  const taken = new Set([provider, organizationName]);
  const inside = (type: string, kind: string, name: string, id: string): ImportedResource => {
    const free = taken.has(name) ? `${name} (${kind})` : name;
    taken.add(free);
    return {
      type,
      name: free,
      ...(free === name ? {} : { logicalName: name }),
      id,
      parent: organizationName,
      provider,
    };
  };
  return {
    nameTable: { [provider]: providerUrn(adoption) },
    resources: [
      { type: types.component, name: organizationName, component: true },
      inside(types.organization, "itself", organizationName, found.id),
      ...units.flatMap(({ path, found: unit }) =>
        unit === undefined ? [] : [inside(types.unit, "unit", path, unit.id)],
      ),
      // The management account is not among what the stack makes.
      ...accounts.flatMap(({ name, found: { id } }) =>
        id === found.managementAccountId ? [] : [inside(types.account, "account", name, id)],
      ),
    ],
  };
}
