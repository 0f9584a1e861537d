import { sql } from "#server/db/sql.ts";
import { readStanding } from "#server/media/access/store.ts";
import type { Reading } from "#server/media/file-url.ts";
import { batched } from "#server/realtime/batched.ts";

/**
 * May this session still read this file? Its person may see it (the rule of `readVisible`), it has neither ended nor
 * expired, and the file still has these bytes. A page of pictures asks for many at once, in one query.
 */
export const mayStillRead = batched(
  async (readings: Reading[]) => {
    const standing = await readStanding(sql(), readings);
    const allowed = new Set(standing.map((at) => readings[at]));
    return (reading: Reading): boolean => allowed.has(reading);
  },
  // A person waits for it: the next query begins as soon as the last has ended.
  { pause: async () => {} },
);
