import type * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import type { AlarmTopics } from "../observability/severity";

/** How everything that a product keeps is kept; the same for all of its data in one environment. */
export interface Keeping {
  readonly at: Location;
  /** The product's key for its data. */
  readonly keyArn: pulumi.Input<string>;
  /** AWS's own protection against deletion, and a last snapshot before what can be deleted is. */
  readonly deletionProtection: boolean;
  /** What holds objects may be deleted with them; default: only when it is empty. */
  readonly goesWithContents?: boolean;
  /** More than one of it, in different zones, where AWS does not do that by itself. */
  readonly multiZone: boolean;
  /** The topics that alarms go to. */
  readonly alarmTopics: AlarmTopics;
}

/** What is reached over the network, and not by AWS's API. */
export interface NetworkKeeping extends Keeping {
  readonly vpcId: pulumi.Input<string>;
  /** The data subnets, one a zone. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
}
