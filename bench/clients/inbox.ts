/** One person's device at the worker: signs in with a ticket, subscribes to the inbox, calls over the socket. */
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";
import type { Person } from "#bench/people.ts";
import { inboxChannel } from "#contracts/channels.ts";
import { type DeliveredReport, deliveredEvent } from "#contracts/receipts.ts";
import { env } from "#server/env.ts";
import { makeTicket } from "#server/realtime/ticket.ts";

export type InboxListener = { event(frame: Buffer): void; result?(id: string, frame: Buffer): void; closed?(): void };
/** What the worker says of the tables when the inbox is subscribed; empty where it says nothing. */
export type Heads = { rev?: number; heads?: Record<string, number> };

const subscribed = Buffer.from("subscription_succeeded");
const resultStart = Buffer.from('{"event":"im:result"');
const ping = Buffer.from('{"event":"pusher:ping","data":{}}');
const internalStart = Buffer.from('{"event":"pusher');

export class Inbox {
  readonly person: Person;
  heads: Heads = {};
  #socket: RawSocket | undefined;

  private constructor(person: Person) {
    this.person = person;
  }

  /** Resolves when the worker has said that whatever is told arrives from here on. */
  static open(port: number, person: Person, listener: InboxListener, ticket = makeTicket(person).ticket) {
    const inbox = new Inbox(person);
    return new Promise<Inbox>((resolve, reject) => {
      const text = (frame: Buffer) => {
        if (isStart(frame, internalStart)) {
          if (!frame.includes(subscribed)) return inbox.#hearProtocol(frame, reject);
          const { data }: { data: unknown } = JSON.parse(frame.toString());
          inbox.heads = typeof data === "string" ? JSON.parse(data) : {};
          resolve(inbox);
        } else if (isStart(frame, resultStart)) listener.result?.(resultId(frame), frame);
        else listener.event(frame);
      };
      const closed = () => {
        reject(new Error("the worker closed the connection"));
        listener.closed?.();
      };
      openRaw(port, `/app/${env().realtimeKey}?protocol=7`, { text, closed }).then((socket) => {
        inbox.#socket = socket;
        const data = { auth: ticket, user_data: JSON.stringify({ id: person.personId }) };
        socket.send(JSON.stringify({ event: "pusher:signin", data }));
        socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: inboxChannel } }));
      }, reject);
    });
  }

  /** A call over the socket scenario, in the shape that `im:result` answers. */
  call(id: string, path: string, input: unknown): void {
    this.#socket?.send(JSON.stringify({ event: "im:call", data: { id, path, input } }));
  }

  /** As the browser says what its device has received. */
  sayDelivered(report: DeliveredReport): void {
    this.#socket?.send(JSON.stringify({ event: deliveredEvent, channel: inboxChannel, data: report }));
  }

  close(): void {
    this.#socket?.destroy();
  }

  #hearProtocol(frame: Buffer, reject: (error: Error) => void): void {
    if (frame.equals(ping)) this.#socket?.send('{"event":"pusher:pong","data":{}}');
    else if (frame.includes("pusher:error")) reject(new Error(`the worker said ${frame}`));
  }
}

const isStart = (frame: Buffer, start: Buffer) => frame.subarray(0, start.length).equals(start);

const idMark = Buffer.from('"id":"');
const escapedMark = Buffer.from('\\"id\\":\\"');

/** The call's id: the first in the frame; its data may be an object or a string of JSON. */
function resultId(frame: Buffer): string {
  const plain = frame.indexOf(idMark);
  const mark = plain >= 0 ? idMark : escapedMark;
  const start = (plain >= 0 ? plain : frame.indexOf(escapedMark)) + mark.length;
  const end = frame.indexOf(plain >= 0 ? '"' : '\\"', start);
  return frame.toString("latin1", start, end);
}
