/** What runs for a stack: its name says the layer, and the layer is a program. */
import * as pulumi from "@pulumi/pulumi";
import { baseline } from "./baseline";
import { delivery } from "./delivery";
import { DescriptionError, type LandingZone } from "./description";
import { type Layer, type StackDefinition, stackNamed, UnknownStackError } from "./names";
import { network } from "./network";
import { organization } from "./organization";
import { persistent } from "./persistent";
import { deployedMark, Upstream } from "./references";
import { security } from "./security";
import { service } from "./service";

type Program = (zone: LandingZone, stack: StackDefinition, upstream: Upstream) => object;

const programs: Readonly<Record<Layer, Program>> = {
  organization,
  security,
  network,
  baseline,
  persistent,
  service,
  delivery,
};

/**
 * The Pulumi engine calls this without arguments: the stack is the one it was asked for, and the description the
 * one in landing-zone/.
 */
export = async function main(zone?: LandingZone): Promise<object> {
  try {
    const described = zone ?? load();
    const stack = stackNamed(described, pulumi.getStack());
    const upstream = await Upstream.of(stack.dependsOn);
    const handed = await programs[stack.layer](described, stack, upstream);
    return { ...handed, [deployedMark]: stack.name };
  } catch (error) {
    // The engine shows a stack trace with every error but this one.
    if (error instanceof DescriptionError || error instanceof UnknownStackError)
      throw new pulumi.RunError(error.message);
    throw error;
  }
};

/** Loaded late, so that a fault in it is reported like any other. */
const load = (): LandingZone => (require("./landing-zone") as typeof import("./landing-zone")).default;
