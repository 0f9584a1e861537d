/** The product's verbs in a process of their own, as a Next instance would hold them: sends through the batcher, pages. */
import { randomUUID } from "node:crypto";
import { bodyOf } from "#bench/body.ts";
import type { Pair, Person } from "#bench/people.ts";
import { answerParent } from "#bench/program.ts";
import { openSql, sql } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { sendMessage } from "#server/messages/send/send.ts";
import { Express } from "#server/rpc/express.ts";
import { createCallerFactory } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";
import { openPacket } from "#server/wallet/open-packet.ts";
import { sendPacket } from "#server/wallet/send-packet.ts";

type Sender = { me: Person; conversationId: string };

/** As in the only worker of an installation. */
let express: Express | undefined;
const openExpress = () =>
  new Express({ sql: openSql(env().databaseUrl, 1), workerId: randomUUID(), hasPeers: () => false, apply: () => {} });
export type Question =
  | { type: "load"; pairs: Pair[]; seconds: number; underWay: number; firstId: number }
  | { type: "trickle"; pairs: Pair[]; perSecond: number; seconds: number; firstId: number }
  | { type: "pages"; me: Person; pages: { conversationId: string; before: number }[] }
  | { type: "open"; people: Person[]; conversationId: string; total: number; shares: number }
  | { type: "bump"; count: number };
export type Loaded = { sent: number; seconds: number };
export type Opened = { times: number[]; won: number; sum: number };

const say = ({ me, conversationId }: Sender, id: number) =>
  sendMessage(me, { conversationId, clientId: randomUUID(), content: { kind: "text", text: bodyOf(id) } });

function sayExpress({ me, conversationId }: Sender, id: number): Promise<void> {
  express ??= openExpress();
  const plain = { conversationId, clientId: randomUUID(), content: { kind: "text" as const, text: bodyOf(id) } };
  return new Promise((resolve, reject) => {
    const done = (stored: unknown) =>
      stored ? resolve() : reject(new Error("the express path left a message to the ordinary road"));
    express?.offer({ me, conversationId, plain, done });
  });
}

/** Keeps so many sends under way until the time is over, spread over the pairs in turn. */
async function load({ pairs, seconds, underWay, firstId }: Extract<Question, { type: "load" }>): Promise<Loaded> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let next = 0;
  let sent = 0;
  const scenario = async () => {
    while (performance.now() < end) {
      const at = next++;
      const pair = pairs[at % pairs.length];
      if (!pair) return;
      await sayExpress({ me: pair.from, conversationId: pair.conversationId }, firstId + at);
      sent += 1;
    }
  };
  await Promise.all(Array.from({ length: underWay }, scenario));
  return { sent, seconds: (performance.now() - began) / 1_000 };
}

/** So many messages a second, to one conversation after the other. */
async function trickle({
  pairs,
  perSecond,
  seconds,
  firstId,
}: Extract<Question, { type: "trickle" }>): Promise<number> {
  const sends: Promise<unknown>[] = [];
  for (const began = performance.now(); sends.length < perSecond * seconds; ) {
    const pair = pairs[sends.length % pairs.length];
    if (pair) sends.push(say({ me: pair.from, conversationId: pair.conversationId }, firstId + sends.length));
    const due = began + (sends.length * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  }
  await Promise.all(sends);
  return sends.length;
}

/** How long each page took, in ms, one after the other, through the router with its checks of input and output. */
async function pages({ me, pages: wanted }: Extract<Question, { type: "pages" }>): Promise<number[]> {
  const caller = createCallerFactory(appRouter)({
    findMe: async () => me,
    headers: new Headers(),
    address: "",
    requestId: "",
  });
  const times: number[] = [];
  for (const page of wanted) {
    const began = performance.now();
    const { messages } = await caller.messages.page({ ...page, limit: 50 });
    times.push(performance.now() - began);
    if (messages.length !== 50) throw new Error(`a page held ${messages.length} messages`);
  }
  return times;
}

/** How long each of many took, in ms, from the moment at which all of them began. */
async function atOnce<T>(count: number, one: (at: number) => Promise<T>): Promise<{ times: number[]; answers: T[] }> {
  const times: number[] = [];
  const began = performance.now();
  const timed = async (at: number) => {
    const answer = await one(at);
    times.push(performance.now() - began);
    return answer;
  };
  return { answers: await Promise.all(Array.from({ length: count }, (_, at) => timed(at))), times };
}

/** The first of the people sends a packet, then all of them open it. */
async function open(question: Extract<Question, { type: "open" }>): Promise<Opened> {
  const { people, ...terms } = question;
  const input = { ...terms, clientId: randomUUID(), split: "random" as const, greeting: "" };
  const [sender] = people;
  if (!sender) throw new Error("there is no sender");
  const { message } = await sendPacket(sender, input);
  const packetId = String(message.content.packetId);
  const { times, answers } = await atOnce(people.length, (at) => openPacket(people[at] ?? sender, { packetId }));
  const won = answers.filter(({ outcome }) => outcome === "opened");
  return { times, won: won.length, sum: won.reduce((sum, { amount }) => sum + (amount ?? 0), 0) };
}

/** So many updates of one row at once: the cost of waiting for a row lock. */
async function bump(count: number): Promise<number[]> {
  return (await atOnce(count, () => sql()`update bench_counter set n = n + 1 where id = 1`)).times;
}

setInterval(() => {}, 60_000); // the channel to the parent alone keeps nothing alive
answerParent<Question>(true, async (question) => {
  switch (question.type) {
    case "load":
      return load(question);
    case "trickle":
      return trickle(question);
    case "pages":
      return pages(question);
    case "open":
      return open(question);
    case "bump":
      return bump(question.count);
  }
});
