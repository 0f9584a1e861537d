import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import WebSocket from "ws";
import type { Config } from "#realtime/config.ts";
import { startWorker, type Worker } from "#realtime/worker.ts";
import { localUrl } from "#scripts/roles.ts";
import { revokeSession } from "#server/accounts/sessions.ts";
import { outboxOnly, publish } from "#server/bus/publish.ts";
import { createCommunity } from "#server/communities/create.ts";
import { joinCommunity } from "#server/communities/join.ts";
import { removeFromCommunity } from "#server/communities/leave.ts";
import { banPerson, liftBan } from "#server/communities/moderation/ban.ts";
import { sql, transaction } from "#server/db/sql.ts";
import { env } from "#server/env.ts";
import { sendMessages } from "#server/messages/store.ts";
import { isText, type Listener, listen, textsOf } from "#tests/_listener.ts";
import { callerOf, closeDatabase, makeFriends, newPerson, say } from "#tests/_people.ts";
import { urlOf } from "#tests/_roles.ts";

const open: Listener[] = [];
async function listening(...args: Parameters<typeof listen>): Promise<Listener> {
  const listener = await listen(...args);
  open.push(listener);
  return listener;
}
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(closeDatabase);

const config = (): Config => ({
  port: 0,
  path: "",
  key: env().realtimeKey,
  databaseUrl: urlOf("worker"),
  databaseUrlDirect: urlOf("worker"),
  origins: ["https://friend.example"],
  id: "1",
  apps: [],
});

