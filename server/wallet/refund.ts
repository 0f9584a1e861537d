import { transaction } from "#server/db/sql.ts";
import { refundRest } from "#server/wallet/store.ts";

/**
 * Refunds the unclaimed rest to the sender, once. Throws when the packet has not expired yet, so that the job comes
 * again.
 */
export async function refundPacket(packetId: string): Promise<void> {
  const rest = await transaction((tx) => refundRest(tx, packetId));
  if (rest === null) throw new Error(`the red packet ${packetId} does not exist, or has not expired`);
}
