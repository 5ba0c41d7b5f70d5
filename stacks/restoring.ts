/** How what a product keeps comes back from a backup, a line a kind: for who lets accounts in, and for `lz restore`. */
import type { Resource } from "./description";

/** What is restored, by what AWS Backup keeps it as; or why there is nothing to restore. */
export type RestoreWay =
  | { readonly as: "table" | "bucket" | "cluster" | "instance" | "fileSystem" }
  | { readonly nothing: string }
  /** It holds data that AWS offers no restore of: what a person can do. */
  | { readonly byHand: string };

const inFlight = "what is in flight belongs to prod; AWS Backup keeps none of it";

/**
 * Sources: AWS Backup developer guide, "Supported AWS resources and third-party applications"; Amazon Cognito developer
 * guide, "Importing users into user pools from a CSV file"; Amazon OpenSearch Service developer guide, "Creating index
 * snapshots".
 */
const ways: Readonly<Record<Resource["kind"], RestoreWay> & Record<string, RestoreWay>> = {
  table: { as: "table" },
  bucket: { as: "bucket" },
  aurora: { as: "cluster" },
  database: { as: "instance" },
  fileSystem: { as: "fileSystem" },
  queue: { nothing: inFlight },
  topic: { nothing: "it passes on and keeps nothing" },
  eventBus: { nothing: "it passes on and keeps nothing" },
  stream: { nothing: inFlight },
  parameter: { nothing: "it is written by each environment for itself" },
  secret: { nothing: "deliberately not copied: a test must not hold prod's credentials" },
  sender: { nothing: "it sends and keeps nothing" },
  prometheus: { nothing: "AWS Backup keeps no metrics; those of prod say nothing of a test" },
  cache: { nothing: "it fills itself again; entries of prod would outlive the data that is masked" },
  userPool: {
    byHand:
      "AWS exports no passwords and AWS Backup keeps no users: import a list of test users (cognito-idp create-user-import-job)",
  },
  search: {
    byHand:
      "AWS Backup keeps no indices: build them anew from what was restored and masked, or restore a manual snapshot",
  },
};

/** Absent for a kind that this page does not know. */
export const restoreWay = (kind: string): RestoreWay | undefined => ways[kind];

/** Whether AWS Backup leaves the resource's own key on what it keeps, and not the vault's. */
export const keepsItsOwnKey = (kind: string): boolean => {
  const way = restoreWay(kind);
  return way !== undefined && "as" in way && (way.as === "cluster" || way.as === "instance");
};
