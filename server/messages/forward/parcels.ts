import { uuidOf } from "#contracts/file-id.ts";
import type { MessageForwardInput, RecordItem } from "#contracts/messages/forward.ts";
import type { Content } from "#contracts/messages/kinds/index.ts";
import { filesInside, type Source, type Sources } from "#server/messages/forward/sources.ts";
import { toRecord } from "#server/messages/forward/to-record.ts";

/** One message that a target gets: the forwarded one with this seq, the record of all, or my note. */
type Part = number | "record" | "note";

/** What is stored of a part. `items`: of a record. */
export type Parcel = { content: Content; files: string[]; items?: RecordItem[] };

/** In the order in which they are sent: the note follows what it is about. */
export function partsOf({ as, seqs, note }: MessageForwardInput): Part[] {
  const forwarded: Part[] = as === "merged" ? ["record"] : seqs.toSorted((a, b) => a - b);
  return note === undefined ? forwarded : [...forwarded, "note"];
}

/**
 * The client id of a part in a target, made of everything that decides what the part is: the same call again makes the
 * same ids, and finds what it stored; another call with the same `clientId` stores messages of its own.
 */
export const clientIdOf = (input: MessageForwardInput, target: string, part: Part): string => {
  const { clientId, conversationId, as, showSource, seqs, note } = input;
  const decides = part === "note" ? note : part === "record" ? seqs.toSorted((a, b) => a - b) : showSource;
  return uuidOf(JSON.stringify(["forward", clientId, conversationId, target, as, part, decides]));
};

/** Makes the parts of a call from its sources, each once. Refuses `record_too_large`. */
export function packParcels(input: MessageForwardInput, sources: Sources): (part: Part) => Parcel {
  const parcels = new Map<Part, Parcel>(sources.messages.map((one) => [one.seq, parcelOf(one, input.showSource)]));
  if (input.as === "merged") {
    parcels.set("record", { ...toRecord(sources), files: [...new Set(sources.messages.flatMap(filesInside))] });
  }
  if (input.note !== undefined) parcels.set("note", { content: { kind: "text", text: input.note }, files: [] });
  return (part) => {
    const parcel = parcels.get(part);
    if (!parcel) throw new Error("a part that the call does not have");
    return parcel;
  };
}

/** Who said it first is named through all forwards, until one leaves the name out. */
function parcelOf(source: Source, showSource: boolean): Parcel {
  const { forwardedFrom, ...content } = source.content;
  const from = forwardedFrom ?? { name: source.name };
  const parcel = { content: showSource ? { ...content, forwardedFrom: from } : content, files: filesInside(source) };
  return source.items ? { ...parcel, items: source.items } : parcel;
}
