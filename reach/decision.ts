/** What is asked about a network, and what can be answered. */
import type { Interface, Place, Relay } from "./model";
import type { Hop } from "./walk";

/** Who is to reach, or to be reached. */
export interface Party {
  readonly name: string;
  readonly kind: "internet" | "on-premises" | "inside";
  /** Of `inside`: what it may be, with what it is called in a path. */
  readonly interfaces: readonly NamedInterface[];
  /** Places among it that are reached in their own ways: by CloudFront, or as a gateway endpoint. */
  readonly places: readonly Place[];
}

export interface NamedInterface extends Interface {
  readonly name: string;
}

/** What is asked for; what is left out may be any. */
export interface Question {
  readonly protocol?: string;
  readonly port?: number;
  /** A packet that gets there is enough, whether or not it can be answered; default false. */
  readonly oneWay?: boolean;
}

export interface Wall {
  readonly at: string;
  readonly because: string;
}

/** Ports from the first to the last that are treated alike; of ICMP its type. */
export interface Flow {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export type Decision =
  | {
      readonly reaches: true;
      /** Absent: by itself. */
      readonly by?: "CloudFront" | Relay["by"];
      readonly path: readonly Hop[];
      readonly flow: Flow;
    }
  | { readonly reaches: false; readonly wall: Wall; readonly path: readonly Hop[] }
  | { readonly reaches: "undecided"; readonly because: readonly string[]; readonly path: readonly Hop[] };

/** Where an attempt was stopped; `near` those that had found their way, and were not let in or not answered. */
export type Attempt = Decision & { readonly near?: boolean };

export const stopped = (
  at: string,
  because: string,
  path: readonly Hop[],
  { near = false }: { readonly near?: boolean } = {},
): Attempt => ({ reaches: false, wall: { at, because }, path, near });
