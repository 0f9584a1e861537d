import { tell } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/** A worker's message to itself over the bus. Hearing it proves that LISTEN still delivers. */
export async function sendBeat(sql: Sql, beat: string, count: number): Promise<void> {
  await tell(sql, [{ beat, count }]);
}
