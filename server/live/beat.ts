import type { Typing } from "#contracts/realtime.ts";
import { isQueueFull, makeRoom, tell } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/** What workers tell each other that is stored nowhere. */

/**
 * A worker's message to itself over the bus. Hearing it proves that LISTEN still delivers. Throws when the queue is full,
 * having made room for the next where that was possible.
 */
export async function sendBeat(sql: Sql, beat: string, count: number): Promise<void> {
  try {
    await tell(sql, [{ beat, count }]);
  } catch (error) {
    if (isQueueFull(error)) await makeRoom(sql);
    throw error;
  }
}

/** Signs of writing, for the members on every worker. */
export async function sendTyping(sql: Sql, signs: readonly Typing[]): Promise<void> {
  await tell(
    sql,
    signs.map((typing) => ({ n: crypto.randomUUID(), typing })),
  );
}
