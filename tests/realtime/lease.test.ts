import { afterAll, expect, test } from "vitest";
import { holdLease } from "#realtime/lease.ts";
import { Places } from "#realtime/places.ts";
import { announceFor } from "#realtime/pusher/announce.ts";
import { sql } from "#server/db/sql.ts";
import { buryWorker, readMembers, renewLease } from "#server/live/places.ts";
import { closeDatabase } from "#tests/_people.ts";
import { clientOf, newApp, next, startAppWorker, subscribed } from "#tests/realtime/_app.ts";

afterAll(closeDatabase);

const announce = announceFor(new Map());
const age = (workerId: string) =>
  sql()`update workers set beat_at = now() - interval '1 minute' where id = ${workerId}`;

test("what a killed worker held is taken away when its lease ends, and the others are told", async () => {
  const app = newApp();
  const worker = await startAppWorker([app]);
  const ann = clientOf(app, worker.port, { id: "ann" });
  const room = ann.subscribe("presence-room");
  await subscribed(room);
  // Another worker, with somebody in the room, that dies without a word.
  const deadId = crypto.randomUUID();
  await renewLease(sql(), deadId);
  const dead = new Places(sql(), deadId, app.id, announce);
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

test("a worker that was only frozen writes its part again", async () => {
  const app = newApp();
  const worker = await startAppWorker([app]);
  const ann = clientOf(app, worker.port, { id: "ann" });
  await subscribed(ann.subscribe("presence-room"));
  const members = async () => (await readMembers(sql(), app.id, ["presence-room"])).get("presence-room");
  await sql()`update workers set beat_at = now() - interval '1 minute'`;
  while (await buryWorker(sql(), announce));
  expect(await members()).toEqual([]);
  await expect.poll(members, { timeout: 10_000 }).toEqual([{ userId: "ann", info: "{}" }]);
  ann.disconnect();
  await worker.close();
});

test("a worker that stops leaves nothing behind", async () => {
  const workerId = crypto.randomUUID();
  const lease = await holdLease(sql(), workerId, announce, () => {});
  const places = new Places(sql(), workerId, "77", announce);
  places.add("lobby");
  await places.snapshot("lobby", "");
  await lease.close();
  expect(await sql()`select 1 from occupants where worker_id = ${workerId}`).toHaveLength(0);
  expect(await sql()`select 1 from workers where id = ${workerId}`).toHaveLength(0);
});
