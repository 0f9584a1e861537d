import type { Packet } from "#contracts/wallet.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { Refusal } from "#server/refusal.ts";
import { readPacket } from "#server/wallet/store.ts";
import { toPacket } from "#server/wallet/view.ts";

/** A red packet with who took what and when. Refuses `not_found`, also when the viewer may not see its message. */
export async function getPacket(me: Me, input: { packetId: string }): Promise<Packet> {
  const row = await readPacket(sql(), input.packetId, me.personId);
  if (!row) throw new Refusal("not_found");
  return toPacket(row, me.personId);
}
