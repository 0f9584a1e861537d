import type { ScheduledList } from "#contracts/messages/schedule.ts";
import { readPersonRev } from "#server/conversations/store.ts";
import { snapshot } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { readAllScheduled } from "#server/messages/schedule/store.ts";
import { toScheduled } from "#server/messages/schedule/view.ts";

/** My scheduled messages of all conversations, the next one first, with my rev, from one snapshot. */
export async function listScheduled(me: Me): Promise<ScheduledList> {
  return snapshot(async (tx) => ({
    rev: await readPersonRev(tx, me.personId),
    messages: (await readAllScheduled(tx, me.personId)).map(toScheduled),
  }));
}
