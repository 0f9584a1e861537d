import { readUpTo, withMention, withNotice } from "#client/conversations/unread.ts";
import type { Conversation, ConversationList, ConversationSettings, MessageHead } from "#contracts/conversations.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import { mentionedIn, mentionsEveryone } from "#contracts/messages/kinds/index.ts";
import { notice } from "#contracts/messages/kinds/notice.ts";
import type { Message } from "#contracts/messages/message.ts";

/** Newest activity first; the id decides between equals, as in the server's query. */
function sortInbox(conversations: Conversation[]): Conversation[] {
  return conversations.toSorted((a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id));
}

export function replaceConversation(list: ConversationList, conversation: Conversation): ConversationList {
  const others = list.conversations.filter((known) => known.id !== conversation.id);
  return { ...list, conversations: sortInbox([...others, conversation]) };
}

/**
 * Merges a fetched list into the cached one: an answer that is older than the events applied meanwhile undoes nothing.
 * The newer list decides which conversations there are, the higher `rev` decides each conversation's state.
 */
export function mergeInbox(held: ConversationList | undefined, fetched: ConversationList): ConversationList {
  if (!held) return fetched;
  const known = new Map(held.conversations.map((one) => [one.id, one]));
  const list = fetched.rev >= held.rev ? fetched : held;
  const fresh = new Map(fetched.conversations.map((one) => [one.id, one]));
  const conversations = list.conversations.map((one) => {
    const [mine, theirs] = [known.get(one.id), fresh.get(one.id)];
    if (!mine || !theirs) return one;
    const newer = theirs.rev >= mine.rev ? theirs : mine;
    // The settings are numbered by the rev of the list.
    return readUpTo({ ...newer, settings: one.settings }, Math.max(mine.lastReadSeq, theirs.lastReadSeq));
  });
  return { rev: list.rev, conversations: sortInbox(conversations) };
}

/** A conversation after its next event in order. */
export function reduceConversation(conversation: Conversation, event: ConversationEvent, meId: string): Conversation {
  const now = { ...conversation, rev: event.rev };
  switch (event.type) {
    case "message.sent":
    case "message.changed":
      return reduceMessage(now, event.message, meId);
    case "member.changed": {
      const { member, memberCount } = event;
      if (member.personId !== meId || member.leftAt) return { ...now, memberCount };
      const { role, roleIds, muted, visibleFromSeq } = member;
      return { ...now, memberCount, role, roleIds, muted, visibleFromSeq };
    }
    case "conversation.changed": {
      const { community, rules, closedAt } = event.metadata;
      return { ...now, community, rules, closedAt };
    }
    case "conversation.rev_changed":
      return now;
  }
}

/** A message as a list shows it. */
export function toHead({ seq, senderId, content, preview, sentAt }: Message): MessageHead {
  const said = notice.schema.safeParse(content);
  return { seq, senderId, kind: content.kind, preview, notice: said.success ? said.data : null, sentAt };
}

function reduceMessage(now: Conversation, message: Message, meId: string): Conversation {
  const lastMessage = toHead(message);
  const isNotice = lastMessage.notice !== null;
  const unreadMentions = mentionsAfter(now, message, meId);
  if (message.seq <= now.lastSeq) {
    return {
      ...now,
      unreadMentions,
      lastMessage: message.seq === now.lastMessage?.seq ? lastMessage : now.lastMessage,
    };
  }
  const after = {
    ...now,
    lastSeq: message.seq,
    unreadMentions,
    unreadNotices: isNotice ? withNotice(now.unreadNotices, message.seq) : now.unreadNotices,
    lastMessageAt: isNotice ? now.lastMessageAt : message.sentAt,
    lastMessage,
  };
  return message.senderId === meId ? readUpTo(after, message.seq) : after;
}

function mentionsAfter({ unreadMentions, lastReadSeq }: Conversation, message: Message, meId: string): number[] {
  if (message.seq <= lastReadSeq || message.senderId === meId) return unreadMentions;
  const mentioned = mentionsEveryone(message.content) || mentionedIn(message.content).includes(meId);
  return withMention(unreadMentions, message.seq, mentioned);
}

/** A conversation as it was fetched; its settings and its read mark are numbered by the list, which may be ahead. */
export function refreshedConversation(held: Conversation, fetched: Conversation): Conversation {
  return readUpTo({ ...fetched, settings: held.settings }, held.lastReadSeq);
}

/** The inbox after the person's next event in order. */
export function reduceInbox(list: ConversationList, event: PersonEvent): ConversationList {
  const now = { ...list, rev: event.rev };
  switch (event.type) {
    case "conversation.added":
      return replaceConversation(now, event.conversation);
    case "conversation.removed":
      return { ...now, conversations: now.conversations.filter((known) => known.id !== event.conversationId) };
    case "read_marker.changed":
      return {
        ...now,
        conversations: now.conversations.map((known) =>
          known.id === event.conversationId ? readUpTo(known, event.lastReadSeq) : known,
        ),
      };
    case "conversation_settings.changed":
    case "hidden_messages.changed":
      return withSettings(now, event.conversationId, event.settings);
    case "friend_request.changed":
    case "friend.changed":
    case "friend.removed":
    case "block.changed":
    case "folders.changed":
    case "filed_conversation.changed":
    case "heard_voices.changed":
    case "answer.changed":
    case "draft.changed":
    case "scheduled_message.changed":
    case "scheduled_message.removed":
    case "join_request.changed":
    case "profile.changed":
    case "starred_messages.changed":
    case "person.rev_changed":
      return now;
  }
}

function withSettings(
  list: ConversationList,
  conversationId: string,
  settings: ConversationSettings,
): ConversationList {
  const conversations = list.conversations.map((known) =>
    known.id === conversationId ? { ...known, settings } : known,
  );
  return { ...list, conversations };
}
