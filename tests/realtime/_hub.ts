/** Events of one conversation, and a hub to apply them to. */
import type { ConversationEvent } from "#contracts/events.ts";
import { type Action, Hub } from "#realtime/hub.ts";

const at = "2026-01-01T00:00:00.000Z";
export const room = "room";

export function sent(rev: number, seq = rev): ConversationEvent {
  const message = {
    conversationId: room,
    seq,
    rev,
    senderId: "ann",
    clientId: "c",
    content: { kind: "text" },
    preview: "",
    sentAt: at,
    editedAt: null,
    reactions: [],
  };
  return { scope: "conversation", type: "message.sent", conversationId: room, rev, message };
}
export function moved(rev: number, personId: string, left: boolean, visibleFromSeq = 1) {
  const member = {
    personId,
    role: "member" as const,
    roleIds: [],
    muted: null,
    visibleFromSeq,
    joinedAt: at,
    leftAt: left ? at : null,
    rev,
  };
  const event = { scope: "conversation", type: "member.changed", conversationId: room, rev } as const;
  return { ...event, member, memberCount: 1 } satisfies ConversationEvent;
}
export const deliver = (hub: Hub, event: ConversationEvent) =>
  hub.apply({ conversationId: room, rev: event.rev, event });
/** One line per delivery, for example "ann ben: message.sent 3". */
export const lines = (actions: Action[]) =>
  actions.map((action) =>
    action.type === "deliver"
      ? `${action.personIds.join(" ")}: ${action.event.type} ${action.event.rev}`
      : action.type === "read"
        ? `read after ${action.rev}`
        : action.type,
  );
export function hubWith(...people: string[]): Hub {
  const hub = new Hub();
  for (const personId of people) {
    hub.connect(personId);
    hub.load({ personId, rev: 0, memberships: [{ conversationId: room, rev: 0, visibleFromSeq: 1 }] });
  }
  return hub;
}
