import * as z from "zod/mini";
import { conversationEvent, personEvent } from "#contracts/events.ts";
import { typing } from "#contracts/realtime.ts";
import { receipts } from "#contracts/receipts.ts";
import { id, positive } from "#contracts/text.ts";

/** The one channel between processes. */
export const busChannel = "im_bus";

/** `event` is missing when it was too large for NOTIFY: workers that need it read the changes. */
const conversationEnvelope = z.object({ conversationId: id, rev: positive, event: z.optional(conversationEvent) });
const personEnvelope = z.object({ personId: id, rev: positive, event: z.optional(personEvent) });
/** Sockets of these sessions are closed with 4009. */
const revocationEnvelope = z.object({ revokedSessionIds: z.array(id) });
/**
 * What an app's backend or client triggered. `nonce` makes each notification different: Postgres sends the same text only
 * once in a transaction. Without `event` it was too large for NOTIFY, and `eventRef` is the id of its row in
 * `oversized_events`.
 */
const appEvent = z.object({
  channels: z.array(z.string()),
  name: z.string(),
  /** What the frame carries, already a string. */
  data: z.string(),
  /** The socket that caused the event and does not receive it. */
  except: z.optional(z.string()),
  /** Who sent a client event on a presence channel. */
  userId: z.optional(z.string()),
});
export type AppEvent = z.infer<typeof appEvent>;
const appEnvelope = z.object({
  app: z.string(),
  nonce: z.string(),
  event: z.optional(appEvent),
  eventRef: z.optional(z.string()),
});
/** Users who joined and left a channel of an app, over all workers. `version` rises within a channel. */
const presenceEnvelope = z.object({
  app: z.string(),
  channel: z.string(),
  version: z.number(),
  joined: z.array(z.object({ userId: z.string(), info: z.string() })),
  left: z.array(z.string()),
  /** The lists were too large for NOTIFY: workers that need them read the members. */
  truncated: z.optional(z.literal(true)),
});
/** All connections of this user of an app are closed with 4009. */
const terminationEnvelope = z.object({ app: z.string(), nonce: z.string(), terminatedUserId: z.string() });
/** A typing event; a worker that receives it too late drops it. */
const typingEnvelope = z.object({ nonce: z.string(), typing });
/** How far members have received and read a conversation; not told to the members in `hiddenFrom`. */
const receiptsEnvelope = z.object({ nonce: z.string(), receipts, hiddenFrom: z.array(id) });
/**
 * The first of a payload of the express path: which batch of which worker it is, "<worker>/<n>". The worker that sent it
 * told its own clients when the batch was answered.
 */
const batchEnvelope = z.object({ batch: z.string() });
/** A worker's message to itself: it shows that LISTEN still works. */
const heartbeatEnvelope = z.object({ heartbeat: z.string(), count: positive });

export const envelope = z.union([
  conversationEnvelope,
  personEnvelope,
  revocationEnvelope,
  presenceEnvelope,
  terminationEnvelope,
  appEnvelope,
  typingEnvelope,
  receiptsEnvelope,
  heartbeatEnvelope,
  batchEnvelope,
]);
/** A notification is a list of them, in the order in which they were published. */
export type Envelope = z.infer<typeof envelope>;
export type ConversationEnvelope = z.infer<typeof conversationEnvelope>;
export type AppEnvelope = z.infer<typeof appEnvelope>;
export type ReceiptsEnvelope = z.infer<typeof receiptsEnvelope>;
export type PresenceEnvelope = z.infer<typeof presenceEnvelope>;
export type PersonEnvelope = z.infer<typeof personEnvelope>;
