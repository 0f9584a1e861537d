import { expect, test } from "vitest";
import { isRpc } from "#contracts/rpc.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { rpcRouter } from "#server/rpc/call.ts";
import { appRouter } from "#server/trpc/root.ts";
import { isText } from "#tests/_listener.ts";
import { callerOf, makeFriends, newPerson, say } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(1);
const listening = (me: Me) => onWorker(0, me);

const content = (text: string) => ({ kind: "text" as const, text });

type Procedures = Record<string, { _def: { meta?: { idempotent?: true } } }>;

test("socket RPC serves the procedures that HTTP serves, and clients use it for the idempotent ones", () => {
  const all = appRouter._def.procedures as unknown as Procedures;
  const served = rpcRouter._def.procedures as unknown as Procedures;
  for (const [path, procedure] of Object.entries(served)) expect(procedure).toBe(all[path]);
  const idempotent = Object.keys(served).filter((path) => served[path]?._def.meta?.idempotent);
  expect(Object.keys(all).filter(isRpc).sort()).toEqual(idempotent.sort());
  expect(idempotent).toContain("messages.send");
});

test("a procedure that is not idempotent, or that the worker does not serve, is answered with useHttp", async () => {
  const mine = await listening(await newPerson("ann"));
  for (const path of ["friends.request", "accounts.me", "messages.destroy", "__proto__.x", "messages.__proto__"]) {
    expect(await mine.call(path, {})).toEqual({ id: expect.any(String), useHttp: true });
  }
});

test("a message sent over the socket is stored, acknowledged and received by both", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const [mine, theirs] = [await listening(ann), await listening(ben)];
  const clientId = crypto.randomUUID();
  const answer = await mine.call("messages.send", { conversationId, clientId, content: content("over the socket") });
  expect(answer).toMatchObject({
    result: { data: { outcome: "stored", message: { senderId: ann.personId, clientId } } },
  });
  for (const device of [mine, theirs]) await device.until(isText("over the socket"));
  const page = await callerOf(ben).messages.page({ conversationId });
  expect(page.messages.at(-1)?.preview).toBe("over the socket");
});

test("a clientId repeated over HTTP returns the message sent over the socket", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  const mine = await listening(ann);
  const input = { conversationId, clientId: crypto.randomUUID(), content: content("once") };
  const [overSocket, overHttp] = await Promise.all([
    mine.call("messages.send", input),
    callerOf(ann).messages.send(input),
  ]);
  expect(overSocket.result?.data).toMatchObject({ message: { seq: overHttp.message.seq } });
  const [row] = await sql()<{ n: number }[]>`
    select count(*)::int as n from messages where conversation_id = ${conversationId} and client_id = ${input.clientId}`;
  expect(row?.n).toBe(1);
});

test("socket RPC refuses with the same errors as HTTP", async () => {
  const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
  const conversationId = await makeFriends(ann, ben);
  const device = await listening(eve);
  const asked: [string, unknown, string][] = [
    ["messages.send", { conversationId, clientId: crypto.randomUUID(), content: content("let me in") }, "not_found"],
    ["messages.page", { conversationId }, "not_found"],
    ["conversations.changesSince", { conversationId, rev: 0 }, "not_found"],
    ["messages.send", { conversationId: 7 }, "invalid_id"],
    ["messages.send", undefined, "invalid_input"],
  ];
  for (const [path, input, reason] of asked) {
    const { error, result } = await device.call(path, input);
    expect([path, error?.message, result]).toEqual([path, reason, undefined]);
    expect(JSON.stringify(error)).not.toContain("stack");
  }
});

test("a removed member cannot send over a socket that stayed open", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const { community } = await createCommunity(ann, { name: "Kites" });
  await joinCommunity(ben, { communityId: community.id });
  const device = await listening(ben);
  await removeFromCommunity(ann, { communityId: community.id, personId: ben.personId });
  const input = { conversationId: community.id, clientId: crypto.randomUUID(), content: content("still here") };
  expect((await device.call("messages.send", input)).error?.message).toBe("not_found");
});

test("an answer too large for the socket is redirected to HTTP, and other calls go on", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await Promise.all(
    Array.from({ length: 16 }, (_, at) => say(ann, conversationId, `${at}`.repeat(9_000) + "字".repeat(1_000))),
  );
  const device = await listening(ben);
  const page = device.call("messages.page", { conversationId });
  expect(await device.call("conversations.heads")).toHaveProperty("result");
  expect(await page).toEqual({ id: expect.any(String), useHttp: true });
  expect(device.heads).toHaveLength(1); // no resync: nothing was dropped
});

test("the subscription's heads are the current revs", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const conversationId = await makeFriends(ann, ben);
  await say(ann, conversationId, "before");
  const device = await listening(ben);
  const sync = await callerOf(ben).conversations.heads();
  expect(device.heads).toEqual([
    { rev: sync.personRev, heads: Object.fromEntries(sync.heads.map((head) => [head.id, head.rev])) },
  ]);
});
