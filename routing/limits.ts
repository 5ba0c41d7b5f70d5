/** What a load balancer would not take of a rule, told before it is asked. */
import { type ListenerRuleConditions, pathPatterns } from "./conditions";

/**
 * Of an Application Load Balancer: all its listeners share `rules`, which AWS raises on request. Its pages disagree
 * whether a rule may have five or six wildcards.
 * Source: Elastic Load Balancing user guide, "Quotas for your Application Load Balancers"; API reference,
 * "RuleCondition" and "CreateRule".
 */
export const ruleLimits = {
  rules: 100,
  values: 5,
  wildcards: 5,
  characters: 128,
  nameCharacters: 40,
  priorities: 50_000,
} as const;

export interface RuleFault {
  /** What the rule is called among the others, and which of its words is wrong: `hosts[1]`; empty: the rule. */
  readonly rule: string;
  readonly path: string;
  readonly value: unknown;
  readonly problem: string;
}

type Wrong = Omit<RuleFault, "rule">;

const pathForm = /^\/[\w\-.$/~"'@:+&*?]*$/;
const hostForm = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]+$/i;
const methodForm = /^[A-Z_-]+$/;
const headerForm = /^[\w!#$%&'*+.^`|~-]+$/;
const valueForm = /^[\x20-\x7e]+$/;

/** The faults of one rule by itself. `reserved`: values that its maker adds to each rule. */
export function faultsOfRule(rule: ListenerRuleConditions, reserved: number): Wrong[] {
  const { path, hosts, methods, headers = {} } = rule;
  const faults: Wrong[] = [
    ...pathFaults(path),
    ...listFaults("hosts", hosts, host => hostFault(host)),
    ...listFaults("methods", methods, method => methodFault(method)),
    ...headerFaults(headers),
  ];
  const values =
    pathPatterns(path).length +
    (hosts?.length ?? 0) +
    (methods?.length ?? 0) +
    Object.values(headers).flat().length +
    reserved;
  if (values > ruleLimits.values)
    faults.push({
      path: "",
      value: `${values} values`,
      problem: `a rule has at most ${ruleLimits.values}, ${path} takes ${pathPatterns(path).length} of them${reserved > 0 ? ` and the load balancer ${reserved}` : ""}; make two rules of it`,
    });
  return faults;
}

function pathFaults(path: string): Wrong[] {
  const fault = (problem: string) => [{ path: "path", value: path, problem }];
  if (!pathForm.test(path))
    return fault("must begin with / and hold only letters, digits, * ? and _ - . $ / ~ \" ' @ : + &");
  if (path.length > ruleLimits.characters)
    return fault(`has ${path.length} characters; at most ${ruleLimits.characters}`);
  if (path.includes("**")) return fault("holds **, which is the same as *; write *");
  const wildcards = pathPatterns(path).join("").replace(/[^*?]/g, "").length;
  return wildcards > ruleLimits.wildcards
    ? fault(`makes ${wildcards} wildcards; a rule has at most ${ruleLimits.wildcards}`)
    : [];
}

function hostFault(host: string): string | undefined {
  if (/[*?]/.test(host))
    return "must be exact, without wildcards: on a shared listener it would take others' names";
  if (host.length > ruleLimits.characters)
    return `has ${host.length} characters; at most ${ruleLimits.characters}`;
  return hostForm.test(host) ? undefined : "must be a host's name, for example orders.example.com";
}

const methodFault = (method: string): string | undefined =>
  methodForm.test(method) && method.length <= ruleLimits.nameCharacters
    ? undefined
    : `must be a method in capitals of at most ${ruleLimits.nameCharacters} characters, for example GET`;

function headerFaults(headers: NonNullable<ListenerRuleConditions["headers"]>): Wrong[] {
  const names = Object.keys(headers).map(name => name.toLowerCase());
  return Object.entries(headers).flatMap(([name, values], index): Wrong[] => {
    const path = `headers.${name}`;
    const fault = (problem: string): Wrong => ({ path, value: name, problem });
    return [
      ...(headerForm.test(name) && name.length <= ruleLimits.nameCharacters
        ? []
        : [fault(`must be a header's name of at most ${ruleLimits.nameCharacters} characters`)]),
      ...(name.toLowerCase() === "host" ? [fault("is said by hosts")] : []),
      ...(names.indexOf(name.toLowerCase()) < index
        ? [fault("is named twice; letters' case is the same")]
        : []),
      ...listFaults(path, values, value => {
        if (/[*?]/.test(value)) return "must be exact, without wildcards";
        return valueForm.test(value) && value.length <= ruleLimits.characters
          ? undefined
          : `must be 1 to ${ruleLimits.characters} printable characters`;
      }),
    ];
  });
}

function listFaults(
  path: string,
  list: readonly string[] | undefined,
  wrong: (value: string) => string | undefined,
): Wrong[] {
  if (list === undefined) return [];
  if (list.length === 0)
    return [{ path, value: list, problem: "is empty, and no request would match; leave it out for all" }];
  const folded = list.map(value => value.toLowerCase());
  return list.flatMap((value, index): Wrong[] => {
    const problem =
      wrong(value) ?? (folded.indexOf(value.toLowerCase()) < index ? "is named twice" : undefined);
    return problem === undefined ? [] : [{ path: `${path}[${index}]`, value, problem }];
  });
}
