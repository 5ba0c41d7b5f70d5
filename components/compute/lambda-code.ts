import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface FunctionImage {
  /** The whole reference; the repository must let Lambda pull. */
  readonly image: pulumi.Input<string>;
}

export interface FunctionFolder {
  /** Its path; all that is in it is packed. */
  readonly folder: string;
  /** For example `index.handler`. */
  readonly handler: string;
  readonly runtime: "nodejs22.x" | "nodejs24.x" | "python3.13" | "python3.14";
}

/** What a function is made of, as the provider takes it. */
export const packed = (code: FunctionImage | FunctionFolder): Partial<aws.lambda.FunctionArgs> =>
  "image" in code
    ? { packageType: "Image", imageUri: code.image }
    : {
        packageType: "Zip",
        code: new pulumi.asset.FileArchive(code.folder),
        handler: code.handler,
        runtime: code.runtime,
      };
