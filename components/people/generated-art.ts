/** FNV-1a: small, the same everywhere, and well enough spread for colours. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}

/** White shapes laid over the colours, on a field of 40 × 40. */
const shapes = [
  "M0 28 A28 28 0 0 1 28 0 L0 0 Z M40 22 A18 18 0 0 0 22 40 L40 40 Z",
  "M-4 30 L30 -4 L44 -4 L44 6 L6 44 L-4 44 Z",
  "M20 -10 A24 24 0 0 1 20 38 A34 34 0 0 0 20 -10 Z",
  "M0 40 L20 12 L40 40 Z M26 0 L40 0 L40 18 Z",
  "M8 8 m-14 0 a14 14 0 1 0 28 0 a14 14 0 1 0 -28 0 M34 34 m-10 0 a10 10 0 1 0 20 0 a10 10 0 1 0 -20 0",
  "M0 24 C10 14 18 34 40 20 L40 40 L0 40 Z",
] as const;

/** A quiet ground for an emoji, in a colour of its own. */
export function emojiGround(id: string): string {
  const hue = hash(id) % 360;
  return `light-dark(oklch(0.93 0.045 ${hue}), oklch(0.35 0.05 ${hue}))`;
}

export type Art = { background: string; shape: string; turn: number };

/** What stands behind the initial: a pure function of its arguments, dark enough for white letters. */
export function generatedArt(id: string, seed: number): Art {
  const value = hash(`${id}/${seed}`);
  const hue = value % 360;
  const lean = 25 + ((value >>> 9) % 50);
  const angle = 100 + ((value >>> 15) % 80);
  return {
    background: `linear-gradient(${angle}deg, oklch(0.62 0.115 ${hue}), oklch(0.5 0.125 ${(hue + lean) % 360}))`,
    shape: shapes[(value >>> 21) % shapes.length] ?? shapes[0],
    turn: ((value >>> 25) % 4) * 90,
  };
}

/** The first letter as a reader sees it, which may be several code points. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return (first?.segment ?? "").toLocaleUpperCase();
}
