import { previewOf } from "#contracts/messages/kinds/index.ts";
import { isQuiet } from "#server/bus/publish.ts";
import { isForeignKeyViolation, isLockTimeout, transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import type { Parcel } from "#server/messages/forward/parcels.ts";
import { insertRecords } from "#server/messages/forward/store.ts";
import { refusalFor, sendRates } from "#server/messages/send/send-result.ts";
import { sendMessages } from "#server/messages/store.ts";
import { Refusal } from "#server/refusal.ts";

export type Delivery = Parcel & { clientId: string };

/** What was stored by the same call a moment ago; its source may have been edited since, so the contents differ. */
const known = ["duplicate", "client_id_reused"];

/**
 * Stores messages in one conversation, in their order, all or none; in steps where a person may not send as many at once.
 * `duplicate`: the same call, under way at the same time, has stored them all. Refuses what `sendMessage` refuses, and
 * `unavailable` while the conversation is held.
 */
export async function deliver(
  me: Me,
  conversationId: string,
  deliveries: readonly Delivery[],
): Promise<"stored" | "duplicate"> {
  const { burst } = sendRates();
  let outcome: "stored" | "duplicate" = "duplicate";
  for (let at = 0; at < deliveries.length; at += burst) {
    if (await store(me, conversationId, deliveries.slice(at, at + burst))) outcome = "stored";
  }
  return outcome;
}

/** Whether any was stored. */
async function store(me: Me, conversationId: string, deliveries: readonly Delivery[]): Promise<boolean> {
  const batch = deliveries.map(({ clientId, content, files }) => ({
    conversationId,
    clientId,
    content,
    files,
    me,
    preview: previewOf(content),
  }));
  // The answers wait for one message; all of them need the rest as well. In seconds.
  const more = Math.ceil((batch.length - 1) / sendRates().rate);
  try {
    return await transaction(async (tx) => {
      const answers = await sendMessages(tx, batch, { ...sendRates(), wait: true, quiet: isQuiet() });
      // A refusal rolls back what was stored before it.
      for (const answer of answers) {
        if (answer.outcome !== "stored" && !known.includes(answer.outcome))
          throw refusalFor({ ...answer, wait: answer.wait && answer.wait + more });
      }
      const records = answers.flatMap(({ outcome, n, seq }) => {
        const items = deliveries[n - 1]?.items;
        return outcome === "stored" && items ? [{ seq, items }] : [];
      });
      await insertRecords(tx, conversationId, records);
      return answers.some(({ outcome }) => outcome === "stored");
    });
  } catch (error) {
    // Another operation holds this conversation; the other targets need not wait for it.
    if (isLockTimeout(error)) throw new Refusal("unavailable");
    // Recalled since it was read, and deleted.
    throw isForeignKeyViolation(error, "attachments_file_id_fkey") ? new Refusal("file_not_found") : error;
  }
}
