/** The same conversations of two as each contender sees them: who sends, and who must hear it. */
import { randomUUID } from "node:crypto";
import { bodyOf, idIn } from "#bench/body.ts";
import { inParallel } from "#bench/clients/in-parallel.ts";
import { Inbox } from "#bench/clients/inbox.ts";
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import { PeerClient } from "#bench/clients/socketio.ts";
import { InFlight } from "#bench/in-flight.ts";
import type { Pair } from "#bench/people.ts";
import { createDeliveredReports, type DeliveredReports } from "#client/realtime/delivered.ts";

/** Connected pairs, and the messages that are under way between them. */
export type Pairs = { inFlight: InFlight; close(): void };

const handshakesAtOnce = 32;
const textOf = (id: number) => ({ kind: "text", text: bodyOf(id) });
const noResult = Buffer.from('"error"');

/** The receivers' inboxes: what they hear counts as delivered. `reporting`: they say so to the worker, as the browser does. */
export async function openReceivers(
  port: number,
  pairs: readonly Pair[],
  inFlight: InFlight,
  reporting = false,
): Promise<{ close(): void }> {
  const inboxes: Inbox[] = [];
  const reports: DeliveredReports[] = [];
  await inParallel(pairs.length, handshakesAtOnce, async (at) => {
    const pair = pairs[at];
    if (!pair) return;
    const report = createDeliveredReports("computer", (said) => inbox.sayDelivered(said));
    reports.push(report);
    const event = (frame: Buffer) => {
      const id = idIn(frame);
      inFlight.delivered(id);
      if (reporting && id >= 0) report.add(pair.conversationId, seqIn(frame));
    };
    const inbox = await Inbox.open(port, pair.to, { event });
    inboxes.push(inbox);
  });
  return {
    close: () => {
      for (const report of reports) report.close();
      for (const inbox of inboxes) inbox.close();
    },
  };
}

/** The data of a frame is a string of JSON or an object. */
const seqIn = (frame: Buffer): number => Number(/\\?"seq\\?":(\d+)/.exec(frame.toString("latin1"))?.[1] ?? 0);

/** Ours: the sender calls `messages.send` over the socket, the receiver hears it in the inbox. */
export async function openLanePairs(
  port: number,
  pairs: readonly Pair[],
  { reporting = false }: { reporting?: boolean } = {},
): Promise<Pairs> {
  const senders: Inbox[] = [];
  const inFlight = new InFlight((slot, id) => {
    const conversationId = pairs[slot]?.conversationId;
    senders[slot]?.call(String(id), "messages.send", {
      conversationId,
      clientId: randomUUID(),
      content: textOf(id),
    });
  });
  const result = (id: string, frame: Buffer) => {
    if (frame.subarray(0, 80).includes(noResult)) throw new Error(`a send was refused: ${frame}`);
    inFlight.acked(Number(id));
  };
  const receivers = await openReceivers(port, pairs, inFlight, reporting);
  await inParallel(pairs.length, handshakesAtOnce, async (at) => {
    const person = pairs[at]?.from;
    // The sender hears its own message too, as every device does; that is not the delivery that counts.
    if (person) senders[at] = await Inbox.open(port, person, { event: () => {}, result });
  });
  return {
    inFlight,
    close: () => {
      receivers.close();
      for (const sender of senders) sender.close();
    },
  };
}

/** The bare echo: a round trip is an acknowledgement and a delivery in one. */
export async function openEchoPairs(port: number, count: number): Promise<Pairs> {
  const sockets: RawSocket[] = [];
  const inFlight = new InFlight((slot, id) => sockets[slot]?.send(bodyOf(id)));
  const text = (frame: Buffer) => {
    const id = idIn(frame);
    inFlight.delivered(id);
    inFlight.acked(id);
  };
  await inParallel(count, handshakesAtOnce, async (at) => {
    sockets[at] = await openRaw(port, "/", { text });
  });
  return { inFlight, close: () => sockets.forEach((socket) => void socket.destroy()) };
}

/** The peer: both sit in the room of their conversation, as both of ours do. With two ports, on different processes. */
export async function openPeerPairs(ports: readonly number[], rooms: readonly string[]): Promise<Pairs> {
  const senders: PeerClient[] = [];
  const receivers: PeerClient[] = [];
  const senderIds = rooms.map(() => randomUUID());
  const inFlight = new InFlight((slot, id) => {
    const input = {
      conversationId: rooms[slot],
      senderId: senderIds[slot],
      clientId: randomUUID(),
      content: textOf(id),
    };
    senders[slot]?.send(id, input);
  });
  await inParallel(rooms.length, handshakesAtOnce, async (at) => {
    const [first = 0, last = first] = ports;
    const receiver = await PeerClient.open(last, { message: (frame) => inFlight.delivered(idIn(frame)) });
    const sender = await PeerClient.open(first, { message: () => {}, acked: (id) => inFlight.acked(id) });
    await Promise.all([receiver.join([rooms[at] ?? ""]), sender.join([rooms[at] ?? ""])]);
    receivers[at] = receiver;
    senders[at] = sender;
  });
  return { inFlight, close: () => [...senders, ...receivers].forEach((client) => void client.close()) };
}
