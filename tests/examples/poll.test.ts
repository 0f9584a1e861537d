import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { askContent, drawPoll, pollsOf, voteContent } from "#examples/poll/poll.ts";
import type { Me } from "#server/me.ts";
import { pageMessages } from "#server/messages/page.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

test("a custom kind of another frontend arrives whole, is counted, and shows as text elsewhere", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const send = (me: Me, content: ReturnType<typeof askContent> | ReturnType<typeof voteContent>) =>
    sendMessage(me, { conversationId, clientId: randomUUID(), content });
  const { message } = await send(ann, askContent({ question: "Tea?", options: ["Green", "Oolong"] }));
  expect(message.preview).toBe("Tea? (1: Green, 2: Oolong)");
  const vote = (me: Me, option: number) => send(me, voteContent({ poll: message.seq, option }, String(option)));
  await vote(ann, 0);
  await vote(ben, 0);
  await vote(ben, 1); // thought better of it
  await vote(ben, 7); // no such option
  await send(ben, {
    ...voteContent({ poll: message.seq, option: 0 }, ""),
    payload: { poll: "x", option: 0 } as never,
    text: "?",
  });
  const polls = pollsOf((await pageMessages(ben, { conversationId })).messages);
  expect(polls).toEqual([{ seq: message.seq, question: "Tea?", options: ["Green", "Oolong"], votes: [1, 1] }]);
  expect(polls.map(drawPoll)).toEqual([
    `#${message.seq} Tea?\n  1 Green  ${"█".repeat(20)} 1\n  2 Oolong ${"█".repeat(20)} 1`,
  ]);
});
