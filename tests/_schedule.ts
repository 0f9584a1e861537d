/** Scheduled messages for tests, through the router. */
import { randomUUID } from "node:crypto";
import type { Sendable } from "#contracts/messages/kinds/index.ts";
import { sql } from "#server/db/sql.ts";
import type { Me } from "#server/me.ts";
import { sendDue } from "#server/messages/schedule/send-scheduled.ts";
import { callerOf } from "#tests/_people.ts";

const dayMs = 86_400_000;
export const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
export const words = (text: string) => ({ kind: "text" as const, text });

type Wanted = { clientId?: string; content?: Sendable; sendAt?: string };

export const schedule = (me: Me, conversationId: string, wanted: Wanted = {}) =>
  callerOf(me).messages.schedule({
    conversationId,
    clientId: randomUUID(),
    content: words("later"),
    sendAt: inDays(1),
    ...wanted,
  });

export const waiting = async (me: Me) => (await callerOf(me).messages.scheduled()).messages;

/** Its time has come. */
export const makeDue = (clientId: string) =>
  sql()`update scheduled_messages set send_at = now() - interval '1 second' where client_id = ${clientId}`;

/** What the job does when it runs. */
export async function runJob({ personId }: Me, clientId: string): Promise<void> {
  await makeDue(clientId);
  await sendDue({ personId, clientId });
}
