/** What AWS answers when the bootstrap can not be done, in one message with the next step. */
import { UsageError } from "../failures";
import type { Caller, StackEvent } from "./state-stack";

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @param profile what --profile said. */
export function explained(error: unknown, profile: string | undefined): Error {
  if (error instanceof UsageError) return error;
  const name = nameOf(error);
  const text = textOf(error);
  const cause = { cause: error };
  if (isWithoutCredentials(error))
    return new UsageError(
      `there are no AWS credentials${profile === undefined ? "" : ` by the profile ${profile}`} (${text}); sign in to the management account, for example by \`aws sso login\`, and say --profile or set AWS_PROFILE`,
      cause,
    );
  if (/Expired|InvalidClientToken|UnrecognizedClient|SignatureDoesNotMatch/i.test(name))
    return new UsageError(`AWS does not accept the credentials (${text}); sign in anew`, cause);
  if (
    /AccessDenied|UnauthorizedOperation|NotAuthorized/i.test(name) ||
    /not authorized to perform/i.test(text)
  )
    return new UsageError(
      `AWS refuses ${deniedAction(text)}; the bootstrap takes an administrator of the management account: it makes a bucket, a key, roles and their policies (${text})`,
      cause,
    );
  if (isUnreachable(error))
    return new UsageError(
      `AWS can not be reached (${text}); look at the network, the proxy (HTTPS_PROXY) and AWS_ENDPOINT_URL`,
      cause,
    );
  return error instanceof Error ? error : new Error(text);
}

export const isWithoutCredentials = (error: unknown): boolean =>
  nameOf(error) === "CredentialsProviderError" ||
  /Could not load credentials|could not be found in shared credentials|Unable to locate credentials/i.test(
    textOf(error),
  );

export const isUnreachable = (error: unknown): boolean =>
  ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "ECONNRESET", "EHOSTUNREACH"].includes(
    String((error as { code?: unknown } | undefined)?.code),
  ) || nameOf(error) === "TimeoutError";

export const deniedAction = (text: string): string =>
  /perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(text)?.[1] ?? "a call";

export const wrongAccount = (caller: Caller, name: string, expected: string): UsageError =>
  new UsageError(
    `these credentials are of the account ${caller.accountId} (${caller.arn}), and the management account, ${name}, is ${expected}; sign in there, or mend organization.ids`,
  );

/** States of a stack in which nothing can be proposed to it. */
export function hindrance(stack: string, status: string, reason: string | undefined): string | undefined {
  const why = reason === undefined ? "" : ` (${reason})`;
  if (status === "ROLLBACK_COMPLETE" || status === "ROLLBACK_FAILED")
    return `making the stack ${stack} has failed before, and ${status} can not be gone on from${why}; delete it by \`aws cloudformation delete-stack --stack-name ${stack}\` and run the same again`;
  if (status === "DELETE_FAILED")
    return `deleting the stack ${stack} has failed${why}; look at its events in the console, and finish that first`;
  if (status === "UPDATE_ROLLBACK_FAILED")
    return `the stack ${stack} could not go back after a failed change${why}; go on by \`aws cloudformation continue-update-rollback --stack-name ${stack}\`, then run the same again`;
  if (status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS")
    return `somebody else is at the stack ${stack}: it is ${status}; wait until that has ended, then run the same again`;
  return undefined;
}

/** Why a change failed: the first that failed, because what follows is only cancelled. */
export function failure(stack: string, events: readonly StackEvent[]): UsageError {
  const [first] = events
    .filter(({ status, reason }) => status.endsWith("_FAILED") && !/cancelled/i.test(reason ?? ""))
    .reverse();
  const reason = first?.reason ?? "no event says why";
  const what = first === undefined ? stack : `${first.resource} (${first.type})`;
  return new UsageError(
    `${what} could not be made, and all is as it was: ${reason}${nextStep(first, reason)}`,
  );
}

function nextStep(event: StackEvent | undefined, reason: string): string {
  const taken = /already exist|AlreadyExists|BucketAlready/i.test(reason);
  const again = "and run the same again";
  if (taken && event?.type === "AWS::S3::Bucket")
    return `. The bucket's name is taken: names of buckets are unique in the world. If it is yours, left by an earlier stack, import it into the stack (\`aws cloudformation create-change-set --change-set-type IMPORT\`); if it is somebody else's, AWS support can help, ${again}`;
  if (taken && event?.type === "AWS::IAM::OIDCProvider")
    return `. The account has an identity provider for this issuer already: delete it, if nothing else uses it, ${again}`;
  if (taken && event?.type === "AWS::IAM::Role")
    return `. The account has such a role already: delete it, if it is left from an earlier stack, ${again}`;
  if (/not authorized|AccessDenied|is denied/i.test(reason))
    return ". The bootstrap takes an administrator of the management account";
  return `; mend it, ${again}`;
}
