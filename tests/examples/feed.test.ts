import { expect, test } from "vitest";
import type { ChangesSince } from "#contracts/conversations.ts";
import type { ConversationEvent } from "#contracts/events.ts";
import type { Message, MessagePage } from "#contracts/messages/message.ts";
import { Feed } from "#examples/cli/feed.ts";

const conversationId = "0190a000-0000-7000-8000-000000000001";
const message = (seq: number, rev = seq): Message => ({
  ...{ conversationId, seq, rev, senderId: conversationId, clientId: conversationId, preview: `${seq}` },
  ...{ content: { kind: "text", text: `${seq}` }, sentAt: "2026-01-01T00:00:00.000Z", editedAt: null, reactions: [] },
});
const sent = (seq: number, rev = seq): ConversationEvent => ({
  ...{ scope: "conversation", type: "message.sent", conversationId, rev, message: message(seq, rev) },
});
const page = (seqs: number[], lastSeq: number): MessagePage => ({
  ...{ messages: seqs.map((seq) => message(seq)), head: { rev: lastSeq, lastSeq }, ownReactions: [] },
  ...{ hasOlder: false, hasNewer: (seqs.at(-1) ?? lastSeq) < lastSeq },
});
const changes = (messages: Message[], lastSeq: number, rev: number, nextRev: number | null = null): ChangesSince => ({
  ...{ reset: false, changes: messages.map((one) => ({ rev: one.rev, message: one })), nextRev },
  head: { rev, lastSeq },
});
const seqs = (shown: Message[] | "gap") => (shown === "gap" ? shown : shown.map(({ seq }) => seq));

function opened(from = 1): Feed {
  const feed = new Feed(from);
  feed.open(page([1, 2, 3], 3));
  return feed;
}

test("the next event is shown, a repeated one is not, and a hole must be asked for", () => {
  const feed = opened();
  expect(seqs(feed.hear(sent(4)))).toEqual([4]);
  expect(seqs(feed.hear(sent(4)))).toEqual([]);
  expect(feed.hear(sent(6))).toBe("gap");
  expect(seqs(feed.catchUp(changes([message(5), message(6)], 6, 6)))).toEqual([5, 6]);
  expect(seqs(feed.hear(sent(6)))).toEqual([]);
});

test("nothing is heard before the conversation was opened, and a bare number must be asked for", () => {
  expect(new Feed(1).hear(sent(1))).toBe("gap");
  expect(opened().hear({ scope: "conversation", type: "conversation.rev_changed", conversationId, rev: 4 })).toBe(
    "gap",
  );
});

test("a message that changed after later ones were sent is still shown in its place", () => {
  const feed = opened();
  expect(seqs(feed.catchUp(changes([message(5)], 6, 7, 5)))).toEqual([]);
  expect(seqs(feed.catchUp(changes([message(6), message(4, 7)], 6, 7)))).toEqual([4, 5, 6]);
});

test("a change of a message that was shown is not shown again", () => {
  const feed = opened();
  expect(seqs(feed.hear(sent(2, 4)))).toEqual([]);
  expect(feed.rev).toBe(4);
});

test("history arrives page by page, and what came before I could read is not waited for", () => {
  const feed = new Feed(1);
  expect(seqs(feed.open(page([4, 5], 7)))).toEqual([4, 5]);
  expect(feed.rev).toBeNull();
  expect(seqs(feed.open(page([6, 7], 7)))).toEqual([6, 7]);
  expect([feed.rev, feed.nextSeq]).toEqual([7, 8]);
});

test("following from a message that is yet to come shows nothing before it", () => {
  const feed = opened(5);
  expect(seqs(feed.hear(sent(4)))).toEqual([]);
  expect(seqs(feed.hear(sent(5)))).toEqual([5]);
});
