import { afterAll, beforeAll, expect, test } from "vitest";
import { growTown, type Town } from "#tests/plans/_town.ts";

let town: Town;
beforeAll(async () => {
  town = await growTown(5_000, { analysed: true });
}, 120_000);
afterAll(() => town.close());

/**
 * Postgres plans by what it knew of the small tables until it gathers statistics again: of two indexes it may take the one
 * that begins with the same person or conversation. That reads all rows of one of them, but not of a table.
 */
const ofOnePerson = { rows: 600, blocks: 600 };

test("a session that planned by the statistics of small tables does not search when they have grown", async () => {
  expect((await town.faults(ofOnePerson)).faults).toEqual([]);
});
