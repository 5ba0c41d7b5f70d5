/** Which runtimes of Lambda still get security patches. Source: Lambda developer guide, "Lambda runtimes"; 2026-11-21. */

/** The oldest of each language. Newer ones come faster than this is read. */
const oldest: Readonly<Record<string, readonly number[]>> = {
  dotnet: [10],
  java: [11],
  nodejs: [22],
  python: [3, 11],
  ruby: [3, 3],
};

/** Whose names hold no version that tells. */
const others = ["java8.al2", "provided.al2023"];

export function isSupportedRuntime(runtime: string): boolean {
  const [, language = "", version = ""] = /^([a-z]+)([\d.]+)(?:\.x)?$/.exec(runtime) ?? [];
  const least = Object.hasOwn(oldest, language) ? oldest[language] : undefined;
  if (least === undefined || version === "") return others.includes(runtime);
  const numbers = version
    .split(".")
    .filter(part => part !== "")
    .map(Number);
  const different = least.findIndex((number, index) => number !== numbers[index]);
  return different === -1 || (numbers[different] ?? 0) > (least[different] ?? 0);
}
