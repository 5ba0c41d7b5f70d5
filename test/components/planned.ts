/** Plans what a test makes of components, and finds its way in the result. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { type PlannedResource, planStacks } from "../../cli/planner";

/** Where the components under test are told to be. */
export const at = { accountId: "111122223333", region: "eu-central-1" };

export class Planned {
  constructor(readonly resources: readonly PlannedResource[]) {}

  /** By the last part of their type, for example `Subnet`, or by the whole where a component is called the same. */
  all(type: string): PlannedResource[] {
    return this.resources.filter(({ type: its }) => its === type || its.split(":").at(-1) === type);
  }

  /** The one of a type, or the one of that name. */
  one(type: string, name?: string): PlannedResource {
    const found = this.all(type).filter(resource => name === undefined || resource.name === name);
    const [only, ...others] = found;
    assert.ok(
      only && others.length === 0,
      `${found.length} of ${type} ${name ?? ""} among ${this.all(type).map(r => r.name)}`,
    );
    return only;
  }

  /** The names of the resources that an input comes from. */
  from(resource: PlannedResource, property: string): string[] {
    const urns = resource.propertyDependencies[property] ?? [];
    return urns.map(urn => this.resources.find(candidate => candidate.urn === urn)?.name ?? urn);
  }

  /** The name of the provider that would make a resource. */
  provider({ provider }: PlannedResource): string | undefined {
    return this.resources.find(({ urn }) => urn === provider)?.name;
  }

  /** The resource at the top of those it is in: a child of the stack. */
  top(resource: PlannedResource): PlannedResource {
    const parent = this.resources.find(({ urn }) => urn === resource.parent);
    return parent === undefined || parent.type === "pulumi:pulumi:Stack" ? resource : this.top(parent);
  }
}

export async function planned(program: () => unknown): Promise<Planned> {
  const root = resolve(__dirname, "../..");
  const { stacks } = await planStacks([{ name: "test", program: () => void program() }], {
    project: "test",
    root,
  });
  return new Planned(stacks[0]?.resources ?? []);
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of a policy document among the inputs. */
export const statements = ({ inputs }: PlannedResource, property = "policy"): Statement[] =>
  (JSON.parse(String(inputs[property])) as { Statement: Statement[] }).Statement;
