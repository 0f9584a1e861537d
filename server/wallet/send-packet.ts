import { randomInt, randomUUID } from "node:crypto";
import { limits } from "#contracts/limits.ts";
import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import type { MessageSendOutput } from "#contracts/messages/message.ts";
import type { PacketSendInput } from "#contracts/wallet.ts";
import { type Tx, transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { addJob } from "#server/jobs/add-job.ts";
import type { Me } from "#server/me.ts";
import { sendInTransaction } from "#server/messages/send/send-in-transaction.ts";
import { readSent } from "#server/messages/store.ts";
import { toMessage } from "#server/messages/view.ts";
import { Refusal } from "#server/refusal.ts";
import { recipientOf } from "#server/wallet/recipient.ts";
import { splitEqually, splitRandomly } from "#server/wallet/split.ts";
import { insertPacket, lockWallet, readPacketTerms } from "#server/wallet/store.ts";

const { shareMax, hours } = limits.redPacket;

/**
 * Puts coins of mine into a red packet and sends it: wallet, packet and message in one transaction. The same `clientId`
 * again answers `duplicate` with the first message, and moves nothing. Refuses what `sendMessage` refuses,
 * `not_divisible`, `packet_too_small`, `packet_too_large`, `invalid_shares`, `cannot_target_self`, `insufficient_balance`.
 */
export async function sendPacket(me: Me, input: PacketSendInput): Promise<MessageSendOutput> {
  const { conversationId, clientId, split, total, shares, greeting } = input;
  checkTerms(input);
  return transaction(async (tx) => {
    // My wallet first: my sends are one after the other from here, so a retry sees what the first attempt stored.
    const balance = await lockWallet(tx, me.personId, env().walletInitialBalance);
    const before = await readBefore(tx, me, input);
    if (before) return before;
    const forPersonId = await recipientOf(tx, me, input);
    if (balance < total) throw new Refusal("insufficient_balance");

    const id = randomUUID();
    const content: ContentOf<"red_packet"> = { kind: "red_packet", packetId: id, greeting, split, shares };
    const sent = await sendInTransaction(tx, me, { conversationId, clientId, content });
    const amounts =
      split === "equal"
        ? splitEqually(total, shares)
        : splitRandomly(total, shares, shareMax, (a, b) => randomInt(a, b));
    const { seq } = sent.message;
    const terms = { id, conversationId, seq, senderId: me.personId, split, forPersonId, greeting };
    const { expiresAt } = await insertPacket(tx, { ...terms, amounts, hours });
    await addJob(tx, "packets:refund", { packetId: id }, { runAt: expiresAt });
    return sent;
  });
}

function checkTerms({ split, total, shares }: PacketSendInput): void {
  if (total < shares) throw new Refusal("packet_too_small");
  if (total > shares * shareMax) throw new Refusal("packet_too_large");
  if (split === "equal" && total % shares !== 0) throw new Refusal("not_divisible");
}

/** The answer to a retry, also after its sender was removed from the conversation. */
async function readBefore(tx: Tx, me: Me, input: PacketSendInput): Promise<MessageSendOutput | null> {
  const row = await readSent(tx, input.conversationId, me.personId, input.clientId);
  if (!row) return null;
  const { content } = row;
  const terms = content.kind === "red_packet" ? await readPacketTerms(tx, content.packetId) : null;
  const same =
    content.kind === "red_packet" &&
    content.split === input.split &&
    content.shares === input.shares &&
    content.greeting === input.greeting &&
    terms?.total === input.total &&
    (input.forPersonId === undefined || terms.forPersonId === input.forPersonId);
  if (!same) throw new Refusal("client_id_reused");
  return { outcome: "duplicate", message: toMessage(row) };
}
