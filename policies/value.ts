/**
 * What the SDK puts in place of a value that a preview cannot know. It exports them without types; a test
 * compares.
 */
export const unknownMarkers = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
] as const;

const anyMarker = new RegExp(unknownMarkers.join("|"));

/** Also true for a longer text that a program built around an unknown value, and for what contains one. */
export function holdsUnknown(value: unknown): boolean {
  if (typeof value === "string") return anyMarker.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** A rule needed a value that is not known yet. Reports catch it; rules let it pass through. */
export class UnknownValue extends Error {
  constructor(readonly path: string) {
    super(`${path} is not known yet`);
  }
}

/**
 * A property as rules read it: any path into any shape can be asked for, and whether it is set can be told
 * of an unknown too. Only reading the content of an unknown throws.
 */
export class Value {
  private constructor(
    private readonly held: unknown,
    readonly path: string,
    /** Something inside what is not known: nothing can be told of it. */
    private readonly isInsideUnknown = false,
  ) {}

  static root(properties: unknown): Value {
    return new Value(properties, "");
  }

  at(...keys: (string | number)[]): Value {
    let value: Value = this;
    for (const key of keys) {
      if (value.isUnknown) return new Value(value.held, value.path, true);
      const path =
        typeof key === "number" ? `${value.path}[${key}]` : value.path ? `${value.path}.${key}` : key;
      value = new Value(own(value.held, key), path);
    }
    return value;
  }

  get isUnknown(): boolean {
    return typeof this.held === "string" && anyMarker.test(this.held);
  }

  /** Unknown counts: it will refer to something. Empty text does not. */
  get isSet(): boolean {
    if (this.isInsideUnknown) throw new UnknownValue(this.path);
    return this.held !== undefined && this.held !== null && this.held !== "";
  }

  text(): string | undefined {
    const content = this.content();
    return typeof content === "string" ? content : undefined;
  }

  number(): number | undefined {
    const content = this.content();
    return typeof content === "number" ? content : undefined;
  }

  is(expected: string | number | boolean): boolean {
    return this.content() === expected;
  }

  /** A single value counts as a list of one, as in policy documents; an absent one as the empty list. */
  list(): Value[] {
    const content = this.content();
    if (Array.isArray(content)) return Array.from(content.keys(), index => this.at(index));
    return this.isSet ? [this] : [];
  }

  /** What a JSON text says; a value that is not a text is taken as it is. `undefined`: not JSON. */
  json(): Value | undefined {
    if (typeof this.held !== "string") return this;
    // An unknown inside the text does not hide the rest, so the text is parsed before it is looked for.
    try {
      return new Value(JSON.parse(this.held), this.path);
    } catch {
      this.content();
      return undefined;
    }
  }

  /** As it was given. Unknowns further inside are still the SDK's markers. */
  content(): unknown {
    if (this.isUnknown) throw new UnknownValue(this.path);
    return this.held;
  }
}

/**
 * The SDK hands properties as a proxy that throws where an unknown is read, so that one unknown element of a
 * list hides all others. Descriptors are not trapped, and they leave out what an object only inherits.
 */
function own(container: unknown, key: string | number): unknown {
  if (typeof container !== "object" || container === null) return undefined;
  return Object.getOwnPropertyDescriptor(container, key)?.value;
}
