import type { Typing } from "#contracts/realtime.ts";
import { advanceNotifyQueue, isQueueFull, publish } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/** What workers tell each other that is stored nowhere. */

/**
 * A worker's message to itself over the bus. Hearing it proves that LISTEN still delivers. Throws when the queue is
 * full, having made room for the next where that was possible.
 */
export async function sendBeat(sql: Sql, beat: string, count: number): Promise<void> {
  try {
    await publish(sql, [{ beat, count }]);
  } catch (error) {
    if (isQueueFull(error)) await advanceNotifyQueue(sql);
    throw error;
  }
}

/** Signs of writing, for the members on every worker: of those who may write there, as `im_send` would say now. */
export async function sendTyping(sql: Sql, signs: readonly Typing[]): Promise<void> {
  const allowed = await sql<Typing[]>`
    select s.conversation_id, s.person_id
    from unnest(${signs.map((sign) => sign.conversationId)}::uuid[], ${signs.map((sign) => sign.personId)}::uuid[])
      as s(conversation_id, person_id)
    join conversations c on c.id = s.conversation_id and c.closed_at is null
    join memberships m on m.conversation_id = c.id and m.person_id = s.person_id and m.left_at is null
    left join friendships f on f.conversation_id = c.id
    where c.kind <> 'direct' or (f.removed_at is null and not exists (
      select from blocks b
      where (b.blocker_id = f.low_id and b.blocked_id = f.high_id)
        or (b.blocker_id = f.high_id and b.blocked_id = f.low_id)))
  `;
  await publish(
    sql,
    allowed.map((typing) => ({ n: crypto.randomUUID(), typing })),
  );
}
