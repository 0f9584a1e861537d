import { QueryClient } from "@tanstack/react-query";
import { describe, expect, test } from "vitest";
import { unreadMentionsOf, unreadOf } from "#client/conversations/unread.ts";
import { isHeard } from "#client/messages/heard.ts";
import { applyConversationEvent, applyPersonEvent } from "#client/realtime/apply-event.ts";
import { createCatchUp } from "#client/realtime/catch-up.ts";
import type { Api } from "#client/trpc.ts";
import type { Conversation } from "#contracts/conversations.ts";
import type { ConversationEvent, PersonEvent } from "#contracts/events.ts";
import type { MessageMarks } from "#contracts/messages/marks.ts";
import type { Message, PinnedMessages } from "#contracts/messages/message.ts";
import { queryKeys } from "#tests/_query-keys.ts";
import { untouched } from "#tests/_settings.ts";

const message = (seq: number, rev: number, pinnedAt?: string): Message => ({
  conversationId: "room",
  seq,
  rev,
  senderId: "ben",
  clientId: `c${seq}`,
  content: { kind: "text", text: "words" },
  preview: "words",
  sentAt: "2026-01-01T00:00:00.000Z",
  editedAt: null,
  reactions: [],
  ...(pinnedAt ? { pinnedAt } : {}),
});
const [monday, tuesday] = ["2026-01-05T10:00:00.000Z", "2026-01-06T10:00:00.000Z"];

function cache() {
  const queryClient = new QueryClient();
  queryClient.setQueryData<MessageMarks>(queryKeys.marks("room"), {
    rev: 5,
    hidden: [2, 7],
    starred: [3],
    heard: [],
    answers: [],
  });
  queryClient.setQueryData<MessageMarks>(queryKeys.marks("hall"), {
    rev: 5,
    hidden: [],
    starred: [1],
    heard: [],
    answers: [],
  });
  queryClient.setQueryData<PinnedMessages>(queryKeys.pinned("room"), { rev: 5, messages: [message(3, 4, monday)] });
  const held = { queryClient, keys: queryKeys, meId: "ann" };
  const marks = (id: string) => queryClient.getQueryData(queryKeys.marks(id));
  const pinned = () => queryClient.getQueryData<PinnedMessages>(queryKeys.pinned("room"));
  return { held, marks, pinned };
}

const hid = (rev: number, seqs: number[], hidden: boolean): PersonEvent => ({
  scope: "person",
  type: "hidden_messages.changed",
  rev,
  conversationId: "room",
  seqs,
  hidden,
  settings: untouched,
});
const starred = (rev: number, seqs: number[], is: boolean): PersonEvent => ({
  scope: "person",
  type: "starred_messages.changed",
  rev,
  conversationId: "room",
  seqs,
  starred: is,
});
const read: PersonEvent = {
  scope: "person",
  type: "read_marker.changed",
  rev: 6,
  conversationId: "room",
  lastReadSeq: 1,
};
const changed = (rev: number, one: Message): ConversationEvent => ({
  scope: "conversation",
  type: "message.changed",
  conversationId: "room",
  rev,
  message: one,
});

describe("my marks", () => {
  test("are changed by their conversation's events, and counted on by all others", () => {
    const { held, marks } = cache();
    expect([...applyPersonEvent(held, hid(6, [4, 7], true))]).toEqual([]);
    expect(marks("room")).toMatchObject({ rev: 6, hidden: [2, 4, 7], starred: [3] });
    expect(marks("hall")).toMatchObject({ rev: 6, hidden: [], starred: [1] });
    applyPersonEvent(held, hid(7, [2], false));
    applyPersonEvent(held, starred(8, [9, 1], true));
    applyPersonEvent(held, starred(9, [3], false));
    expect(marks("room")).toMatchObject({ rev: 9, hidden: [4, 7], starred: [1, 9] });
    expect(marks("hall")).toMatchObject({ rev: 9, hidden: [], starred: [1] });
    applyPersonEvent(held, hid(9, [1], true));
    expect(marks("room")).toMatchObject({ rev: 9, hidden: [4, 7], starred: [1, 9] });
  });

  test.each([
    ["a missed event", hid(7, [1], true)],
    ["a bare one", { scope: "person", type: "person.rev_changed", rev: 6 } satisfies PersonEvent],
  ])("are asked for anew after %s", (_, event) => {
    const { held, marks } = cache();
    expect([...applyPersonEvent(held, event)]).toEqual(["marks"]);
    expect(marks("room")).toMatchObject({ rev: 5, hidden: [2, 7], starred: [3] });
  });

  test("go with the conversation", () => {
    const { held, marks, pinned } = cache();
    applyPersonEvent(held, { scope: "person", type: "conversation.removed", rev: 6, conversationId: "room" });
    expect([marks("room"), pinned()]).toEqual([undefined, undefined]);
    expect(marks("hall")).toMatchObject({ rev: 6, hidden: [], starred: [1] });
  });

  test("and the pinned messages are fetched after a reconnect that shows that they are behind, and else not", async () => {
    const { held } = cache();
    const invalid = () =>
      [queryKeys.marks("room"), queryKeys.marks("hall"), queryKeys.pinned("room")].map(
        (key) => held.queryClient.getQueryState(key)?.isInvalidated,
      );
    // Nothing is on a screen, so nothing is asked for.
    const catchUp = createCatchUp({} as Api, held);
    await catchUp.sync({ rev: 5, heads: { room: 5 } });
    expect(invalid()).toEqual([false, false, false]);
    await catchUp.sync({ rev: 6, heads: { room: 5 } });
    expect(invalid()).toEqual([true, true, false]);
    await catchUp.sync({ rev: 5, heads: { room: 6 } });
    expect(invalid()).toEqual([true, true, true]);
  });
});

