import type { WireEvent } from "#contracts/events.ts";
import { type ClientFrame, clientFrame, isBlank } from "#contracts/pusher.ts";

/** One frame of the Pusher protocol. `data` is a string of JSON, as the strict SDKs expect from a server. */
export function frame(event: string, data: unknown, channel?: string): string {
  return JSON.stringify({ event, ...(channel === undefined ? {} : { channel }), data: JSON.stringify(data) });
}

/** `pusher:error`, `pusher:pong`, `pusher:signin_success` and our own `im:` frames carry an object instead. */
export function objectFrame(event: string, data: unknown): string {
  return JSON.stringify({ event, data });
}

/** `code` null: what was wrong closes nothing. Clients read a code as the fate of the connection. */
export const errorFrame = (message: string, code: number | null) => objectFrame("pusher:error", { message, code });

/**
 * What a client sent, or null. Some SDKs send the data of `pusher:` events as a string of JSON, and an empty one where
 * there is none; data that is absent, null or empty is undefined.
 */
export function readFrame(text: string): ClientFrame | null {
  const read = clientFrame.safeParse(parseJson(text));
  if (!read.success) return null;
  const { event, channel, data } = read.data;
  if (isBlank(data)) return { event, channel, data: undefined };
  return { event, channel, data: event.startsWith("pusher:") && typeof data === "string" ? parseJson(data) : data };
}

/** Undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Encoded once for everyone who hears it. */
export const eventFrame = (channel: string, event: WireEvent) => toWire(frame(event.type, event, channel));

/**
 * A text frame of RFC 6455 as a server sends it, unmasked and whole, in one allocation: header and text leave in one
 * write, and a thousand recipients share the bytes.
 */
export function toWire(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const wire = Buffer.allocUnsafe(header + length);
  wire[0] = 0x81;
  if (header === 2) wire[1] = length;
  else if (header === 4) {
    wire[1] = 126;
    wire.writeUInt16BE(length, 2);
  } else {
    wire[1] = 127;
    wire.writeBigUInt64BE(BigInt(length), 2);
  }
  wire.write(text, header);
  return wire;
}

/** What pusher-js sends to see whether the link lives: a thousand a second from a full worker, so it is not parsed. */
const ping = Buffer.from('{"event":"pusher:ping","data":{}}');
export const isPing = (data: Buffer) => data.length === ping.length && data.equals(ping);
export const pong = toWire(objectFrame("pusher:pong", {}));
