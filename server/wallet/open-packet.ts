import type { PacketOpenOutput } from "#contracts/wallet.ts";
import { statement } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";
import { getPacket } from "#server/wallet/get-packet.ts";
import { claimShare } from "#server/wallet/store.ts";

/**
 * Takes a share of a red packet, in one statement: any number of people at once get exactly the shares, each at most
 * one. Answers `already` when the caller has a share, `finished` when all are claimed, `expired` after its hours.
 * Refuses `not_found` (also when the caller may not see the message) and `not_recipient`.
 *
 * Friendship is not checked: the coins left the sender with the message, which stays readable. Otherwise the sender
 * could take a present back by ending the friendship.
 */
export async function openPacket(me: Me, input: { packetId: string }): Promise<PacketOpenOutput> {
  const { walletInitialBalance } = env();
  const { outcome, amount } = await statement((tx) =>
    claimShare(tx, input.packetId, me.personId, walletInitialBalance),
  );
  switch (outcome) {
    case "opened":
    case "already":
    case "finished":
    case "expired":
      return { outcome, amount, packet: await getPacket(me, input) };
    case "not_recipient":
      throw new Refusal("not_recipient");
    default:
      throw new Refusal("not_found");
  }
}
