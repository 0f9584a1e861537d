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

test("a share is drawn from one cent up to twice the mean of what is left, and never above the maximum", () => {
  const split = (total: number, shares: number, most: number) => {
    const drawn: string[] = [];
    const amounts = splitRandomly(total, shares, most, (min, max) => {
      drawn.push(`${min} to ${max - 1}`);
      return max - 1;
    });
    return { drawn, amounts };
  };
  expect(split(100, 5, 1_000)).toEqual({
    drawn: ["1 to 39", "1 to 29", "1 to 20", "1 to 11"],
    amounts: [39, 29, 20, 11, 1],
  });
  // Less would leave more than the others may take.
  expect(split(100, 3, 40)).toEqual({ drawn: ["20 to 40", "20 to 40"], amounts: [40, 40, 20] });
  expect(split(120, 3, 40).amounts).toEqual([40, 40, 40]);
  expect(split(3, 3, 40).amounts).toEqual([1, 1, 1]);
  expect(split(7, 1, 40)).toEqual({ drawn: [], amounts: [7] });
});

test("equal shares are equal", () => {
  expect(splitEqually(300, 3)).toEqual([100, 100, 100]);
});
