import type { Purpose } from "#contracts/media.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readReady } from "#server/media/store.ts";
import { Refusal } from "#server/refusal.ts";

/** A picture that I uploaded as this, and that was looked into. Anything else is refused as `file_not_ready`. */
export async function checkPicture(me: Me, fileId: string, purpose: Purpose): Promise<void> {
  const [file] = await readReady(sql(), me.personId, [fileId]);
  if (file?.purpose !== purpose) throw new Refusal("file_not_ready");
}
