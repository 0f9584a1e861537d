import { createHash } from "node:crypto";
import { addMessage, beginChanges, commitChanges } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import { readSent } from "#server/messages/store.ts";
import { readPacketPlace } from "#server/wallet/store.ts";

/**
 * Posts the notice of who opened which red packet. A job of its own, because opening would otherwise wait for the
 * conversation's row; once, however often the job runs, because its client id is made from the two. A conversation that
 * was closed meanwhile takes nothing new.
 */
export async function announceClaim({ packetId, personId }: { packetId: string; personId: string }): Promise<void> {
  await transaction(async (tx) => {
    const packet = await readPacketPlace(tx, packetId);
    if (!packet) throw new Error(`the red packet ${packetId} does not exist`);
    const ledger = await beginChanges(tx, packet.conversationId);
    const clientId = clientIdOf(packetId, personId);
    if (ledger.conversation.closedAt) return;
    if (await readSent(tx, packet.conversationId, personId, clientId)) return;
    const notice = "red_packet_opened" as const;
    const content = { kind: "notice" as const, notice, personId: packet.senderId, packetId };
    await addMessage(tx, ledger, { senderId: personId, clientId, content });
    await commitChanges(tx, ledger);
  });
}

/** A UUID of version 8: what it is made from is ours to say. */
function clientIdOf(packetId: string, personId: string): string {
  const digest = createHash("sha256").update(`red_packet_opened ${packetId} ${personId}`).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
