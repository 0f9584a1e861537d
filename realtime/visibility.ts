import type { ConversationEvent } from "#contracts/events.ts";

/**
 * What a worker knows of a connected member. `mutedUntil`: the rev of the member's own change within a gap; whether they
 * were a member before it is unknown.
 */
export type Member = { visibleFromSeq: number; mutedUntil?: number };

/** `rev`: the member learns only that the conversation changed, and asks. `nothing`: not even that. */
export type Visibility = "event" | "rev" | "nothing";

/**
 * What a member may be sent of an event. Exhaustive over all events: a new one does not compile before it is decided
 * here, and one that is unknown at run time is not delivered.
 */
export function visibilityOf(event: ConversationEvent, { visibleFromSeq, mutedUntil = 0 }: Member): Visibility {
  if (event.rev < mutedUntil) return "nothing";
  switch (event.type) {
    case "message.sent":
    case "message.changed":
      return event.message.seq >= visibleFromSeq ? "event" : "rev";
    case "member.changed":
    case "conversation.changed":
    case "conversation.rev_changed":
      return "event";
    default:
      event satisfies never;
      return "nothing";
  }
}
