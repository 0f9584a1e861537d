import type { ChangesSince } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, MessagePage, OwnReactions, ReactionChange } from "#contracts/messages/message.ts";

/** One contiguous range of a conversation's messages, and the `rev` up to which it is current. */
export type Timeline = {
  rev: number;
  lastSeq: number;
  messages: Message[];
  /** The emoji of my reactions, by the `seq` of the message. */
  ownReactions: Readonly<Record<number, readonly string[]>>;
  hasOlder: boolean;
  hasNewer: boolean;
};

export function openTimeline(page: MessagePage): Timeline {
  return {
    rev: page.head.rev,
    lastSeq: page.head.lastSeq,
    messages: page.messages,
    ownReactions: bySeq(page.ownReactions),
    hasOlder: page.hasOlder,
    hasNewer: page.hasNewer,
  };
}

const bySeq = (all: readonly OwnReactions[]) => Object.fromEntries(all.map(({ seq, emoji }) => [seq, emoji]));

/** Applies changes of one message's reactions to mine; emoji that the message no longer has are removed. */
function reduceOwnReactions(
  timeline: Timeline,
  { seq, reactions }: Message,
  changes: readonly ReactionChange[],
  meId: string,
): Timeline {
  const known = timeline.ownReactions[seq] ?? [];
  const own = new Set(known);
  for (const { personId, emoji, reacted } of changes) {
    if (personId !== meId) continue;
    if (reacted) own.add(emoji);
    else own.delete(emoji);
  }
  const emoji = [...own].filter((one) => reactions.some((reaction) => reaction.emoji === one));
  if (known.length === 0 && emoji.length === 0) return timeline;
  const { [seq]: _, ...others } = timeline.ownReactions;
  return { ...timeline, ownReactions: emoji.length > 0 ? { ...others, [seq]: emoji } : others };
}

/**
 * Inserts a message, with who changed its reactions, by its `seq`: replaces it, appends it, or ignores it when it is
 * outside the range, or older than the one that is there (an answer that travelled while events came).
 */
function upsertMessage(
  timeline: Timeline,
  message: Message,
  changes: readonly ReactionChange[],
  meId: string,
): Timeline {
  const known = timeline.messages.find(({ seq }) => seq === message.seq);
  if (known && known.rev > message.rev) return timeline;
  return reduceOwnReactions(placeMessage(timeline, message), message, changes, meId);
}

function placeMessage(timeline: Timeline, message: Message): Timeline {
  const lastSeq = Math.max(timeline.lastSeq, message.seq);
  const at = timeline.messages.findIndex((known) => known.seq === message.seq);
  if (at >= 0) return { ...timeline, lastSeq, messages: timeline.messages.with(at, message) };
  const end = timeline.messages.at(-1)?.seq;
  const continues = end === undefined ? !timeline.hasOlder : message.seq === end + 1;
  if (timeline.hasNewer || !continues) return { ...timeline, lastSeq };
  return { ...timeline, lastSeq, messages: [...timeline.messages, message] };
}

/** The timeline after an event that is next in order. */
export function reduceTimeline(timeline: Timeline, event: ConversationEvent, meId: string): Timeline {
  switch (event.type) {
    case "message.sent":
      return { ...upsertMessage(timeline, event.message, [], meId), rev: event.rev };
    case "message.changed":
      return { ...upsertMessage(timeline, event.message, event.reactions ?? [], meId), rev: event.rev };
    case "member.changed":
    case "conversation.changed":
    case "conversation.rev_changed":
      return { ...timeline, rev: event.rev };
  }
}

/**
 * False when the new messages do not directly follow the loaded range: I left, came back, and may not read those
 * between. Nothing could be appended after such a gap, so the caller loads the timeline anew.
 */
export function isContiguous(timeline: Timeline, answer: ChangesSince): boolean {
  const end = timeline.messages.at(-1)?.seq;
  if (end === undefined || timeline.hasNewer) return true;
  const beyond = answer.changes.flatMap(({ message }) => (message && message.seq > end ? [message.seq] : []));
  return beyond.length === 0 || Math.min(...beyond) === end + 1;
}

/**
 * The timeline after all changes since its `rev` (not a `reset`). They arrive ordered by `rev`, so a message that changed
 * again comes after messages with a higher `seq`; they are applied in `seq` order, because messages can only be
 * appended one after the other.
 */
export function reduceTimelineChanges(timeline: Timeline, answer: ChangesSince, meId: string): Timeline {
  const bySeq = [...answer.changes].sort((a, b) => (a.message?.seq ?? 0) - (b.message?.seq ?? 0) || a.rev - b.rev);
  const caughtUp = bySeq.reduce(
    (now, { message, reactions = [] }) => (message ? upsertMessage(now, message, reactions, meId) : now),
    timeline,
  );
  return {
    ...caughtUp,
    lastSeq: Math.max(caughtUp.lastSeq, answer.head.lastSeq),
    rev: Math.max(timeline.rev, answer.nextRev ?? answer.head.rev),
  };
}

const joinOwn = (timeline: Timeline, page: MessagePage) => ({ ...timeline.ownReactions, ...bySeq(page.ownReactions) });

/**
 * Joins a page to either end. A page that does not touch the stretch (the reader jumped meanwhile) changes nothing. One
 * that is older than the timeline takes its `rev` back: its messages may have changed since, outside the range, so the
 * caller catches up.
 */
export function joinPage(timeline: Timeline, page: MessagePage, side: "older" | "newer"): Timeline {
  const first = timeline.messages.at(0)?.seq;
  const last = timeline.messages.at(-1)?.seq;
  if (first === undefined || last === undefined) return openTimeline(page);
  const rev = Math.min(timeline.rev, page.head.rev);
  if (side === "older") {
    const end = page.messages.at(-1)?.seq;
    if (end !== undefined && end + 1 !== first) return timeline;
    const messages = [...page.messages, ...timeline.messages];
    return { ...timeline, rev, messages, ownReactions: joinOwn(timeline, page), hasOlder: page.hasOlder };
  }
  const start = page.messages.at(0)?.seq;
  if (start !== undefined && start !== last + 1) return timeline;
  // Events may have raised `lastSeq` after the page was read, so `page.hasNewer` may be out of date.
  const messages = [...timeline.messages, ...page.messages];
  const lastSeq = Math.max(timeline.lastSeq, page.head.lastSeq);
  return {
    ...timeline,
    rev,
    messages,
    ownReactions: joinOwn(timeline, page),
    lastSeq,
    hasNewer: (messages.at(-1)?.seq ?? 0) < lastSeq,
  };
}
