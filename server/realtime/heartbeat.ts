import { advanceNotifyQueue, isQueueFull, publish } from "#server/bus/publish.ts";
import type { Sql } from "#server/db/sql.ts";

/**
 * Sends a worker's message to itself over the bus; its arrival proves that LISTEN still delivers. Throws when the
 * notification queue is full, after trying to advance the queue for the next heartbeat.
 */
export async function sendHeartbeat(sql: Sql, heartbeat: string, count: number): Promise<void> {
  try {
    await publish(sql, [{ heartbeat, count }]);
  } catch (error) {
    if (isQueueFull(error)) await advanceNotifyQueue(sql);
    throw error;
  }
}
