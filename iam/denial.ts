import type { PolicyDocument, Statement } from "./document";
import type { Request } from "./request";
import { statementCovers } from "./statement";
import { type Finding, unknown } from "./three-valued";

export interface NamedDocument {
  readonly name: string;
  readonly document: PolicyDocument;
}

export type Document = PolicyDocument | NamedDocument;

/** The document under its own name, else under the one given. */
export function named(document: Document, name: string): NamedDocument {
  return "document" in document ? document : { name, document };
}

export interface Denial {
  /** The names of the document and of its statement. */
  readonly by: { readonly document: string; readonly statement: string };
  /** Condition keys, or else a few words; empty for a certain denial. */
  readonly hangsOn: readonly string[];
}

export interface Denials {
  readonly certain: readonly Denial[];
  /** Denials that what is not known of the request, or could not be read, may amount to. */
  readonly possible: readonly Denial[];
}

/** Whether a statement covers a request, where the place of its document adds to what it says itself. */
export type Coverage = (statement: Statement, request: Request) => Finding;

/** The statements that deny a request, in the order of their documents. */
export function deniedBy(
  documents: readonly Document[],
  request: Request,
  covers: Coverage = statementCovers,
): Denials {
  const found = documents.flatMap((document, index) =>
    denialsIn(named(document, `policy ${index + 1}`), request, covers),
  );
  return {
    certain: found.filter(({ hangsOn }) => hangsOn.length === 0),
    possible: found.filter(({ hangsOn }) => hangsOn.length > 0),
  };
}

function denialsIn(source: NamedDocument, request: Request, covers: Coverage): readonly Denial[] {
  const { name, document } = source;
  const denials = document.statements
    .filter(({ effect }) => effect === "Deny")
    .map(statement => ({ statement: statement.name, finding: covers(statement, request) }));
  const unread = unreadableIn(source).map(finding => ({ statement: document.faults.join("; "), finding }));
  return [...denials, ...unread]
    .filter(({ finding }) => finding.holds !== "no")
    .map(({ statement, finding }) => ({ by: { document: name, statement }, hangsOn: finding.hangsOn }));
}

/** What a document that could not be read in full may say. */
export function unreadableIn({ name, document }: NamedDocument): readonly Finding[] {
  return document.faults.length > 0 ? [unknown(`what ${name} says, which cannot be read`)] : [];
}
