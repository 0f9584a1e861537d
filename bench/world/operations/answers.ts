/** Polls and sign-ups. */
import { randomUUID } from "node:crypto";
import type { Operations, Place } from "#bench/world/operations/operation.ts";
import { sizesOf } from "#bench/world/sizes.ts";
import { closeAnswers } from "#server/messages/answers/close.ts";
import { listEntries, listVoters } from "#server/messages/answers/list.ts";
import { publishResults } from "#server/messages/answers/publish-results.ts";
import { getQuizAnswer } from "#server/messages/answers/quiz.ts";
import { removeEntry, signUp } from "#server/messages/answers/sign-up.ts";
import { vote } from "#server/messages/answers/vote.ts";
import { recallMessage } from "#server/messages/changes/recall.ts";
import { listMarks } from "#server/messages/marks/list.ts";
import { sendMessage } from "#server/messages/send/send.ts";

const large = ({ id, world }: Place) => id("community", sizesOf(world).large);
const direct = ({ id }: Place) => id("direct", 7);

export const answerOperations: Operations = {
  "ask in the large community, vote, list the voters, close and recall it": async (place) => {
    const [me, conversationId] = [place.me(7), large(place)];
    const asked = { question: "Where?", options: ["Here", "There"], multiple: true, anonymous: false, closesAt: null };
    const content = { kind: "poll" as const, ...asked };
    const { message } = await sendMessage(me, { conversationId, clientId: randomUUID(), content });
    const key = { conversationId, seq: message.seq };
    for (const choices of [[0, 1], [1], []]) await vote(me, { ...key, choices });
    await vote(me, { ...key, choices: [1] });
    const { next } = await listVoters(me, { ...key, option: 1, limit: 1 });
    await listVoters(me, { ...key, option: 1, ...(next ? { after: next } : {}) });
    await publishResults(key);
    await closeAnswers(me, key);
    await recallMessage(me, key);
  },
  "ask a quiz and answer it": async (place) => {
    const quiz = { correct: 0, explanation: "" };
    const asked = { question: "Two?", options: ["2", "3"], multiple: false, anonymous: true, closesAt: null, quiz };
    const sending = {
      conversationId: direct(place),
      clientId: randomUUID(),
      content: { kind: "poll" as const, ...asked },
    };
    const { message } = await sendMessage(place.me(7), sending);
    const key = { conversationId: direct(place), seq: message.seq };
    await vote(place.me(7), { ...key, choices: [0] });
    await getQuizAnswer(place.me(7), key);
  },
  "sign up in the large community, list the entries and remove one": async (place) => {
    const [me, conversationId, entryId] = [place.me(7), large(place), randomUUID()];
    const content = { kind: "signup" as const, title: "Boats", note: "", several: true, closesAt: null };
    const { message } = await sendMessage(me, { conversationId, clientId: randomUUID(), content });
    const key = { conversationId, seq: message.seq };
    await signUp(me, { ...key, entryId, text: "" });
    await signUp(me, { ...key, entryId, text: "two" });
    await listEntries(me, { ...key, after: 1 });
    await removeEntry(me, { ...key, entryId });
    await listMarks(me, key);
  },
};
