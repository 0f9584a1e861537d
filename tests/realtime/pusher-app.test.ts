import type PusherClient from "pusher-js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Worker } from "#realtime/worker.ts";
import { closeDatabase } from "#tests/_people.ts";
import { backendOf, clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

afterAll(closeDatabase);

describe.each([1, 2])("the unmodified Pusher libraries, with %i worker(s)", (instances) => {
  const app = newApp();
  const workers: Worker[] = [];
  const clients: PusherClient[] = [];
  const first = () => workers[0]?.port ?? 0;
  const last = () => workers.at(-1)?.port ?? 0;
  const backend = () => backendOf(app, first());
  const client = (...[who]: [Parameters<typeof clientOf>[2]?]) => {
    const made = clientOf(app, last(), who);
    clients.push(made);
    return made;
  };
  const onFirst = (...[who]: [Parameters<typeof clientOf>[2]?]) => {
    const made = clientOf(app, first(), who);
    clients.push(made);
    return made;
  };
  beforeAll(async () => {
    for (let at = 0; at < instances; at += 1) workers.push(await startAppWorker([app]));
  });
  afterEach(() => {
    for (const one of clients.splice(0)) one.disconnect();
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
  });

  test("an event triggered by the backend reaches public and private subscribers, in order", async () => {
    const [page, other] = [client(), onFirst()];
    const names = ["news", "private-news"];
    const received: unknown[] = [];
    for (const name of names) {
      for (const one of [page, other]) await subscribed(one.subscribe(name));
      page.channel(name).bind("said", (data: unknown) => received.push([name, data]));
    }
    const done = next(page.channel("private-news"), "last");
    for (let at = 0; at < 10; at += 1) await backend().trigger(names, "said", { at, text: "你好" });
    await backend().trigger("private-news", "last", {});
    await done;
    expect(received).toEqual(
      Array.from({ length: 10 }, (_, at) => names.map((name) => [name, { at, text: "你好" }])).flat(),
    );
  });

  test("an excluded socket does not receive the event; batches and 10 KB arrive", async () => {
    const [author, reader] = [onFirst(), client()];
    for (const one of [author, reader]) await subscribed(one.subscribe("wide"));
    const mine: unknown[] = [];
    author.channel("wide").bind("edit", (data: unknown) => mine.push(data));
    const received = next<string>(reader.channel("wide"), "edit");
    const ended = Promise.all([next(author.channel("wide"), "end"), next(reader.channel("wide"), "end")]);
    await backend().trigger("wide", "edit", "x".repeat(10_000), { socket_id: author.connection.socket_id });
    await backend().triggerBatch([{ channel: "wide", name: "end", data: "now" }]);
    expect(await received).toHaveLength(10_000);
    await ended;
    expect(mine).toEqual([]);
  });

  test("presence channels report members, joins and leaves once over all workers", async () => {
    const ann = client({ id: "ann", info: { name: "Ann" } });
    const room = ann.subscribe("presence-room") as ReturnType<PusherClient["subscribe"]> & { members: Members };
    type Members = { count: number; me: unknown; each(visit: (member: { id: string }) => void): void };
    await subscribed(room);
    expect([room.members.count, room.members.me]).toEqual([1, { id: "ann", info: { name: "Ann" } }]);
    const news: string[] = [];
    room.bind("pusher:member_added", ({ id }: { id: string }) => news.push(`+${id}`));
    room.bind("pusher:member_removed", ({ id }: { id: string }) => news.push(`-${id}`));
    const benOnce = onFirst({ id: "ben", info: { name: "Ben" } });
    const benTwice = client({ id: "ben", info: { name: "Ben" } });
    await subscribed(benOnce.subscribe("presence-room"));
    await subscribed(benTwice.subscribe("presence-room"));
    expect(await (await backend().get({ path: "/channels/presence-room/users" })).json()).toEqual({
      users: [{ id: "ann" }, { id: "ben" }],
    });
    benOnce.disconnect();
    const gone = next(room, "pusher:member_removed");
    benTwice.unsubscribe("presence-room");
    await gone;
    expect(news).toEqual(["+ben", "-ben"]);
  });

  test("a member without info is listed, added and removed like any other", async () => {
    const [ann, ben] = [client({ id: "ann", info: null }), onFirst({ id: "ben", info: null })];
    const room = ann.subscribe("presence-bare") as ReturnType<PusherClient["subscribe"]> & {
      members: { count: number };
    };
    await subscribed(room);
    const added = next<{ id: string }>(room, "pusher:member_added");
    await subscribed(ben.subscribe("presence-bare"));
    expect((await added).id).toBe("ben");
    const removed = next<{ id: string }>(room, "pusher:member_removed");
    ben.disconnect();
    expect((await removed).id).toBe("ben");
    expect(room.members.count).toBe(1);
  });

  test("members that join concurrently on all workers see each other", async () => {
    const pages = Array.from({ length: 12 }, (_, at) => (at % 2 ? client : onFirst)({ id: `p${at}` }));
    const rooms = pages.map(
      (page) =>
        page.subscribe("presence-storm") as ReturnType<PusherClient["subscribe"]> & { members: { count: number } },
    );
    await Promise.all(rooms.map(subscribed));
    await expect.poll(() => rooms.map((room) => room.members.count)).toEqual(rooms.map(() => 12));
  });

  test("client events reach the others with the sender's id, and are refused on public channels", async () => {
    const [ann, ben] = [client({ id: "ann" }), onFirst({ id: "ben" })];
    for (const one of [ann, ben]) for (const name of ["presence-desk", "open"]) await subscribed(one.subscribe(name));
    const received = new Promise((resolve) => {
      ben.channel("presence-desk").bind("client-wave", (data: unknown, meta: unknown) => resolve([data, meta]));
    });
    ann.channel("presence-desk").trigger("client-wave", { hand: "left", user_id: "eve" });
    expect(await received).toEqual([{ hand: "left", user_id: "eve" }, { user_id: "ann" }]);
    const refused = next<{ data: { code: number } }>(ann.connection, "error");
    ann.send_event("client-wave", { hand: "left" }, "open");
    expect((await refused).data.code).toBe(4301);
  });

  test("users sign in, receive events, watch others, and can be disconnected everywhere", async () => {
    const ann = client({ id: "ann", watchlist: ["ben", "cleo"] });
    ann.signin();
    const seen: string[] = [];
    const watch = (name: string) =>
      ann.user.watchlist.bind(name, ({ user_ids }: { user_ids: string[] }) => seen.push(`${name} ${user_ids.sort()}`));
    for (const name of ["online", "offline"]) watch(name);
    await next(ann.user.watchlist, "offline");
    const ben = onFirst({ id: "ben" });
    const isOnline = next(ann.user.watchlist, "online");
    ben.signin();
    await isOnline;
    const letter = next(ann.user, "letter");
    await new Promise<void>((resolve) => {
      const look = () => (ann.user.user_data ? resolve() : setTimeout(look, 5));
      look();
    });
    const again = setInterval(() => void backend().sendToUser("ann", "letter", { to: "you" }), 50);
    expect(await letter).toEqual({ to: "you" });
    clearInterval(again);
    const ended = next<{ data: { code: number } }>(ben.connection, "error");
    const isOffline = next(ann.user.watchlist, "offline");
    await backend().terminateUserConnections("ben");
    expect((await ended).data.code).toBe(4009);
    await isOffline;
    expect(seen).toEqual(["offline ben,cleo", "online ben", "offline ben"]);
  });

  test("encrypted channels work end to end, and the worker never sees the text", async () => {
    const master = Buffer.alloc(32, 7).toString("base64");
    const encrypting = backendOf(app, first(), { encryptionMasterKeyBase64: master });
    const reader = clientOf(app, last(), {}, encrypting);
    clients.push(reader);
    const channel = reader.subscribe("private-encrypted-box");
    await subscribed(channel);
    const letter = next(channel, "letter");
    await encrypting.trigger("private-encrypted-box", "letter", { text: "sealed" });
    expect(await letter).toEqual({ text: "sealed" });
  });

  test("a cache channel sends a new subscriber its last event, or cache_miss", async () => {
    const early = client();
    const name = `cache-weather-${instances}`;
    const channel = early.subscribe(name);
    await next(channel, "pusher:cache_miss");
    const received = next(channel, "now");
    await backend().trigger(name, "now", { degrees: 20 });
    await received;
    const late = onFirst().subscribe(name);
    expect(await next(late, "now")).toEqual({ degrees: 20 });
    const ask = async () => (await backend().get({ path: `/channels/${name}`, params: { info: "cache" } })).json();
    // Presence rows are written shortly after the subscription's reply.
    await expect.poll(ask).toMatchObject({ occupied: true, cache: { data: '{"degrees":20}' } });
  });

  test("the backend reads occupied channels and their counts", async () => {
    const pages = [client({ id: "ann" }), onFirst({ id: "ben" })];
    for (const page of pages) {
      for (const name of ["presence-hall", "lobby"]) await subscribed(page.subscribe(name));
    }
    const get = async (path: string, params: Record<string, string> = {}) =>
      (await backend().get({ path, params })).json();
    await expect
      .poll(() => get("/channels/lobby", { info: "subscription_count" }))
      .toEqual({
        occupied: true,
        subscription_count: 2,
      });
    expect(await get("/channels", { filter_by_prefix: "presence-ha", info: "user_count" })).toEqual({
      channels: { "presence-hall": { user_count: 2 } },
    });
    const answer = await backend().trigger("lobby", "x", {}, { info: "subscription_count" });
    expect(await answer.json()).toEqual({ channels: { lobby: { subscription_count: 2 } } });
    for (const page of pages) page.disconnect();
    await expect.poll(() => get("/channels/lobby")).toEqual({ occupied: false });
  });
});
