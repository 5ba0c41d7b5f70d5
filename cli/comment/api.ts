/** A code host's API by HTTP: asked again where that may help, and its failures told with what to do next. */
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../failures";

export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  /** Below the API's address. */
  readonly path: string;
  readonly body?: object;
}

interface Answer {
  readonly value: unknown;
  readonly headers: Headers;
}

/** The platform did not do what it was asked to. */
export class ApiError extends UsageError {
  constructor(
    message: string,
    /** Of HTTP; absent: there was no answer. */
    readonly status?: number,
  ) {
    super(message);
  }
}

/** Times that something is asked, and seconds to wait at most before it is asked again. */
const attempts = 5;
const longest = 60;
/** Milliseconds that an answer may take. */
const patience = 30_000;
/** Entries that a page holds at most, on both platforms. */
const perPage = 100;
/** More comments than that nobody reads. */
const mostPages = 100;

export interface ApiOptions {
  readonly url: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What to do where the platform refuses, by the status of its answer. */
  readonly advice: (status: number) => string;
}

export class Api {
  constructor(private readonly options: ApiOptions) {}

  async ask<T>(request: Request): Promise<T> {
    return (await this.answered(request)).value as T;
  }

  /** All entries of a list, page by page. */
  async all<T>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const { value, headers } = await this.answered({
        method: "GET",
        path: `${path}${path.includes("?") ? "&" : "?"}per_page=${perPage}&page=${page}`,
      });
      if (!Array.isArray(value))
        throw new ApiError(`${this.named(path)} answers with something that is no list`);
      found.push(...(value as T[]));
      if (!/rel="?next"?/.test(headers.get("link") ?? "")) return found;
    }
    return found;
  }

  private async answered(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.once(request);
      if (!(answer instanceof Response)) {
        if (attempt < attempts && mayRepeat(request)) await setTimeout(pause(attempt));
        else
          throw new ApiError(
            this.safe(
              `${this.named(request.path)} does not answer: ${answer.message}; look whether ${new URL(this.options.url).host} can be reached from here, and run the same again`,
            ),
          );
        continue;
      }
      const text = await answer.text();
      if (answer.ok) return { value: parsed(text), headers: answer.headers };
      const { status } = answer;
      // GitHub says 403 where too much was asked, too, and then says when to ask again.
      const tooMuch = status === 429 || (status === 403 && answer.headers.has("retry-after"));
      if (attempt < attempts && (tooMuch || (status >= 500 && mayRepeat(request)))) {
        await setTimeout(pause(attempt, answer.headers.get("retry-after")));
        continue;
      }
      throw new ApiError(
        this.safe(
          `${this.named(request.path)} answers ${status}${saidBy(text)}; ${this.options.advice(status)}`,
        ),
        status,
      );
    }
  }

  private async once({ method, path, body }: Request): Promise<Response | Error> {
    const { url, headers } = this.options;
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // Where a platform leads elsewhere, the token must not follow.
        redirect: "error",
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      const { message, cause } = error as Error;
      return new Error(cause instanceof Error && cause.message !== "" ? cause.message : message);
    }
  }

  private named(path: string): string {
    return `${this.options.url}${path.split("?")[0]}`;
  }

  private safe(message: string): string {
    return message.replaceAll(this.options.token, "***");
  }
}

/** What creates something is not said twice: it may be there although nobody said so. */
const mayRepeat = ({ method }: Request): boolean => method !== "POST";

function pause(attempt: number, after?: string | null): number {
  const seconds = Number(after);
  const told = after === undefined || after === null || after === "" ? undefined : seconds;
  return Math.min(told !== undefined && seconds >= 0 ? seconds : 2 ** (attempt - 2), longest) * 1000;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** GitLab and GitHub both have a `message`, which may be an object; a proxy between has pages of HTML. */
function saidBy(text: string): string {
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return "";
  const { message, error } = value as { message?: unknown; error?: unknown };
  const said = message ?? error;
  if (said === undefined) return "";
  return ` (${(typeof said === "string" ? said : JSON.stringify(said)).slice(0, 300)})`;
}
