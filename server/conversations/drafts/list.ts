import type { DraftList } from "#contracts/drafts.ts";
import { readDrafts } from "#server/conversations/drafts/store.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";

/** My drafts of all conversations, with my rev, from one snapshot. */
export async function listDrafts(me: Me): Promise<DraftList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    drafts: await readDrafts(tx, me.personId),
  }));
}
