import { inboxChannel } from "#contracts/channels.ts";
import { type Typing, typingEvent } from "#contracts/realtime.ts";
import { frame } from "#realtime/frames.ts";
import type { Hub } from "#realtime/hub.ts";
import type { Inboxes } from "#realtime/inboxes.ts";
import type { Effect } from "#realtime/session.ts";
import { toWire } from "#realtime/wire-frame.ts";
import type { Sql } from "#server/db/sql.ts";
import { batched } from "#server/realtime/batched.ts";
import { sendTyping } from "#server/realtime/typing.ts";

/** Passes typing events from a member on this worker to the members on all workers. Nothing is stored. */
export class ChatTyping {
  private readonly hub: Hub;
  private readonly inboxes: Inboxes;
  private readonly publishTyping: (typing: Typing) => Promise<void>;

  constructor(sql: Sql, hub: Hub, inboxes: Inboxes) {
    this.hub = hub;
    this.inboxes = inboxes;
    this.publishTyping = batched(async (events: Typing[]) => {
      await sendTyping(sql, events);
      return () => {};
    });
  }

  /** Membership is checked for each event, because it may have ended after the subscription. */
  publish({ identity: { personId }, conversationId }: Extract<Effect, { type: "typing" }>): void {
    if (!this.hub.connected.isMember(conversationId, personId)) return;
    this.publishTyping({ conversationId, personId }).catch(() => {}); // the client sends more while the person types
  }

  deliver({ conversationId, personId }: Typing): void {
    const members = this.hub.connected.membersOf(conversationId).filter((one) => one !== personId);
    if (members.length === 0) return;
    this.inboxes.push(members, toWire(frame(typingEvent, { conversationId, personId }, inboxChannel)));
  }
}
