import { expect, test } from "vitest";
import { createSelection } from "#client/messages/selection.ts";
import { transcriptOf } from "#client/messages/transcript.ts";
import type { Message } from "#contracts/messages/message.ts";

const message = (seq: number, more: Partial<Message> = {}): Message => ({
  conversationId: "one",
  seq,
  rev: seq,
  senderId: "ann",
  clientId: `client ${seq}`,
  content: { kind: "text", text: `line ${seq}` },
  preview: `line ${seq}`,
  sentAt: "2026-01-01T00:00:00.000Z",
  editedAt: null,
  reactions: [],
  ...more,
});
const notice = (seq: number) => message(seq, { content: { kind: "notice", notice: "member_joined" } });
const loaded = [1, 2, 3, 4, 5, 6].map((seq) => (seq === 4 ? notice(seq) : message(seq)));

function selecting(limit = 100) {
  const selection = createSelection(limit);
  const seqs = () => [...(selection.read()?.messages.keys() ?? [])].sort((a, b) => a - b);
  return { selection, seqs };
}

test("messages are selected and given up one by one, and the last one given up leaves an empty selection", () => {
  const { selection, seqs } = selecting();
  selection.start(message(3));
  selection.toggle(message(5));
  expect(seqs()).toEqual([3, 5]);
  selection.toggle(message(3));
  selection.toggle(message(5));
  expect([selection.read()?.conversationId, seqs()]).toEqual(["one", []]);
  selection.clear("one");
  expect(selection.read()).toBeNull();
});

test("a range goes from the last selected message, up or down, and leaves out notices", () => {
  const { selection, seqs } = selecting();
  selection.start(message(3));
  selection.extend(loaded, message(6));
  expect(seqs()).toEqual([3, 5, 6]);
  selection.extend(loaded, message(1));
  expect(seqs()).toEqual([1, 2, 3, 5, 6]);
});

test("no more than the limit are selected: of a range the nearest to where it begins", () => {
  const { selection, seqs } = selecting(3);
  selection.start(message(6));
  expect(selection.extend(loaded, message(1))).toBe(false);
  expect(seqs()).toEqual([3, 5, 6]);
  expect(selection.toggle(message(1))).toBe(false);
  expect(selection.toggle(message(3))).toBe(true);
  expect(selection.toggle(message(1))).toBe(true);
  expect(seqs()).toEqual([1, 5, 6]);
});

test("a message that is recalled leaves the selection, and an edited one is selected as it is now", () => {
  const { selection, seqs } = selecting();
  selection.start(message(2));
  selection.toggle(message(3));
  let told = 0;
  selection.subscribe(() => {
    told += 1;
  });
  selection.update("one", loaded);
  expect(told).toBe(0);
  const edited = message(3, { rev: 8, content: { kind: "text", text: "other" } });
  selection.update("one", [message(2, { rev: 7, content: { kind: "recalled" } }), edited]);
  expect([told, seqs(), selection.read()?.messages.get(3)]).toEqual([1, [3], edited]);
  selection.update("two", [message(3, { rev: 9, content: { kind: "recalled" } })]);
  expect(seqs()).toEqual([3]);
});

test("notices and recalled messages begin no selection, and each conversation has its own", () => {
  const { selection, seqs } = selecting();
  selection.start(notice(4));
  selection.start(message(4, { content: { kind: "recalled" } }));
  expect(selection.read()).toBeNull();
  selection.start(message(1));
  selection.clear("two");
  selection.toggle(message(2, { conversationId: "two" }));
  expect([selection.read()?.conversationId, seqs()]).toEqual(["two", [2]]);
});

test("messages are copied with names and times", () => {
  const lines = [
    { name: "Ann", at: "1 May 2026, 14:03", text: "one\ntwo" },
    { name: "本", at: "1 May 2026, 14:04", text: "[Photo]" },
  ];
  expect(transcriptOf(lines)).toBe("Ann, 1 May 2026, 14:03\none\ntwo\n\n本, 1 May 2026, 14:04\n[Photo]");
  expect(transcriptOf([])).toBe("");
});
