/**
 * A thousand people open a red packet of a hundred shares at the same moment, through the verb; against as many bare
 * updates of one row at the same moment, from the same process and the same pool.
 */
import { insertCommunity, insertPeople } from "#bench/people.ts";
import { percentile } from "#bench/percentiles.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";
import type { Opened } from "#bench/servers/product.ts";

const peopleCount = 1_000;
const shares = 100;
const total = 20_000;
/** Enough for every round of the longest run. */
const welcome = { WALLET_INITIAL_BALANCE: "1000000000" };

const figures = (times: number[]) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });

export const packet: Scenario = {
  metrics: ["packet_p99_vs_row_lock"],
  measure: async (harness) => {
    await harness.sql`create table bench_counter (id int primary key, n int not null)`;
    await harness.sql`insert into bench_counter values (1, 0)`;
    const people = await insertPeople(harness.sql, peopleCount);
    const conversationId = await insertCommunity(harness.sql, people);
    const program = await harness.program("servers/product.ts", welcome);

    const open = async () => {
      const { times, won, sum } = await program.ask<Opened>({ type: "open", people, conversationId, total, shares });
      if (won !== shares || sum !== total || times.length !== peopleCount) {
        throw new Error(`${times.length} were answered, ${won} won ${sum} cents of ${total}`);
      }
      return figures(times);
    };
    const bump = async () => figures(await program.ask<number[]>({ type: "bump", count: peopleCount }));
    const rounds = await takeTurns(harness, { floor: bump, ours: open });
    const ms = (label: string, name: "floor" | "ours") =>
      ["p50", "p99"].map((figure) => ({ label: `${label} ${figure}`, value: rounds.of(name, figure), unit: "ms" }));
    return [
      {
        metric: "packet_p99_vs_row_lock",
        value: rounds.ratio("ours", "floor", "p99"),
        parts: [...ms("floor (update of one row),", "floor"), ...ms("ours,", "ours")],
      },
    ];
  },
};
