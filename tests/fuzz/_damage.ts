/** Damage to files, drawn from a seed: the same seed and number make the same file again. */
export type Draw = (below: number) => number;

/** Mulberry32: small, and good enough to choose bytes with. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Heads are where containers keep their tables: every other choice falls into the first kilobyte. */
const place = (draw: Draw, bytes: Buffer) => draw(draw(2) ? bytes.length : Math.min(bytes.length, 1_024));

const numbers = [0, 1, 2, 7, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const damages: ((bytes: Buffer, draw: Draw, other: Buffer) => Buffer)[] = [
  function truncate(bytes, draw) {
    return bytes.subarray(0, place(draw, bytes));
  },
  function flipBits(bytes, draw) {
    const copy = Buffer.from(bytes);
    for (let count = 1 + draw(16); count > 0; count -= 1) {
      const at = place(draw, copy);
      copy[at] = (copy[at] ?? 0) ^ (1 << draw(8));
    }
    return copy;
  },
  function writeLength(bytes, draw) {
    const copy = Buffer.from(bytes);
    if (copy.length < 8) return copy;
    const at = Math.min(place(draw, copy), copy.length - 4);
    const value = draw(3) ? (numbers[draw(numbers.length)] ?? 0) : draw(2 * copy.length);
    if (draw(2)) copy.writeUInt32BE(value, at);
    else copy.writeUInt32LE(value, at);
    return copy;
  },
  function splice(bytes, draw, other) {
    const from = draw(other.length);
    const chunk = other.subarray(from, from + 1 + draw(512));
    const [at, gone] = [place(draw, bytes), draw(512)];
    return Buffer.concat([bytes.subarray(0, at), chunk, bytes.subarray(at + gone)]);
  },
  function repeat(bytes, draw) {
    const at = place(draw, bytes);
    const chunk = bytes.subarray(at, at + 1 + draw(256));
    return Buffer.concat([
      bytes.subarray(0, at),
      ...Array.from({ length: 1 + draw(64) }, () => chunk),
      bytes.subarray(at),
    ]);
  },
];

/** One to three damages on top of each other. `other` is what chunks are taken from. */
export function damage(bytes: Buffer, other: Buffer, draw: Draw): Buffer {
  let damaged = bytes;
  for (let count = 1 + draw(3); count > 0; count -= 1) {
    damaged = damages[draw(damages.length)]?.(damaged, draw, draw(2) ? other : bytes) ?? damaged;
    if (damaged.length === 0) return Buffer.of(0);
  }
  return damaged;
}
