import type { Typing } from "#contracts/realtime.ts";
import { publish } from "#server/bus/publish.ts";
import type { Sql } from "#server/db/sql.ts";

/**
 * Publishes typing events to the members on every worker, for people who may write in that conversation now.
 */
export async function sendTyping(sql: Sql, events: readonly Typing[]): Promise<void> {
  const allowed = await sql<Typing[]>`
    select e.conversation_id, e.person_id
    from unnest(${events.map((event) => event.conversationId)}::uuid[], ${events.map((event) => event.personId)}::uuid[])
      as e(conversation_id, person_id)
    join lateral write_refusal(e.conversation_id, e.person_id) w on w.reason is null
  `;
  await publish(
    sql,
    allowed.map((typing) => ({ nonce: crypto.randomUUID(), typing })),
  );
}