describe.each([1, 2])("with %i worker(s)", (instances) => {
  const workers: Worker[] = [];
  const first = () => workers[0]?.port ?? 0;
  const last = () => workers.at(-1)?.port ?? 0;
  beforeAll(async () => {
    for (let at = 0; at < instances; at += 1) workers.push(await startWorker(config()));
  });
  afterAll(async () => {
    for (const worker of workers.splice(0)) await worker.close();
  });

  test("a message reaches every device of both people once and in order", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const devices = [await listening(first(), ann), await listening(last(), ann), await listening(last(), ben)];
    const texts = Array.from({ length: 30 }, (_, at) => `line ${at} 你好 🎐`);
    for (const text of texts) await say(ann, conversationId, text);
    for (const device of devices) {
      await device.until(isText("line 29 你好 🎐"));
      expect(textsOf(device, conversationId)).toEqual(texts);
    }
  });

  test("a person outside the conversation receives nothing", async () => {
    const [ann, ben, eve] = [await newPerson("ann"), await newPerson("ben"), await newPerson("eve")];
    const conversationId = await makeFriends(ann, ben);
    const withEve = await makeFriends(eve, ann);
    const outsider = await listening(last(), eve);
    await say(ann, conversationId, "secret");
    await say(ann, withEve, "for eve");
    await outsider.until(isText("for eve"));
    expect(outsider.heard.every((event) => event.scope !== "conversation" || event.conversationId === withEve)).toBe(
      true,
    );
  });

  test("a new member receives events from the join until the removal", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const { community } = await createCommunity(ann, { name: "Kites" });
    const newcomer = await listening(last(), ben);
    await joinCommunity(ben, { communityId: community.id });
    await say(ann, community.id, "welcome");
    await newcomer.until(isText("welcome"));
    await removeFromCommunity(ann, { communityId: community.id, personId: ben.personId });
    await say(ann, community.id, "without you");
    await newcomer.until((event) => event.type === "conversation.removed");
    // A later event of ben's own has arrived, so earlier ones would have too.
    await makeFriends(ann, ben);
    await newcomer.until((event) => event.type === "conversation.added" && event.conversation.kind === "direct");
    expect(textsOf(newcomer, community.id)).toEqual(["welcome"]);
  });

  test("a banned member hears nothing after the ban, and everything again when it is over", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const { community } = await createCommunity(ann, { name: "Kites" });
    const member = await listening(last(), ben);
    await joinCommunity(ben, { communityId: community.id });
    await say(ann, community.id, "welcome");
    await member.until(isText("welcome"));
    await Promise.all([
      banPerson(ann, { communityId: community.id, personId: ben.personId }),
      say(ann, community.id, "at the same moment"),
    ]);
    await say(ann, community.id, "without you");
    await liftBan(ann, { communityId: community.id, personId: ben.personId });
    await say(ann, community.id, "still without you");
    await joinCommunity(ben, { communityId: community.id });
    await say(ann, community.id, "welcome back");
    await member.until(isText("welcome back"));
    const before = await sql()<{ rev: number }[]>`
      select m.rev from messages m where m.conversation_id = ${community.id} and m.content ->> 'notice' = 'member_removed'`;
    const back = await sql()<{ rev: number }[]>`
      select rev from memberships where conversation_id = ${community.id} and person_id = ${ben.personId}`;
    const between = member.heard.flatMap((event) =>
      event.scope === "conversation" && event.rev > (before[0]?.rev ?? 0) + 1 && event.rev < (back[0]?.rev ?? 0)
        ? [event.rev]
        : [],
    );
    expect(between).toEqual([]);
    const texts = textsOf(member, community.id);
    expect(texts.filter((text) => text !== "at the same moment")).toEqual(["welcome", "welcome back"]);
  });

  test("a message too large for a notification arrives whole and in order", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const device = await listening(last(), ben);
    const large = "𠜎".repeat(10_000);
    await Promise.all([say(ann, conversationId, large), say(ann, conversationId, "small")]);
    await say(ann, conversationId, "end");
    await device.until(isText("end"));
    expect(new Set(textsOf(device, conversationId))).toEqual(new Set([large, "small", "end"]));
    const revs = device.heard.flatMap((event) => (event.scope === "conversation" ? [event.rev] : []));
    expect(revs).toEqual(revs.toSorted((a, b) => a - b));
  });

  test("events published while LISTEN was broken arrive afterwards, once and in order", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const device = await listening(last(), ben);
    const texts = Array.from({ length: 12 }, (_, at) => `through the break ${at}`);
    for (const [at, text] of texts.entries()) {
      if (at % 4 === 2) {
        await sql()`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query ilike 'listen%'`;
      }
      await say(ann, conversationId, text);
    }
    await device.until(isText("through the break 11"));
    expect(textsOf(device, conversationId)).toEqual(texts);
  });

  test("changes committed without a notification are delivered", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const device = await listening(last(), ben);
    // The second attempt of a batch, as happens when Postgres' notification queue is full.
    const one = {
      me: ann,
      conversationId,
      clientId: crypto.randomUUID(),
      content: { kind: "text" as const, text: "quiet" },
      preview: "quiet",
    };
    const [answer] = await sendMessages(sql(), [one], { rate: 100, burst: 100, wait: false, quiet: true });
    expect(answer?.outcome).toBe("stored");
    await outboxOnly(() => transaction((tx) => publish(tx, [{ personId: ben.personId, rev: 1_000 }])));
    await device.until(isText("quiet"));
    await device.until((event) => event.type === "person.rev_changed" && event.rev === 1_000);
  });

  // Less than the half minute after which sessions are checked anyway.
  test.each([
    ["", (revoke: () => Promise<unknown>) => revoke()],
    [", also when no notification leaves", outboxOnly],
  ])("a revoked session is closed with 4009%s", { timeout: 20_000 }, async (_, run) => {
    const ann = await newPerson("ann");
    const device = await listening(last(), ann);
    await run(() => revokeSession(ann, { sessionId: ann.sessionId }));
    expect(await device.closed).toBe(4009);
  });

  test("any Pusher SDK signs in with the standard signature from realtime.authorize", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const conversationId = await makeFriends(ann, ben);
    const device = await listening(last(), ben, (socketId) => {
      const userData = JSON.stringify({ id: ben.personId, user_info: { sessionId: ben.sessionId } });
      const signature = createHmac("sha256", env().realtimeSecret)
        .update(`${socketId}::user::${userData}`)
        .digest("hex");
      return { auth: `${env().realtimeKey}:${signature}`, user_data: userData };
    });
    await say(ann, conversationId, "hello sdk");
    await device.until(isText("hello sdk"));
    const answer = await callerOf(ben).realtime.authorize({ socketId: "12.34" });
    const expected = createHmac("sha256", env().realtimeSecret).update(`12.34::user::${answer.userData}`).digest("hex");
    expect(answer.auth).toBe(`${env().realtimeKey}:${expected}`);
  });
});

