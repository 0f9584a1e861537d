import type { HeadList } from "#contracts/conversations.ts";
import { readHeads, readPersonRev } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

/** The heads of all my conversations and my own rev, with which a client finds out what it missed. */
export async function listHeads(me: Me): Promise<HeadList> {
  return snapshot(async (tx) => ({
    personRev: await readPersonRev(tx, me.personId),
    heads: await readHeads(tx, me.personId),
  }));
}
