import { afterAll, expect, test } from "vitest";
import { Arrivals } from "#realtime/arrivals.ts";
import { sql } from "#server/db/sql.ts";
import { onlineChannel, renewLease, writePresence } from "#server/realtime/presence.ts";
import { closeDatabase, makeFriends, newPerson } from "#tests/_people.ts";

afterAll(closeDatabase);

const app = "arrivals";

test("a person's memberships, friends and online friends come in one answer", async () => {
  const [ann, ben, cleo] = [await newPerson("ann"), await newPerson("ben"), await newPerson("cleo")];
  const withBen = await makeFriends(ann, ben);
  const withCleo = await makeFriends(ann, cleo);
  const workerId = crypto.randomUUID();
  await renewLease(sql(), workerId);
  const rows = [{ channel: onlineChannel, userId: ben.personId, info: "", sockets: 1 }];
  await writePresence(sql(), workerId, app, rows, { announce: async () => [], list: [] });

  const arrivals = new Arrivals(sql(), app);
  const [arrival, ofBen] = await Promise.all([arrivals.read(ann.personId), arrivals.read(ben.personId)]);
  expect(arrival?.memberships.map(({ conversationId }) => conversationId).sort()).toEqual([withBen, withCleo].sort());
  expect(arrival?.friendIds.toSorted()).toEqual([ben.personId, cleo.personId].sort());
  expect(arrival?.onlineIds).toEqual([ben.personId]);
  expect(ofBen).toMatchObject({ personId: ben.personId, friendIds: [ann.personId], onlineIds: [] });
  expect(await arrivals.read(crypto.randomUUID())).toBeUndefined();
});

test("questions about a person share a query until it is sent", async () => {
  const ann = await newPerson("ann");
  const arrivals = new Arrivals(sql(), app);
  const first = arrivals.read(ann.personId);
  expect(arrivals.read(ann.personId)).toBe(first);
  await new Promise(setImmediate);
  const second = arrivals.read(ann.personId);
  expect(second).not.toBe(first);
  expect(await first).toEqual(await second);
});
