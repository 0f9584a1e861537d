import { expect, test } from "vitest";
import { fuzzMedia } from "#tests/fuzz/_media.ts";

test("damaged files of every container end in a verdict", { timeout: 120_000 }, async () => {
  const { verdicts, faults } = await fuzzMedia({ seed: 9, files: 232, deadlineMs: 5_000 });
  expect(faults).toEqual([]);
  const { taken = 0, file_corrupt: broken = 0 } = verdicts;
  expect(taken).toBeGreaterThan(10);
  expect(broken).toBeGreaterThan(10);
  expect(Object.values(verdicts).reduce((sum, count) => sum + count, 0)).toBe(232);
});
