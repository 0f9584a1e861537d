/**
 * No statement of a hot operation searches: what it reads of a table that grows is about what it returns, whatever
 * Postgres knew of the tables when it planned.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase } from "#tests/_people.ts";
import { growTown, type Town } from "#tests/plans/_town.ts";

let town: Town;
beforeAll(async () => {
  town = await growTown(20_000, { analysed: false });
}, 180_000);
afterAll(() => town.close());

/** Every operation of bench/world/operations/ runs some. */
const statements = 500;

test("a session that planned its statements on small tables does not search when they have grown", async () => {
  const { faults, explained } = await town.faults();
  expect(faults).toEqual([]);
  expect(explained).toBeGreaterThan(statements);
});

test("a session without statistics does not search", async () => {
  await closeDatabase();
  expect((await town.faults()).faults).toEqual([]);
});

test("a session with statistics does not search", async () => {
  await closeDatabase();
  await town.owner`analyze`;
  expect((await town.faults()).faults).toEqual([]);
});

test("a statement without its index is found", async () => {
  await town.owner`drop index friendships_conversation_id_idx`;
  const { faults } = await town.faults();
  expect(faults.map((fault) => fault.split(":")[0])).toContain("react in a large community");
  expect(faults.join("\n")).toContain("rows of friendships");
});
