import type { Purpose } from "#contracts/media.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readReady } from "#server/media/access/store.ts";
import { lockFile } from "#server/media/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * A picture that I uploaded as this, and that was looked into. Anything else is refused as `file_not_ready`. Locked
 * until the transaction ends, so that no sweep deletes it before it is used.
 */
export async function requireReadyPicture(tx: Tx, me: Me, fileId: string, purpose: Purpose): Promise<void> {
  await lockFile(tx, fileId);
  const [file] = await readReady(tx, me.personId, [fileId]);
  if (file?.purpose !== purpose) throw new Refusal("file_not_ready");
}
