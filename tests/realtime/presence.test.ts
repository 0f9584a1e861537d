import { expect, test } from "vitest";
import { outboxOnly } from "#server/bus/publish.ts";
import { sql } from "#server/db/sql.ts";
import { blockPerson, unblockPerson } from "#server/friends/block.ts";
import { removeFriend } from "#server/friends/remove.ts";
import type { Me } from "#server/me.ts";
import type { Listener } from "#tests/_listener.ts";
import { makeFriends, newPerson } from "#tests/_people.ts";
import { withWorkers } from "#tests/realtime/_app.ts";

const { onWorker } = withWorkers(2);
const seenBy = (listener: Listener, person: Me) => expect.poll(() => listener.online.has(person.personId));

test("friends see each other online and offline over all workers, offline with the last device", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await makeFriends(ann, ben);
  const mine = await onWorker(0, ann);
  const [phone, laptop] = [await onWorker(1, ben), await onWorker(0, ben)];
  await seenBy(mine, ben).toBe(true);
  await seenBy(phone, ann).toBe(true);
  phone.close();
  // When a later event of another person has arrived, an event of ben's phone would have arrived too.
  const cleo = await newPerson("cleo");
  await makeFriends(ann, cleo);
  await onWorker(1, cleo);
  await seenBy(mine, cleo).toBe(true);
  expect(mine.online.has(ben.personId)).toBe(true);
  laptop.close();
  await seenBy(mine, ben).toBe(false);
});

test("only friends see presence; the end of a friendship or a block hides it in both directions", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  const [mine, theirs] = [await onWorker(0, ann), await onWorker(1, ben)];
  expect([mine.online.size, theirs.online.size]).toEqual([0, 0]);
  await makeFriends(ann, ben);
  await seenBy(mine, ben).toBe(true);
  await seenBy(theirs, ann).toBe(true);
  await blockPerson(ann, { personId: ben.personId });
  await seenBy(mine, ben).toBe(false);
  await seenBy(theirs, ann).toBe(false);
  await unblockPerson(ann, { personId: ben.personId });
  await seenBy(theirs, ann).toBe(true);
  await removeFriend(ann, { personId: ben.personId });
  await seenBy(mine, ben).toBe(false);
  await seenBy(theirs, ann).toBe(false);
});

test("a block committed without a notification hides presence too", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await makeFriends(ann, ben);
  const [mine, theirs] = [await onWorker(0, ann), await onWorker(1, ben)];
  await seenBy(mine, ben).toBe(true);
  await seenBy(theirs, ann).toBe(true);
  await outboxOnly(() => blockPerson(ann, { personId: ben.personId }));
  await seenBy(mine, ben).toBe(false);
  await seenBy(theirs, ann).toBe(false);
});

test("a person on a killed worker is offline after its lease ends", async () => {
  const [ann, ben] = [await newPerson("ann"), await newPerson("ben")];
  await makeFriends(ann, ben);
  // A worker of which only the presence rows are left.
  const deadId = crypto.randomUUID();
  await sql()`insert into realtime_workers (id, heartbeat_at) values (${deadId}, now())`;
  await sql()`
    insert into presence (app, channel, user_id, worker_id, info, sockets)
    values ('1', '#online', ${ben.personId}, ${deadId}, '', 1)`;
  const second = await onWorker(0, ann);
  await seenBy(second, ben).toBe(true);
  await sql()`update realtime_workers set heartbeat_at = now() - interval '1 minute' where id = ${deadId}`;
  await seenBy(second, ben).toBe(false);
});
