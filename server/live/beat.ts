import type { Typing } from "#contracts/realtime.ts";
import { tell } from "#server/bus.ts";
import type { Sql } from "#server/db/sql.ts";

/** What workers tell each other that is stored nowhere. */

/** A worker's message to itself over the bus. Hearing it proves that LISTEN still delivers. */
export async function sendBeat(sql: Sql, beat: string, count: number): Promise<void> {
  await tell(sql, [{ beat, count }]);
}

/** Signs of writing, for the members on every worker. */
export async function sendTyping(sql: Sql, signs: readonly Typing[]): Promise<void> {
  await tell(
    sql,
    signs.map((typing) => ({ n: crypto.randomUUID(), typing })),
  );
}
