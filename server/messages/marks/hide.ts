import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { MessageHideInput, MessageHideOutput } from "#contracts/messages/marks.ts";
import { settingsAfterHiding } from "#server/conversations/settings/settings-after.ts";
import { readListed, writeHidden } from "#server/conversations/settings/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { countHidden, readLastVisible, readMarkable, writeHiddenMarks } from "#server/messages/marks/store.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Deletes messages for me alone (`hidden`), on all my devices, or brings them back; repeating is harmless. All of them or
 * none. Refuses `not_found` when I may not read one of them, `forbidden` for a notice, `hidden_messages_limit_reached`
 * for more than `limits.hiddenMessages` of one conversation, and `rate_limited`.
 */
export async function hideMessages(
  me: Me,
  { conversationId, seqs, hidden }: MessageHideInput,
): Promise<MessageHideOutput> {
  await consumeRateLimit(`hide:${me.personId}`, rates.mark);
  return transaction(async (tx) => {
    // My devices wait for each other here, so what each derives from the hidden messages is right.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const listed = await readListed(tx, me.personId, conversationId);
    if (!listed) throw new Refusal("not_found");
    const wanted = [...new Set(seqs)];
    const rows = await readMarkable(tx, me.personId, conversationId, wanted);
    if (rows.length !== wanted.length) throw new Refusal("not_found");
    if (rows.some(({ kind }) => !allows(kind, "hide"))) throw new Refusal("forbidden");
    const key = { personId: me.personId, conversationId };
    const changed = await writeHiddenMarks(tx, key, wanted, hidden);
    const answer = (settings = listed.settings) => ({ rev: people.revs.get(me.personId) ?? 0, changed, settings });
    if (changed.length === 0) return answer();
    if (hidden && (await countHidden(tx, key)) > limits.hiddenMessages) {
      throw new Refusal("hidden_messages_limit_reached");
    }
    // What was the last visible one of the same messages bounds the search for the next.
    const known =
      hidden && listed.settings.lastVisible?.lastSeq === listed.lastSeq ? listed.settings.lastVisible : null;
    const last = await readLastVisible(tx, key, known ? (known.seq ?? 0) : listed.lastSeq);
    const settings = settingsAfterHiding(listed, { changed, hidden, last });
    await writeHidden(tx, me.personId, conversationId, settings);
    publishToPerson(people, me.personId, {
      type: "hidden_messages.changed",
      conversationId,
      seqs: changed,
      hidden,
      settings,
    });
    await commitPeopleChanges(tx, people);
    return answer(settings);
  });
}
