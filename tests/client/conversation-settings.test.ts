import { describe, expect, test } from "vitest";
import { type ListFilter, listed, listFilters } from "#client/conversations/list-filter.ts";
import { mergeInbox, reduceConversation, refreshedConversation } from "#client/conversations/reduce-inbox.ts";
import {
  countedUnread,
  isArchived,
  isHidden,
  isMarkedUnread,
  isMuted,
  nextMuteEnd,
} from "#client/conversations/settings.ts";
import { withMention } from "#client/conversations/unread.ts";
import { muteTimes } from "#components/conversations/mute-times.ts";
import type { Conversation, ConversationSettings } from "#contracts/conversations.ts";
import { untouched } from "#tests/_settings.ts";

const [monday, tuesday] = ["2026-01-05T10:00:00.000Z", "2026-01-06T10:00:00.000Z"];
const forEver = { until: null, exceptMentions: false };

function having(settings: Partial<ConversationSettings>, more: Partial<Conversation> = {}): Conversation {
  return {
    id: "room",
    kind: "direct",
    peer: null,
    community: null,
    memberCount: 2,
    role: "member",
    roleIds: [],
    muted: null,
    rules: null,
    rev: 5,
    lastSeq: 9,
    visibleFromSeq: 1,
    lastReadSeq: 6,
    unreadNotices: [8],
    unreadMentions: [7],
    lastMessage: null,
    lastMessageAt: monday,
    closedAt: null,
    settings: { ...untouched, ...settings },
    ...more,
  };
}
const now = Date.parse(monday);

describe("a mute", () => {
  test("is over at its time", () => {
    const muted = having({ muted: { until: tuesday, exceptMentions: false } });
    const end = Date.parse(tuesday);
    expect([now, end - 1, end, end + 1].map((at) => isMuted(muted, at))).toEqual([true, true, false, false]);
    expect([isMuted(having({ muted: forEver }), end), isMuted(having({}), end)]).toEqual([true, false]);
  });

  test("the next end is the earliest that is still to come", () => {
    const until = (time: string) => having({ muted: { until: time, exceptMentions: false } });
    const all = [until(tuesday), until("2026-01-05T11:00:00.000Z"), until("2026-01-01T00:00:00.000Z")];
    expect(nextMuteEnd([...all, having({ muted: forEver })], now)).toBe(Date.parse("2026-01-05T11:00:00.000Z"));
    expect(nextMuteEnd([having({ muted: forEver }), having({})], now)).toBeNull();
  });

  test("lasts an hour, eight, until the morning of the next day here, or for ever", () => {
    const evening = new Date(2026, 0, 31, 23, 30);
    expect(muteTimes.hour(evening)).toEqual(new Date(2026, 1, 1, 0, 30));
    expect(muteTimes.eightHours(evening)).toEqual(new Date(2026, 1, 1, 7, 30));
    expect(muteTimes.tomorrow(evening)).toEqual(new Date(2026, 1, 1, 8, 0));
    expect(muteTimes.always()).toBeNull();
  });
});

test("a new message ends archived and hidden; a mute keeps what is archived", () => {
  const after = { lastMessageAt: tuesday };
  const archived = { archivedAt: monday };
  expect([isArchived(having(archived), now), isArchived(having(archived, after), now)]).toEqual([true, false]);
  expect(isArchived(having({ ...archived, muted: forEver }, after), now)).toBe(true);
  expect([isHidden(having({ hiddenAt: monday })), isHidden(having({ hiddenAt: monday }, after))]).toEqual([
    true,
    false,
  ]);
  expect([isArchived(having({}), now), isHidden(having({}))]).toEqual([false, false]);
});

test("a mark ends when the read mark moves", () => {
  const marked = having({ markedUnreadSeq: 6 });
  expect([isMarkedUnread(marked), isMarkedUnread({ ...marked, lastReadSeq: 7 })]).toEqual([true, false]);
  expect(isMarkedUnread(having({}))).toBe(false);
});

test("what counts as unread: messages, a mark where there are none; of what is muted, mentions at most", () => {
  const read = { lastReadSeq: 9, unreadNotices: [], unreadMentions: [] };
  const counted = (settings: Partial<ConversationSettings>, more = {}) => countedUnread(having(settings, more), now);
  expect([counted({}), counted({ markedUnreadSeq: 6 })]).toEqual([2, 2]);
  expect([counted({}, read), counted({ markedUnreadSeq: 9 }, read)]).toEqual([0, 1]);
  expect([counted({ muted: forEver }), counted({ muted: { until: null, exceptMentions: true } })]).toEqual([0, 1]);
  expect([counted({ archivedAt: monday }), counted({ hiddenAt: monday })]).toEqual([0, 0]);
});

