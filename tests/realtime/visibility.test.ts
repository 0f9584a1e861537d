import { describe, expect, test } from "vitest";
import type { ConversationEvent } from "#contracts/events.ts";
import { visibilityOf } from "#realtime/visibility.ts";

const at = "2026-01-01T00:00:00.000Z";
const head = { scope: "conversation", conversationId: "room", rev: 20 } as const;
/** `seq` 10 of the conversation, at its rev 20. */
const message = {
  conversationId: "room",
  seq: 10,
  rev: 20,
  senderId: "ann",
  clientId: "c",
  content: { kind: "text" },
  preview: "",
  sentAt: at,
  editedAt: null,
  reactions: [],
};
const member = {
  personId: "ben",
  role: "member",
  roleIds: [] as string[],
  muted: null,
  visibleFromSeq: 1,
  joinedAt: at,
  leftAt: null,
  rev: 20,
} as const;

const events: Record<ConversationEvent["type"], ConversationEvent> = {
  "message.sent": { type: "message.sent", ...head, message },
  "message.changed": { type: "message.changed", ...head, message },
  "member.changed": { type: "member.changed", ...head, member, memberCount: 2 },
  "conversation.changed": {
    type: "conversation.changed",
    ...head,
    metadata: { community: null, rules: null, closedAt: null },
  },
  "conversation.rev_changed": { type: "conversation.rev_changed", ...head },
};

const members = {
  "sees all of the history": { visibleFromSeq: 1 },
  "sees the history from this message on": { visibleFromSeq: 10 },
  "sees the history from the next message on": { visibleFromSeq: 11 },
  "is muted until a rev before": { visibleFromSeq: 1, mutedUntil: 19 },
  "is muted until this rev": { visibleFromSeq: 1, mutedUntil: 20 },
  "is muted until the next rev": { visibleFromSeq: 1, mutedUntil: 21 },
  "is muted, and sees later history only": { visibleFromSeq: 11, mutedUntil: 21 },
  "was muted until this rev, and sees later history only": { visibleFromSeq: 11, mutedUntil: 20 },
};

// One column per member, in the order above.
test.each([
  ["message.sent", "event event rev event event nothing nothing rev"],
  ["message.changed", "event event rev event event nothing nothing rev"],
  ["member.changed", "event event event event event nothing nothing event"],
  ["conversation.changed", "event event event event event nothing nothing event"],
  ["conversation.rev_changed", "event event event event event nothing nothing event"],
] as const)("%s", (type, expected) => {
  const seen = Object.values(members).map((one) => visibilityOf(events[type], one));
  expect(seen.join(" ")).toBe(expected);
});

describe("an event that this worker does not know", () => {
  test("is delivered to no member", () => {
    // Sent by a newer version of the server.
    const unknown = { ...head, type: "message.pinned", message } as unknown as ConversationEvent;
    expect(Object.values(members).map((one) => visibilityOf(unknown, one))).toEqual(Array(8).fill("nothing"));
  });
});
