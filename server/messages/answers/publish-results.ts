import type { ContentOf } from "#contracts/messages/kinds/index.ts";
import { beginChanges, commitChanges, recordMessageChange } from "#server/conversations/ledger.ts";
import { transaction } from "#server/db/sql.ts";
import { contentNow } from "#server/messages/answers/content-now.ts";
import { type MessageKey, readResults, writeContent, writePublished } from "#server/messages/answers/store.ts";
import { readMessage } from "#server/messages/store.ts";

/**
 * The job: tells the members of a conversation the results of a poll or sign-up as they are now. It was added by the answer
 * that was not told, in its transaction, so the last state is always told. Running it again is harmless: nothing is due then.
 */
export async function publishResults(key: MessageKey): Promise<void> {
  await transaction(async (tx) => {
    const ledger = await beginChanges(tx, key.conversationId);
    const results = await readResults(tx, key);
    const row = await readMessage(tx, key.conversationId, key.seq);
    if (!results.publishDue || (row?.kind !== "poll" && row?.kind !== "signup")) return;
    await writePublished(tx, key);
    const known = row.content as ContentOf<"poll" | "signup">; // stored content has passed the schema of its kind
    const content = await contentNow(tx, key, known, results);
    const next = { ...row, content, rev: ledger.conversation.rev + 1 };
    await writeContent(tx, key, next.rev, content);
    recordMessageChange(ledger, next);
    await commitChanges(tx, ledger);
  });
}
