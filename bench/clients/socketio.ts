/** One client of the Socket.IO peer, speaking Engine.IO 4 over a WebSocket as cheaply as our own client speaks Pusher. */
import { openRaw, type RawSocket } from "#bench/clients/raw-socket.ts";

export type PeerListener = { message(frame: Buffer): void; acked?(id: number): void };

const open = 0x30; // "0": the server's greeting
const ping = 0x32; // "2": answered with "3"
const message = 0x34; // "4", followed by a packet of Socket.IO
const [connected, event, ack] = [0x30, 0x32, 0x33];

export class PeerClient {
  #socket: RawSocket | undefined;
  readonly #joins = new Map<number, () => void>();

  static open(port: number, listener: PeerListener): Promise<PeerClient> {
    const client = new PeerClient();
    return new Promise((resolve, reject) => {
      const text = (frame: Buffer) => {
        if (frame[0] === open) client.#socket?.send("40");
        else if (frame[0] === ping) client.#socket?.send("3");
        else if (frame[0] === message && frame[1] === connected) resolve(client);
        else if (frame[0] === message && frame[1] === event) listener.message(frame);
        else if (frame[0] === message && frame[1] === ack) client.#acked(frame, listener);
      };
      const closed = () => reject(new Error("the peer closed the connection"));
      openRaw(port, "/socket.io/?EIO=4&transport=websocket", { text, closed }).then((socket) => {
        client.#socket = socket;
      }, reject);
    });
  }

  join(rooms: string[]): Promise<void> {
    return new Promise((resolve) => {
      this.#joins.set(0, resolve);
      this.#socket?.send(`420${JSON.stringify(["join", rooms])}`);
    });
  }

  /** `id` is above 0; the acknowledgement names it. */
  send(id: number, input: unknown): void {
    this.#socket?.send(`42${id}${JSON.stringify(["send", input])}`);
  }

  close(): void {
    this.#socket?.destroy();
  }

  #acked(frame: Buffer, listener: PeerListener): void {
    const id = Number(frame.toString("latin1", 2, frame.indexOf("[")));
    const joined = this.#joins.get(id);
    this.#joins.delete(id);
    if (joined) joined();
    else listener.acked?.(id);
  }
}
