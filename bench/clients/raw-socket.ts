/**
 * A WebSocket client that costs the generator as little as possible: it masks with one fixed key, hands frames on as the
 * bytes they are, and keeps nothing. It speaks what the measured servers speak: text, close and ping, no extensions.
 */
import net from "node:net";

const mask = Buffer.from([0x17, 0x2b, 0x45, 0x9d]);
const nothing = Buffer.alloc(0);

export type RawListener = { text(payload: Buffer): void; closed?(): void };

export class RawSocket {
  readonly #stream: net.Socket;
  readonly #listener: RawListener;
  #rest = nothing;

  constructor(stream: net.Socket, listener: RawListener) {
    this.#stream = stream;
    this.#listener = listener;
    stream.on("data", (chunk: Buffer) => this.read(chunk));
    stream.once("close", () => listener.closed?.());
  }

  send(text: string): void {
    this.#stream.write(encode(0x1, Buffer.from(text)));
  }

  /** As a phone in a tunnel: gone without a word. */
  destroy(): void {
    this.#stream.destroy();
  }

  read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const head = headOf(bytes, at);
      if (!head || bytes.length < head.end) break;
      this.#hear(head.opcode, bytes.subarray(head.start, head.end));
      at = head.end;
    }
    this.#rest = at === bytes.length ? nothing : Buffer.from(bytes.subarray(at));
  }

  #hear(opcode: number, payload: Buffer): void {
    if (opcode === 0x1) this.#listener.text(payload);
    else if (opcode === 0x9) this.#stream.write(encode(0xa, payload));
    else if (opcode === 0x8) this.#stream.end();
  }
}

function headOf(bytes: Buffer, at: number): { opcode: number; start: number; end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const opcode = (bytes[at] ?? 0) & 0x0f;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { opcode, start: at + 2, end: at + 2 + short };
  if (bytes.length < at + (short === 126 ? 4 : 10)) return undefined;
  const start = at + (short === 126 ? 4 : 10);
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  return { opcode, start, end: start + length };
}

function encode(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? 2 : 4;
  const frame = Buffer.allocUnsafe(head + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | Math.min(length, 126);
  if (head === 4) frame.writeUInt16BE(length, 2);
  mask.copy(frame, head);
  for (let at = 0; at < length; at += 1) frame[head + 4 + at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return frame;
}

/** Ports of one address run out at some 28,000; each thousand connections takes an address of its own. */
const sourceFor = (number: number) => `127.0.0.${2 + (Math.floor(number / 1_000) % 200)}`;
let opened = 0;

/** Resolves when the server has answered 101. */
export function openRaw(port: number, path: string, listener: RawListener): Promise<RawSocket> {
  return new Promise((resolve, reject) => {
    const localAddress = process.platform === "linux" ? sourceFor(opened++) : undefined;
    const stream = net.connect({ host: "127.0.0.1", port, localAddress, noDelay: true });
    let answer = nothing;
    stream.once("error", reject);
    const refused = () => reject(new Error("the connection was closed during the handshake"));
    stream.once("close", refused);
    const onData = (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      const end = answer.indexOf("\r\n\r\n");
      if (end < 0) return;
      stream.off("data", onData);
      stream.off("close", refused);
      if (!answer.subarray(0, 12).equals(switching)) {
        stream.destroy();
        return reject(new Error(`the handshake was answered with ${answer.subarray(0, 40)}`));
      }
      stream.on("error", () => stream.destroy());
      const socket = new RawSocket(stream, listener);
      resolve(socket);
      // After the promise resolves, so that the caller has the socket before the first frame.
      if (answer.length > end + 4) queueMicrotask(() => socket.read(answer.subarray(end + 4)));
    };
    stream.on("data", onData);
    stream.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Key: aW1jaGF0LWJlbmNoLWtleQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
  });
}

const switching = Buffer.from("HTTP/1.1 101");
