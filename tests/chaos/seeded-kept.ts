/** Violations in what a person keeps and in what is pinned, seeded into a good run. */
import type { Line } from "#tests/chaos/record.ts";
import { last, linesOf, log, park, present, type Seeded } from "#tests/chaos/recorded-places.ts";

type Run = Parameters<Seeded[2]>[0];
const lineOf = (run: Run, device: string, kind: string): Line => present(last(linesOf(log(run, device), kind)));

export const wrongInWhatIsKept: Seeded[] = [
  ...["ann-2", "ann-tab"].flatMap((device): Seeded[] => [
    [
      `${device} missed that a conversation was unpinned`,
      "holds other settings at the end",
      (run) => lineOf(run, device, "settings").splice(3, 1, [false, true, false, null, null, 4, [16], 27, 13]),
    ],
    [
      `${device} missed that a message was deleted`,
      "holds other deleted messages at the end",
      (run) => lineOf(run, device, "kept-marks").splice(3, 1, [14]),
    ],
    [
      `${device} missed a star`,
      "holds other stars at the end",
      (run) => lineOf(run, device, "kept-marks").splice(4, 1, [13]),
    ],
    [
      `${device} missed that a message was unpinned`,
      "holds other pinned messages at the end",
      (run) => lineOf(run, device, "pins").splice(4, 1, [13, 15]),
    ],
  ]),
  [
    "a tab has no marks at all",
    "holds other stars at the end",
    (run) => lineOf(run, "ann-tab", "kept-marks").splice(3, 2, null, null),
  ],
  [
    "a device holds no settings",
    "holds the settings of other conversations",
    (run) => lineOf(run, "ann-1", "kept-end").splice(2, 1, 0),
  ],
  ["a device holds no marks", "holds no marks at the end", (run) => lineOf(run, "ann-1", "kept-end").splice(3, 1, 0)],
  ["a star is lost in the table", "holds other stars at the end", (run) => present(park(run).kept[0]).starred.pop()],
  [
    "a pin is lost in the table",
    "holds other pinned messages at the end",
    (run) => Object.assign(present(park(run).messages[12]), { pinned: false }),
  ],
];
