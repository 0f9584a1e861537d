import { expect, test } from "vitest";
import { reduceConversation, reduceInbox } from "#client/conversations/reduce-inbox.ts";
import { unreadOf } from "#client/conversations/unread.ts";
import type { Conversation } from "#contracts/conversations.ts";
import { conversation } from "#tests/client/_cached.ts";

const me = "00000000-0000-7000-8000-000000000001";
const other = "00000000-0000-7000-8000-000000000002";
const conversationId = "00000000-0000-7000-8000-00000000000c";
const start: Conversation = { ...conversation, id: conversationId, memberCount: 3 };

function said(before: Conversation, kind: "text" | "notice", senderId = other): Conversation {
  const seq = before.lastSeq + 1;
  const content = kind === "text" ? { kind, text: "hello" } : { kind, notice: "member_joined" as const };
  const message = {
    seq,
    rev: before.rev + 1,
    senderId,
    clientId: me,
    content,
    preview: "hello",
    sentAt: "2026-02-02T00:00:00.000Z",
    editedAt: null,
    reactions: [],
  };
  return reduceConversation(
    before,
    {
      scope: "conversation",
      type: "message.sent",
      conversationId,
      rev: before.rev + 1,
      message: { ...message, conversationId },
    },
    me,
  );
}

test("a notice neither counts as unread nor lifts its conversation; a message does both", () => {
  const noticed = said(said(start, "notice"), "notice");
  expect(unreadOf(noticed)).toBe(0);
  expect(noticed.lastMessageAt).toBe("2026-01-01T00:00:00.000Z");
  const written = said(noticed, "text");
  expect(unreadOf(written)).toBe(1);
  expect(written.lastMessageAt).toBe("2026-02-02T00:00:00.000Z");
  expect(unreadOf(said(written, "notice"))).toBe(1);
});

test("reading up to the middle leaves the messages after it, without the notices among them", () => {
  const all = said(said(said(said(start, "notice"), "text"), "notice"), "text");
  expect(unreadOf(all)).toBe(2);
  const read = (lastReadSeq: number) =>
    reduceInbox(
      { rev: 1, conversations: [all] },
      { scope: "person", type: "read_marker.changed", rev: 2, conversationId: conversationId, lastReadSeq },
    ).conversations[0];
  expect([3, 4, 5, 6].map((seq) => unreadOf(read(seq) ?? start))).toEqual([2, 1, 1, 0]);
  expect(read(4)?.unreadNotices).toEqual([5]);
});

test("what I write has been read by me, notices before it included", () => {
  const mine = said(said(said(start, "notice"), "text"), "text", me);
  expect(unreadOf(mine)).toBe(0);
  expect(mine.unreadNotices).toEqual([]);
});
