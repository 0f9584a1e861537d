import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, PinnedMessages } from "#contracts/messages/message.ts";

/** The pinned messages of a conversation after its next event in order; the last pinned first, as the server sorts. */
export function reducePinned(pinned: PinnedMessages, event: ConversationEvent): PinnedMessages {
  const now = { ...pinned, rev: event.rev };
  switch (event.type) {
    case "message.sent":
    case "message.changed":
      return { ...now, messages: withMessage(now.messages, event.message) };
    case "member.changed":
    case "conversation.changed":
    case "conversation.rev_changed":
      return now;
  }
}

function withMessage(messages: Message[], message: Message): Message[] {
  const others = messages.filter(({ seq }) => seq !== message.seq);
  if (message.pinnedAt === undefined) return others.length === messages.length ? messages : others;
  return [...others, message].sort((a, b) => (b.pinnedAt ?? "").localeCompare(a.pinnedAt ?? "") || b.seq - a.seq);
}
