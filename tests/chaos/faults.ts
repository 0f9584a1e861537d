/** The faults of the matrix, by row, in the order in which a seed draws them. */
import type { Fault } from "#tests/chaos/fault.ts";
import { networkFaults } from "#tests/chaos/faults-network.ts";
import { peopleFaults } from "#tests/chaos/faults-people.ts";
import { postgresFaults } from "#tests/chaos/faults-postgres.ts";
import { processFaults } from "#tests/chaos/faults-processes.ts";
import type { Size } from "#tests/chaos/options.ts";
import type { Random } from "#tests/chaos/random.ts";

const allFaults: Fault[] = [...processFaults, ...postgresFaults, ...networkFaults, ...peopleFaults];

/** Endless: every row once in a drawn order, then again in another; a row with several ways draws one each time. */
export function* schedule(random: Random, size: Size, fullDisk: boolean): Generator<Fault> {
  const usable = allFaults.filter((fault) => (size === "long" || !fault.long) && (fullDisk || !fault.fullDisk));
  const rows = [...new Set(usable.map(({ row }) => row))];
  const left = new Map<number, Fault[]>();
  for (;;) {
    for (const row of random.shuffle(rows)) {
      let ways = left.get(row) ?? [];
      if (ways.length === 0) ways = random.shuffle(usable.filter((fault) => fault.row === row));
      const next = ways.pop();
      left.set(row, ways);
      if (next) yield next;
    }
  }
}
