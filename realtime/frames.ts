import type { WireEvent } from "#contracts/events.ts";

/** One frame of the Pusher protocol. `data` is a string of JSON, as the strict SDKs expect from a server. */
export function frame(event: string, data: unknown, channel?: string): string {
  return JSON.stringify({ event, ...(channel === undefined ? {} : { channel }), data: JSON.stringify(data) });
}

/** `pusher:error`, `pusher:pong` and `pusher:signin_success` carry an object instead. */
export function objectFrame(event: string, data: unknown): string {
  return JSON.stringify({ event, data });
}

/** Encoded once for everyone who hears it. */
export const eventFrame = (channel: string, event: WireEvent) => frame(event.type, event, channel);
