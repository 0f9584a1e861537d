import { expect, test } from "vitest";
import { judge } from "#tests/chaos/oracle-judge.mjs";
import type { Recorded } from "#tests/chaos/record.ts";
import { recordGoodRun } from "#tests/chaos/recorded.ts";
import { wrongChangesInTables } from "#tests/chaos/seeded-change-records.ts";
import { wrongChangesAtDevices } from "#tests/chaos/seeded-changes.ts";
import { wrongAtDevices } from "#tests/chaos/seeded-deliveries.ts";
import { wrongInWhatIsKept } from "#tests/chaos/seeded-kept.ts";
import { wrongReceipts } from "#tests/chaos/seeded-receipts.ts";
import { wrongAtTheEnd } from "#tests/chaos/seeded-records.ts";

function ask({ people, places, devices, driver, demands }: Recorded) {
  const tables: unknown[] = people.map((id) => ({ is: "person", id }));
  for (const { row, members, messages, reactions, kept, receipts } of places.values())
    tables.push(row, ...members, ...messages, ...reactions, ...kept, ...receipts);
  return judge({
    tables: () => [tables],
    driver: () => [driver],
    devices: [...devices.values()].map((lines) => () => [lines]),
    demands,
  });
}

test("a good run is found good, and every check had something to check", async () => {
  const verdict = await ask(recordGoodRun());
  expect(verdict.samples).toEqual([]);
  expect(verdict.violations).toEqual({});
  expect(verdict.counts).toMatchObject({
    revocations: 1,
    kicks: 1,
    storedWithoutAnswer: 1,
    readMarks: 4,
    devices: 6,
    tabs: 1,
    recalls: 3,
    recallsRepeated: 1,
    edits: 2,
    editsRepeated: 1,
    editsCompared: 2,
    reactions: 5,
    reactionsRemoved: 1,
    reactionsRepeated: 1,
    placeholdersAcknowledged: 1,
    keptDevices: 2,
    settingsCompared: 3,
    hiddenCompared: 6,
    starredCompared: 6,
    pinsCompared: 3,
    receiptsHeard: 2,
    receiptsCompared: 5,
    receiptsAnswered: 8,
  });
  for (const count of ["deliveries", "answeredMessages", "applied", "declaredCurrent", "finalStates", "acked"]) {
    expect(verdict.counts[count], count).toBeGreaterThan(4);
  }
});

const planted = [
  ...wrongInWhatIsKept,
  ...wrongReceipts,
  ...wrongAtDevices,
  ...wrongAtTheEnd,
  ...wrongChangesAtDevices,
  ...wrongChangesInTables,
];

test.each(planted)("the oracle sees it when %s", async (_, found, plant) => {
  const run = recordGoodRun();
  plant(run);
  const { violations } = await ask(run);
  expect(Object.keys(violations)).toContain(found);
});
