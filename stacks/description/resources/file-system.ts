import { z } from "zod";
import { text } from "../forms";
import { Kept, type Link } from "./kept";

export interface FileSystemArgs {
  /** Where containers find it, for example `/data`. */
  readonly mountPath: string;
  /** Days after the last use of a file until it goes to a cheaper store; default 30. */
  readonly infrequentAfter?: TransitionDays;
  /** Days after the last use of a file until it goes to the cheapest, more than `infrequentAfter`; default 90. */
  readonly archiveAfter?: TransitionDays;
}

/** Source: Amazon EFS user guide, "Managing storage lifecycle". */
const transitionDays = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;
type TransitionDays = (typeof transitionDays)[number];
const usual = { infrequent: 30, archive: 90 };

/** A file system of EFS, which all tasks that use it share. */
export class FileSystem extends Kept<"fileSystem", FileSystemArgs> {
  readonly offers = ["read", "readWrite"] as const;
  constructor(args: FileSystemArgs) {
    super("fileSystem", args);
  }
  get read(): Link {
    return { resource: this, access: "read" };
  }
  get readWrite(): Link {
    return { resource: this, access: "readWrite" };
  }
}

/** The kernel's, and what every container has of its own. */
const taken = ["tmp", "dev", "proc", "sys"];

const days = z.literal([...transitionDays], {
  error: `must be a number of days that EFS offers: ${transitionDays.join(", ")}`,
});

export const fileSystemSchema = z
  .strictObject({
    mountPath: text(
      new RegExp(`^(?=.{2,100}$)(?!/(${taken.join("|")})(/|$))(/(?!\\.{1,2}(/|$))[\\w.-]+)+$`),
      `an absolute path, for example /data; not / itself and nothing in ${taken.map(name => `/${name}`).join(", ")}`,
    ),
    infrequentAfter: days.optional(),
    archiveAfter: days.optional(),
  })
  .superRefine(({ infrequentAfter = usual.infrequent, archiveAfter = usual.archive }, context) => {
    if (archiveAfter <= infrequentAfter)
      context.addIssue({
        code: "custom",
        path: ["archiveAfter"],
        message: `must be more than infrequentAfter, ${infrequentAfter}`,
      });
  });
