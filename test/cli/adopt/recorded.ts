/** Plays recorded answers of AWS back to the SDK's own clients. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { adoptionOf } from "../../../cli/adopt/adoption";
import type { FoundOrganization } from "../../../cli/adopt/found";
import { type ClientSettings, readOrganization } from "../../../cli/adopt/reading";

/** A call and its answer, as the AWS JSON protocol carries them. */
export interface Recorded {
  /** The header `X-Amz-Target`. */
  readonly target: string;
  readonly request: object;
  /** Default: 200. */
  readonly status?: number;
  readonly response: object;
}

export const recordingOf = (name: string): Recorded[] =>
  JSON.parse(readFileSync(join(__dirname, "recordings", `${name}.json`), "utf8")) as Recorded[];

export class Playback {
  readonly asked: Recorded[] = [];
  #underWay = 0;
  mostAtOnce = 0;

  constructor(readonly calls: readonly Recorded[]) {}

  readonly settings: ClientSettings = {
    region: "eu-central-1",
    credentials: {
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: unknown }) => {
        this.#underWay += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
        await new Promise(resolve => setImmediate(resolve));
        this.#underWay -= 1;
        return { response: this.answer(request.headers["x-amz-target"] ?? "", bodyOf(request.body)) };
      },
    },
  };

  answer(target: string, body: object) {
    const call = this.calls.find(each => each.target === target && isDeepStrictEqual(each.request, body));
    assert.ok(call, `${target} ${JSON.stringify(body)} is not recorded`);
    this.asked.push(call);
    return {
      statusCode: call.status ?? 200,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: Buffer.from(JSON.stringify(call.response)),
    };
  }
}

const bodyOf = (body: unknown): object =>
  JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array)) as object;

export const foundIn = (name: string): Promise<FoundOrganization> =>
  readOrganization(new Playback(recordingOf(name)).settings);

export const adoptionIn = async (name: string) => adoptionOf(await foundIn(name));
