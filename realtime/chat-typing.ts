import { inboxChannel } from "#contracts/channels.ts";
import { type Typing, typingEvent } from "#contracts/realtime.ts";
import type { Socket } from "#realtime/connection.ts";
import { frame, toWire } from "#realtime/frames.ts";
import type { Hub } from "#realtime/hub.ts";
import type { Effect } from "#realtime/session.ts";
import { batched } from "#server/realtime/batched.ts";
import type { Sql } from "#server/realtime/database.ts";
import { sendTyping } from "#server/realtime/typing.ts";

/** Signs of writing: from a member here to the members of all workers. Nothing of them is kept. */
export class ChatTyping {
  private readonly hub: Hub;
  private readonly inboxes: ReadonlyMap<string, ReadonlySet<Socket>>;
  private readonly publishTyping: (typing: Typing) => Promise<void>;

  constructor(sql: Sql, hub: Hub, inboxes: ReadonlyMap<string, ReadonlySet<Socket>>) {
    this.hub = hub;
    this.inboxes = inboxes;
    this.publishTyping = batched(async (events: Typing[]) => {
      await sendTyping(sql, events);
      return () => {};
    });
  }

  /** Membership is asked at every sign: a subscription of yesterday opens nothing. */
  publish({ identity: { personId }, conversationId }: Extract<Effect, { type: "typing" }>): void {
    if (!this.hub.isMember(conversationId, personId)) return;
    this.publishTyping({ conversationId, personId }).catch(() => {}); // a sign that is lost is followed by another
  }

  deliver({ conversationId, personId }: Typing): void {
    const members = this.hub.membersOf(conversationId).filter((one) => one !== personId);
    if (members.length === 0) return;
    const bytes = toWire(frame(typingEvent, { conversationId, personId }, inboxChannel));
    for (const member of members) for (const socket of this.inboxes.get(member) ?? []) socket.push(bytes);
  }
}
