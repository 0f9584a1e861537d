import type { Typing } from "#contracts/realtime.ts";
import { publish } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/**
 * Publishes typing events to the members on every worker, for people who may currently write in that conversation: the
 * same rule as in `send_messages`.
 */
export async function sendTyping(sql: Sql, events: readonly Typing[]): Promise<void> {
  const allowed = await sql<Typing[]>`
    select e.conversation_id, e.person_id
    from unnest(${events.map((event) => event.conversationId)}::uuid[], ${events.map((event) => event.personId)}::uuid[])
      as e(conversation_id, person_id)
    join conversations c on c.id = e.conversation_id and c.closed_at is null
    join memberships m on m.conversation_id = c.id and m.person_id = e.person_id and m.left_at is null
    left join friendships f on f.conversation_id = c.id
    where c.kind <> 'direct' or (f.removed_at is null and not exists (
      select from blocks b
      where (b.blocker_id = f.low_id and b.blocked_id = f.high_id)
        or (b.blocker_id = f.high_id and b.blocked_id = f.low_id)))
  `;
  await publish(
    sql,
    allowed.map((typing) => ({ nonce: crypto.randomUUID(), typing })),
  );
}
