import { settingsAfter } from "#server/conversations/settings/settings-after.ts";
import { readListed, writeSettings } from "#server/conversations/settings/store.ts";
import type { Tx } from "#server/db/sql.ts";
import { type PeopleLedger, publishToPerson } from "#server/people/ledger.ts";

/** Marks a conversation of a locked person as unread: what they sent themselves does not count as such. */
export async function markUnread(
  tx: Tx,
  people: PeopleLedger,
  personId: string,
  conversationId: string,
): Promise<void> {
  const listed = await readListed(tx, personId, conversationId);
  if (!listed) return;
  const settings = settingsAfter(listed, { markedUnread: true });
  await writeSettings(tx, personId, conversationId, settings);
  publishToPerson(people, personId, { type: "conversation_settings.changed", conversationId, settings });
}
