import * as z from "zod/mini";
import { conversationEvent, personEvent } from "#contracts/events.ts";
import { id, positive } from "#contracts/text.ts";

/** The one channel between processes. */
export const busChannel = "im_bus";

/** `event` is missing when it was too large to travel: whoever needs it reads the changes. */
const conversationEnvelope = z.object({ conversationId: id, rev: positive, event: z.optional(conversationEvent) });
const personEnvelope = z.object({ personId: id, rev: positive, event: z.optional(personEvent) });
/** Sockets of these sessions are closed with 4009. */
const revocationEnvelope = z.object({ revokedSessionIds: z.array(id) });
/** A worker's message to itself: proof that its LISTEN still hears. */
const beatEnvelope = z.object({ beat: z.string(), count: positive });

export const envelope = z.union([conversationEnvelope, personEnvelope, revocationEnvelope, beatEnvelope]);
/** One notification: envelopes in the order in which they were told. */
export const busPayload = z.array(envelope);
export type Envelope = z.infer<typeof envelope>;
export type ConversationEnvelope = z.infer<typeof conversationEnvelope>;
export type PersonEnvelope = z.infer<typeof personEnvelope>;
