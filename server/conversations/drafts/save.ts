import { isDeepStrictEqual } from "node:util";
import type { Draft, DraftSaveInput, DraftSaveOutput } from "#contracts/drafts.ts";
import { isBlank } from "#contracts/invisible.ts";
import { limits } from "#contracts/limits.ts";
import { authorizeMember } from "#server/conversations/authorize.ts";
import { countDrafts, deleteDraft, readDraft, writeDraft } from "#server/conversations/drafts/store.ts";
import { transaction } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { beginPeopleChanges, commitPeopleChanges, publishToPerson } from "#server/people/ledger.ts";
import { consumeRateLimit, rates } from "#server/rate.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Stores what I have written in a conversation and not sent yet, for all my devices; a blank text takes it away. The
 * last call wins, and repeating is harmless. Refuses `not_found`, `text_too_long`, `drafts_limit_reached` for one more
 * than `limits.drafts`, and `rate_limited`.
 */
export async function saveDraft(me: Me, input: DraftSaveInput): Promise<DraftSaveOutput> {
  await consumeRateLimit(`draft:${me.personId}`, rates.draft);
  const { conversationId } = input;
  const key = { personId: me.personId, conversationId };
  const draft = isBlank(input.text) ? null : input;
  return transaction(async (tx) => {
    // My devices wait for each other here, so that the number of an event says which draft is the last.
    const people = await beginPeopleChanges(tx, [me.personId]);
    await authorizeMember(tx, me, conversationId);
    const known = await readDraft(tx, key);
    const answer = () => ({ rev: people.revs.get(me.personId) ?? 0, draft });
    if (isDeepStrictEqual(known, draft)) return answer();
    if (!known && (await countDrafts(tx, me.personId)) >= limits.drafts) throw new Refusal("drafts_limit_reached");
    if (draft) await writeDraft(tx, me.personId, draft);
    else await deleteDraft(tx, key);
    publishToPerson(people, me.personId, {
      type: "draft.changed",
      conversationId,
      ...(fitsEvent(draft) ? { draft } : {}),
    });
    await commitPeopleChanges(tx, people);
    return answer();
  });
}

/** An event that is too large alone would reach the devices without its type, and they would ask for everything of mine. */
const fitsEvent = (draft: Draft | null) => Buffer.byteLength(JSON.stringify(draft)) <= limits.draftEventBytes;
