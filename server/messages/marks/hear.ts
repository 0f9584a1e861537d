import { limits } from "#contracts/limits.ts";
import type { MessageHearInput, MessageHearOutput } from "#contracts/messages/marks.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { deleteOldHeard, readMarkable, writeHeard } from "#server/messages/marks/store.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Says that I have played voice messages, to all my devices; repeating is harmless. All of them or none. Refuses
 * `not_found` when I may not read one of them, `forbidden` for what is no voice message, and `rate_limited`.
 */
export async function hearVoices(me: Me, { conversationId, seqs }: MessageHearInput): Promise<MessageHearOutput> {
  await consumeRateLimit(`hear:${me.personId}`, rates.mark);
  return transaction(async (tx) => {
    const people = await beginPeopleChanges(tx, [me.personId]);
    const wanted = [...new Set(seqs)];
    const rows = await readMarkable(tx, me.personId, conversationId, wanted);
    if (rows.length !== wanted.length) throw new Refusal("not_found");
    if (rows.some(({ kind }) => kind !== "voice")) throw new Refusal("forbidden");
    const key = { personId: me.personId, conversationId };
    const changed = await writeHeard(tx, key, wanted);
    if (changed.length > 0) {
      await deleteOldHeard(tx, key, limits.heardVoices);
      publishToPerson(people, me.personId, { type: "heard_voices.changed", conversationId, seqs: changed });
      await commitPeopleChanges(tx, people);
    }
    return { rev: people.revs.get(me.personId) ?? 0, changed };
  });
}
