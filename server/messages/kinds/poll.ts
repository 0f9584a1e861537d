import { unansweredPoll } from "#contracts/messages/kinds/poll.ts";
import type { ResolveDraft } from "#server/messages/resolve-draft.ts";

/** What a quiz has besides is stored beside its message (`server/messages/answers/quiz.ts`). */
export const resolvePoll: ResolveDraft<"poll"> = async ({ draft: { replyTo: _, silent: __, ...draft } }) =>
  unansweredPoll(draft);
