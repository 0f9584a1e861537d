/** What the worker asks for many people at once, and what it writes about those who are connected. */
import { chatApp, deadWorker, otherApp, worldWorkers } from "#bench/world/fill-others.ts";
import { type Operations, type Place, range } from "#bench/world/operations/operation.ts";
import { revsBefore, sizesOf } from "#bench/world/sizes.ts";
import { sql } from "#server/db/sql.ts";
import { publishEvents, readCached } from "#server/realtime/app-events.ts";
import {
  onlineChannel,
  readMembers,
  readOccupancy,
  readOnline,
  reapWorker,
  renewLease,
  writePresence,
} from "#server/realtime/presence.ts";
import {
  activeSessions,
  loadPeople,
  readAllFriendIds,
  readChangesSince,
  readFriendIds,
  readHeads,
  readOutbox,
} from "#server/realtime/realtime-queries.ts";
import { storeDelivered } from "#server/realtime/receipts.ts";
import { sendTyping } from "#server/realtime/typing.ts";
import { claimDeliveries, enqueueWebhookEvents } from "#server/realtime/webhooks.ts";

const crowd = (place: Place) => range(1, 50).map((n) => place.me(n));
const ids = (place: Place) => crowd(place).map(({ personId }) => personId);
const announce = async () => [];
const [worker = ""] = worldWorkers;

async function move(app: string, workerId: string, channels: readonly string[], sockets: number): Promise<void> {
  const rows = channels.map((channel) => ({ channel, userId: `visitor ${channel}`, info: "{}", sockets }));
  await writePresence(sql(), workerId, app, rows, { announce, list: channels.slice(0, 1) });
}

export const workerOperations: Operations = {
  "load people who connect": (place) => loadPeople(sql(), ids(place)),
  "load one person": (place) => loadPeople(sql(), ids(place).slice(0, 1)),
  "check sessions of sockets": (place) => activeSessions(sql(), crowd(place)),
  "check the session of one socket": (place) => activeSessions(sql(), crowd(place).slice(0, 1)),
  "read whom people may see online": (place) => readFriendIds(sql(), ids(place)),
  "read all friends": (place) => readAllFriendIds(sql(), ids(place)),
  "read heads after a break": (place) =>
    readHeads(
      sql(),
      range(1, 50).map((n) => place.id("direct", n)),
      ids(place),
    ),
  "read missed changes": (place) =>
    readChangesSince(sql(), place.id("direct", 7), revsBefore + sizesOf(place.world).inEach - 3),
  "read missed changes of a large community": (place) => {
    const { large, inLarge } = sizesOf(place.world);
    return readChangesSince(sql(), place.id("community", large), revsBefore + inLarge - 20);
  },
  "poll the outbox": () => readOutbox(sql()),
  "store what many devices have received": (place) =>
    storeDelivered(
      sql(),
      range(1, 20).map((n) => {
        const [conversationId, personId] = [place.id("direct", n), place.id("person", n)];
        return { conversationId, personId, device: "phone" as const, seq: 2 };
      }),
      false,
    ),
  "send typing": (place) =>
    sendTyping(
      sql(),
      range(1, 20).map((n) => ({ conversationId: place.id("direct", n), personId: place.id("person", n) })),
    ),
  "join and leave channels": async ({ world }) => {
    const channels = range(0, 20).map((n) => `presence-${world.first + n}`);
    await move(otherApp, worker, channels, 1);
    await move(otherApp, worker, channels, 0);
  },
  "come online and go": async () => {
    await move(chatApp, worker, [onlineChannel], 1);
    await move(chatApp, worker, [onlineChannel], 0);
  },
  "read who is online": (place) => readOnline(sql(), chatApp, ids(place)),
  "read the members of a presence channel": ({ world }) =>
    readMembers(sql(), otherApp, [`presence-${world.first + 3}`, `presence-${world.first + 4}`]),
  "read the occupancy of channels": ({ world }) =>
    readOccupancy(sql(), otherApp, { channels: [`presence-${world.first + 3}`, `presence-${world.first + 4}`] }),
  "renew a lease": () => renewLease(sql(), worker),
  "remove what a dead worker left": async ({ world }) => {
    await renewLease(sql(), deadWorker);
    await move(
      otherApp,
      deadWorker,
      range(0, 30).map((n) => `presence-${world.first + n}`),
      1,
    );
    await reapWorker(sql(), announce, deadWorker);
  },
  "store and read an event of a cache channel": async ({ world }) => {
    const event = { channels: [`cache-${world.first + 3}`], name: "changed", data: "{}" };
    await publishEvents(sql(), [{ app: otherApp, event, cached: true }]);
    await readCached(sql(), otherApp, `cache-${world.first + 3}`);
  },
  "queue a webhook event and its opposite": async ({ world }) => {
    const event = { app: otherApp, hook: 0, channel: `room-${world.first}`, userId: "", event: {} };
    await enqueueWebhookEvents(sql(), [{ ...event, kind: "channel_vacated" }]);
    await enqueueWebhookEvents(sql(), [{ ...event, kind: "channel_occupied" }]);
  },
  "claim webhook events": () => claimDeliveries(sql(), otherApp, 0, 100),
};
