import { inboxChannel } from "#contracts/channels.ts";
import { type Typing, typingEvent } from "#contracts/realtime.ts";
import { frame, toWire } from "#realtime/frames.ts";
import type { Hub } from "#realtime/hub.ts";
import type { Socket } from "#realtime/link.ts";
import type { Effect } from "#realtime/session.ts";
import { batched } from "#server/live/batched.ts";
import { sendTyping } from "#server/live/beat.ts";
import type { Sql } from "#server/live/database.ts";

/** Signs of writing: from a member here to the members of all workers. Nothing of them is kept. */
export class ChatTyping {
  private readonly hub: Hub;
  private readonly inboxes: ReadonlyMap<string, ReadonlySet<Socket>>;
  private readonly relay: (typing: Typing) => Promise<void>;

  constructor(sql: Sql, hub: Hub, inboxes: ReadonlyMap<string, ReadonlySet<Socket>>) {
    this.hub = hub;
    this.inboxes = inboxes;
    this.relay = batched(async (signs: Typing[]) => {
      await sendTyping(sql, signs);
      return () => {};
    });
  }

  /** Membership is asked at every sign: a subscription of yesterday opens nothing. */
  sign({ claim: { personId }, conversationId }: Extract<Effect, { type: "typing" }>): void {
    if (!this.hub.isMember(conversationId, personId)) return;
    this.relay({ conversationId, personId }).catch(() => {}); // a sign that is lost is followed by another
  }

  tell({ conversationId, personId }: Typing): void {
    const members = this.hub.membersOf(conversationId).filter((one) => one !== personId);
    if (members.length === 0) return;
    const bytes = toWire(frame(typingEvent, { conversationId, personId }, inboxChannel));
    for (const member of members) for (const socket of this.inboxes.get(member) ?? []) socket.push(bytes);
  }
}
