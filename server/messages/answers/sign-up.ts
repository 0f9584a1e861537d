import { limits } from "#contracts/limits.ts";
import type { AnswerOutput, OwnAnswer, RemoveEntryInput, SignUpInput } from "#contracts/messages/answers.ts";
import type { Tx } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { changeAnswer } from "#server/messages/answers/change-answer.ts";
import {
  countEntries,
  deleteEntry,
  insertEntry,
  type MessageKey,
  readEntry,
  readOwnEntries,
  writeEntryText,
} from "#server/messages/answers/store.ts";
import { Refusal } from "#server/refusal.ts";

const { entries: most, perPerson } = limits.signup;

/**
 * Adds an entry of mine to a sign-up, or writes one of mine anew; repeating is harmless. Refuses `already_signed_up` where
 * one person adds one entry, `signup_entries_limit_reached`, `not_found` for an entry of another person, and what
 * `changeAnswer` refuses.
 */
export async function signUp(me: Me, { conversationId, seq, entryId, text }: SignUpInput): Promise<AnswerOutput> {
  const key = { conversationId, seq };
  const mine = answerOf(me, key);
  return changeAnswer(
    me,
    key,
    "signup",
    async (tx, { several }, results) => {
      const known = await readEntry(tx, key, entryId);
      if (known) {
        if (known.personId !== me.personId) throw new Refusal("not_found");
        if (known.text === text) return null;
        await writeEntryText(tx, key, entryId, text);
        return { answer: await mine(tx), results };
      }
      const count = await countEntries(tx, key, me.personId);
      if (!several && count.mine > 0) throw new Refusal("already_signed_up");
      if (count.all >= most) throw new Refusal("signup_entries_limit_reached", { max: most });
      if (count.mine >= perPerson) throw new Refusal("signup_entries_limit_reached", { max: perPerson });
      const lastEntry = results.lastEntry + 1;
      await insertEntry(tx, key, { id: entryId, n: lastEntry, personId: me.personId, text });
      return { answer: await mine(tx), results: { ...results, lastEntry } };
    },
    mine,
  );
}

/**
 * Takes an entry of mine back; those behind it move up. Repeating is harmless. Refuses `not_found` for an entry of another
 * person, and what `changeAnswer` refuses.
 */
export async function removeEntry(me: Me, { conversationId, seq, entryId }: RemoveEntryInput): Promise<AnswerOutput> {
  const key = { conversationId, seq };
  const mine = answerOf(me, key);
  return changeAnswer(
    me,
    key,
    "signup",
    async (tx, _content, results) => {
      const known = await readEntry(tx, key, entryId);
      if (!known) return null;
      if (known.personId !== me.personId) throw new Refusal("not_found");
      await deleteEntry(tx, key, entryId);
      return { answer: await mine(tx), results };
    },
    mine,
  );
}

const answerOf =
  (me: Me, key: MessageKey) =>
  async (tx: Tx): Promise<OwnAnswer> => ({
    seq: key.seq,
    choices: [],
    entries: await readOwnEntries(tx, key, me.personId),
  });
