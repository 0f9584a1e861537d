/** A whole number from `min` up to but not including `max`, every one as likely; `randomInt` of node:crypto. */
export type Draw = (min: number, max: number) => number;

/** Cuts `total` cents into so many equal shares. The caller has checked that it divides. */
export function splitEqually(total: number, shares: number): number[] {
  return Array.from({ length: shares }, () => total / shares);
}

/**
 * Cuts `total` cents into shares of luck by the two-mean method: each draw is uniform from one cent up to twice the
 * mean of what is left, so that every place in the row can expect the same; the last gets the rest. No share is below
 * one cent or above `most`, which both only narrow the draw where the rest could not be shared out otherwise.
 */
export function splitRandomly(total: number, shares: number, most: number, draw: Draw): number[] {
  const amounts: number[] = [];
  let left = total;
  for (let open = shares; open > 1; open -= 1) {
    const least = Math.max(1, left - (open - 1) * most);
    // Leaves at least a cent for each of the others, since at least a cent each is left now.
    const top = Math.min(Math.floor((2 * left) / open) - 1, most);
    const amount = draw(least, top + 1);
    amounts.push(amount);
    left -= amount;
  }
  amounts.push(left);
  return amounts;
}
