import { randomInt } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "#contracts/limits.ts";
import { splitEqually, splitRandomly } from "#server/wallet/split.ts";

const { shares: mostShares, shareMax } = limits.redPacket;
const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0);

/** Every total that so many shares can hold. */
const packet = fc
  .integer({ min: 1, max: mostShares })
  .chain((shares) => fc.tuple(fc.constant(shares), fc.integer({ min: shares, max: shares * shareMax })));

test("a lucky packet is shared out to the last cent, with at least one and at most the maximum for each", () => {
  fc.assert(
    fc.property(packet, ([shares, total]) => {
      const amounts = splitRandomly(total, shares, shareMax, randomInt);
      expect(amounts).toHaveLength(shares);
      expect(sum(amounts)).toBe(total);
      for (const amount of amounts) {
        expect(Number.isInteger(amount)).toBe(true);
        expect(amount).toBeGreaterThanOrEqual(1);
        expect(amount).toBeLessThanOrEqual(shareMax);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("so it is with the greediest and with the meanest luck", () => {
  for (const draw of [(min: number) => min, (_: number, max: number) => max - 1]) {
    fc.assert(
      fc.property(packet, ([shares, total]) => {
        const amounts = splitRandomly(total, shares, shareMax, draw);
        expect(sum(amounts)).toBe(total);
        expect(Math.min(...amounts)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...amounts)).toBeLessThanOrEqual(shareMax);
      }),
    );
  }
});

test("the first claim can expect as much as the last", () => {
  const rounds = 20_000;
  const sums = [0, 0, 0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    splitRandomly(5_000, 5, shareMax, randomInt).forEach((amount, at) => {
      sums[at] = (sums[at] ?? 0) + amount;
    });
  }
  for (const all of sums) expect(all / rounds / 1_000).toBeCloseTo(1, 1);
});

test("equal shares are equal", () => {
  expect(splitEqually(300, 3)).toEqual([100, 100, 100]);
});
