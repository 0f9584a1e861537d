import type { Sql } from "#server/db/sql.ts";
import { log } from "#server/log.ts";
import { countPeers } from "#server/realtime/presence.ts";

const pollIntervalMs = 1_000;

/** How many other workers listen, as of the last second. A worker that is not counted yet reads what it needs. */
export class Peers {
  count = 0;
  private readonly sql: Sql;
  private readonly workerId: string;
  private readonly timer = setInterval(() => void this.poll(), pollIntervalMs);

  constructor(sql: Sql, workerId: string) {
    this.sql = sql;
    this.workerId = workerId;
  }

  private async poll(): Promise<void> {
    try {
      this.count = await countPeers(this.sql, this.workerId);
    } catch (error) {
      log.warn({ err: error }, "the workers could not be counted; trying again in a second");
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}
