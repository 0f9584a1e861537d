import type { AnswerOutput, VoteInput } from "#contracts/messages/answers.ts";
import type { Me } from "#server/me.ts";
import { changeAnswer } from "#server/messages/answers/change-answer.ts";
import { readVote, writeVote } from "#server/messages/answers/store.ts";
import { Refusal } from "#server/refusal.ts";

/**
 * Makes my vote in a poll these choices, or takes it back when there are none; repeating is harmless. Refuses
 * `invalid_input` for choices that the poll does not have or allow, `vote_is_final` for another vote in a quiz, and what
 * `changeAnswer` refuses.
 */
export async function vote(me: Me, { conversationId, seq, choices }: VoteInput): Promise<AnswerOutput> {
  const key = { conversationId, seq };
  const chosen = choices.toSorted((a, b) => a - b);
  return changeAnswer(
    me,
    key,
    "poll",
    async (tx, { options, multiple, anonymous, quiz }, results) => {
      if (chosen.some((option) => option >= options.length) || (!multiple && chosen.length > 1)) {
        throw new Refusal("invalid_input");
      }
      const before = await readVote(tx, key, me.personId);
      if (before.join() === chosen.join()) return null;
      if (quiz && before.length > 0) throw new Refusal("vote_is_final");
      await writeVote(tx, key, me.personId, { choices: chosen, named: !anonymous });
      const votes = options.map(
        (_, option) => (results.votes[option] ?? 0) + Number(chosen.includes(option)) - Number(before.includes(option)),
      );
      const voters = results.voters + Number(chosen.length > 0) - Number(before.length > 0);
      return { answer: { seq, choices: chosen, entries: [] }, results: { ...results, voters, votes } };
    },
    async (tx) => ({ seq, choices: await readVote(tx, key, me.personId), entries: [] }),
  );
}
