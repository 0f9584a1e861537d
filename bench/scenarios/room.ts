/**
 * A room of a thousand: what one delivery costs. The floor writes the same bytes to a thousand sockets; the peer stores the
 * message and emits it to its room; ours stores it through the socket scenario and hears of it over the bus. Ten members write, in
 * turn or all at once.
 */
import { randomUUID } from "node:crypto";
import { bodyOf, idIn } from "#bench/body.ts";
import { inParallel } from "#bench/clients/in-parallel.ts";
import { Inbox } from "#bench/clients/inbox.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { PeerClient } from "#bench/clients/socketio.ts";
import { cpuOf } from "#bench/cost.ts";
import type { Harness } from "#bench/harness.ts";
import { reserveIds } from "#bench/in-flight.ts";
import { createPeerTables, insertPeerConversations } from "#bench/peer-tables.ts";
import { insertCommunity, insertPeople, type Person } from "#bench/people.ts";
import { type Contender, type Measured, type Rounds, type Scenario, takeTurns } from "#bench/rounds.ts";

const members = 1_000;
const burst = 10;

type Room = {
  /** Says these messages in one turn; the room has heard them when every member saw every body. */
  say(ids: number[]): void;
  heard: Deliveries;
  /** What fans out; and with it everything else that works for the message. */
  fanout: number[];
  all: number[];
};

/** Counts what a thousand sockets see; every body must be one that was said. */
class Deliveries {
  #expected = new Set<number>();
  #left = 0;
  #done = () => {};

  seen(frame: Buffer): void {
    if (this.#expected.has(idIn(frame)) && --this.#left === 0) this.#done();
  }

  expect(ids: number[]): Promise<void> {
    this.#expected = new Set(ids);
    this.#left = ids.length * members;
    return new Promise((resolve, reject) => {
      const watch = setTimeout(() => reject(new Error(`${this.#left} deliveries are missing`)), 15_000);
      this.#done = () => {
        clearTimeout(watch);
        resolve();
      };
    });
  }
}

type Name = "floor" | "ours" | "ours burst" | "socketio" | "socketio burst";

export const room: Scenario = {
  metrics: ["fanout_vs_ws_floor", "fanout_burst_vs_ws_floor", "fanout_cpu_vs_socketio", "fanout_burst_cpu_vs_socketio"],
  measure: async (harness) => {
    const [floor, peer, ours] = [await openFloor(harness), await openPeer(harness), await openOurs(harness)];
    const seconds = harness.sized({ full: 3, quick: 1, smoke: 0.3 });
    const turn =
      (which: Room, size: number): Contender =>
      () =>
        broadcast(which, size, seconds);
    const rounds = await takeTurns<Name>(harness, {
      floor: turn(floor, 1),
      ours: turn(ours, 1),
      "ours burst": turn(ours, burst),
      socketio: turn(peer, 1),
      "socketio burst": turn(peer, burst),
    });
    return results(rounds);
  },
};

async function broadcast(which: Room, size: number, seconds: number) {
  const before = { fanout: cpuOf(...which.fanout), all: cpuOf(...which.all) };
  const began = performance.now();
  let said = 0;
  while (performance.now() < began + seconds * 1_000) {
    const first = reserveIds(size);
    const ids = Array.from({ length: size }, (_, at) => first + at);
    const heard = which.heard.expect(ids);
    which.say(ids);
    await heard;
    said += size;
  }
  const deliveries = said * members;
  return {
    "µs/delivery": (cpuOf(...which.fanout) - before.fanout) / deliveries,
    "µs/delivery, all": (cpuOf(...which.all) - before.all) / deliveries,
    "deliveries/s": deliveries / ((performance.now() - began) / 1_000),
  };
}

async function openFloor(harness: Harness): Promise<Room> {
  const bare = await harness.program("servers/bare.ts");
  const heard = new Deliveries();
  const sockets: RawSocket[] = [];
  await inParallel(members, 32, async () => {
    sockets.push(await openRaw(Number(bare.ready), "/", { text: (frame) => heard.seen(frame) }));
  });
  const say = (ids: number[]) => {
    for (const id of ids) sockets[id % burst]?.send(`room 1 ${frameLike(id)}`);
  };
  return { say, heard, fanout: [bare.pid], all: [bare.pid] };
}

/** As long as the frame in which ours carries the message: the floor writes the same number of bytes. */
const frameLike = (id: number) => `${bodyOf(id)}${"x".repeat(740)}`;

async function openPeer(harness: Harness): Promise<Room> {
  await createPeerTables(harness.sql);
  const [conversationId = ""] = await insertPeerConversations(harness.sql, 1);
  const program = await harness.program("peer/socketio.mjs");
  const heard = new Deliveries();
  const clients: PeerClient[] = [];
  await inParallel(members, 32, async () => {
    const client = await PeerClient.open(Number(program.ready), { message: (frame) => heard.seen(frame) });
    await client.join([conversationId]);
    clients.push(client);
  });
  const senderId = randomUUID();
  const say = (ids: number[]) => {
    for (const id of ids) {
      const content = { kind: "text", text: bodyOf(id) };
      clients[id % burst]?.send(id, { conversationId, senderId, clientId: randomUUID(), content });
    }
  };
  return { say, heard, fanout: [program.pid], all: [program.pid, harness.postgresPid] };
}

async function openOurs(harness: Harness): Promise<Room> {
  const people = await insertPeople(harness.sql, members);
  const conversationId = await insertCommunity(harness.sql, people);
  const worker = await harness.worker();
  const heard = new Deliveries();
  const inboxes: Inbox[] = [];
  await inParallel(members, 32, async (at) => {
    const person: Person | undefined = people[at];
    if (person) inboxes.push(await Inbox.open(worker.port, person, { event: (frame) => heard.seen(frame) }));
  });
  const say = (ids: number[]) => {
    for (const id of ids) {
      const content = { kind: "text", text: bodyOf(id) };
      inboxes[id % burst]?.call(String(id), "messages.send", { conversationId, clientId: randomUUID(), content });
    }
  };
  return { say, heard, fanout: [worker.program.pid], all: [worker.program.pid, harness.postgresPid] };
}

function results(rounds: Rounds<Name>): Measured[] {
  const fanout = (label: string, name: Name) => ({ label, value: rounds.of(name, "µs/delivery"), unit: "µs/delivery" });
  const all = (label: string, name: Name) => ({
    label,
    value: rounds.of(name, "µs/delivery, all"),
    unit: "µs/delivery, Postgres included",
  });
  return [
    {
      metric: "fanout_vs_ws_floor",
      value: rounds.ratio("floor", "ours", "µs/delivery"),
      parts: [fanout("floor", "floor"), fanout("ours", "ours")],
    },
    {
      metric: "fanout_burst_vs_ws_floor",
      value: rounds.ratio("floor", "ours burst", "µs/delivery"),
      parts: [fanout("floor", "floor"), fanout("ours", "ours burst")],
    },
    {
      metric: "fanout_cpu_vs_socketio",
      value: rounds.ratio("socketio", "ours", "µs/delivery, all"),
      parts: [all("Socket.IO", "socketio"), all("ours", "ours")],
    },
    {
      metric: "fanout_burst_cpu_vs_socketio",
      value: rounds.ratio("socketio burst", "ours burst", "µs/delivery, all"),
      parts: [all("Socket.IO", "socketio burst"), all("ours", "ours burst")],
    },
  ];
}
