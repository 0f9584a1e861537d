import * as z from "zod/mini";
import { isChannelName, isSocketId } from "#contracts/channels.ts";
import { count, id, time } from "#contracts/text.ts";

/**
 * Without arguments: what our own client needs. With `socketId` (and `channelName`), also a standard Pusher
 * signature, so that any Pusher SDK can sign in (`userData`) or subscribe.
 */
export const authorizeInput = z.object({
  socketId: z.optional(z.string().check(z.refine(isSocketId, { error: "invalid_socket_id" }))),
  channelName: z.optional(z.string().check(z.refine(isChannelName, { error: "invalid_channel" }))),
});
export const authorizeOutput = z.object({
  /** Where the worker is: `ws://host:port` or `wss://…`, perhaps with a path. */
  url: z.string(),
  key: z.string(),
  personId: id,
  /** Proves who signs in to the worker; carried inside a frame, valid until `expiresAt`. */
  ticket: z.string(),
  expiresAt: time,
  /** Present when a `socketId` was given. */
  auth: z.optional(z.string()),
  userData: z.optional(z.string()),
});
export type Authorization = z.infer<typeof authorizeOutput>;

/**
 * Data of `person.typing` on the inbox: a member is typing now. Sent to the other members, never stored, outside
 * every numbering. A client says it with `client-typing` on the conversation's channel, without data.
 */
export const typing = z.object({ conversationId: id, personId: id });
export type Typing = z.infer<typeof typing>;
export const typingEvent = "person.typing";

/**
 * Data of the inbox's `subscription_succeeded`, and of `im:resync` after events were dropped for a slow reader: my rev
 * and the revs of my conversations up to which everything was sent. A client that holds these numbers has missed
 * nothing.
 */
export const inboxHeads = z.object({ rev: count, heads: z.record(id, count) });
export type InboxHeads = z.infer<typeof inboxHeads>;
