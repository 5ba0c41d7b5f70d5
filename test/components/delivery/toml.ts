/** Reads as much of TOML as a runner is told: tables, lists of tables, and values that are JSON's too. */
export type Table = { [key: string]: unknown };

/** @throws for what TOML does not take: a table twice, a key twice, a value that is none. */
export function readToml(text: string): Table {
  const root: Table = {};
  const seen = new Set<string>();
  let here = root;
  for (const line of text.split("\n").map(its => its.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, list] = /^\[\[([\w.]+)\]\]$/.exec(line) ?? [];
    const [, table] = /^\[([\w.]+)\]$/.exec(line) ?? [];
    const header = list ?? table;
    if (header !== undefined) {
      const keys = header.split(".");
      const last = keys.pop() ?? "";
      const holder = keys.reduce((at, key) => within(at, key), root);
      if (list !== undefined) {
        here = {};
        holder[last] = [...((holder[last] as Table[] | undefined) ?? []), here];
      } else {
        if (seen.has(header)) throw new Error(`[${header}] twice`);
        seen.add(header);
        here = within(holder, last);
      }
      continue;
    }
    const [, key, value] = /^([A-Za-z0-9_-]+) = (.+)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`no TOML: ${line}`);
    if (key in here) throw new Error(`${key} twice`);
    here[key] = JSON.parse(value);
  }
  return root;
}

/** Of a list of tables the last is meant. */
function within(holder: Table, key: string): Table {
  const its = (holder[key] ?? {}) as Table | Table[];
  holder[key] = its;
  return Array.isArray(its) ? (its.at(-1) as Table) : its;
}
