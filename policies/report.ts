import { Resource } from "./graph";
import { holdsUnknown, UnknownValue, Value } from "./value";

export interface Finding {
  /**
   * `remark`: an exception that the program declares, with its reason. `unknown`: not decided yet. `failure`: the rule
   * itself is broken.
   */
  readonly kind: "violation" | "remark" | "unknown" | "failure";
  readonly text: string;
  /** Of the resource that a stack rule speaks of. */
  readonly urn?: string;
  /** Of a failure: the file and line of the rule. */
  readonly place?: string;
}

interface Place {
  readonly urn?: string;
  /** Where inside the resource, for example one statement of a policy document. */
  readonly inside?: string;
}

/** Where a rule says what it found. */
export class Report {
  constructor(
    readonly add: (finding: Finding) => void,
    private readonly place: Place = {},
  ) {}

  refuse(problem: string): void {
    this.find("violation", problem);
  }

  remark(text: string): void {
    this.find("remark", text);
  }

  /** Looks at each item by itself: what is unknown of one does not keep the others from being checked. */
  each<T>(items: Iterable<T>, inspect: (item: T, report: Report) => void): void {
    for (const item of items) {
      const report = item instanceof Resource ? this.about(item) : this;
      report.attempt(() => {
        // Resources and values tell by themselves; texts and what is made of them cannot.
        const tells = item instanceof Resource || item instanceof Value;
        if (!tells && holdsUnknown(item)) throw new UnknownValue("a value");
        inspect(item, report);
      });
    }
  }

  inside(part: string): Report {
    const inside = this.place.inside ? `${this.place.inside}, ${part}` : part;
    return new Report(this.add, { ...this.place, inside });
  }

  /** Of the same place, but told to a list, for what is to be thought over before it is said. */
  collecting(findings: Finding[]): Report {
    return new Report(finding => findings.push(finding), this.place);
  }

  attempt(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      this.find("unknown", error.path);
    }
  }

  private about({ urn }: Resource): Report {
    return new Report(this.add, { ...this.place, urn });
  }

  private find(kind: Finding["kind"], text: string): void {
    const { urn, inside } = this.place;
    this.add({ kind, text: inside ? `${inside}: ${text}` : text, ...(urn && { urn }) });
  }
}