describe("the pinned messages", () => {
  test("follow their messages, the last pinned first", () => {
    const { held, pinned } = cache();
    const seqs = () => pinned()?.messages.map(({ seq }) => seq);
    expect([...applyConversationEvent(held, changed(6, message(2, 6, tuesday)))]).toEqual([]);
    expect(seqs()).toEqual([2, 3]);
    applyConversationEvent(held, changed(7, message(4, 7, monday)));
    expect(seqs()).toEqual([2, 4, 3]);
    applyConversationEvent(held, changed(8, { ...message(3, 8, monday), preview: "edited" }));
    expect(pinned()?.messages[2]?.preview).toBe("edited");
    applyConversationEvent(held, changed(9, message(2, 9)));
    applyConversationEvent(held, changed(10, message(8, 10)));
    expect(pinned()).toMatchObject({ rev: 10, messages: [{ seq: 4 }, { seq: 3 }] });
  });

  test("are asked for anew after a missed event or one that I may not see", () => {
    const { held } = cache();
    expect([...applyConversationEvent(held, changed(7, message(2, 7, tuesday)))]).toEqual(["pinned"]);
    const bare = { scope: "conversation", type: "conversation.rev_changed", conversationId: "room", rev: 6 } as const;
    expect([...applyConversationEvent(held, bare)]).toEqual(["pinned"]);
  });
});

test("deleted messages are left out of what is unread while they are above the read mark", () => {
  const base = { lastSeq: 9, lastReadSeq: 4, unreadNotices: [5], unreadMentions: [6, 8] };
  const having = (hiddenUnread: number[], lastReadSeq = 4) =>
    ({ ...base, lastReadSeq, settings: { ...untouched, hiddenUnread } }) as unknown as Conversation; // all that both read
  expect([unreadOf(having([])), unreadMentionsOf(having([]))]).toEqual([4, [6, 8]]);
  expect([unreadOf(having([6, 7])), unreadMentionsOf(having([6, 7]))]).toEqual([2, [8]]);
  expect(unreadOf({ ...having([6, 7], 6), unreadNotices: [] })).toBe(2);
});

test("an event that changes nothing of mine is counted", () => {
  const { held, marks } = cache();
  applyPersonEvent(held, read);
  expect(marks("room")).toMatchObject({ rev: 6, hidden: [2, 7], starred: [3] });
});

test("of the voices that were heard the newest are kept, in the conversation that they are of", () => {
  const { held, marks } = cache();
  const hear = (rev: number, seqs: number[]) =>
    applyPersonEvent(held, { scope: "person", type: "heard_voices.changed", rev, conversationId: "room", seqs });
  hear(6, [9, 4]);
  hear(7, [5]);
  expect(marks("room")).toMatchObject({ rev: 7, heard: [4, 5, 9] });
  expect(marks("hall")).toMatchObject({ rev: 7, heard: [] });
  hear(
    8,
    Array.from({ length: 998 }, (_, n) => 10 + n),
  );
  const { heard } = held.queryClient.getQueryData<MessageMarks>(queryKeys.marks("room")) ?? { heard: [] };
  expect([heard.length, heard[0]]).toEqual([1_000, 5]);
  expect([4, 5, 6].map((seq) => isHeard(new Set(heard), seq))).toEqual([true, true, false]);
  expect(isHeard(new Set([5]), 4)).toBe(false);
});
