import { expect, test } from "vitest";
import { judge } from "#tests/chaos/oracle-judge.mjs";
import type { Recorded } from "#tests/chaos/record.ts";
import { recordGoodRun } from "#tests/chaos/recorded.ts";
import { wrongAtDevices } from "#tests/chaos/seeded-deliveries.ts";
import { wrongAtTheEnd } from "#tests/chaos/seeded-records.ts";

function ask({ people, places, devices, driver, demands }: Recorded) {
  const tables: unknown[] = people.map((id) => ({ is: "person", id }));
  for (const { row, members, messages } of places.values()) tables.push(row, ...members, ...messages);
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
  });
  for (const count of ["deliveries", "answeredMessages", "applied", "declaredCurrent", "finalStates", "acked"]) {
    expect(verdict.counts[count], count).toBeGreaterThan(4);
  }
});

test.each([...wrongAtDevices, ...wrongAtTheEnd])("the oracle sees it when %s", async (_, found, plant) => {
  const run = recordGoodRun();
  plant(run);
  const { violations } = await ask(run);
  expect(Object.keys(violations)).toContain(found);
});