describe("connecting", () => {
  let worker: Worker;
  beforeAll(async () => {
    worker = await startWorker(config());
  });
  afterAll(() => worker.close());

  const openSocket = (headers: Record<string, string>, path = `/app/${env().realtimeKey}?protocol=7`) =>
    new Promise<string>((resolve) => {
      const ws = new WebSocket(`ws://127.0.0.1:${worker.port}${path}`, { headers });
      ws.on("unexpected-response", (_, response) => resolve(`http ${response.statusCode}`));
      ws.on("message", (data) => {
        resolve(JSON.parse(data.toString()).event);
        ws.close();
      });
      ws.on("error", () => {});
    });

  test("pages of unknown origins are refused, our own and configured ones accepted", async () => {
    expect(await openSocket({ origin: "https://evil.example" })).toBe("http 403");
    expect(await openSocket({ origin: "null" })).toBe("http 403");
    expect(await openSocket({ origin: "https://friend.example" })).toBe("pusher:connection_established");
    expect(await openSocket({ origin: "http://127.0.0.1:3000" })).toBe("pusher:connection_established");
    expect(await openSocket({})).toBe("pusher:connection_established");
  });

  test("unknown apps and old protocols are refused", async () => {
    expect(await openSocket({}, "/app/other?protocol=7")).toBe("pusher:error");
    expect(await openSocket({}, `/app/${env().realtimeKey}?protocol=4`)).toBe("pusher:error");
  });

  test("a ticket of another person, a truncated one, or one of an ended session is refused with 4009", async () => {
    const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
    const { ticket } = await callerOf(ann).realtime.authorize({});
    const proofs = [
      { auth: ticket, user_data: JSON.stringify({ id: ben.personId }) },
      { auth: ticket.slice(0, -1), user_data: JSON.stringify({ id: ann.personId }) },
      { auth: `x${ticket}`, user_data: JSON.stringify({ id: ann.personId }) },
    ];
    for (const proof of proofs) expect(await (await listening(worker.port, ann, proof)).closed).toBe(4009);
    await revokeSession(ann, { sessionId: ann.sessionId });
    expect(await (await listening(worker.port, ann)).closed).toBe(4009);
  });

  test("an invalid URL does not stop the worker", async () => {
    for (const upgrade of [
      "",
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(worker.port, "127.0.0.1", () =>
          socket.write(`GET // HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`),
        );
        socket.once("data", () => socket.destroy());
        socket.once("close", () => resolve());
      });
    }
    expect((await fetch(`http://127.0.0.1:${worker.port}/readyz`)).status).toBe(200);
  });

  test("oversized and binary frames close only their connection", async () => {
    const closeCodeAfter = (payload: string | Buffer) =>
      new Promise<number>((resolve) => {
        const ws = new WebSocket(`ws://127.0.0.1:${worker.port}/app/${env().realtimeKey}?protocol=7`);
        ws.on("open", () => ws.send(payload));
        ws.on("close", resolve);
        ws.on("error", () => {});
      });
    expect(await closeCodeAfter("x".repeat(70_000))).toBe(1009);
    expect(await closeCodeAfter(Buffer.from([1, 2, 3]))).toBe(1003);
    expect((await fetch(`http://127.0.0.1:${worker.port}/readyz`)).status).toBe(200);
  });
});

test("a worker that gets nothing over LISTEN does not start, and its error names the setting", async () => {
  // Listening in another database behaves as a transaction pooler does: LISTEN is accepted and nothing is delivered.
  const elsewhere = localUrl(inject("testDatabases").adminUrl, "worker");
  await expect(startWorker({ ...config(), databaseUrlDirect: elsewhere })).rejects.toThrow("DATABASE_URL_DIRECT");
});
