/** Says something once: where it has been said already, that is brought up to date. */
import { ApiError } from "./api";
import { bodyOf, markOf } from "./body";
import type { Place, Said } from "./places";

export interface Saying {
  readonly marker: string;
  readonly text: string;
  readonly elsewhere: string;
}

export interface Outcome {
  readonly how: "posted" | "updated" | "unchanged" | "closed" | "nothing to close";
  readonly url?: string;
}

/** Times that something is said which may have been heard although the answer was lost. */
const tries = 3;

export async function say(place: Place, { marker, text, elsewhere }: Saying): Promise<Outcome> {
  const body = bodyOf({ marker, text, limit: place.limit, elsewhere });
  for (let attempt = 1; ; attempt++) {
    const earlier = await find(place, marker);
    if (earlier !== undefined) {
      // Platforms may change ends of lines and what is at the end.
      if (plain(earlier.body) === plain(body)) return { how: "unchanged", url: earlier.url };
      await place.update(earlier.id, body);
      return { how: "updated", url: earlier.url };
    }
    try {
      return { how: "posted", url: await place.create(body) };
    } catch (error) {
      const lost = error instanceof ApiError && (error.status === undefined || error.status >= 500);
      if (!lost || attempt === tries) throw error;
    }
  }
}

export async function unsay(place: Place, marker: string): Promise<Outcome> {
  const earlier = await find(place, marker);
  if (earlier === undefined || place.close === undefined) return { how: "nothing to close" };
  await place.close(earlier.id);
  return { how: "closed", url: earlier.url };
}

/** The first, should there be more: the others have lost a race, and nobody looks at them. */
const find = async (place: Place, marker: string): Promise<Said | undefined> =>
  (await place.all()).find(({ own, body }) => own && body.trimStart().startsWith(markOf(marker)));

const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();
