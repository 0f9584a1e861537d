import { limits } from "#contracts/limits.ts";
import { allows } from "#contracts/messages/kinds/index.ts";
import type { MessageStarInput, MessageStarOutput } from "#contracts/messages/marks.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { countStarred, readMarkable, writeStars } from "#server/messages/marks/store.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Stars messages for me alone, on all my devices, or removes the stars; repeating is harmless. All of them or none.
 * Refuses `not_found` when I may not read one of them or deleted it for me, `forbidden` for what cannot be starred,
 * `starred_messages_limit_reached` for more than `limits.starredMessages`, and `rate_limited`.
 */
export async function starMessages(
  me: Me,
  { conversationId, seqs, starred }: MessageStarInput,
): Promise<MessageStarOutput> {
  await consumeRateLimit(`star:${me.personId}`, rates.mark);
  return transaction(async (tx) => {
    // My devices wait for each other here, so the limit holds for all of them together.
    const people = await beginPeopleChanges(tx, [me.personId]);
    const wanted = [...new Set(seqs)];
    const rows = await readMarkable(tx, me.personId, conversationId, wanted);
    if (rows.length !== wanted.length) throw new Refusal("not_found");
    if (starred && rows.some(({ hidden }) => hidden)) throw new Refusal("not_found");
    if (starred && rows.some(({ kind }) => !allows(kind, "star"))) throw new Refusal("forbidden");
    const changed = await writeStars(tx, { personId: me.personId, conversationId }, wanted, starred);
    if (starred && changed.length > 0 && (await countStarred(tx, me.personId)) > limits.starredMessages) {
      throw new Refusal("starred_messages_limit_reached");
    }
    if (changed.length > 0) {
      publishToPerson(people, me.personId, {
        type: "starred_messages.changed",
        conversationId,
        seqs: changed,
        starred,
      });
    }
    await commitPeopleChanges(tx, people);
    return { rev: people.revs.get(me.personId) ?? 0, changed };
  });
}
