/** The small company, deployed by `lz up` into a state that all tests of this folder begin with. */
import { Engine } from "./engine";
import type { Call } from "./faults";
import { pulumiFolder } from "./pulumi";
import type { Ended } from "./running-program";

export const wholeCompany = ["shared", "dev"];

/** What its deployment was like. */
export interface FirstRun extends Ended {
  readonly calls: readonly Call[];
}

interface Deployed {
  readonly engine: Engine;
  readonly first: FirstRun;
}

let deployed: Promise<Deployed> | undefined;

// Of all tests, and not of the first suite that has used it.
after(async function () {
  this.timeout(60_000);
  (await deployed)?.engine.remove();
});

async function deploy(cli: string): Promise<Deployed> {
  const engine = await Engine.start(cli);
  engine.aws.faults = [meets("parcels", "scans"), meets("scans", "parcels")];
  const ended = await engine.lz("up", ...wholeCompany, "--yes");
  const calls = [...engine.aws.calls];
  engine.keep();
  return { engine, first: { ...ended, calls } };

  /** Neither of two products' stacks goes on before the other has begun, unless that takes minutes. */
  function meets(one: string, other: string) {
    const patience = new Promise<void>(resolve => setTimeout(resolve, 120_000).unref());
    const until = engine.aws.called({ operation: "configure", stack: `${other}-persistent-dev` });
    return {
      operation: "configure",
      stack: `${one}-persistent-dev`,
      until: Promise.race([until, patience]),
    } as const;
  }
}

/**
 * Each test of the suite begins with the company as it was deployed. Where there is no engine the tests are skipped,
 * and it is said which and why.
 */
export function withDeployedCompany(what: string): { readonly engine: Engine; readonly first: FirstRun } {
  let its: Deployed | undefined;
  before(async function () {
    this.timeout(600_000);
    const cli = pulumiFolder();
    if (cli === undefined) {
      console.warn(
        `NOT TESTED against the Pulumi engine: ${what}. There is no Pulumi CLI (\`pulumi\`, with ` +
          "`pulumi-language-nodejs` beside it) on the PATH or where its installers put it",
      );
      return this.skip();
    }
    deployed ??= deploy(cli);
    its = await deployed;
  });
  beforeEach(async () => its?.engine.comeBack());
  const there = (): Deployed => {
    if (its === undefined) throw new Error("the company is there only while tests run");
    return its;
  };
  return {
    get engine() {
      return there().engine;
    },
    get first() {
      return there().first;
    },
  };
}