describe("the list", () => {
  const read = { lastReadSeq: 9, unreadNotices: [], unreadMentions: [] };
  const conversations = [
    having({}, { id: "friend" }),
    having({}, { id: "read", ...read }),
    having({ muted: forEver }, { id: "club", kind: "community" }),
    having({ pinned: true }, { id: "pinned club", kind: "community", ...read }),
    having({ archivedAt: monday }, { id: "archived" }),
    having({ hiddenAt: monday }, { id: "hidden" }),
    having({ pinned: true, markedUnreadSeq: 9 }, { id: "pinned", ...read }),
  ];
  const ids = (filter: ListFilter, openId: string | null = null) =>
    listed(conversations, { filter, openId, now }).map(({ id }) => id);

  test("has what is pinned first, each part as it was, and each filter its own", () => {
    expect(Object.fromEntries(listFilters.map((filter) => [filter, ids(filter)]))).toEqual({
      all: ["pinned club", "pinned", "friend", "read", "club"],
      unread: ["pinned", "friend", "club"],
      groups: ["pinned club", "club"],
      direct: ["pinned", "friend", "read"],
      archived: ["archived"],
    });
  });

  test("shows of a folder what is in it and not put away", () => {
    const folder = { id: "f", name: "Work", conversationIds: ["club", "hidden", "archived", "pinned", "gone"] };
    expect(listed(conversations, { folder, openId: null, now }).map(({ id }) => id)).toEqual(["pinned", "club"]);
  });

  test("keeps the open conversation among the unread", () => {
    expect(ids("unread", "read")).toEqual(["pinned", "friend", "read", "club"]);
    expect(ids("unread", "archived")).toEqual(["pinned", "friend", "club"]);
  });
});

describe("settings are numbered by the list", () => {
  const [held, fetched] = [having({ pinned: true }), having({ muted: forEver }, { rev: 6, lastReadSeq: 2 })];

  test("a fetched list that is older brings a newer conversation without its settings", () => {
    const merged = mergeInbox({ rev: 8, conversations: [held] }, { rev: 7, conversations: [fetched] });
    expect(merged.conversations).toEqual([{ ...fetched, lastReadSeq: 6, settings: held.settings }]);
  });

  test("a newer one brings them also to a conversation that it has an older state of", () => {
    const older = { ...fetched, rev: 4 };
    const merged = mergeInbox({ rev: 8, conversations: [held] }, { rev: 9, conversations: [older] });
    expect(merged.conversations).toEqual([{ ...held, settings: fetched.settings }]);
  });

  test("a conversation that is fetched alone keeps those that the list has, and the read mark", () => {
    expect(refreshedConversation(held, fetched)).toEqual({ ...fetched, lastReadSeq: 6, settings: held.settings });
  });
});

describe("unread mentions", () => {
  const event = (type: "message.sent" | "message.changed", seq: number, people: string[], senderId = "ben") => {
    const mentions = people.map((personId, at) => ({ personId, start: at * 3, length: 2 }));
    const message = { conversationId: "room", seq, rev: 6, senderId, clientId: "c", preview: "", sentAt: tuesday };
    const content = { kind: "text", text: "@a", mentions };
    return {
      scope: "conversation" as const,
      type,
      conversationId: "room",
      rev: 6,
      message: { ...message, content, editedAt: null, reactions: [] },
    };
  };
  const me = "00000000-0000-7000-8000-000000000001";
  const other = "00000000-0000-7000-8000-000000000002";
  const after = (...given: Parameters<typeof event>) =>
    reduceConversation(having({}), event(...given), me).unreadMentions;

  test("follow the messages above the read mark, however they change", () => {
    expect(after("message.sent", 10, [other, me, me])).toEqual([7, 10]);
    expect([after("message.sent", 10, [other]), after("message.sent", 10, [])]).toEqual([[7], [7]]);
    expect([after("message.changed", 9, [me]), after("message.changed", 7, [])]).toEqual([[7, 9], []]);
    expect(after("message.changed", 5, [me])).toEqual([7]);
  });

  test("end when I write, which mentions no one to me", () => {
    expect(after("message.sent", 10, [me], me)).toEqual([]);
  });

  test("are the newest hundred", () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(withMention(hundred, 200, true)).toEqual([...hundred.slice(1), 200]);
  });
});
