/** What Ann keeps of a recorded run, and what is pinned in it, as her devices, her tab and the tables have it. */
import type { Recorded } from "#tests/chaos/record.ts";
import { log, park, present } from "#tests/chaos/recorded-places.ts";

const pinnedSeq = 13;

/** Adds it to a run in which Ann is in the park alone. */
export function keepInPark(run: Recorded): void {
  const settings = [true, true, false, null, null, 4, [16], 27, 13];
  const [hidden, starred] = [
    [14, 16],
    [13, 15],
  ];
  present(park(run).messages[pinnedSeq - 1]).pinned = true;
  park(run).kept.push({ is: "kept", personId: "ann", settings, hidden, starred });
  for (const device of ["ann-1", "ann-2", "ann-tab"]) {
    const lines = log(run, device);
    lines.push(["settings", 9_900, "park", [...settings]]);
    lines.push(["kept-marks", 9_900, "park", [...hidden], [...starred]]);
    lines.push(["pins", 9_900, "park", 0, [pinnedSeq]]);
    if (device !== "ann-tab") lines.push(["kept-end", 9_900, 1, 1]);
  }
}
