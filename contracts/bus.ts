import * as z from "zod/mini";
import { conversationEvent, personEvent } from "#contracts/events.ts";
import { typing } from "#contracts/realtime.ts";
import { id, positive } from "#contracts/text.ts";

/** The one channel between processes. */
export const busChannel = "im_bus";

/** `event` is missing when it was too large for NOTIFY: workers that need it read the changes. */
const conversationEnvelope = z.object({ conversationId: id, rev: positive, event: z.optional(conversationEvent) });
const personEnvelope = z.object({ personId: id, rev: positive, event: z.optional(personEvent) });
/** Sockets of these sessions are closed with 4009. */
const revocationEnvelope = z.object({ revokedSessionIds: z.array(id) });
/**
 * What an app's backend or client triggered. `n` makes each notification different: Postgres tells the same text only
 * once in a transaction. Without `event` it was too large to travel, and `relay` names the row that holds it.
 */
export const appEvent = z.object({
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
  n: z.string(),
  event: z.optional(appEvent),
  relay: z.optional(z.string()),
});
/** Who came to a channel of an app and who left it, over all workers; `live` rises within a channel. */
const presenceEnvelope = z.object({
  app: z.string(),
  channel: z.string(),
  live: z.number(),
  came: z.array(z.object({ userId: z.string(), info: z.string() })),
  went: z.array(z.string()),
  /** The lists were too large for NOTIFY: workers that need them read the members. */
  reread: z.optional(z.literal(true)),
});
/** All connections of this user of an app are closed with 4009. */
const terminationEnvelope = z.object({ app: z.string(), n: z.string(), terminatedUserId: z.string() });
/** A typing event; a worker that receives it too late drops it. */
const typingEnvelope = z.object({ n: z.string(), typing });
/** A worker's message to itself: proof that its LISTEN still hears. */
const beatEnvelope = z.object({ beat: z.string(), count: positive });

export const envelope = z.union([
  conversationEnvelope,
  personEnvelope,
  revocationEnvelope,
  presenceEnvelope,
  terminationEnvelope,
  appEnvelope,
  typingEnvelope,
  beatEnvelope,
]);
/** One notification: envelopes in the order in which they were told. */
export const busPayload = z.array(envelope);
export type Envelope = z.infer<typeof envelope>;
export type ConversationEnvelope = z.infer<typeof conversationEnvelope>;
export type AppEnvelope = z.infer<typeof appEnvelope>;
export type PresenceEnvelope = z.infer<typeof presenceEnvelope>;
export type PersonEnvelope = z.infer<typeof personEnvelope>;
