import { advanceNotifyQueue, isQueueFull, publish } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/**
 * A worker's message to itself over the bus. Hearing it proves that LISTEN still delivers. Throws when the queue is
 * full, having made room for the next where that was possible.
 */
export async function sendHeartbeat(sql: Sql, beat: string, count: number): Promise<void> {
  try {
    await publish(sql, [{ beat, count }]);
  } catch (error) {
    if (isQueueFull(error)) await advanceNotifyQueue(sql);
    throw error;
  }
}
