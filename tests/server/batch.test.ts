/** Group commit: what shares a transaction, and in which order. */
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { lockConversation } from "#server/conversations/store.ts";
import { blockPerson } from "#server/friends/block.ts";
import { pageMessages } from "#server/messages/page.ts";
import {
  besideTransaction,
  closeDatabase,
  makeFriends,
  newPerson,
  reasonFor,
  say,
  type TestPerson,
} from "#tests/_people.ts";

afterAll(closeDatabase);

/** The texts of a conversation in the order of their seqs, without the notice that begins it. */
async function textsOf(me: TestPerson, conversationId: string): Promise<string[]> {
  const texts: string[] = [];
  for (let after = 1; ; ) {
    const { messages } = await pageMessages(me, { conversationId, after, limit: 100 });
    if (messages.length === 0) return texts;
    for (const { content, seq } of messages) {
      texts.push(String(content.text));
      after = seq;
    }
  }
}

const numbered = (word: string, count: number) => Array.from({ length: count }, (_, at) => `${word} ${at}`);

test("messages are stored in the order of their arrival, over as many batches as they take", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const [one, two] = [await makeFriends(ann, ben), await makeFriends(ann, cleo)];
  const [texts, others] = [numbered("one", 450), numbered("two", 450)];
  await Promise.all(texts.flatMap((text, at) => [say(ann, one, text), say(ann, two, others[at] ?? "")]));
  expect(await textsOf(ann, one)).toEqual(texts);
  expect(await textsOf(ann, two)).toEqual(others);
});

test("messages that wait for a locked conversation keep their order, also with those that come later", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const [busy, free] = [await makeFriends(ann, ben), await makeFriends(ann, cleo)];
  const texts = numbered("line", 60);
  const waiting: Promise<unknown>[] = [];
  await besideTransaction(async (tx) => {
    await lockConversation(tx, busy);
    waiting.push(...texts.slice(0, 50).map((text) => say(ann, busy, text)));
    // Each answer of the other conversation ends a batch, in which the locked one was skipped.
    for (const text of ["one", "two", "three"]) await say(ann, free, text);
  });
  waiting.push(...texts.slice(50).map((text) => say(ann, busy, text)));
  await Promise.all(waiting);
  expect(await textsOf(ann, busy)).toEqual(texts);
});

test("one refused message fails no neighbour of its batch, and each is answered on its own", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const conversationId = await makeFriends(ann, ben);
  const withEve = await makeFriends(ann, eve);
  await blockPerson(eve, { personId: ann.personId });
  const sends = [
    say(ann, conversationId, "one"),
    say(ann, withEve, "blocked"),
    say(eve, conversationId, "not mine"),
    say(ben, conversationId, "two"),
    say(ann, randomUUID(), "nowhere"),
    say(ann, conversationId, "three"),
  ];
  const reasons = await Promise.all(sends.map(reasonFor));
  expect(reasons).toEqual(["no refusal", "recipient_refuses", "not_found", "no refusal", "not_found", "no refusal"]);
  const page = await pageMessages(ben, { conversationId });
  expect(page.messages.slice(1).map((message) => message.content.text)).toEqual(["one", "two", "three"]);
});

test("a busy conversation delays no other, and its own messages arrive when it is free", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const [busy, free] = [await makeFriends(ann, ben), await makeFriends(ann, cleo)];
  let waiting: Promise<unknown> = Promise.resolve();
  await besideTransaction(async (tx) => {
    await lockConversation(tx, busy);
    waiting = say(ann, busy, "when it is free");
    // Answered while the other row is still locked by this transaction.
    expect((await say(ann, free, "meanwhile")).outcome).toBe("stored");
  });
  expect(await waiting).toMatchObject({ outcome: "stored" });
});

test("a row that stays busy is waited for at most two seconds, and a retry afterwards stores the message once", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const busy = await makeFriends(ann, ben);
  const clientId = randomUUID();
  await besideTransaction(async (tx) => {
    await lockConversation(tx, busy);
    expect(await reasonFor(say(ann, busy, "patience", clientId))).toContain("lock timeout");
  });
  expect((await say(ann, busy, "patience", clientId)).outcome).toBe("stored");
});
