import { afterAll, expect, test } from "vitest";
import { maintainLease } from "#realtime/lease.ts";
import { PresenceWriter } from "#realtime/presence-writer.ts";
import { createAnnounce } from "#realtime/pusher/announce.ts";
import { sql } from "#server/db/sql.ts";
import { readMembers, reapWorker, renewLease } from "#server/realtime/presence.ts";
import { closeDatabase } from "#tests/_people.ts";
import { clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

afterAll(closeDatabase);

const announce = createAnnounce(new Map());
const age = (workerId: string) =>
  sql()`update realtime_workers set heartbeat_at = now() - interval '1 minute' where id = ${workerId}`;

test("a killed worker's members are removed and reported when its lease ends", async () => {
  const app = newApp();
  const worker = await startAppWorker([app]);
  const ann = clientOf(app, worker.port, { id: "ann" });
  const room = ann.subscribe("presence-room");
  await subscribed(room);
  // Another worker with a member in the room, which stops without releasing its lease.
  const deadId = crypto.randomUUID();
  await renewLease(sql(), deadId);
  const dead = new PresenceWriter(sql(), deadId, app.id, announce);
  const added = next<{ id: string }>(room, "pusher:member_added");
  dead.add("presence-room", "ben", "");
  expect((await added).id).toBe("ben");
  dead.close();
  await age(deadId);
  expect([...((await readMembers(sql(), app.id, ["presence-room"])).get("presence-room") ?? [])]).toEqual([
    { userId: "ann", info: "{}" },
  ]);
  expect((await next<{ id: string }>(room, "pusher:member_removed")).id).toBe("ben");
  ann.disconnect();
  await worker.close();
});

test("a worker that was frozen writes its presence rows again", async () => {
  const app = newApp();
  const worker = await startAppWorker([app]);
  const ann = clientOf(app, worker.port, { id: "ann" });
  await subscribed(ann.subscribe("presence-room"));
  const members = async () => (await readMembers(sql(), app.id, ["presence-room"])).get("presence-room");
  // Repeated when the worker renewed its lease in between.
  do await sql()`update realtime_workers set heartbeat_at = now() - interval '1 minute'`;
  while (!(await reapWorker(sql(), announce)));
  await expect.poll(members).toEqual([{ userId: "ann", info: "{}" }]);
  ann.disconnect();
  await worker.close();
});

test("a worker with a lease that expired unnoticed publishes its members again", async () => {
  const app = newApp();
  const [first, second] = [await startAppWorker([app]), await startAppWorker([app])];
  const [once, twice] = [first, second].map((worker) => clientOf(app, worker.port, { id: "ann", watchlist: ["ann"] }));
  const watcher = clientOf(app, second.port, { id: "ben", watchlist: ["ann"] });
  if (!once || !twice) throw new Error("two clients");
  const seen: string[] = [];
  for (const name of ["online", "offline"]) watcher.user.watchlist.bind(name, () => seen.push(name));
  for (const one of [watcher, once, twice]) one.signin();
  await expect.poll(() => seen.at(-1)).toBe("online");
  // The first worker freezes, so its lease expires; then ann's other device leaves.
  const freezeFirst = () => sql()`
    update realtime_workers set heartbeat_at = now() - interval '1 minute'
    where id in (select worker_id from presence where app = ${app.id} and user_id = 'ann')
      and id not in (select worker_id from presence where app = ${app.id} and user_id = 'ben')`;
  await freezeFirst();
  twice.disconnect();
  const timesOnline = async () => {
    // The worker may have renewed its lease before that device was gone.
    if (!seen.includes("offline")) await freezeFirst();
    return seen.filter((name) => name === "online").length;
  };
  await expect.poll(timesOnline).toBeGreaterThan(1);
  await expect.poll(() => seen.at(-1)).toBe("online");
  for (const one of [watcher, once]) one.disconnect();
  for (const worker of [first, second]) await worker.close();
});

test("names of any length and script are written, and a refused row blocks no other", async () => {
  const workerId = crypto.randomUUID();
  await renewLease(sql(), workerId);
  const places = new PresenceWriter(sql(), workerId, "78", announce);
  for (let at = 0; at < 60; at += 1) places.add("#online", `${"名".repeat(60)}${at}`);
  places.add("#online", "not for \u0000 Postgres");
  places.add("lobby");
  await expect.poll(async () => (await readMembers(sql(), "78", ["#online"])).get("#online")?.length).toBe(60);
  places.close();
});

test("a stopping worker removes its lease and presence rows", async () => {
  const workerId = crypto.randomUUID();
  const lease = await maintainLease(sql(), workerId, announce, () => {});
  const places = new PresenceWriter(sql(), workerId, "77", announce);
  places.add("lobby");
  await places.snapshot("lobby", "");
  await lease.close();
  expect(await sql()`select 1 from presence where worker_id = ${workerId}`).toHaveLength(0);
  expect(await sql()`select 1 from realtime_workers where id = ${workerId}`).toHaveLength(0);
});
