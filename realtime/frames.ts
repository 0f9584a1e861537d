import type { WireEvent } from "#contracts/events.ts";
import { type ClientFrame, clientFrame, isBlank } from "#contracts/pusher.ts";
import { toWire } from "#realtime/wire-frame.ts";

/** One frame of the Pusher protocol. `data` is a string of JSON, as strict SDKs expect from a server. */
export function frame(event: string, data: unknown, channel?: string): string {
  return JSON.stringify({ event, ...(channel === undefined ? {} : { channel }), data: JSON.stringify(data) });
}

/**
 * `pusher:error`, `pusher:pong`, `pusher:signin_success` and our own `im:` frames carry an object instead of a string.
 */
export function objectFrame(event: string, data: unknown): string {
  return JSON.stringify({ event, data });
}

/** `code` is null for an error that does not close the connection: SDKs treat a code as a reason to disconnect. */
export const errorFrame = (message: string, code: number | null) => objectFrame("pusher:error", { message, code });

/**
 * Parses a frame from a client; null when it is not valid. Some SDKs send the data of `pusher:` events as a string of
 * JSON, and an empty string for none; absent, null and empty data become undefined.
 */
export function readFrame(text: string): ClientFrame | null {
  const read = clientFrame.safeParse(parseJson(text));
  if (!read.success) return null;
  const { event, channel, data } = read.data;
  if (isBlank(data)) return { event, channel, data: undefined };
  return { event, channel, data: event.startsWith("pusher:") && typeof data === "string" ? parseJson(data) : data };
}

/** Undefined when the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Encoded once for all recipients. */
export const eventFrame = (channel: string, event: WireEvent) => toWire(frame(event.type, event, channel));

/**
 * Ping and pong as pusher-js writes them. A full worker receives a thousand pongs a second, so the bytes are compared
 * instead of parsed.
 */
const pingText = objectFrame("pusher:ping", {});
const pongText = objectFrame("pusher:pong", {});
const pingBytes = Buffer.from(pingText);
const pongBytes = Buffer.from(pongText);
export const isPing = (data: Buffer) => data.length === pingBytes.length && data.equals(pingBytes);
export const isPong = (data: Buffer) => data.length === pongBytes.length && data.equals(pongBytes);
export const ping = toWire(pingText);
export const pong = toWire(pongText);
